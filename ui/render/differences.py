"""Where two texts differ, as HTML: the words of either side, and the marks that stand around them in a text.

What only the earlier has is `del`, what only the later has `ins`; what stands
elsewhere is a `mark`. Of a sentence that changed the words are so, and the
sentence is a mark.
"""

from collections.abc import Iterator
from typing import Literal

from markupsafe import Markup

from index.language.span import Span
from rag.compare.sentences import SentenceDifference
from rag.texts.answers import TEXTS as RAG_TEXTS
from rag.texts.answers import Language
from ui.render.text_flow import Mark

Side = Literal["a", "b"]
_TAGS: dict[Side, str] = {"a": "del", "b": "ins"}


def kind_of(one: SentenceDifference, language: Language) -> str:
    """What a difference is called."""
    return RAG_TEXTS[language]["compared figures" if one.figures else f"compared {one.kind}"]


def in_words(one: SentenceDifference) -> Markup:
    """A difference in a line: the words that changed, or the sentence that came, went or moved."""
    if one.kind == "changed":
        return Markup("; ").join(
            _before_after(word.difference.document, word.difference.quotation) for word in one.words
        )
    sentence = one.b or one.a
    tag = {"missing": "del", "added": "ins"}.get(one.kind, "mark")
    return Markup("<{}>{}</{}>").format(tag, sentence.text if sentence else "", tag)


def _before_after(before: str, after: str) -> Markup:
    parts = [Markup("<{}>{}</{}>").format(tag, words, tag) for tag, words in (("del", before), ("ins", after)) if words]
    return Markup(" → ").join(parts)


def marks_of(one: SentenceDifference, side: Side, number: int = 0) -> Iterator[Mark]:
    """The marks of a difference in the text of one side; with a `number` they carry it."""
    sentence = one.a if side == "a" else one.b
    if sentence is None:
        return
    for word in one.words:
        if span := (word.a if side == "a" else word.b):
            yield Mark(span, _TAGS[side])
    tag = _TAGS[side] if one.kind in ("missing", "added") else "mark"
    carried = Markup(' data-difference="{}"').format(number) if number else Markup("")
    yield Mark(sentence.span, tag, Markup(' class="{}"{}').format("figures" if one.figures else one.kind, carried))


def range_of(one: SentenceDifference, side: Side) -> Span | None:
    """Where the sentence of a difference stands on one side; None where that side has none."""
    sentence = one.a if side == "a" else one.b
    return sentence.span if sentence else None
