"""What was said on a subject over time: passages by date, each beside what an earlier document said most like it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from index.errors import WoordelijkError
from index.language.analyser import content_words, share_there
from index.language.sentences import sentence_spans
from index.model.types import Document, Passage, Unit
from rag.answer.assistant import Assistant
from rag.compare.sentences import Sentence, SentenceDifference, bag, differences, shared

# Passages that are looked at, best first, before they are put in the order of their dates.
_MOST = 30
# A passage has more than this share of the words of the subject, with the question that it answers.
_ABOUT = 0.5
# The share of the words of two passages that they have in common, from which on they are laid side by side.
_ALIKE = 0.3


class SubjectError(WoordelijkError):
    """Nothing is asked for."""


@dataclass(frozen=True, slots=True)
class Said:
    """A passage on the subject; `before` is the one of an earlier document that it differs from in `differences`.

    Where that is None nothing like it was said before.
    """

    passage: Passage
    text: str
    unit: Unit
    document: Document
    before: "Said | None" = None
    differences: tuple[SentenceDifference, ...] = ()

    @property
    def sentences(self) -> list[Sentence]:
        """The sentences of the passage, as slices of its document."""
        found = sentence_spans(self.document.text, self.passage.span.start, self.passage.span.end)
        return [Sentence(span.of(self.document.text), span, self.passage.speaker) for span in found]


def history(assistant: Assistant, subject: str) -> tuple[Said, ...]:
    """What the documents say on a subject, the earliest first, those without a date last; never the members' words.

    SubjectError where `subject` has no words. Empty where no answer to the subject is sure enough. Of each the
    differences of figures come first, then those in the order of its text.
    """
    answer = assistant.ask(subject, _MOST, per_unit=None)
    if answer.outcome == "no words":
        raise SubjectError(f"{subject[:60]!r}: no words found, expected a subject, as in 'capaciteit TBKK'.")
    if not answer.answered:
        return ()
    found: dict[str, Said] = {}
    for hit in answer.hits:
        found[hit.passage.id] = Said(hit.passage, hit.text, hit.unit, hit.document)
        for other in hit.similar:
            found[other.passage.id] = Said(other.passage, other.text, other.unit, other.document)
    about = (one for one in found.values() if one.passage.speaker != "members" and _is_about(one, subject))
    return tuple(_with_before(sorted(about, key=_when)))


def _is_about(said: Said, subject: str) -> bool:
    """Whether most words of the subject stand there."""
    return share_there(subject, f"{said.text}\n{said.unit.question_text(said.document.text)}") > _ABOUT


def _when(said: Said) -> tuple[date, str, int]:
    return said.document.date or date.max, said.document.id, said.passage.span.start


def _with_before(ordered: list[Said]) -> Iterator[Said]:
    bags = [bag(content_words(said.text)) for said in ordered]
    for place, said in enumerate(ordered):
        earlier = [other for other in range(place) if _is_earlier(ordered[other], said)]
        # Of those that are as like the latest.
        best = max(earlier, key=lambda other: (shared(bags[other], bags[place]), other), default=None)
        if best is None or shared(bags[best], bags[place]) < _ALIKE:
            yield said
            continue
        before = ordered[best]
        found = sorted(differences(before.sentences, said.sentences), key=lambda one: not one.figures)
        yield Said(said.passage, said.text, said.unit, said.document, before, tuple(found))


def _is_earlier(other: Said, said: Said) -> bool:
    """Whether it is known that one document came before another."""
    days = other.document.date, said.document.date
    return days[0] is not None and days[1] is not None and days[0] < days[1]
