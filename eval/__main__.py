"""The command line of the evaluation: run systems, compare, report, check; start and judge a benchmark."""

import re
import shlex
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.errors import BenchmarkError, RegressionError, RunError
from eval.types import Split
from index.command_line import DocumentsOption, new_app, run, settings
from index.files import write_whole
from index.settings import SHIPPED_ENCODER, encoder_location
from rag.commands.options import LanguageOption

if TYPE_CHECKING:
    from eval.tables import Table

app = new_app("Evaluate retrieval: topics, judgements, runs, measures, reports.")

BenchmarkOption = Annotated[
    Path | None, typer.Option("--benchmark", help="Folder of topics.jsonl and qrels.tsv; the bundled one if left out.")
]
BeirOption = Annotated[
    Path | None, typer.Option("--beir", help="A BEIR folder, in the place of benchmark and documents.")
]
SplitOption = Annotated[Split, typer.Option("--split", help="Which topics.")]
ResultsArgument = Annotated[Path, typer.Argument(metavar="RESULTS", help="Folder that 'run' wrote.")]
FolderArgument = Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of the benchmark.")]
BaselineOption = Annotated[str, typer.Option("--baseline", help="The system that others are compared with.")]
JudgementsOption = Annotated[
    Path | None, typer.Option("--judgements", help="Table made by hand; the bundled one if left out.")
]
ReportOption = Annotated[Path | None, typer.Option("--report", help="Markdown file for the tables.")]
SeedOption = Annotated[int, typer.Option("--seed", help="Of the folds and samples.")]
OutOption = Annotated[Path, typer.Option("--out", help="Folder or file to write.")]


def _command() -> str:
    """The command as a report may show it."""
    return shlex.join(["python", "-m", "eval", *map(_without_folders, sys.argv[1:])])


def _without_folders(argument: str) -> str:
    """An argument as a report may show it: of a path outside this folder only the name."""
    before, path = re.fullmatch(r"(.*[:=])?(.*)", argument, re.DOTALL).groups("")  # type: ignore[union-attr]
    outside = Path(path).is_absolute() or path.startswith("..")
    return f"{before}{Path(path).name}" if outside else argument


@app.command(name="run")
def run_command(
    out: OutOption,
    benchmark: BenchmarkOption = None,
    beir: BeirOption = None,
    system: Annotated[
        list[str] | None,
        typer.Option(
            "--system",
            help="woordelijk, fused, terms, stems, ngrams, related, dense, static, words; woordelijk:MODEL, "
            "fused:MODEL, dense:MODEL for a "
            "sentence-transformers model by path; run:FILE for a TREC run; LABEL= before it names it. Repeat it.",
        ),
    ] = None,
    split: SplitOption = "test",
    documents: DocumentsOption = None,
    index: Annotated[
        str | None, typer.Option("--index", help="A library as it is published, in the place of --documents.")
    ] = None,
    progress: Annotated[bool, typer.Option("--progress", help="Say on standard error how far each system is.")] = False,
    json_progress: Annotated[
        bool,
        typer.Option(
            "--json-progress",
            help='For programs: lines of {"system", "done", "total"} on standard output, in the place of the table.',
        ),
    ] = False,
) -> None:
    """Run systems over a benchmark: TREC runs, qrels, scores.json and cost.json in a folder."""
    from eval.dataset import BUNDLED, Dataset
    from eval.evaluate import answer_all, prepare, score_all
    from eval.measure_system import progress_lines, progress_records
    from eval.report import machine
    from eval.results import CostRecord, check_place, write_results
    from eval.systems import DEFAULT_SYSTEMS, specs_of
    from eval.tables import markdown, overall
    from eval.trec import qrels_text, run_text
    from index.library.collect import no_progress

    if benchmark is not None and beir is not None:
        raise typer.BadParameter("give --benchmark or --beir, not both")
    if index is not None and (beir is not None or documents is not None):
        raise typer.BadParameter("give --index, --documents or --beir, not two of them")
    specs = specs_of(system or DEFAULT_SYSTEMS)
    check_place(out)
    chosen = settings(documents, index)
    library = chosen.index if index else None
    dataset = Dataset(beir, None) if beir is not None else Dataset(benchmark or BUNDLED, chosen.documents, library)
    collection, topics = prepare(dataset, split)
    tell = progress_records if json_progress else progress_lines if progress else no_progress
    runs = answer_all(specs, dataset, collection, topics, tell)
    results = score_all(topics, split, runs, collection)
    costs = CostRecord(date.today().isoformat(), machine(), _command(), {one.system: one.cost for one in runs})
    files = {f"runs/{one.system}.run": run_text(one) for one in runs}
    write_results(out, results, costs, {**files, "qrels.trec": qrels_text(topics)})
    if not json_progress:
        sys.stdout.write(markdown(overall(results)))


@app.command()
def compare(
    folder: ResultsArgument,
    baseline: BaselineOption = "",
    measure: Annotated[list[str] | None, typer.Option("--measure", help="For example nDCG@10; repeat it.")] = None,
) -> None:
    """Print every system against one, with intervals, paired tests and corrected p-values."""
    from eval.report import COMPARED
    from eval.results import read_results
    from eval.tables import comparison, markdown, measures_of

    results = read_results(folder)
    known = measures_of(results)
    for name in measure or ():
        if name not in known:
            raise RunError(f"measure {name!r} is not in {folder}, expected one of: {', '.join(known)}.")
    base = baseline or results.systems[0].name
    shown = measure or [name for name in COMPARED if name in known]
    sys.stdout.write("\n".join(markdown(comparison(results, base, name)) for name in shown))


@app.command()
def report(
    folder: ResultsArgument,
    baseline: BaselineOption = "",
    against: Annotated[
        str, typer.Option("--against", help="The system whose wins and losses are listed topic by topic.")
    ] = "",
    out: Annotated[Path | None, typer.Option("--out", help="Folder to write to; RESULTS if left out.")] = None,
    body: Annotated[
        bool, typer.Option("--body", help="Also body.html: the report without a frame, for a page of your own.")
    ] = False,
    language: LanguageOption = "en",
) -> None:
    """Write report.md and report.html: tables, plots, wins and losses, costs."""
    from eval.report import report_body, report_html, report_markdown, tables
    from eval.results import read_costs, read_results

    results, costs = read_results(folder), read_costs(folder)
    names = [system.name for system in results.systems]
    base = baseline or names[0]
    other = against or next((name for name in names if name != base), None)
    shown = tables(results, costs, base, other)
    texts = {
        "report.md": report_markdown(results, costs, shown),
        "report.html": report_html(results, costs, shown, language),
    }
    if body:
        texts["body.html"] = report_body(results, costs, shown, language)
    place = out or folder
    place.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        write_whole(place / name, text)
        sys.stdout.write(f"{place / name}\n")


@app.command()
def tabulate(
    folders: Annotated[list[Path], typer.Argument(metavar="RESULTS...", help="Folders that 'run' wrote.")],
    out: OutOption,
    fit: Annotated[
        list[Path] | None,
        typer.Option("--fit", help="File that --report of 'fit' or 'encoders' wrote, put at the end; may be repeated."),
    ] = None,
) -> None:
    """Write the tables of several results to one Markdown file, as eval/results.md."""
    from eval.benchmark import lines_of
    from eval.report import report_markdown, tables
    from eval.results import read_costs, read_results

    parts = ["# Results\n\nWritten by `python -m eval tabulate`; the command, date and machine stand over each part.\n"]
    for folder in folders:
        results, costs = read_results(folder), read_costs(folder)
        parts.append(report_markdown(results, costs, tables(results, costs, results.systems[0].name, None)))
    for report in fit or ():
        # One title a file: a report's becomes a part of this one.
        parts.append("#" + "\n".join(lines_of(report)))
    write_whole(out, "\n".join(parts))


@app.command()
def check(
    expected: Annotated[Path | None, typer.Option("--expected", help="Folder of accepted scores.")] = None,
    accept: Annotated[bool, typer.Option("--accept", help="Write the present scores as the accepted ones.")] = False,
    documents: DocumentsOption = None,
) -> None:
    """Fail where scores moved beyond the tolerance in either direction, and name the topics."""
    from eval.regression_check import (
        FOLDER,
        expected_files,
        measured,
        read_expected,
        regressions,
        write_expected,
    )

    folder = settings(documents).documents
    moved: list[str] = []
    for path in expected_files(expected or FOLDER):
        before = read_expected(path)
        now = measured(before, folder)
        what = f"{len(now.topics)} topics" if now.topics else f"{len(now.means)} scores"
        if accept:
            write_expected(path, now)
            sys.stdout.write(f"{path.name}: accepted {what}\n")
            continue
        found = regressions(before, now)
        if found:
            moved += [f"{path.name}: beyond ±{before.tolerance} of the accepted scores", *found]
        else:
            sys.stdout.write(f"{path.name}: {what} within ±{before.tolerance}\n")
    if moved:
        raise RegressionError("\n".join([*moved, "Mend the cause, or accept with 'python -m eval check --accept'."]))


@app.command()
def promises(
    judgements: JudgementsOption = None,
    report: ReportOption = None,
    documents: DocumentsOption = None,
) -> None:
    """Measure which sentences are told to promise or refuse, against a table that was made by hand."""
    from eval.by_hand.promises import JUDGEMENTS, read_judgements, score, table_of
    from index.library.collect import read_collection

    judged = read_judgements(judgements or JUDGEMENTS)
    collection = read_collection(settings(documents).documents, [])
    there = sum(head.id in judged.documents for head in collection.heads)
    _show("Promises", [table_of(score(judged, collection), judged, there)], report)


@app.command()
def coverage(
    judgements: JudgementsOption = None,
    report: ReportOption = None,
    documents: DocumentsOption = None,
) -> None:
    """Measure what is told of sub-questions and their answers, against a table that was made by hand."""
    from eval.by_hand.coverage import JUDGEMENTS, read_judgements, score, table_of
    from index.library.collect import read_collection

    judged = read_judgements(judgements or JUDGEMENTS)
    collection = read_collection(settings(documents).documents, [])
    _show("Coverage", [table_of(score(judged, collection), judged)], report)


@app.command()
def compare_documents(
    edits: Annotated[
        Path | None, typer.Option("--edits", help="Table of changes by hand; the bundled one if left out.")
    ] = None,
    report: ReportOption = None,
) -> None:
    """Measure whether the comparison of two documents finds the changes that were made by hand."""
    from eval.by_hand.compare import EDITS, read_edits, score, table_of

    _show("Two documents side by side", [table_of(score(read_edits(edits or EDITS)))], report)


@app.command()
def fit(
    beir: BeirOption = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="File to write; that of the encoder in rag/retrieval/fitted if left out."),
    ] = None,
    report: ReportOption = None,
    seed: SeedOption = 7,
    asked: Annotated[
        Path | None, typer.Option("--asked", help="Folder of training texts with the written questions.")
    ] = None,
    encoder: Annotated[
        str, typer.Option("--encoder", help="The encoder; for one that is not shipped, --out names the file.")
    ] = SHIPPED_ENCODER,
    documents: DocumentsOption = None,
) -> None:
    """Fit ranking and confidence with an encoder, to the split tune, a BEIR folder and written questions."""
    from eval.dataset import BUNDLED, Dataset
    from eval.fit import fit_all, weights_file
    from index.training.asked import read_asked
    from rag.retrieval.weights import weights_path

    if (
        out is None
        and Path(encoder_location(encoder)).resolve().parent != Path(encoder_location(SHIPPED_ENCODER)).parent
    ):
        raise typer.BadParameter(f"{encoder} is not shipped: name the file of its weights with --out")

    dataset = Dataset(BUNDLED, settings(documents).documents)
    other = None if beir is None else Dataset(beir, None)
    questions = () if asked is None else read_asked(asked)
    fitted = fit_all(dataset, other, encoder, seed, _command(), questions)
    write_whole(out or weights_path(encoder), weights_file(fitted.weights))
    _show(f"Fitted weights, {encoder}", fitted.tables, report)


@app.command()
def encoders(
    encoder: Annotated[list[str], typer.Argument(metavar="[LABEL=]ENCODER...", help="Folders of encoders.")],
    beir: BeirOption = None,
    report: ReportOption = None,
    seed: SeedOption = 7,
    documents: DocumentsOption = None,
) -> None:
    """Compare encoders of passages, alone and with the other lists, on the split tune and a BEIR folder."""
    from eval.dataset import BUNDLED, Dataset
    from eval.encoders import compare_encoders

    named = {label or location: location for label, _, location in (name.rpartition("=") for name in encoder)}
    if len(named) < len(encoder) or not all(named.values()):
        raise typer.BadParameter("every encoder is a folder, with a LABEL= of its own where two would be called alike")
    dataset = Dataset(BUNDLED, settings(documents).documents)
    tables = compare_encoders(dataset, None if beir is None else Dataset(beir, None), named, seed)
    _show("Encoders compared", tables, report)


def _show(title: str, tables: Iterable["Table"], report: Path | None) -> None:
    """Print the tables, and keep them in the file `report` where there is to be one."""
    from eval.tables import markdown

    shown = "\n".join(markdown(table) for table in tables)
    sys.stdout.write(shown)
    if report is not None:
        write_whole(report, f"# {title}\n\n`{_command()}`\n\n{shown}")


@app.command()
def new(
    folder: FolderArgument,
    questions: Annotated[Path | None, typer.Option("--questions", help="File with a question a line.")] = None,
    documents: DocumentsOption = None,
) -> None:
    """Start a benchmark for your own documents: topics, judgements to fill, README."""
    from eval.judging import new_benchmark

    count = new_benchmark(folder, questions, settings(documents).documents)
    sys.stdout.write(f"{folder}: {count} topics. Judge them with 'python -m eval judge {folder}'.\n")


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


@app.command()
def judge(
    folder: FolderArgument,
    depth: Annotated[int, typer.Option("--depth", min=1, help="So many passages of each retriever.")] = 3,
    documents: DocumentsOption = None,
) -> None:
    """Judge what several retrievers find, passage by passage; stop and go on as you like."""
    from eval.judging import judge as judge_pool
    from index.library.collect import read_collection

    collection = read_collection(settings(documents).documents)
    made = judge_pool(folder, collection, depth, input, _say)
    sys.stdout.write(f"\n{made} judgements added. Check them with 'python -m eval validate {folder}'.\n")


@app.command()
def validate(folder: FolderArgument, documents: DocumentsOption = None) -> None:
    """Name every fault of a benchmark with file and line; exit code 2 where there is one."""
    from eval.benchmark import faults_of
    from index.library.collect import read_collection

    faults = faults_of(folder, read_collection(settings(documents).documents))
    if faults:
        raise BenchmarkError("\n".join([*faults, f"{len(faults)} fault(s)."]))
    sys.stdout.write(f"{folder}: in order\n")


@app.command(name="export")
def export_command(
    out: OutOption, benchmark: BenchmarkOption = None, split: SplitOption = "all", documents: DocumentsOption = None
) -> None:
    """Write the judgements as TREC qrels, for trec_eval, ir-measures or ranx."""
    from eval.dataset import BUNDLED, Dataset
    from eval.evaluate import prepare
    from eval.trec import qrels_text

    dataset = Dataset(benchmark or BUNDLED, settings(documents).documents)
    _, topics = prepare(dataset, split)
    write_whole(out, qrels_text(topics))


@app.command(name="import")
def import_command(
    qrels: Annotated[Path, typer.Argument(help="TREC qrels: topic 0 unit relevance.")],
    folder: FolderArgument,
    documents: DocumentsOption = None,
) -> None:
    """Add judgements in TREC format to a benchmark: a judged unit stands for its whole answer."""
    from eval.benchmark import read_unjudged
    from eval.judging import append_qrels
    from eval.trec import read_qrels
    from index.library.collect import read_collection
    from index.model.judgements import QRELS

    collection = read_collection(settings(documents).documents)
    benchmark = read_unjudged(folder, collection)
    judged = {(qrel.topic, qrel.span) for qrel in benchmark.qrels}
    added = [q for q in read_qrels(qrels, benchmark.topics, collection) if (q.topic, q.span) not in judged]
    append_qrels(folder / QRELS, added)
    sys.stdout.write(f"{len(added)} judgements added to {folder / QRELS}\n")


if __name__ == "__main__":
    run(app)
