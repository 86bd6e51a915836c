"""The sentences around an answer, in the reader's language."""

from collections.abc import Mapping, Sequence

from index.language.alignment import Difference
from rag.answer.types import Answer
from rag.question.remark import echoed, remark_text
from rag.retrieval.near_duplicates import Similar
from rag.texts.answers import TEXTS, Language, counted


def message(answer: Answer, language: Language) -> str:
    """What came of a question, in a few sentences: how it was read, what could not be met, and how sure the answer is.

    That of a question of several parts says so; each part has a message of its own.
    """
    texts = TEXTS[language]
    earlier = answer.follow_up_of
    together = [] if earlier is None else [texts["leans on"].format(question=echoed(earlier))]
    if answer.parts:
        return " ".join([*together, texts["several"].format(count=len(answer.parts))])
    remarks = [remark_text(remark, language) for remark in answer.remarks]
    return " ".join(filter(None, [*together, *remarks, outcome_text(answer, language)]))


def part_title(number: int, part: Answer, language: Language) -> str:
    """What is set above the answer to one part of a question; `number` counts from 1."""
    return TEXTS[language]["part"].format(number=number, question=part.question)


def outcome_text(answer: Answer, language: Language) -> str:
    """The one sentence that says how sure the answer is, or why there is none; "" where a remark says it all."""
    texts = TEXTS[language]
    key = "nothing near" if answer.outcome == "nothing found" and not answer.hits else answer.outcome
    detail = answer.detail
    if answer.outcome == "too long":
        detail = f"{int(detail):,}".replace(",", "." if language == "nl" else ",")
    sentence = texts[key].format(detail=detail)
    if detail and answer.outcome not in ("too long", "no such unit", "out of scope"):
        sentence = f"{texts['missing'].format(detail=detail)} {sentence}"
    return sentence


def via_label(via: tuple[int, ...], language: Language) -> str:
    """How a reference that led to a passage is named: "via vraag 42"."""
    texts = TEXTS[language]
    return texts["via"].format(units=" → ".join(texts["unit"].format(number=number) for number in via))


# Passages and changes that are written out; a program gets them all.
_SIMILAR_SHOWN = 5


_CHANGES_SHOWN = 6


def similar_lines(similar: Sequence[Similar], language: Language) -> list[str]:
    """Where the same answer stands and how it differs: a line above, then one for each place, differing ones first."""
    texts = TEXTS[language]
    documents = len({found.document.id for found in similar})
    lines = [counted(texts, "similar", documents)]
    shown = sorted(similar, key=lambda found: not found.differences)[:_SIMILAR_SHOWN]
    for found in shown:
        lines.append(f"{found.document.file}, {found.unit.label}: {changes_text(found, language)}")
    if len(similar) > len(shown):
        lines.append(counted(texts, "more similar", len(similar) - len(shown)))
    return lines


def changes_text(found: Similar, language: Language) -> str:
    """How a near-identical passage differs from the hit, in its first changes."""
    texts = TEXTS[language]
    changes = "; ".join(_change(change, texts) for change in found.differences[:_CHANGES_SHOWN])
    return f"{changes or texts['same']}{' …' if len(found.differences) > _CHANGES_SHOWN else ''}"


def _change(change: Difference, texts: Mapping[str, str]) -> str:
    key = {"changed": "here and there", "missing": "only here", "added": "only there"}[change.kind]
    return texts[key].format(here=" ".join(change.document.split()), there=" ".join(change.quotation.split()))
