"""What a memo says about where its quotation comes from.

Read from the words beside a quotation: question numbers, annexes, and who is
said to speak. Only what is said plainly counts. A claim is held against a
quotation only when it contradicts every place where the words stand.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.language.references import annex_numerals, question_numbers
from index.language.sentences import sentence_spans
from index.model.types import Speaker
from rag.citation.citation import Citation
from rag.citation.reference import annex_author
from rag.verify.memo_text import Paragraph
from rag.verify.quotations import Quotation

_MINISTER = r"(?:minister(?:ie)?|bewindspers?oon|bewindsman|staatssecretaris|kabinet|regering)"
_MEMBERS = r"(?:leden|lid|Kamerleden|Kamerlid|(?:[\w-]+-)?fracties?|Kamer|vragenstellers?)"
_SPEAKS = (
    r"(?:schrijft|schreef|schrijven|stelt|stelde|stellen|zegt|zei|zeggen|antwoordt|antwoordde|meldt|meldde|melden"
    r"|verklaart|verklaarde|concludeert|benadrukt|benadrukte|geeft|gaf|geven|licht|laat|vraagt|vroeg|vragen|vroegen"
    r"|merkt|merken|constateert|constateren|bevestigt|bevestigde|erkent|wijst|wijzen|betoogt|waarschuwt|waarschuwde"
    r"|noemt|noemen|volgens|aldus|says|said|writes|wrote|states|stated|according\s+to|answers|answered|asks?|asked)"
)
_NAME = r"(?:de|het|die|deze|the)\s+(?:[\w-]+\s+){0,2}?"
_SPEAKERS: tuple[tuple[Speaker, str], ...] = (("minister", _MINISTER), ("members", _MEMBERS))
# A speaker in front of his words, as in proceedings: "Minister Van Weel: …", "Antwoord van de minister: …".
_SAYS_NEXT = tuple(
    (
        speaker,
        re.compile(
            r"[\W\d]*(?i:(?:antwoord|reactie)\s+(?:van\s+)?)?(?i:(?:de|het|een|the)\s+)?"
            rf"(?i:{names})\b(?:\s+(?:van|voor|en|de|der|het|\(?[A-Z][\w.-]*\)?))*\s*:"
        ),
    )
    for speaker, names in _SPEAKERS
)
_GROUPS = re.compile(r"leden van de\s+([^.?!:;()\n]{1,120}?)-?\s?fracties?\b", re.IGNORECASE)
# What names a speaker without saying that he speaks here.
_NOT_SPEAKING = re.compile(
    r"\b(?:brief|antwoord(?:en)?|reactie|beantwoording)\s+van\s+(?:de|het)\s+minister[^,;.:()]*"
    r"|\bministerie\s+van\s+[^,;.:()]*"
    r"|\b(?:aan|door|van|voor)\s+(?:de|het)\s+(?:minister|kabinet|regering)\b"
    r"|\b(?:de|uw|Tweede)\s+Kamer\b",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"\b(?:antwoord(?:en)?|beantwoording)\s+(?:van\s+(?:de\s+)?minister\s+)?op\s+(?:de\s+)?vra(?:ag|gen)\b"
)
_ASKED = re.compile(r"\b(?:gesteld door|inleiding (?:door|bij|van)|inleiding)\b")
_NUMBER_WORDS = (
    (re.compile(r"\b(?:questions?|answers?(?:\s+to\s+question)?)\s+(?=\d)", re.IGNORECASE), "vraag "),
    (re.compile(r"\bantwoord(?:en)?\s+(?:nrs?\.?\s*)?(?=\d)", re.IGNORECASE), "vraag "),
    (re.compile(r"\b(?:annex|appendix)\s+(?=[IVX\d])", re.IGNORECASE), "bijlage "),
    (re.compile(r"\bvr\.\s*(?=\d)", re.IGNORECASE), "vraag "),
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What one piece of text says of a quotation's origin; empty fields say nothing.

    `text` is the memo's own words, for the report.
    """

    text: str
    numbers: tuple[int, ...] = ()
    annexes: tuple[str, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    groups: tuple[str, ...] = ()
    author: str | None = None

    @property
    def empty(self) -> bool:
        return not (self.numbers or self.annexes or self.speakers or self.author)

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
        return not (self.groups and citation.speaker == "members") or bool(set(self.groups) & set(asked))


def claims(
    quotation: Quotation, all_quotations: Sequence[Quotation], paragraphs: Sequence[Paragraph], authors: Sequence[str]
) -> tuple[Claim, ...]:
    """What the memo says of one quotation: beside it, else before it, and in its note; empty claims left out.

    `authors` are the names of those who wrote an annex.
    """
    beside = [_read(text, authors) for text in _texts_beside(quotation, all_quotations, paragraphs)]
    place = next((claim for claim in beside if claim.numbers or claim.annexes), None)
    speaker = next((claim for claim in beside if claim.speakers or claim.author), None)
    noted = [_read(text, authors) for text in _notes(quotation, paragraphs)]
    found = dict.fromkeys(claim for claim in (place, speaker, *noted) if claim is not None)
    return tuple(claim for claim in found if not claim.empty)


_BRACKETS = r"\([^()]*(?:\([^()]*\)[^()]*)*\)"
_BEHIND = re.compile(rf"[\s.,;]*({_BRACKETS}|\[[^\[\]]*\]|[—–-]\s*[^\n]+)")
_LEFT_OVER = re.compile(rf"\A[\s.,;]*{_BRACKETS}")


def _texts_beside(
    quotation: Quotation, all_quotations: Sequence[Quotation], paragraphs: Sequence[Paragraph]
) -> Iterator[str]:
    """The texts that may name the source, the nearest first: at most two sentences away."""
    before, after = _beside(quotation, all_quotations, paragraphs)
    if before != paragraphs[quotation.first].text[: quotation.start]:
        # What stands in brackets behind the quotation before this one is that one's.
        before = _LEFT_OVER.sub("", before)
    if behind := _BEHIND.match(after):
        yield behind[1]
    sentences = [span.of(before) for span in sentence_spans(before)]
    following = sentence_spans(after) if not quotation.block else ()
    tail = following[0].of(after) if following else ""
    running = sentences and not re.search(r"[.?!]\s*$", before)
    yield f"{sentences[-1]} {tail}" if running else tail
    yield from list(reversed(sentences))[: 2 + bool(running)]
    if quotation.block or not before.strip():
        yield from _paragraph_before(quotation, all_quotations, paragraphs)
        if quotation.last + 1 < len(paragraphs) and re.match(r"\s*[—–(-]", paragraphs[quotation.last + 1].text):
            yield paragraphs[quotation.last + 1].text


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
) -> Iterator[str]:
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
        yield from (span.of(text) for span in sentence_spans(text)[: -3 if leads else -2 : -1])


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


def _read(text: str, authors: Sequence[str]) -> Claim:
    spelled = text
    for pattern, replacement in _NUMBER_WORDS:
        spelled = pattern.sub(replacement, spelled)
    spelled = re.sub(r"\bvra(ag|gen)\s+(?=\d)", r"vra\1 ", spelled, flags=re.IGNORECASE)
    spelled = re.sub(r"(?<=bijlage )[ivx]+\b", lambda m: m[0].upper(), spelled, flags=re.IGNORECASE)
    named = [author for author in authors if _says(author, text)]
    return Claim(
        text=" ".join(text.split()),
        numbers=tuple(dict.fromkeys(question_numbers(spelled))),
        annexes=tuple(annex_numerals(spelled)),
        speakers=() if named else _speakers(text),
        groups=_groups(text),
        author=named[0] if len(named) == 1 else None,
    )


def _says(author: str, text: str) -> bool:
    """Whether the author of an annex is said to speak."""
    name = re.escape(" ".join(author.split()[:2]))
    return bool(re.search(rf"{name}(?:\s+[A-Z]\w*)*\s+{_SPEAKS}\b|\b{_SPEAKS}\s+(?:(?:de|het)\s+)?{name}", text))


def _speakers(text: str) -> tuple[Speaker, ...]:
    """Who is said to speak: who stands before a colon or beside a word of speaking, else whoever alone is named."""
    if first := next((speaker for speaker, label in _SAYS_NEXT if label.match(text)), None):
        return (first,)
    if _LETTER.search(text):
        return ("minister",)
    if _ASKED.search(text):
        return ("members",)
    speaking = tuple(
        speaker
        for speaker, names in _SPEAKERS
        if re.search(rf"\b{_NAME}{names}\b[^.:;“\"]{{0,60}}?\b{_SPEAKS}\b", text, re.IGNORECASE)
        or re.search(rf"\b{_SPEAKS}\s+{_NAME}{names}\b", text, re.IGNORECASE)
    )
    if speaking:
        # "De leden vragen de minister": one speaks, and which of them only grammar tells.
        return speaking if len(speaking) == 1 else ()
    rest = _NOT_SPEAKING.sub(" ", text)
    named = tuple(
        s for s, names in _SPEAKERS if re.search(rf"\b(?:de|het|die|deze|the)\s+(?:[\w-]+\s+)?{names}\b", rest)
    )
    return named if len(named) == 1 else ()


def _groups(text: str) -> tuple[str, ...]:
    names = [name for match in _GROUPS.finditer(text) for name in re.split(r",\s*|\s+en\s+", match[1])]
    return tuple(name.strip().rstrip("-") for name in names if name.strip(" -"))
