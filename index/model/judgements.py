"""Judged questions are kept in two files: `topics.jsonl`, a question a line, and `qrels.tsv`, a judgement a line.

A qrel, a relevance judgement in the words of TREC, is about one span of one
unit: 3 answers fully, 0 does not answer. Offsets count code points.
"""

import json
from collections.abc import Sequence

from index.language.span import Span
from index.model.types import Unit

TOPICS = "topics.jsonl"
QRELS = "qrels.tsv"
COLUMNS = ("topic", "document", "unit", "start", "end", "relevance")
HEADER = "\t".join(COLUMNS) + "\n"


def topic_id(number: int) -> str:
    """The name of the question of that number, counted from 1."""
    return f"q{number:03}"


def topics_text(questions: Sequence[str]) -> str:
    """A file of topics: the questions in their order, each as one that the documents answer."""
    topics = (
        {"id": topic_id(number), "question": question, "style": "", "asks": "", "split": "test", "answerable": True}
        for number, question in enumerate(questions, start=1)
    )
    return "".join(json.dumps(topic, ensure_ascii=False) + "\n" for topic in topics)


def qrel_line(topic: str, document: str, unit: str, span: Span, relevance: int) -> str:
    """A line of a file of qrels; `unit` is the unit's label or its id."""
    return "\t".join(map(str, (topic, document, unit, span.start, span.end, relevance))) + "\n"


def unit_spans(unit: Unit) -> tuple[Span, ...]:
    """Where a unit's words stand: its context, questions, answer and footnotes; a judged span lies in one of them."""
    parts = (unit.context, *unit.questions, unit.answer, *(note.body for note in unit.footnotes))
    return tuple(part for part in parts if part is not None)
