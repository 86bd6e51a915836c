"""Start a benchmark for a person's own documents, and judge what retrievers find for it.

`new` writes the files, `judge` shows the passages that several retrievers
find and takes a digit for each. Judging a pool of several systems is how TREC
finds relevant units without reading everything (Spärck Jones and Van
Rijsbergen, 1975).
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from eval.benchmark import lines_of, read_unjudged
from eval.errors import BenchmarkError
from eval.systems import SystemSpec
from eval.types import Qrel, Ranked, Topic
from index.files import write_whole
from index.model.collection import Collection
from index.model.judgements import COLUMNS, HEADER, QRELS, TOPICS, qrel_line, topics_text
from index.settings import Settings

POOLED = ("stems", "ngrams", "dense", "words")
_SCALE = "3 answers fully, 2 in part, 1 only touches or refers, 0 does not answer; s skip, q stop"

_README = """# {name}

{count} topics about the documents in `{documents}`.

- `topics.jsonl`: one object a line: `id`, `question`, and if you like `style` (how it is typed), `asks` (what for),
  `split` ("tune" or "test"; a topic that you look at while you change settings is "tune"), and `answerable` (false
  where the documents do not answer; such a topic has no span of relevance 2 or 3).
- `qrels.tsv`: a tab between the columns {columns}. `unit` is a label as `python -m index units` prints it; start and
  end count code points of `python -m index text DOCUMENT`. Relevance: 3 answers fully, 2 in part, 1 only touches or
  refers on, 0 does not answer.

Judge with `python -m eval judge FOLDER`, check with `python -m eval validate FOLDER`, measure with
`python -m eval run --benchmark FOLDER --out RESULTS` and `python -m eval report RESULTS`.

Write down here who judged, from what, and what was doubtful.
"""


def new_benchmark(folder: Path, questions: Path | None, documents: Path) -> int:
    """Write a benchmark folder with one topic a line of `questions`, or one to overwrite; how many topics.

    Raises BenchmarkError where the folder holds something already, or the
    questions are empty.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BenchmarkError(f"{folder}: is there already and not empty; name a new folder.")
    found = ["Replace this line by your first question"]
    if questions is not None:
        found = [line.strip() for line in lines_of(questions) if line.strip()]
        if not found:
            raise BenchmarkError(f"{questions}: empty; expected a question a line.")
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / TOPICS, topics_text(found))
    write_whole(folder / QRELS, HEADER)
    readme = _README.format(
        name=folder.resolve().name, count=len(found), documents=documents.name, columns=", ".join(COLUMNS)
    )
    write_whole(folder / "README.md", readme)
    return len(found)


def pool(
    collection: Collection, topics: Iterable[Topic], systems: Iterable[str], depth: int
) -> Iterator[tuple[Topic, tuple[Ranked, ...]]]:
    """For each topic the passages that any system ranks in its first `depth`, without doubles, in document order."""
    library = Settings.from_environment().index
    built = [SystemSpec.of(system).build(collection, library) for system in systems]
    for topic in topics:
        found = {
            (ranked.document, ranked.span): ranked
            for system in built
            for ranked in system.reply(topic.question)[0][:depth]
            if ranked.span is not None
        }
        yield topic, tuple(sorted(found.values(), key=_place))


def _place(ranked: Ranked) -> tuple[str, int]:
    return ranked.document or "", ranked.span.start if ranked.span else 0


def judge(
    folder: Path, collection: Collection, depth: int, ask: Callable[[str], str], say: Callable[[str], None]
) -> int:
    """Show what the pool holds for each answerable topic and append each judgement; how many were made.

    Passages that were judged for the topic before are passed over, so that one
    can stop and go on. `ask` shows a prompt and returns what was typed, or
    raises EOFError; every judgement is on disk before the next is asked for.
    """
    benchmark = read_unjudged(folder, collection)
    done = {(qrel.topic, qrel.document, qrel.span) for qrel in benchmark.qrels}
    made = 0
    say(_SCALE)
    for topic, passages in pool(collection, (t for t in benchmark.topics if t.answerable), POOLED, depth):
        for ranked in passages:
            if (topic.id, ranked.document, ranked.span) in done:
                continue
            unit = collection.unit(ranked.unit)
            say(f"\n{topic.id}: {topic.question}\n{unit.label}: {ranked.text}")
            typed = _typed(ask)
            if typed == "q":
                return made
            if typed != "s":
                _append(folder / QRELS, topic, ranked, unit.label, typed)
                made += 1
    return made


def _typed(ask: Callable[[str], str]) -> str:
    while True:
        try:
            typed = ask("0-3, s, q: ").strip().lower()
        except EOFError:
            return "q"
        if typed in {"0", "1", "2", "3", "s", "q"}:
            return typed


def _append(path: Path, topic: Topic, ranked: Ranked, label: str, typed: str) -> None:
    if ranked.document is None or ranked.span is None:
        raise ValueError("only passages are judged")
    append_qrels(path, [Qrel(topic.id, ranked.document, label, ranked.span, int(typed))])


def append_qrels(path: Path, qrels: Sequence[Qrel]) -> None:
    """Add rows to a file of qrels, in one write."""
    rows = (qrel_line(q.topic, q.document, q.unit, q.span, q.relevance) for q in qrels)
    ended = path.read_bytes().endswith(b"\n")
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write(("" if ended else "\n") + "".join(rows))
