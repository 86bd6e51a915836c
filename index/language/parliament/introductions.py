"""Whose words the paragraphs before a question number are.

Members often introduce a numbered question with a paragraph of their own. It
stands after the minister's previous answer, and nothing but its wording and
its place tells the two apart. Taking a members' paragraph for the minister's
would put false words into a memo, so every paragraph that is taken without
the members being named is reported as a doubt for a person to look at.
"""

import re
from dataclasses import dataclass

from index.language.regex import regex
from index.language.values.references import refers_only

_MEMBERS = regex(
    r"\b(?:de|deze|dezelfde|genoemde|voornoemde)\s+leden\b|\bleden\s+van\s+de\b|\bhet\s+lid\s+[A-Z]", re.IGNORECASE
)
# Behind these, the members are spoken of: "Met deze leden is de regering van mening".
_OBJECT = regex(r"\b(?:met|van|aan|door|als|dan|bij|naar|voor)\s+$", re.IGNORECASE)
# The minister, who speaks of himself, to the House, and for the cabinet.
_MINISTER = regex(
    r"\b(?:ik|mij|mijn|mijzelf|wij|ons|onze)\b|\b(?:uw|de)\s+Kamer\s+(?:is|wordt|werd|zal|ontvangt)\b|\bis\s+(?:uw"
    r"|de)\s+Kamer\b|\buw\s+Kamer\b|\bverwijs\b|(?:^|[.?!]\s+|\b(?:blijft|deelt|vindt|acht|zet)\s+)[Hh]et\s+kabinet\b",
    re.IGNORECASE,
)
# A paragraph of the members opens with them, or with what they do: "Ook vragen deze leden".
_OPENS = regex(
    r"(?:(?:Ook|Verder|Voorts|Tevens|Daarnaast|Tot slot|Ten slotte|Tenslotte|Vervolgens|Allereerst|Bovendien|Daarbij|"
    r"Daarom|Tegelijkertijd|Wel|Ten\s+\w+|In\s+het\s+verlengde\s+hiervan)\s+)?"
    r"(?:(?!(?:met|van|aan|door|als|dan|naar|voor|zoals|anders|op|in|bij)\b)\w+\s+){0,2}?(?:(?:de|deze|dezelfde|genoemde|voornoemde)\s+leden\b|het\s+lid\s+[A-Z])"
    r"|Bij\s+(?:de|deze)\s+leden\b[^.?!]{0,80}\b(?:bestaat|bestaan|leeft|leven|roept|rijst|rijzen)\b"
    r"|(?:\w+\s+){0,2}?(?:vragen|lezen|constateren|vernemen|verzoeken|horen|vinden|merken|wijzen|menen)\s+zij\b"
    r"|(?:Zij|De\s+aan\s+het\s+woord\s+zijnde\s+leden)\s+(?:vragen|willen|vernemen|horen|ontvangen|zouden|verzoeken)\b",
    re.IGNORECASE,
)
_GROUP = regex(
    r"\b(?:leden|lid)\s+van\s+de\b[^.?!]{0,160}?fracties?\b|\bdeze\s+leden\b|\bhet\s+lid\s+[A-Z]", re.IGNORECASE
)
# The government, which speaks of itself and to the members.
_GOVERNMENT = regex(
    r"^(?:De\s+regering|Het\s+kabinet|De\s+initiatiefnemers?|Ik|Wij)\b|^(?:Met|Zoals|Anders\s+dan)\s+(?:de"
    r"|deze)\s+leden\b|^(?:Hierop|Daarop|In\s+(?:reactie|antwoord)\s+(?:hierop|daarop|op))\b|\b(?:antwoordt|antwoord"
    r"|merkt|meldt|deelt)\s+(?:de\s+regering|het\s+kabinet|ik)\b"
)
_GOVERNMENT_OPENS = regex(r"(?:Graag|Met\s+\w+|Allereerst)?\s*(?:[Dd]e\s+regering|[Hh]et\s+kabinet|[Ii]k|[Ww]ij)\b")
_ASKS = regex(
    r"\?|\b(?:vragen|vraagt|verzoeken|verzoekt|vernemen\s+graag|ontvangen\s+graag|horen\s+graag|willen\s+weten)\b"
)
_THEY = regex(r"(?:\w+\s+){0,3}zij\b", re.IGNORECASE)
# The reply, in the last sentence of a paragraph that opens as the members'.
_ENDS_IN_REPLY = regex(r"[.?!]\s+(?:De\s+regering|Het\s+kabinet|Ik|Hierop|In\s+reactie)\b[^.?!]*\.\s*$")
_WORD = regex(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph between two questions; `adjacent`: the next line that follows is not blank."""

    text: str
    adjacent: bool


@dataclass(frozen=True, slots=True)
class LeadIn:
    """How many of the last paragraphs are the members', and the key of the doubt about it if there is one.

    The doubt is about the last of the paragraphs.
    """

    length: int
    doubt: str | None = None


def lead_in(paragraphs: list[Paragraph], question: str, next_question: str, blank_lines: bool) -> LeadIn:
    """How many paragraphs at the end of the block between two questions the members speak.

    `paragraphs` are those after `question` and before `next_question`;
    `blank_lines` says whether the document usually sets its numbered
    questions off by a blank line, so that a paragraph without one belongs to
    the number under it. The first paragraph is never taken: a question has an
    answer before its successor's introduction begins.
    """
    if len(paragraphs) < 2:
        return LeadIn(0)
    last = paragraphs[-1]
    if _members_speak(last.text) and not _MINISTER.search(last.text):
        return LeadIn(_named_run(paragraphs))
    if last.adjacent and blank_lines:
        return LeadIn(_named_run(paragraphs), "members by place")
    return _set_off(paragraphs, question, next_question)


def _set_off(paragraphs: list[Paragraph], question: str, next_question: str) -> LeadIn:
    """The same for a last paragraph whose place says nothing and that does not plainly name the members."""
    last = paragraphs[-1]
    if _members_speak(last.text):
        # False words in the minister's mouth are the worse mistake.
        return LeadIn(1, "members or minister")
    leans = not _MINISTER.search(last.text) and _leans_on(last.text, next_question, question)
    if leans and _answered_by_reference(paragraphs):
        return LeadIn(1, "members by wording")
    if _MEMBERS.search(last.text):
        return LeadIn(0, "maybe members")
    return LeadIn(0)


def goes_on_asking(paragraph: str) -> bool:
    """Whether a paragraph right under a question is more of the question: the members ask on."""
    asks = paragraph.rstrip().endswith("?") or _members_speak(paragraph)
    return asks and not _MINISTER.search(paragraph)


def opens_as_members(paragraph: str) -> bool:
    """Whether a paragraph opens as the members' do: "De leden van de D66-fractie vragen …"."""
    return bool(_OPENS.match(paragraph)) and bool(_GROUP.search(paragraph[:200]) or _THEY.match(paragraph))


def opens_as_government(paragraph: str) -> bool:
    """Whether a paragraph opens as the government's do in a note: "De regering dankt …"."""
    return bool(_GOVERNMENT_OPENS.match(paragraph))


def asks(paragraph: str) -> bool:
    """Whether something is asked in a paragraph, with or without a question mark."""
    return bool(_ASKS.search(paragraph))


def minister_speaks(text: str) -> bool:
    """Whether words in `text` are the minister's or government's own."""
    return bool(_MINISTER.search(text) or _GOVERNMENT.search(text))


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in a paragraph of prose, and the key of the doubt about it if there is one."""

    members: bool
    doubt: str | None = None


def voices(paragraphs: list[str]) -> list[Voice]:
    """Who speaks in each paragraph of prose in which the members' questions and the replies alternate.

    The members open with their name and are answered; what stands behind
    their question and is no question is the reply. What only its place tells
    is a doubt, and so is a paragraph that names the members and yet sounds
    like the government's.
    """
    found: list[Voice] = []
    for place, text in enumerate(paragraphs):
        before = found[-1] if found else None
        if opens_as_members(text):
            own = _GOVERNMENT.search(text) or _ENDS_IN_REPLY.search(text) or re.search(r"\b(?:ik|mijn)\b", text)
            found.append(Voice(True, "members or minister" if own else None))
        elif minister_speaks(text):
            found.append(Voice(False))
        elif before and before.members:
            found.append(_after_members(text, paragraphs[place - 1]))
        elif text.rstrip().endswith("?"):
            # False words in the minister's mouth are the worse mistake.
            found.append(Voice(True, "members by question mark"))
        else:
            found.append(Voice(False))
    return found


def speaks(paragraphs: list[str]) -> bool:
    """Whether the members or the minister can be heard in some prose; a title page says nothing."""
    return any(opens_as_members(text) or minister_speaks(text) for text in paragraphs)


def _after_members(text: str, previous: str) -> Voice:
    """A paragraph behind one of the members that names nobody."""
    if text.rstrip().endswith("?"):
        return Voice(True)
    if asks(previous):
        return Voice(False, "reply by place" if _MEMBERS.search(text) else None)
    # False words in the minister's mouth are the worse mistake.
    return Voice(True, "members by place")


def _members_speak(text: str) -> bool:
    """Whether the members are the ones who speak or do in `text`, not only spoken of."""
    return any(not _OBJECT.search(text[: match.start()]) for match in _MEMBERS.finditer(text))


def _named_run(paragraphs: list[Paragraph]) -> int:
    """The last paragraph, and those right before it that name the members too."""
    length = 1
    for paragraph in reversed(paragraphs[1:-1]):
        if not _members_speak(paragraph.text) or _MINISTER.search(paragraph.text):
            break
        length += 1
    return length


def _answered_by_reference(paragraphs: list[Paragraph]) -> bool:
    """Whether what comes before the last paragraph is a complete answer: a mere reference."""
    return all(refers_only(paragraph.text, ()) for paragraph in paragraphs[:-1])


def _leans_on(text: str, next_question: str, question: str) -> bool:
    """Whether `text` shares more words with the question after it than with the one before."""
    return _shared_words(text, next_question) > _shared_words(text, question)


def _shared_words(text: str, question: str) -> int:
    # A shared stem is enough ("onderzoek" in "onderzoeksmogelijkheden"), hence the prefixes.
    words = {word[:6] for word in _WORD.findall(text.lower())}
    return len(words & {word[:6] for word in _WORD.findall(question.lower())})
