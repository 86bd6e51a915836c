"""Who a memo says speaks, from the words around a quotation.

A speaker is named in many ways: "D66: “…”", "Kamerlid Jansen (CDA) zei “…”",
"“…” (Offlimits)", "“…”, aldus de minister". Every name in the text is looked
up, those who are only spoken to or of are left out ("in antwoord op D66", "de
minister kreeg de vraag"), and of the rest the subject of a word of speaking
speaks, else who stands before the colon or in the brackets, else whoever alone
is named.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Literal

from index.language.parliament.parties import PARTY_NAMES
from index.language.regex import regex
from index.model.types import Speaker

# Where the quotation stands in a sentence of the memo.
QUOTED = "\ue002"

Place = Literal["sentence", "source"]


@dataclass(frozen=True, slots=True)
class Voices:
    """Who may be speaking; empty fields say nothing. `groups` narrow the members, `author` is that of an annex."""

    speakers: tuple[Speaker, ...] = ()
    groups: tuple[str, ...] = ()
    author: str | None = None


NOBODY = Voices()


@dataclass(frozen=True, slots=True)
class _Mention:
    """Somebody named in a text."""

    start: int
    end: int
    speaker: Speaker
    group: str = ""
    author: str = ""


_VERB = (
    r"schrij(?:ft|ven)|schre(?:ef|ven)|stel(?:t|de|den|len)|zeg(?:t|gen)|zei(?:den)?|antwoord(?:t|de|den|en)"
    r"|meld(?:t|de|den|en)|verklaar(?:t|de|den)|verklaren|conclude(?:ert|erde|erden|ren)|benadruk(?:t|te|ten|ken)"
    r"|ge(?:eft|ven)|ga(?:f|ven)|licht(?:te|ten|en)?|la(?:at|ten)|lie(?:t|ten)|vra(?:agt|gen)|vroe(?:g|gen)"
    r"|merk(?:t|te|ten|en)|constate(?:ert|erde|erden|ren)|bevestig(?:t|de|den|en)|erken(?:t|de|den|nen)"
    r"|wij(?:st|zen)|wees|wezen|betoog(?:t|de|den)|betogen|waarschuw(?:t|de|den|en)|noem(?:t|de|den|en)"
    r"|vind(?:t|en)|vond(?:en)?|meen(?:t|de|den)|menen|denk(?:t|en)|dacht(?:en)?|oordeel(?:t|de|den)|oordelen"
    r"|reage(?:ert|erde|erden|ren)|roep(?:t|en)|riep(?:en)?|spreek(?:t)|spreken|sprak(?:en)?|pleit(?:te|ten|en)"
    r"|belo(?:oft|ven)|beloofde(?:n)?|advise(?:ert|erde|erden|ren)|verzoek(?:t|en)|verzocht(?:en)?|wil(?:len)?\s+weten"
    r"|herhaal(?:t|de|den)|ontken(?:t|de|den|nen)|onderstreep(?:t|te|ten)|rapporte(?:ert|erde|erden|ren)"
    r"|voeg(?:t|de|den)|leg(?:t|de|den)|beschrij(?:ft|ven)|beschreef|bericht(?:te|ten|en)|klaag(?:t|de|den)|uit(?:te|ten)?"
    r"|sa(?:ys?|id)|writes?|wrote|states?|stated|answers?|answered|replie[sd]|asks?|asked|tells?|told|argue[sd]?|think[s]?"
)
_SPEAKS = regex(rf"\b(?:{_VERB})\b", re.IGNORECASE)
# A noun too, so that it says nothing of who received something.
_ASKS = regex(r"vragen|licht(?:en)?|uit", re.IGNORECASE)
_SAYS_WHO = r"(?:aldus|volgens|dixit|according\s+to|bron:?|zo)"
_ARTICLE = r"(?:(?:de|het|een|die|deze|dit|the|an?)\s+)?"
_SAYS = regex(rf"\b{_SAYS_WHO}\s+{_ARTICLE}\Z", re.IGNORECASE)
_NAME = r"(?:\s+(?:(?:van|de|der|den|ten|ter|het|[’']t)\s+)*[A-Z][\w’'-]+)"
# Nouns of what somebody says or of who belongs to somebody: "de vraag van D66", "de directeur van Offlimits".
_OWN = (
    r"(?:vra(?:ag|gen)|inbreng|bijdrage|reactie|antwoord(?:en)?|woord(?:en)?|leden|lid|fracties?|kamerle?id(?:en)?"
    r"|woordvoerd(?:er|ster)s?|directeur|voorzitter|bestuur|brief|advies|standpunt|monde|uitspraak|citaat|stelling"
    r"|opmerking(?:en)?|tekst|mening|oordeel|notitie|rapport|verklaring|statement|question|letter|answer|mening|namens)"
)
_ABOUT = (
    r"(?:aan|tegen|over|met|voor|naar|bij|richting|tot|jegens|zonder|omtrent|op|to|about|with|for|on|tegenover|rond"
    r"|(?-i:motie|amendement|wetsvoorstel|kabinet))"
)
# What stands before a name that is only spoken to or of: "in antwoord op vragen van", "over", "met de".
_OBJECT = regex(
    rf"(?:\b{_ABOUT}\s+(?:(?:de|het|een|deze|die|the|an?|alle|deel|zijn|haar)\s+)*"
    rf"(?:(?:[\w-]+\s+)?(?:vra(?:ag|gen)|inbreng|verzoek|opmerkingen|kritiek|zorgen|wens|question|leden|lid|kamerlid"
    rf"|fracties?|mevrouw|heer)\s+(?:(?:van|door|by|of)\s+)?{_ARTICLE}(?:(?:leden|lid|kamerlid|fracties?|heer)\s+)?(?:van\s+)?"
    rf"{_ARTICLE})?(?:[A-Z][\w’'-]+\s+){{0,3}}\(?|\(\s*met\s+)\Z",
    re.IGNORECASE,
)
_BELONGS = regex(rf"\b([\w-]+)\s+(?:van|of)\s+{_ARTICLE}(?:[A-Z][\w’'-]+\s+){{0,3}}\(?\Z")
_IS_OWN = regex(_OWN, re.IGNORECASE)
_BY = regex(rf"\b(?:door|by)\s+{_ARTICLE}(?:(?:leden|lid|kamerlid|fractie)\s+(?:van\s+)?{_ARTICLE})?\Z", re.IGNORECASE)
_WROTE = regex(r"\b(?:gesteld|geschreven|gezegd|gevraagd|gedaan|inbreng|inleiding|ingebracht|asked|written)\b")
# Somebody to whom something is said.
_GETS = (
    r"(?:kr(?:eeg|ijgt|egen|ijgen)|ontv(?:ing|ingen|angt|angen)|hoor(?:t|de|den)|las|lazen|leest|verneemt|vernam(?:en)?"
    r"|got|gets|received?s?|heard)"
)
_TOLD = (
    r"(?:gevraagd|verzocht|voorgelegd|voorgehouden|geconfronteerd|gewezen|gemeld|gezegd|verteld|toegezegd|meegedeeld"
    r"|aangesproken|geschreven|bericht|horen|ontvangen|gekregen|gehoord|asked|told|te\s+horen)"
)
_RECEIVES = regex(
    rf"[^.:;]{{0,60}}?\b(?:{_GETS}\b|(?:is|zijn|was|waren|werd(?:en)?|word(?:t|en)|moe(?:st|t)|heeft|had|were|has\s+been)"
    rf"\b[^.:;]{{0,60}}?\b{_TOLD}\b)",
    re.IGNORECASE,
)
_RECEIVED = regex(rf"\b{_GETS}\s+(?:ook\s+)?{_ARTICLE}\Z", re.IGNORECASE)
_IS_ASKED = regex(r"\b(?:is|zijn|was|werd(?:en)?|word(?:t|en))\b[^.:;]*\b(?:gevraagd|asked)\b", re.IGNORECASE)
# What is read as a label although nobody is named in it; a number makes it a place.
_QUESTION = regex(rf"[\W_]*{_ARTICLE}(?:vra(?:ag|gen)|question)\b[^:\d]*:?\s*\Z", re.IGNORECASE)
_ANSWER = regex(
    rf"[\W_]*(?:in\s+|als\s+)?{_ARTICLE}(?:antwoord(?:en)?|reactie|beantwoording|answer)\b[^:]*:?\s*\Z"
    r"|[^:]*\b(?:antwoord|reactie)\s+(?:op|aan)\b[^:]*:?\s*\Z|[^:]*\bals\s+antwoord\s*:?\s*\Z",
    re.IGNORECASE,
)
# "Antwoord van de minister:" is a label; in a sentence the answer is only where something stands.
_WHERE = regex(rf"\b(?:brief|antwoord(?:en)?|reactie|beantwoording)\s+van\s+{_ARTICLE}\Z", re.IGNORECASE)
_LEADS = regex(r"[:|,–—-]\s*[*_]*\s*\Z")
# "De minister beantwoordt de vraag": the answer or the question may follow.
_ANSWERS = regex(
    r"\b(?:beantwoord\w*|antwoord\w*|reageer\w*|ingaan|ga(?:at|an)\s+in|ging)\b[^.:;]*(?:\bvra(?:ag|gen)\b[^.:;]*|\bop\s*):?\s*\Z",
    re.IGNORECASE,
)
# Words in brackets that comment on the quotation.
_COMMENT = regex(
    r"[\W_]*(?:dat|wat|die|dit|en|maar|niet|hoewel|terwijl|toen|nadat|voordat|cursief|nadruk|onze|zie\s+ook|vgl|vergelijk)\b",
    re.IGNORECASE,
)
# Between two who are listed: "VVD en D66", "Kamerlid Jansen (CDA)".
_LISTED = regex(
    r"(?:\s*,\s*|\s+(?:en|and|of)\s+|\s+van\s+)?(?:de\s+|het\s+|leden\s+(?:van\s+)?)*"
    r"(?:\s*(?:(?:van|de|der|den|ten|ter)\s+)*[A-Z][\w’'-]*)*\s*\(?"
)
_LONGEST_SOURCE = 25
# Code points: how near to a word of speaking who speaks is named, and how much of a sentence is looked at.
_NEAR, _LONGEST = 60, 600


class Names:
    """Finds who is named in a text: the minister, members and their groups, authors of annexes.

    `authors` wrote an annex, `groups` ask in the documents, `ministers` are
    the names of those who signed one.
    """

    def __init__(self, authors: Iterable[str] = (), groups: Iterable[str] = (), ministers: Iterable[str] = ()) -> None:
        self._authors = {" ".join(author.split()[:2]): author for author in authors}
        self._groups = tuple(dict.fromkeys((*PARTY_NAMES, *(g for g in groups if g[:1].isupper() or g[:1].isdigit()))))
        self._ministers = tuple(dict.fromkeys(filter(None, map(_surname, ministers))))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        group = _any_of(self._groups)
        office = (
            r"(?i:minister(?:-president)?|premier|bewinds?(?:persoon|man|vrouw|lieden|persone?n)|staatssecretaris|kabinet"
            r"|regering|government|cabinet)"
        )
        many = rf"(?:{group})(?:(?:-\s?(?:,|en)\s*(?:(?:de|het)\s+)?|[-/])(?:{group}))*"
        people = (
            r"(?i:kamerleden|kamerlid|kamermeerderheid|oppositie(?:partijen)?|coalitie(?:partijen)?|vragenstellers?|members"
            r"|mps?|(?:(?<=\bde\s)|(?<=\bdeze\s)|(?<=\bhet\s)|(?<=\bdie\s)|(?<=\bthe\s))(?:leden|lid|(?:[\w-]+-)?fracties?))"
        )
        chamber = r"(?i:(?<=\bde\s)(?:Tweede\s+|Eerste\s+)?Kamer(?!\s*stuk))"
        minister = (
            rf"(?:(?:{group})-)?\b{office}\b(?:\s+(?:van|voor)\s+[A-Z][\w-]+(?:(?:,\s+|\s+en\s+)[A-Z][\w-]+)*)?"
            rf"(?:{_NAME}){{0,3}}(?:,?\s*\(?(?:{group})\)?(?=\W|\Z))?"
        )
        named = [rf"(?P<office>{minister})"]
        if self._ministers:
            named.append(rf"(?P<minister>(?<!\w)(?:{_any_of(self._ministers)})(?!\w))")
        if self._authors:
            named.append(rf"(?P<author>(?<!\w)(?:{_any_of(self._authors)})(?!\w))")
        named += [
            rf"(?P<group>(?<![\w-])(?:{many})(?:-\s?(?i:fracties?|kamerl(?:id|eden)|leden|lid|woordvoerd(?:er|ster)s?|tweede\s+kamerlid"
            r"|leider|voorman|politic(?:us|a)))?(?!-?\w|\s+(?:aan|eraan|hierbij|daarbij|na)\b))",
            r"(?P<other>(?<![\w-])(?P<name>[A-Z0-9][\w+’'.]*(?:-[A-Z0-9][\w+’'.]*)*)-?(?i:fracties?|kamerl(?:id|eden))\b)",
            rf"(?P<people>(?<![\w-]){people}\b)",
            rf"(?P<chamber>{chamber}\b)",
        ]
        return re.compile("|".join(named))

    def mentions(self, text: str) -> Iterator[_Mention]:
        for match in self._pattern.finditer(text):
            start, end = match.span()
            if match["office"] or match.groupdict().get("minister"):
                yield _Mention(start, end, "minister")
            elif name := match.groupdict().get("author"):
                yield _Mention(start, end, "third party", author=self._authors[name])
            elif match["group"]:
                yield from (
                    _Mention(start, end, "members", group=found)
                    for found in re.findall(_any_of(self._groups), match["group"])
                )
            else:
                yield _Mention(start, end, "members", group=match["name"] or "")


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


def _surname(name: str) -> str:
    """A name without initials and titles: "D.M. van Weel" is "van Weel" or, at the start of a sentence, "Van Weel"."""
    kept = [word for word in name.split() if "." not in word]
    return " ".join(kept) if kept and kept[-1][:1].isupper() else ""


def voices(text: str, names: Names, place: Place = "sentence") -> Voices:
    """Who speaks according to one text; `place` is "source" for what stands behind a quotation or in a note.

    A text that holds QUOTED is the sentence that the quotation stands in.
    """
    before, quoted, after = text.partition(QUOTED)
    before, after = before[-_LONGEST:], after[:_LONGEST]
    mentions = list(names.mentions(before))
    if place == "source":
        return _source(before, mentions)
    speaking = [mention for mention in mentions if not _is_object(before, mention)]
    if quoted and (found := _behind(after, names) or _leading(before, mentions, speaking)) is not None:
        return found
    subject = _subject(before, speaking)
    return _alone(before, speaking) if subject is None else _voices(subject)


def _leading(before: str, mentions: Sequence[_Mention], speaking: Sequence[_Mention]) -> Voices | None:
    """Who speaks in the words that lead to a quotation; None where any sentence would say so."""
    receiving = [mention for mention in speaking if _receives(before, mention)]
    if receiving:
        return _all_but(receiving, [mention for mention in speaking if mention not in receiving])
    if _ANSWERS.search(before):
        return NOBODY
    if not speaking and _IS_ASKED.search(before):
        return _all_but(mentions, ())
    return _label(before, speaking) if _LEADS.search(before) and _subject(before, speaking) is None else None


def _alone(text: str, speaking: Sequence[_Mention]) -> Voices:
    """Whoever alone is named; an author must be said to speak."""
    named = [m for m in speaking if not _WHERE.search(text[: m.start]) and not text[: m.end].endswith("Kamer")]
    return _voices(named) if len({mention.speaker for mention in named}) == 1 and not named[0].author else NOBODY


def _behind(after: str, names: Names) -> Voices | None:
    """Who speaks in what follows the quotation: ", aldus D66", ", zegt de minister", " – D66"; None for nobody."""
    if match := re.match(rf"[\s,.;]*(?:zo\s+)?(?:{_SAYS_WHO}|{_VERB})\b", after, re.IGNORECASE):
        clause = re.split(r"[.;:]\s", after[match.end() :], maxsplit=1)[0]
        near = [mention for mention in names.mentions(clause) if mention.start <= _NEAR]
        speaking = [mention for mention in near if not _is_object(clause, mention)]
        return _voices(_run(clause, speaking, first=True)) if speaking else None
    return None


def _source(text: str, mentions: Sequence[_Mention]) -> Voices:
    """Who speaks according to a reference."""
    if _COMMENT.match(text) or len(text.split()) > _LONGEST_SOURCE:
        return NOBODY
    speaking = [mention for mention in mentions if not _is_object(text, mention)]
    if not speaking and _ANSWER.fullmatch(text.strip("()[]—–- ")) and mentions:
        return Voices(("minister",))
    # "Brief van de minister, bijlage I (Offlimits)": the letter only says where it stands.
    speaking = [mention for mention in speaking if not _WHERE.search(text[: mention.start])] or speaking
    ministers = [mention for mention in speaking if mention.speaker == "minister"]
    # "(vraag 3 van D66 aan de minister)", "(minister Van Weel, reactie op Offlimits)".
    return _voices(ministers if ministers and speaking[0] in ministers else speaking)


def _label(text: str, speaking: Sequence[_Mention]) -> Voices:
    """Who speaks in what leads to a quotation without a verb: "D66:", "Antwoord van de minister:", "Vraag:"."""
    last = re.split(r"[.?!]\s", text)[-1]
    if speaking:
        whole = re.match(rf"[\W\d]*(?:antwoord|reactie|vragen|vraag)\s+van\s+{_ARTICLE}", text, re.IGNORECASE)
        where = [m for m in speaking if m.speaker == "minister" and not whole and _WHERE.search(text[: m.start])]
        return _voices([mention for mention in speaking if mention not in where])
    if _QUESTION.match(last):
        return Voices(("members",))
    return Voices(("minister",)) if _ANSWER.match(last) else NOBODY


def _is_object(text: str, mention: _Mention) -> bool:
    """Whether somebody is only spoken to or of."""
    before = text[: mention.start]
    if _SAYS.search(before):
        return False
    if belongs := _BELONGS.search(before):
        if not _IS_OWN.fullmatch(belongs[1]):
            return True
        before = before[: belongs.start()] + belongs[0]
    if _BY.search(before):
        return not _WROTE.search(text)
    return bool(_OBJECT.search(before))


def _receives(text: str, mention: _Mention) -> bool:
    """Whether somebody hears or is asked what is quoted, and says nothing himself behind that."""
    match = _RECEIVES.match(text, mention.end)
    end = match.end() if match else mention.end if _RECEIVED.search(text[: mention.start]) else None
    if end is None or (
        match and any(not _ASKS.fullmatch(v[0]) for v in _SPEAKS.finditer(text, mention.end, match.end()))
    ):
        return False
    return all(_ASKS.fullmatch(verb[0]) for verb in _SPEAKS.finditer(text, end))


def _all_but(receiving: Sequence[_Mention], others: Sequence[_Mention]) -> Voices:
    if others:
        return _voices(others)
    heard = {mention.speaker for mention in receiving}
    return Voices(tuple(speaker for speaker in ("minister", "members", "third party") if speaker not in heard))


def _subject(text: str, speaking: Sequence[_Mention]) -> list[_Mention] | None:
    """Who does the last word of speaking that has a subject; None where there is none."""
    if said := re.search(rf"\b{_SAYS_WHO}\s", text, re.IGNORECASE):
        named = [m for m in speaking if said.end() <= m.start <= said.end() + _NEAR]
        if named:
            return _run(text, named, first=True)
    for verb in reversed(list(_SPEAKS.finditer(text))):
        clause = max((text.rfind(sign, 0, verb.start()) for sign in ".:;"), default=-1) + 1
        if before := [m for m in speaking if clause <= m.start and m.end <= verb.start()]:
            return _run(text, before, first=False)
        behind = [m for m in speaking if m.start >= verb.end() and not re.search("[.:;]", text[verb.end() : m.start])]
        if behind and behind[0].start - verb.end() <= _NEAR:
            return _run(text, behind, first=True)
    return None


def _run(text: str, mentions: Sequence[_Mention], first: bool) -> list[_Mention]:
    """The first or last of the mentions, with those that are listed with it: "VVD en D66", "Kamerlid Jansen (CDA)"."""
    ordered = list(mentions) if first else list(reversed(mentions))
    kept = ordered[:1]
    for one, other in pairwise(ordered):
        between = text[min(one.end, other.end) : max(one.start, other.start)]
        if (one.start != other.start and not _LISTED.fullmatch(between)) or one.speaker != other.speaker:
            break
        kept.append(other)
    return kept


def _voices(mentions: Sequence[_Mention]) -> Voices:
    """Those mentioned; an author counts only where nobody else is."""
    if not mentions:
        return NOBODY
    authors = {mention.author for mention in mentions}
    if len(authors) == 1 and (author := authors.pop()):
        return Voices(author=author)
    speakers = tuple(dict.fromkeys(mention.speaker for mention in mentions))
    groups = tuple(dict.fromkeys(mention.group for mention in mentions if mention.group))
    return Voices(speakers, groups if speakers == ("members",) else ())
