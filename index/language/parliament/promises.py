"""Tell which sentences of a minister promise something, and which refuse it.

A *firm* promise is an act of the minister or the cabinet, a *soft* one an
intention, an exploration, what is expected, or a continued effort. A refusal
*declines*, or says that an act is *not possible* or that a figure or fact is
*not known*. Not the law as it is, current practice, what others do, work under
way without a moment, or the past.

Rules rather than a model: who undertakes (`_SELF`), by which verb, in which
tense, denied or not, and when. Each has a name, that is shown on demand. What
the sentence quotes is not looked at, and a question promises nothing.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache

from index.language.parliament.promise_kinds import REFUSALS, STRENGTHS, Refusal, Verdict
from index.language.regex import regex
from index.language.span import Span
from index.language.values.moments import Moment, moments

# Code points: the time that rules take grows faster than a sentence.
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Undertaking:
    """What a sentence promises or refuses, by the name of the rule, the moment that it states for it, and to whom."""

    verdict: Verdict
    rule: str
    moment: Moment | None = None
    to: Span | None = None


_OFFICE = r"(?: (?:van|voor)(?: (?!(?:heeft|hebben|had|is|was|wordt|laat|samen)\b)[\w,-]+){1,6}?)?"
# Who promises: the writer, the cabinet and its members.
_SELF = (
    r"(?<!door )(?:ik|wij|we|(?:het|dit) kabinet|(?:mijn|ons) (?:ministerie|departement)|(?:het"
    rf"|de) (?:ministerie|rijk|rijksoverheid){_OFFICE}"
    rf"|de (?:regering|bewindspersonen|minister-president|(?:minister|staatssecretaris)(?:s|sen)?{_OFFICE})"
    rf"|mijn (?:ambtgeno(?:ot|ten)|collega)(?:-?(?:minister|staatssecretaris))?{_OFFICE})"
)
_KAMER = r"(?:uw kamer|u|de (?:tweede |eerste )?kamer|(?:beide|de) kamers|het parlement)"
# What a cabinet makes and does, where nobody is named who does it.
_MATTER = (
    r"[\w-]*(?:voorstel(?:len)?|wetten|wetgeving|wetgevingstraject|regeling(?:en)?|regelgeving|besluit(?:en)?|amvb"
    r"|onderzoek(?:en)?|evaluaties?|rapporten|rapport|rapportages?|brief|brieven|reacties?|programma|aanpak"
    r"|maatregel(?:en)?|akkoord|trajecten|traject|voorlichting|campagnes?|plan(?:nen)?|uitkomsten|resultaten"
    r"|implementatie|moties?|pilots?|overleg|gesprek(?:ken)?|verkenning(?:en)?|monitor|inventarisatie|visie|strategie"
    r"|agenda|begroting|convenant|handreiking|meldpunt|loket|wijziging(?:en)?|analyses?|uitwerking|consultatie)"
    r"|(?:wets?|\w+swet|wet)"
)
# Who is told of it; not who asked for it ("door uw Kamer", "de wens van uw Kamer").
_TO = regex(
    r"\b(?<!door )(?<!van )(?<!in )(?P<to>uw kamer|(?:de|beide) (?:tweede |eerste )?kamers?|het parlement"
    r"|de vaste (?:kamer)?commissie|(?:(?<=ik )|(?<=wij ))u)\b"
)
_TOLD = (
    r"(?:gestuurd|toegestuurd|gezonden|toegezonden|verzonden|verstuurd|aangeboden|ge[iï]nformeerd|bericht|voorgelegd"
    r"|toegezegd|op de hoogte (?:gesteld|gehouden|gebracht)|gemeld|gerapporteerd|gedeeld)"
)
# Of verbs that say what is, and do nothing.
_DONE = (
    r"(?!\w+(?:heden|ingen)\b|(?:voorgesteld|voorzien|opgemerkt|aangegeven|gevraagd|bedoeld|verwacht|beoogd"
    r"|genoemd|gewerkt)\b)(?:\w*ge\w{3,}(?:d|t|en)|(?:be|her|ont|ver)\w{3,}(?:d|t|en))"
)
_TELL = (
    r"(?:informe(?:er|ert|ren)|bericht(?:en)?|stu(?:ur|urt|ren)|zend(?:t|en)?"
    r"|rapporte(?:er|ert|ren)|meld(?:t|en)?|bied(?:t|en)?)"
)
_ACT = (
    rf"(?:{_TELL}|kom(?:t|en)?|leg(?:t|gen)?|dien(?:t|en)?|publice(?:er|ert|ren)|start(?:en)?|begin(?:t|nen)?|ne(?:em"
    r"|emt|men)|ma(?:ak|akt|ken)|vo(?:er|ert|eren)|stel(?:t|len)?|tref(?:t|fen)|pas(?:t|sen)?|breng(?:t|en)?"
    r"|werk(?:t|en)?|vra(?:ag|agt|gen)|verzoek(?:t|en)?|bespre(?:ek|ekt|ken)|overleg(?:t|gen)?|evalue(?:er|ert|ren)"
    r"|actualise(?:er|ert|ren)|verho(?:og|ogt|gen)|rond(?:t|en)?|organise(?:er|ert|ren)|tre(?:ed|edt|den)|geef|geeft"
    r"|geven|verstrek(?:t|ken)?|besluit(?:en)?|vorm(?:t|en)|regel(?:t|en)?|wijzig(?:t|en)?|investe(?:er|ert|ren)"
    r"|spre(?:ek|ekt|ken)|vo(?:eg|egt|egen)|onderte(?:ken|kent|kenen))"
)
_EXPLORE = (
    r"(?:verken(?:t|nen)?|bezie(?:t|n)?|onderzoek(?:t|en)?|overwe(?:eg|egt|gen)|bera(?:ad|adt|den)|bekijk(?:t|en)?"
    r"|nagaan|na te gaan|inventarise(?:er|ert|ren)|afwegen|kijken)"
)
_TO_EXPLORE = (
    r"(?:verkennen|bezien|(?<!de )(?<!deze )onderzoeken|overwegen|beraden|bekijken|nagaan|na te gaan"
    r"|inventariseren|afwegen|kijken)"
)
# How soon or well; and what others are asked to explore.
_NOT_TENTATIVE = regex(r"\bzo \w+ mogelijk\b|\b(?:vraag|vragen|verzoek|verzoeken|opdracht)\b.*")
_EXPLORED = r"(?:onderzocht|verkend|bezien|nagegaan|ge[iï]nventariseerd)"
_GO_ON = r"(?:blijf|blijft|blijven|voortzetten|inspannen|inzetten|streven|trachten|proberen|bevorderen)"
_DENIED = r"\b(?:niet(?! (?:alleen|langer|eerder|slechts|enkel))|geen|nooit|noch)\b"
_OTHERS = (
    r"\bdoor (?!mij\b|ons\b|het kabinet|de regering|mijn|de (?:minister|staatssecretaris)"
    r"|het ministerie|middel|te\b)(?:de|het|een|\w+)\b"
)
_OTHER_SUBJECT = regex(
    r"^\W*(?:de (?:politie|gemeenten?|provincies?|rechtspraak|(?:europese )?commissie|inspectie|raad)|het (?:om"
    r"|openbaar ministerie|wodc)|gemeenten|provincies)\b"
)
_FIGURES = (
    r"(?:\w*cijfers?|\w*cijfermateriaal|\w*gegevens|informatie|data|registraties?|zicht|inzicht|(?:totaal)?overzicht"
    r"|beeld|statistiek(?:en)?|aantal(?:len)?|uitsplitsing|inschatting|schatting|raming|percentages?|bedrag(?:en)?"
    r"|vergelijking|kwantific\w+|onderzoeksgegevens)"
)
_PAST = regex(r"\b(?:was|waren|werd|werden|bleek|bleken|kon|konden|had|hadden|wilde|wilden|zou|zouden)\b")
# The past, and what is so now and then: no refusal.
_SOMETIMES = regex(rf"{_PAST.pattern}|(?<!hoe )\b(?:soms|vaak|meestal|veelal)\b")
_CONDITION = regex(r"^\W*(?:en |maar |of )?(?:als|waar)\b|\b(?:indien|wanneer|tenzij|zolang|mocht|voor zover)\b")
_ON_CONDITION = regex(r",? (?:indien|als|wanneer|tenzij|zolang)\b")
_QUOTED = regex(r"“[^”]*”|„[^”“]*[”“]|«[^»]*»|\"[^\"]*\"|‘[^’]{12,}’")
_OF_THE_LETTER = regex(
    r"\b(?:hieronder|hierna|onderstaand|in (?:deze|dit|mijn|het) (?:brief|nota|beantwoording|antwoord|navolgende))\b"
)
_EXPLAINS = regex(r"\b(?:toelichten|ingaan)\b")
# A letter or a debate that is still to come, in which something will be explained.
_IN_ANOTHER = regex(
    r"\b(?:in|bij|met|via|middels|tijdens) (?:de|een|het) (?:\w+ ){0,2}?[\w-]*"
    r"(?:reactie|brief|rapportage|debat|overleg|nota|evaluatie|agenda|visie)\b"
)
_NOW = regex(r"\b(?:hierbij|bijgaand|bijgevoegd|bij deze|met deze brief|heden|vandaag|thans|reeds|gelijktijdig)\b")
_UNDER_WAY = regex(
    r"\b(?:momenteel|op dit moment|thans|reeds|inmiddels|nu|al|doorgaans|in beginsel|steeds|vaak|altijd)\b"
)
_AGAIN = regex(
    r"\b(?:jaarlijks|halfjaarlijks|periodiek|regelmatig|elk(?:e)? \w+|ieder(?:e)? \w+|doorgaans|steeds|altijd)\b"
)
_IF = regex(r"^(?:als|indien|mocht|tenzij)\b(?![^,]*\b(?:gereed|afgerond|beschikbaar|bekend|klaar)\b)")
_IF_NEEDED = regex(r"\b(?:(?:zo|waar|indien) (?:nodig|mogelijk|noodzakelijk)|afhankelijk van|desgewenst)\b")
_WHERE = (
    "waar(?:aan|achter|bij|binnen|door|heen|in|langs|mee|na|naar|naast|om|onder|op|over|tegen|toe|tussen|uit|van|voor)?"
)
_TAIL = regex(
    rf"[;:]|,? \b(?:dat|of|omdat|die|zodat|{_WHERE}|hoe|aangezien|welke)\b|, (?:zal|zullen|wil|ben|ga) {_SELF}\b"
)
_SAYS = (
    r"\b(?:(?:benadruk|verwijz|onderstre|beklemton|vermeld|bedank|nuancer|corriger|verhelder|verduidelijk"
    r"|onderschrijv|complimenter|feliciter|kanttekening|opmerking|nuancering)\w*|op(?: te |ge)?merk\w*|voorop(?: te "
    r"| |ge)?st\w+|toe(?: te )?licht\w*|(?:be)?noemen|markeren|aangeven|meegeven|herhalen|danken|dank|zeggen"
    r"|stellen dat|ingaan|weten|hechten|duidelijk maken|aantekenen|wijzen|stilstaan|uitspreken|erkennen|(?:waardering"
    r"|medeleven|complimenten?|excuses|begrip|respect|zorgen) (?:\w+ ){0,8}?(?:uiten|uitspreken|geven|maken))\b"
)
# What is said, thought or felt is no act, however it is put.
_SAYING = regex(
    r"\b(?:(?:bied|biedt|bieden|maak|maakt|maken)\b[^,;:]* (?:excuses|verontschuldigingen|zorgen)|(?:geef|geeft"
    r"|geven)\b[^,;:]* aan(?= dat|$|,| hoe| of| welke| waar\w*)|ga(?:at|an)?\b[^,;:]* (?:er)?van ?uit|stel(?:t"
    r"|len)? (?:\w+ )?(?:vast|voorop)|(?:neem|neemt|nemen)\b[^,;:]* (?:aan|kennis|afstand)(?= dat| van|$|,)|spre(?:ek"
    r"|ekt|ken)\b[^,;:]* (?:uit|vertrouwen|waardering)|(?:breng|brengt|brengen)\b[^,;:]* in herinnering|kom(?:t"
    r"|en)?\b[^,;:]* tot de conclusie)\b"
)
_BELIEVES = (
    r"(?:te (?:denken|geloven|menen|twijfelen|veronderstellen|vermoeden|vrezen|verwachten|concluderen)"
    r"|aan te nemen|ervan uit te gaan|uit te gaan van|tot (?:twijfel|zorg|zorgen|ongerustheid|vrees))"
)
# What asks in a clause of its own, before the verb at its end.
_ASKS = regex(r"\S (?:wanneer|hoe|hoeveel|wat|wie|of|in hoeverre|(?:in|naar|op|over|aan|voor|van) welke)\b")
_COULD = regex(r"\b(?:moet|moeten|kunnen|kan|mogen|mag|zou|zouden)\b")


@dataclass(frozen=True)
class _Sentence:
    """A sentence that was stated on a day, and its words: in small letters, what it quotes blanked."""

    text: str
    stated: date | None
    words: str

    @cached_property
    def coming(self) -> tuple[Moment, ...]:
        """The moments in it that are still to come."""
        stated = self.stated
        return tuple(m for m in moments(self.text, stated) if m.by is None or stated is None or m.by >= stated)

    def tail(self, start: int) -> str:
        """What belongs to the verb at `start`: up to the next subordinate clause."""
        end = _TAIL.search(self.words, start)
        return self.words[start : end.start() if end else len(self.words)]

    def comes_in(self, match: re.Match[str]) -> bool:
        """Whether a moment to come stands between the commas around a match."""
        clause = self.clause(match)
        start = self.words.find(clause)
        return any(start <= moment.span.start < start + len(clause) for moment in self.coming)

    def clause_before(self, match: re.Match[str]) -> str:
        """The words between a match and the comma before it."""
        return self.words[self._clause_start(match) : match.start()]

    def _clause_start(self, match: re.Match[str]) -> int:
        return max(self.words.rfind(mark, 0, match.start()) for mark in ",;:") + 1

    def clause(self, match: re.Match[str]) -> str:
        """The words between the commas around a match."""
        start = self._clause_start(match)
        ends = [place for mark in ",;:" if (place := self.words.find(mark, match.end())) >= 0]
        return self.words[start : min(ends, default=len(self.words))]


_Judge = Callable[[_Sentence, re.Match[str]], Verdict | None]


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str
    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    judge: _Judge

    def matches(self, sentence: _Sentence) -> Iterator[re.Match[str]]:
        if any(need in sentence.words for need in self.needs):
            yield from self.pattern.finditer(sentence.words)


def _rule(name: str, needs: str, words: str, judge: _Judge) -> _Rule:
    """A rule that is compiled and tried only where one of the texts stands that it `needs`: looking is much faster."""
    return _Rule(name, tuple(needs.split("|")), regex(rf"\b(?:{words})\b"), judge)


# What is promised and what is answered are found one after the other in the same sentences.
@lru_cache(maxsize=4096)
def undertakings(text: str, stated: date | None) -> tuple[Undertaking, ...]:
    """What one sentence promises and what it refuses: at most one of each, the promise first.

    `stated` is the day of its document. Moments are spans of `text`. What is
    longer than 2,000 characters is no sentence, and is not looked at.
    """
    if len(text) > _LONGEST or text.rstrip("\"'”’») \n").endswith("?"):
        return ()
    words = _QUOTED.sub(lambda match: "#" * len(match[0]), text.replace("\n", " ").replace("\xa0", " "))
    # A letter whose small form is longer would move what stands behind it.
    words = "".join(c.lower() if len(c.lower()) == 1 else c for c in words)
    sentence = _Sentence(text, stated, words)
    found = dict(reversed(tuple(_judged(sentence))))
    told = ((s, found[s], _first(sentence.coming), _recipient(words)) for s in STRENGTHS if s in found)
    promise = next((Undertaking(*one) for one in told), None)
    refusal = next((Undertaking(r, found[r]) for r in REFUSALS if r in found), None)
    return tuple(one for one in (promise, refusal) if one)


def _recipient(words: str) -> Span | None:
    """Who is told, sent or promised it: the Kamer, a committee or those who ask, as the sentence names them first."""
    found = _TO.search(words)
    return Span(*found.span("to")) if found else None


def _first(coming: tuple[Moment, ...]) -> Moment | None:
    """The first moment that is a day, else the first."""
    return next((moment for moment in coming if moment.by), next(iter(coming), None))


def _judged(sentence: _Sentence) -> Iterator[tuple[Verdict, str]]:
    for rule in _RULES:
        for match in rule.matches(sentence):
            if verdict := rule.judge(sentence, match):
                yield verdict, rule.name


def _act(sentence: _Sentence, match: re.Match[str], start: int | None = None) -> Verdict | None:
    """What an act is that is announced, from `start` on: denied, conditional or tentative, or firm."""
    tail = sentence.tail(match.start() if start is None else start)
    explained_here = _EXPLAINS.search(tail) and not _IN_ANOTHER.search(sentence.clause(match))
    if _OF_THE_LETTER.search(tail) or explained_here or _SAYING.search(tail):
        return None
    if re.search(_DENIED, tail):
        return "declines"
    tentative = (
        rf"\b(?:{_TO_EXPLORE}|{_EXPLORED}|{_GO_ON}|in overweging|naar verwachting|mogelijk(?! (?:te )?ma)|wellicht)\b"
    )
    soft = (
        re.search(tentative, _NOT_TENTATIVE.sub("", tail))
        or _IF.search(sentence.words)
        or _IF_NEEDED.search(sentence.words)
    )
    return "soft" if soft else "firm"


def _passive(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    """An act of which nobody is named that does it: of the cabinet, where it is about the Kamer or a matter of it."""
    clause = sentence.clause(match)
    about = re.search(rf"\b(?:{_MATTER}|uw kamer|erop|ernaar|eraan)\b", clause) or re.search(rf"\b{_TOLD}\b", clause)
    asked = _ASKS.search(sentence.clause_before(match))
    if not about or asked or re.search(_OTHERS, clause) or _COULD.search(clause):
        return None
    return _act(sentence, match)


def _passive_now(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    """The present promises where it names a moment to come, or that the Kamer will be told."""
    clause = sentence.clause(match)
    told = re.search(rf"\b{_KAMER}\b", clause) and re.search(rf"\b{_TOLD}\b", clause)
    if not sentence.comes_in(match) and (not told or _AGAIN.search(clause) or _NOW.search(clause)):
        return None
    return _passive(sentence, match)


def _present(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    clause = sentence.clause(match)
    told = re.search(rf"\b(?:{_TELL}|deelt?|delen)\b", match[0]) and re.search(rf"\b{_KAMER}\b", clause)
    if _NOW.search(clause) or not (sentence.coming or (told and not _AGAIN.search(clause))):
        return None
    return _act(sentence, match)


def _receives(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    """What the Kamer receives with the letter itself is not promised."""
    return None if _NOW.search(sentence.clause(match)) else _act(sentence, match)


def _explored(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    clause = sentence.clause(match)
    idle = _UNDER_WAY.search(clause) and not sentence.coming
    could = _COULD.search(sentence.clause_before(match)) or _IF.search(sentence.words)
    if idle or could or re.search(_OTHERS, clause) or re.search(_DENIED, clause):
        return None
    return "soft"


def _soft(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    tail = sentence.tail(match.start())
    said = re.search(_SAYS, sentence.tail(match.end()))
    if said or _PAST.search(match[0]):
        return None
    return "declines" if re.search(_DENIED, tail) else "soft"


def _expected(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    of_ours = re.search(rf"\b(?:{_MATTER}|{_SELF}|{_FIGURES}|uw kamer)\b", sentence.words)
    if re.search(r"\beuropese commissie\b", sentence.clause(match)):
        return None
    return "soft" if sentence.coming and of_ours and not re.search(_DENIED, sentence.clause(match)) else None


def _coming(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    """What needs a moment, for without one it is how things are."""
    others = _OTHER_SUBJECT.search(sentence.clause(match))
    return _passive(sentence, match) if sentence.comes_in(match) and not others else None


def _refuses(verdict: Refusal) -> _Judge:
    def judge(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
        return None if _SOMETIMES.search(sentence.clause(match)) else verdict

    return judge


def _possible(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    """What is not possible is not known where it is a figure; what is so on a condition is a rule, and no refusal."""
    clause = sentence.clause(match)
    if (
        _SOMETIMES.search(clause)
        or _CONDITION.search(sentence.clause_before(match))
        or _ON_CONDITION.match(sentence.words, match.end())
    ):
        return None
    figure = rf"\b{_FIGURES}\b(?! (?:uit te wisselen|te (?:delen|gebruiken|verwerken|bewaren|verzamelen))\b)"
    return (
        "not known"
        if re.search(rf"{figure}|\bte (?:zeggen|bepalen|kwantificeren)\b", sentence.words)
        else "not possible"
    )


def _no_ground(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    """No ground for an act is a refusal; no ground to believe something is a view."""
    return None if re.search(rf"\b{_BELIEVES}\b", sentence.tail(match.start())) else "declines"


def _not_to_be_found(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    """What can not be told; not the condition that it can not."""
    on_condition = _CONDITION.search(sentence.clause_before(match))
    return "not known" if _COULD.search(sentence.clause(match)) and not on_condition else None


def _cannot(sentence: _Sentence, match: re.Match[str]) -> Verdict | None:
    tail = sentence.tail(match.start())
    if not re.search(_DENIED, tail) or re.search(r"\b(?:uitsluiten|ontkennen|anders dan)\b", tail):
        return None
    if re.search(r"\b(?:ingaan|vooruit ?lopen|uitspra(?:ak|ken)|mededelingen|treden)\b", tail):
        return "declines"
    known = (
        rf"\b(?:aangeven|zeggen|inschatten|vaststellen|bepalen|bevestigen|beoordelen|beantwoorden|noemen|{_FIGURES})\b"
    )
    return "not known" if re.search(known, tail) else "not possible"


_BE = r"(?:ben|is|zijn)"
_COMES = (
    r"(?<!het )(?<!te )(?:lopen|starten|beginnen|volgen|verschijnen|plaatsvinden|ingaan|doorgaan"
    r"|(?:deel (?:gaan )?uitmaken|een plek krijgen|\w+ (?:invulling|uitwerking|aandacht) krijgen"
    r"|in werking treden|van start gaan|ter consultatie gaan))"
)
_RULES: tuple[_Rule, ...] = (
    _rule("zal", "zal|zullen", rf"(?:zal|zullen)(?: \w+){{0,2}}? {_SELF}|{_SELF}(?: \w+){{0,3}}? (?:zal|zullen)", _act),
    _rule(
        "te-zullen", "te zullen", rf"{_SELF} (?:heb|heeft|hebben)\b[^;:]*? te zullen", lambda s, m: _act(s, m, m.end())
    ),
    _rule(
        "en-zal",
        "en za|en zu|maar z",
        rf"(?<!\w ){_SELF}\b(?:(?!\b(?:dat|die|of|waar\w*)\b)[^;:])*? (?:en|maar) (?:zal|zullen)",
        lambda s, m: _act(s, m, m.end()),
    ),
    _rule("bijzin-zal", " zal| zullen", rf"(?:dat|die|waar\w*|welke|zodra) {_SELF}\b[^,;:]*? (?:zal|zullen)", _act),
    _rule(
        "zal-worden",
        "worden",
        r"(?:zal|zullen)\b(?:(?!,? (?:die|dat|waar\w*|zoals|alsook)\b)[^;:])*? worden|worden (?:zal|zullen)",
        _passive,
    ),
    _rule("tegenwoordig", "", rf"{_SELF} {_ACT}|{_ACT} {_SELF}|(?:dat|die|waar\w*) {_SELF}\b[^,;:]* {_ACT}", _present),
    _rule(
        "wordt",
        "worden|wordt",
        rf"word(?:t|en)\b[^;:]*? (?<!te )(?<!laten )(?:{_TOLD}|{_DONE})|(?:{_TOLD}|{_DONE}) word(?:t|en)",
        _passive_now,
    ),
    _rule(
        "nederland",
        "nederland zal|zal nederland",
        r"(?:zal nederland|nederland zal)\b[^;:]*? (?:spreken|pleiten|bijdragen|leveren|steunen|ondersteunen"
        r"|aandringen|inbrengen|voorstellen|stemmen|ondertekenen|deelnemen)",
        _act,
    ),
    _rule("ontvangt", "ontvang", rf"ontvang(?:t|en)? {_KAMER}|{_KAMER} ontvang(?:t|en)", _receives),
    _rule(
        "volgt",
        " begint| kom| start| verschijn| volg",
        rf"(?:{_MATTER})\b[^,;:]* (?<! te )(?<! laten )(?:volgt|volgen|verschijnt|verschijnen"
        r"|(?:komt|komen)(?! (?:naar voren|overeen|voor|tot stand|ten goede))|start|starten|begint)",
        _coming,
    ),
    _rule(
        "zal-komen",
        "beginnen|gaan|krijgen|lopen|plaatsvinden|starten|treden|uitmaken|verschijnen|volgen",
        rf"(?:zal|zullen)\b[^,;:]*? {_COMES}",
        _passive,
    ),
    _rule(
        "er-komt",
        "er kom|komen er|komt er",
        rf"er kom(?:t|en)\b[^,;:]* (?:{_MATTER})|kom(?:t|en) er\b[^,;:]* (?:{_MATTER})",
        _passive,
    ),
    _rule("bereid", " bereid", rf"(?:{_SELF} {_BE}|{_BE} {_SELF})\b[^,;:]*? bereid", _act),
    _rule(
        "toezeggen",
        " beloof| toe",
        rf"zeg(?:t|gen)? {_SELF}\b[^;:]*? toe|{_SELF} zeg(?:t|gen)?\b[^;:]*? toe|{_SELF} beloof\w*",
        _act,
    ),
    _rule(
        "terugkomen",
        " terug",
        rf"kom(?:t|en)? {_SELF}\b[^;:]*? (?:op )?terug|{_SELF} kom(?:t|en)?\b[^;:]*? terug",
        _act,
    ),
    _rule(
        "delen",
        " deel| delen|deel |deelt |delen ",
        rf"(?:{_SELF} (?:deelt?|delen)|(?:deelt?|delen) {_SELF})(?! de )\b[^,;:]*? met {_KAMER}(?! (?:de|van)\b)",
        _present,
    ),
    _rule(
        "op-de-hoogte", " op de hoogte", rf"(?:houd(?:t|en)? {_SELF}|{_SELF} houd(?:t|en)?)\b[^;:]*? op de hoogte", _act
    ),
    _rule(
        "meenemen",
        " mee|betrek",
        rf"(?:neem|neemt|nemen) {_SELF}\b[^;:]*? mee|{_SELF} (?:neem|neemt|nemen)\b[^;:]*? mee|"
        rf"(?:betrek(?:t|ken)?) {_SELF}|{_SELF} betrek(?:t|ken)?",
        _act,
    ),
    _rule(
        "meegenomen",
        "word",
        rf"wordt (?:\w+ )?(?:daar|hier)in\b[^,;:]*? meegenomen|word(?:t|en)\b[^,;:]* (?:{_MATTER}) (?:meegenomen"
        r"|betrokken)",
        _act,
    ),
    _rule(
        "zorgen",
        " er voor| ervoor| zorg",
        rf"(?:draag(?:t)?|dragen) {_SELF}\b[^,;:]* zorg|{_SELF} (?:draag(?:t)?|dragen)\b[^,;:]* zorg|zorg(?:t"
        rf"|en)? {_SELF} er ?voor",
        _act,
    ),
    _rule(
        "beschikbaar-stellen",
        " beschikbaar",
        rf"(?:stel(?:t|len)? {_SELF}|{_SELF} stel(?:t|len)?)\b[^;:]*? beschikbaar",
        _act,
    ),
    _rule(
        "gaan",
        " ga|ga |gaan |gaat ",
        rf"(?:(?:ga|gaat|gaan) {_SELF}|{_SELF} (?:ga|gaat|gaan))(?! (?:er|hier|daar)?(?:op|over|van|in(?! gesprek"
        r"| overleg)|uit|mee(?! aan de slag)|akkoord)\b)(?![^,;:]* (?:op in|in op|ervan uit|uit van"
        r"|niet over))\b[^,;:]*(?:\w{3,}en|in gesprek|in overleg|aan de slag)",
        _act,
    ),
    _rule(
        "genoodzaakt",
        " genoodzaakt",
        rf"(?:zie[nt]? {_SELF}|{_SELF} zie[nt]?) (?:mij|zich|ons)[^,;:]* genoodzaakt",
        _act,
    ),
    _rule(
        "besloten",
        " besloten ",
        rf"(?:(?:heb|heeft|hebben) {_SELF}|{_SELF} (?:heb|heeft|hebben))(?: \w+){{0,3}}? besloten (?:om )?[^,;:]*\bte",
        _act,
    ),
    _rule(
        "voornemens",
        "plan|van zins|voornemen",
        rf"(?:{_SELF} {_BE}|{_BE} {_SELF})\b[^,;:]*? (?:voornemens|van plan|van zins)|(?:met|is) het voornemen"
        r"|mijn voornemen|het voornemen is",
        _soft,
    ),
    _rule(
        "streven",
        "ambitie|beog|beoog|gestreefd|mijn inzet|streef|streven",
        rf"{_SELF} (?:streef|streeft|streven|beoog|beoogt|beogen)|(?:streef|streeft|streven|beoog|beoogt"
        rf"|beogen) {_SELF}|het streven is|is het streven|mijn (?:inzet|streven|ambitie)"
        r"|(?:er )?wordt (?:er)?naar gestreefd",
        _soft,
    ),
    _rule(
        "willen",
        " wil|wil |willen ",
        rf"(?<!dat )(?<!die )(?<!wat )(?<!zoals ){_SELF} (?:wil|willen)|(?:wil|willen) {_SELF}",
        _soft,
    ),
    _rule(
        "verkennen",
        " na|afwegen|bekijk|bera|bezie|inventariseer|inventariseren|kijken|na te gaan|nagaan|onderzoek|overwe|verken",
        rf"{_SELF} (?:(?!een|het|dit|dat|ons|eigen)\w+ )?{_EXPLORE}|{_EXPLORE} {_SELF}|(?:ga|gaat"
        rf"|gaan) {_SELF}\b[^,;:]* na|(?:mij|ons|ik|kabinet)\b[^;:]* (?:nader|verder) te {_EXPLORE}|(?:{_SELF} {_BE}"
        rf"|{_BE} {_SELF})\b[^,;:]*? aan het {_TO_EXPLORE}",
        _soft,
    ),
    _rule(
        "verkend-worden",
        "word",
        rf"word(?:t|en) (?:\w+ ){{0,6}}?{_EXPLORED},? (?:of|hoe|in hoeverre|welke|wat|op welke)|word(?:t|en) (?:nader"
        rf"|nog|verder) (?:\w+ ){{0,4}}?{_EXPLORED}",
        _explored,
    ),
    _rule(
        "naar-verwachting",
        " beoogd| gepland| voorzien|verwacht",
        rf"naar verwachting|(?:verwacht(?:en)?) {_SELF}|{_SELF} verwacht(?:en)?|de verwachting is|(?:is|zijn|staat"
        r"|staan)\b[^,;:]*? (?:voorzien|gepland|beoogd)|word(?:t|en)\b[^,;:]*? verwacht|verwacht word(?:t|en)",
        _expected,
    ),
    _rule(
        "blijven",
        " blij|blijf|blijven ",
        rf"(?:{_SELF} (?:blijf|blijft|blijven)|(?:blijf|blijft|blijven) {_SELF})(?! (?:\w+ )?(?:van|bij))\b",
        _soft,
    ),
    _rule(
        "inzetten",
        "nederland|maak|span| voort|zet",
        rf"(?:{_SELF} (?:zet|zetten|span|spant|maak|maakt)|(?:zet|zetten|span|spant|maak|maakt) {_SELF}) (?:mij|me"
        r"|zich|ons)|(?:nederland (?:zet|zal|blijft|spant)|(?:zet|blijft|spant) nederland) zich\b[^;:]* in(?:zetten"
        rf"|spannen)?|(?:(?:zet|zetten) {_SELF}|{_SELF} (?:zet|zetten))\b[^,;:]* voort",
        _soft,
    ),
    _rule(
        "voortzetten",
        " gecontinueerd| voortgezet",
        r"word(?:t|en)\b(?:(?! of )[^;:])*? (?:gecontinueerd|voortgezet)",
        lambda s, m: "soft" if s.coming else None,
    ),
    # Refusals.
    _rule(
        "geen-aanleiding",
        "geen |weinig",
        r"(?:zie[nt]?|bestaat|is|heb|heeft|hebben|voor)\b[^,;:]* geen (?:\w+ ){0,2}?(?:aanleiding|noodzaak|reden"
        r"|meerwaarde|toegevoegde waarde|rol|heil|nut|behoefte) (?:\w+ )?(?:om|tot|voor|in|aan|van)|(?:zie|zien"
        r"|ziet)\b[^,;:]* geen (?:\w+ )?(?:aanleiding|noodzaak|reden|meerwaarde|rol)|geen (?:\w+ )?(?:meerwaarde"
        r"|toegevoegde waarde)|weinig (?:meer|toegevoegde )waarde",
        _no_ground,
    ),
    _rule(
        "geen-plannen",
        " geen ",
        rf"(?:(?:heb|heeft|hebben) {_SELF}|{_SELF} (?:heb|heeft|hebben))\b[^,;:]*?"
        r" geen (?:\w+ )?(?:voornemens?|plan|plannen)",
        _refuses("declines"),
    ),
    _rule(
        "niet-wenselijk",
        "acht|niet |vind",
        r"(?:acht\w*|vind\w*|lijkt|geacht|is|zijn|zou)\b[^,;:]*? niet (?:\w+ ){0,2}?(?:wenselijk|opportuun|zinvol"
        r"|gewenst|gepast|verstandig|op zijn plaats|in de rede)|niet (?:\w+ )?(?:wenselijk|nodig|noodzakelijk"
        r"|opportuun) geacht|(?:acht|vind)\w*\b[^,;:]*? (?:niet|weinig) (?:\w+ ){0,2}?(?:nodig|noodzakelijk|passend"
        r"|proportioneel|aangewezen|doelmatig|effectief|nuttig|kansrijk|zinvol)|ligt (?:\w+ ){0,3}?niet in de rede"
        r"|(?:acht|vind)\w* (?:ik|het kabinet|wij)\b[^;:]* (?:onwenselijk|ongewenst|onnodig)\b[^;:]* om",
        _refuses("declines"),
    ),
    _rule(
        "wat-mij-betreft",
        "betreft",
        r"wat (?:mij|ons|het kabinet) betreft\b[^,;:]*? niet (?:nodig|noodzakelijk|wenselijk|aan de orde)",
        _refuses("declines"),
    ),
    _rule(
        "niet-bereid",
        " niet ",
        rf"(?:{_SELF} {_BE}|{_BE} {_SELF})\b[^,;:]*? niet (?:\w+ )?(?:bereid|voornemens|van plan)",
        _refuses("declines"),
    ),
    _rule(
        "geen-voorstander",
        " geen sprake| geen voorstander| niet als | niet over|wijs",
        rf"(?:{_SELF} {_BE}|{_BE} {_SELF})\b[^,;:]*? geen (?:voorstander|sprake)|wijs(?:t)? {_SELF}\b[^,;:]* af"
        rf"|{_SELF} wijs(?:t)?\b[^,;:]* af|neem(?:t)? {_SELF}\b[^,;:]* niet over"
        rf"|{_SELF} neem(?:t)?\b[^,;:]* niet over|(?:zie[nt]? {_SELF}|{_SELF} zie[nt]?)\b[^,;:]* niet als (?:de"
        r"|een) (?:\w+ )?(?:oplossing|optie|route|weg|instrument)",
        _refuses("declines"),
    ),
    _rule(
        "geen-uitspraken",
        " geen| niet ",
        rf"(?:doe|doet|doen) {_SELF}\b[^;:]* geen|{_SELF} (?:doe|doet|doen)\b[^;:]* geen (?:uitspra\w+|mededelingen)"
        rf"|(?:ga|gaat|loop|loopt|treed|treedt|wil) {_SELF}\b[^;:]* niet (?:\w+ )?(?:op )?(?:in op|in|vooruit\w*)"
        rf"|{_SELF} (?:ga|gaat|loop|loopt|wil)\b[^;:]* niet (?:\w+ )?(?:in op|op in|vooruit\w*)",
        _refuses("declines"),
    ),
    _rule(
        "hoeft-niet",
        " niet|behoeft ",
        r"(?:hoeft|hoeven|behoeft|behoeven)\b[^;:]*? niet\b[^;:]*? (?:aangepast|gewijzigd|uitgebreid|opgenomen"
        r"|herzien)|behoeft (?:\w+ )?geen (?:aanpassing|wijziging)",
        _refuses("declines"),
    ),
    _rule(
        "past-niet",
        "niet aan de orde|niet voorzien|past",
        r"past(?: \w+){0,3} niet (?:binnen|in|bij)|niet (?:voorzien|aan de orde)(?! is dat)",
        _refuses("declines"),
    ),
    _rule(
        "niet-mogelijk",
        "mogelijk|niet ",
        r"(?:is|zijn|blijkt|acht\w*|lijkt|wordt)\b[^;:()]*? (?:niet (?:\w+ ){0,3}?mogelijk"
        r"|(?<!niet )onmogelijk)(?! ma)|niet (?:\w+ )?"
        r"mogelijk (?:is|zijn|blijkt)|niet (?:\w+ )?(?:uitvoerbaar|haalbaar|realiseerbaar)",
        _possible,
    ),
    _rule(
        "ontbreekt",
        "geen |ontbreekt|ontbreken",
        r"(?:tijd|capaciteit|middelen|bevoegdheid|grondslag|mogelijkheid)(?: \w+)? (?:ontbreken|ontbreekt)"
        r"|(?:ontbreekt|ontbreken) (?:\w+ )?(?:de tijd|de bevoegdheid|een grondslag)|(?:heb|heeft|zie"
        rf"|ziet) {_SELF} (?:\w+ ){{0,3}}geen (?:\w+ )?(?:bevoegdheid|mogelijkhe\w+)",
        _refuses("not possible"),
    ),
    _rule("kan-niet", " kan| kunnen|kan |kunnen ", rf"kan {_SELF}|kunnen {_SELF}|{_SELF} (?:kan|kunnen)", _cannot),
    _rule(
        "niet-vast-te-stellen",
        "geen |niet ",
        r"niet (?:\w+ ){0,3}?worden (?:vastgesteld|bepaald|gezegd|herleid|achterhaald)"
        rf"|geen (?:\w+ ){{0,3}}?{_FIGURES}\b[^,;:]*? (?:worden )?(?:gegeven|gemaakt|verstrekt)"
        r"|geen (?:\w+ ){0,2}?(?:conclusies?|uitspraken|uitspraak|oordeel)\b[^,;:]*? (?:getrokken|gedaan|gegeven)",
        _not_to_be_found,
    ),
    _rule(
        "niet-bekend",
        "bekend|lastig|moeilijk|niet|verzameld",
        r"niet (?:(?!volledig )\w+ ){0,3}?(?:geregistreerd|bijgehouden|gemonitord|geadministreerd|voorhanden"
        r"|te zeggen|vast te stellen|te herleiden|uit te splitsen|te kwantificeren|uit te drukken)|(?:is"
        r"|zijn)\b[^;:]*? niet (?:\w+ ){0,2}?bekend(?! met)|niet (?:\w+ ){0,2}?bekend (?:is|zijn)|(?:is"
        r"|zijn) (?:\w+ ){0,4}?onbekend|(?:registreert|registreren)\b[^,;:]* niet|(?:houdt"
        rf"|houden)\b[^,;:]* niet bij|{_FIGURES}\b[^,;:]*? niet (?:\w+ )?verzameld|(?:kan"
        r"|kunnen)\b[^,;:]*? niet (?:\w+ ){0,2}?(?:inschatten|kwantificeren|specificeren|uitsplitsen)|(?:is|zijn"
        r"|blijft|blijven) (?:\w+ ){0,8}?(?:moeilijk|lastig)(?: \w+){0,5}? (?:te (?:zeggen|overzien"
        rf"|kwantificeren)|in te schatten|vast te stellen)|(?:moeilijk|lastig) om (?:\w+ ){{0,2}}?{_FIGURES}",
        _refuses("not known"),
    ),
    _rule(
        "geen-cijfers",
        " beschikbaar| niet |geen ",
        r"(?:beschikbaar|bekend|voorhanden|heb|heeft|hebben|beschikt?|beschikken|bestaa\w+|zijn|is|bevat\w*|houdt"
        rf"|geven)\b[^;:]*? (?:geen (?:\w+ ){{0,4}}?{_FIGURES}|geen (?:\w+ ){{0,2}}?(?:onderzoek(?:en)?"
        rf"|studies?) (?:bekend|naar|over)|(?:nauwelijks|amper) (?:\w+ ){{0,2}}?{_FIGURES} beschikbaar)"
        rf"|geen (?:\w+ ){{0,4}}?{_FIGURES}\b[^,;:]*? (?:beschikbaar|bekend|voorhanden|bijgehouden|te geven|heb|heeft"
        rf"|zijn|is)|{_FIGURES}\b[^,;:]*? niet (?:\w+ )?(?:beschikbaar|voorhanden|bekend)|beschik(?:t"
        rf"|ken)?\b[^,;:]*? niet over\b[^,;:]* {_FIGURES}",
        _refuses("not known"),
    ),
)
