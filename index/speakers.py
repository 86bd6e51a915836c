"""Whose words the paragraphs before a question number are.

Members often introduce a numbered question with a paragraph of their own. It
stands after the minister's previous answer, and nothing but its wording and
its place tells the two apart. Taking a members' paragraph for the minister's
would put false words into a memo, so every paragraph that is taken without
the members being named is reported as a doubt for a person to look at.
"""

import re
from dataclasses import dataclass

from index.references import refers_only

_MEMBERS = re.compile(
    r"\b(?:de|deze|dezelfde|genoemde|voornoemde)\s+leden\b|\bleden\s+van\s+de\b|\bhet\s+lid\s+[A-Z]", re.IGNORECASE
)
# Behind these, the members are spoken of: "Met deze leden is de regering van mening".
_OBJECT = re.compile(r"\b(?:met|van|aan|door|als|dan|bij|naar|voor)\s+$", re.IGNORECASE)
# The minister, who speaks of himself, to the House, and for the cabinet.
_MINISTER = re.compile(
    r"\b(?:ik|mij|mijn|mijzelf|wij|ons|onze)\b"
    r"|\b(?:uw|de)\s+Kamer\s+(?:is|wordt|werd|zal|ontvangt)\b"
    r"|\bis\s+(?:uw|de)\s+Kamer\b|\buw\s+Kamer\b"
    r"|\bverwijs\b"
    r"|(?:^|[.?!]\s+|\b(?:blijft|deelt|vindt|acht|zet)\s+)[Hh]et\s+kabinet\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph between two questions; `adjacent`: the next line that follows is not blank."""

    text: str
    adjacent: bool


@dataclass(frozen=True, slots=True)
class LeadIn:
    """How many of the last paragraphs are the members', and the doubt about it if there is one."""

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
        return LeadIn(_named_run(paragraphs), f"taken as the members' by its place: {_opening(last)}")
    return _set_off(paragraphs, question, next_question)


def _set_off(paragraphs: list[Paragraph], question: str, next_question: str) -> LeadIn:
    """The same for a last paragraph whose place says nothing and that does not plainly name the members."""
    last = paragraphs[-1]
    if _members_speak(last.text):
        # False words in the minister's mouth are the worse mistake.
        return LeadIn(1, f"taken as the members', though the minister may be speaking: {_opening(last)}")
    leans = not _MINISTER.search(last.text) and _leans_on(last.text, next_question, question)
    if leans and _answered_by_reference(paragraphs):
        return LeadIn(1, f"taken as the members' by its wording: {_opening(last)}")
    if _MEMBERS.search(last.text):
        return LeadIn(0, f"may be the members', taken as the answer's: {_opening(last)}")
    return LeadIn(0)


def goes_on_asking(paragraph: str) -> bool:
    """Whether a paragraph right under a question is more of the question: the members ask on."""
    asks = paragraph.rstrip().endswith("?") or _members_speak(paragraph)
    return asks and not _MINISTER.search(paragraph)


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


def _opening(paragraph: Paragraph) -> str:
    return f"“{' '.join(paragraph.text.split()[:8])} …”"
