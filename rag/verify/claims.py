"""What a memo says about where its quotation comes from.

Read from the words beside a quotation: question numbers, annexes, and who is
said to speak. Only what is said plainly counts. A claim is held against a
quotation only when it contradicts every place where the words stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.parliament.parties import parties
from index.language.regex import regex
from index.language.sentences import sentence_spans
from index.language.values.references import annex_numerals, question_numbers
from index.model.types import Speaker
from rag.citation.citation import Citation
from rag.citation.reference import annex_author
from rag.verify.attribution import QUOTED, Names, Place, Voices, voices
from rag.verify.memo_text import Paragraph
from rag.verify.quotations import Quotation
from rag.verify.strangers import stranger

_LETTER = regex(r"\b(?:antwoord(?:en)?|beantwoording)\s+(?:van\s+(?:de\s+)?minister\s+)?op\s+(?:de\s+)?vra(?:ag|gen)\b")
_ASKED = regex(r"\b(?:gesteld door|inleiding (?:door|bij|van)|inleiding)\b")
_NUMBER_WORDS = (
    (regex(r"\b(?:questions?|answers?(?:\s+to\s+question)?)\s+(?=\d)", re.IGNORECASE), "vraag "),
    (regex(r"\bantwoord(?:en)?\s+(?:nrs?\.?\s*)?(?=\d)", re.IGNORECASE), "vraag "),
    (regex(r"\b(?:annex|appendix)\s+(?=[IVX\d])", re.IGNORECASE), "bijlage "),
    (regex(r"\bvr\.\s*(?=\d)", re.IGNORECASE), "vraag "),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one piece of text says of a quotation's origin; empty fields say nothing.

    `text` is the memo's own words, for the report; `stranger` is somebody said
    to speak whom the documents do not know as a speaker.
    """

    text: str
    numbers: tuple[int, ...] = ()
    annexes: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    groups: tuple[str, ...] = ()
    author: str | None = None
    stranger: str = ""

    @property
    def empty(self) -> bool:
        return not (self.numbers or self.annexes or self.speakers or self.author or self.stranger)

    def agrees(self, citation: Citation) -> bool:
        """Whether the claim may be said of that citation."""
        unit = citation.unit
        numbers = unit.numbers if unit else ()
        annex = unit.label.removeprefix("Bijlage ") if unit and unit.kind == "annex" else None
        places = bool(set(self.numbers) & set(numbers)) or annex in self.annexes
        if (self.numbers or self.annexes) and not places:
            return False
        if self.author is not None and self.author != (annex_author(citation.document, unit) if unit else None):
            return False
        if self.speakers and citation.speaker not in self.speakers:
            return False
        asked = unit.asked_by if unit else ()
        return not (self.groups and citation.speaker == "members") or not _parties(self.groups).isdisjoint(
            _parties(asked)
        )


def _parties(groups: Sequence[str]) -> frozenset[str]:
    return frozenset[str]().union(*map(parties, groups))


def claims(
    quotation: Quotation, all_quotations: Sequence[Quotation], paragraphs: Sequence[Paragraph], names: Names
) -> tuple[Claim, ...]:
    """What the memo says of one quotation: beside it, else before it, and in its note; empty claims left out."""
    beside = [_read(text, names, place) for text, place in _texts_beside(quotation, all_quotations, paragraphs)]
    place = next((claim for claim in beside if claim.numbers or claim.annexes), None)
    speaker = next((claim for claim in beside if claim.speakers or claim.author or claim.stranger), None)
    noted = [_read(text, names, "source") for text in _notes(quotation, paragraphs)]
    found = dict.fromkeys(claim for claim in (place, speaker, *noted) if claim is not None)
    return tuple(claim for claim in found if not claim.empty)


_BRACKETS = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"
_BEHIND = regex(rf"[\s.,;]*({_BRACKETS}|\[[^\[\]]*\]|[—–-]\s*[^\n]+)")
_LEFT_OVER = regex(rf"\A[\s.,;]*{_BRACKETS}")


def _texts_beside(
    quotation: Quotation, all_quotations: Sequence[Quotation], paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[str, Place]]:
    """The texts that may name the source, the nearest first: at most two sentences away."""
    before, after = _beside(quotation, all_quotations, paragraphs)
    if before != paragraphs[quotation.first].text[: quotation.start]:
        # What stands in brackets behind the quotation before this one is that one's.
        before = _LEFT_OVER.sub("", before)
    if behind := _BEHIND.match(after):
        yield behind[1], "source"
    sentences = [span.of(before) for span in sentence_spans(before)]
    following = sentence_spans(after) if not quotation.block else ()
    tail = following[0].of(after) if following else ""
    running = sentences and not re.search(r"[.?!]\s*$", before)
    yield f"{sentences[-1] if running else ''}{QUOTED}{tail}", "sentence"
    yield from ((sentence, "sentence") for sentence in list(reversed(sentences))[bool(running) : 2 + bool(running)])
    if quotation.block or not before.strip():
        yield from _paragraph_before(quotation, all_quotations, paragraphs)
        if quotation.last + 1 < len(paragraphs) and re.match(r"\s*[—–(-]", paragraphs[quotation.last + 1].text):
            yield paragraphs[quotation.last + 1].text, "source"


def _beside(
    quotation: Quotation, all_quotations: Sequence[Quotation], paragraphs: Sequence[Paragraph]
) -> tuple[str, str]:
    """The text of the paragraph before and after a quotation, up to its neighbours."""
    start, end = 0, len(paragraphs[quotation.last].text)
    for other in all_quotations:
        if other.last == quotation.first and other.end <= quotation.start:
            start = max(start, other.end)
        if other.first == quotation.last and other.start >= quotation.end:
            end = min(end, other.start)
    return (
        paragraphs[quotation.first].text[start : quotation.start],
        paragraphs[quotation.last].text[quotation.end : end],
    )


def _paragraph_before(
    quotation: Quotation, all_quotations: Sequence[Quotation], paragraphs: Sequence[Paragraph]
) -> Iterator[tuple[str, Place]]:
    """What leads to a quotation that opens its paragraph: the end of the paragraph before, behind its quotations."""
    number = quotation.first - 1
    while number >= 0 and paragraphs[number].kind == "block":
        if paragraphs[number].marks:
            return  # another quotation ends there, with a reference of its own
        number -= 1
    if number < 0 or paragraphs[number].kind == "note":
        return
    own = [other.end for other in all_quotations if other.last == number]
    text = paragraphs[number].text[max(own, default=0) :]
    leads = text.rstrip().endswith(":")
    if leads or (quotation.block and not own):
        before = [span.of(text) for span in sentence_spans(text)[: -3 if leads else -2 : -1]]
        yield from ((f"{sentence}{'' if place else QUOTED}", "sentence") for place, sentence in enumerate(before))


def _notes(quotation: Quotation, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
    """The notes whose mark stands in the quotation or right behind it."""
    names = {
        name
        for number in range(quotation.first, quotation.last + 1)
        for offset, name in paragraphs[number].marks
        if (number > quotation.first or offset >= quotation.start)
        and (number < quotation.last or offset <= quotation.end + 3)
    }
    yield from (p.text for p in paragraphs if p.note is not None and p.note in names)


def _read(text: str, names: Names, place: Place) -> Claim:
    spelled = text.replace(QUOTED, " ")
    for pattern, replacement in _NUMBER_WORDS:
        spelled = pattern.sub(replacement, spelled)
    spelled = re.sub(r"\bvra(ag|gen)\s+(?=\d)", r"vra\1 ", spelled, flags=re.IGNORECASE)
    spelled = re.sub(r"(?<=bijlage )[ivx]+\b", lambda m: m[0].upper(), spelled, flags=re.IGNORECASE)
    said = voices(text, names, place)
    if _LETTER.search(spelled):
        said = Voices(("minister",))
    elif _ASKED.search(spelled):
        said = Voices(("members",), said.groups)
    return Claim(
        text=" ".join(text.replace(QUOTED, " ").split()),
        numbers=tuple(dict.fromkeys(question_numbers(spelled))),
        annexes=tuple(annex_numerals(spelled)),
        speakers=said.speakers,
        groups=said.groups,
        author=said.author,
        stranger="" if said.speakers or said.author else stranger(text),
    )
