"""The page "Evaluatie": measure retrieval with progress, see tables and plots, and review one's own judgements."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from index.language.typography import brief
from index.model.judgements import QRELS, TOPICS
from ui.context import PageContext
from ui.evaluate_texts import EVALUATE_TEXTS
from ui.evaluation import SPLITS, SYSTEMS, Evaluation, EvaluationError, Task, copy_regular
from ui.failures import sentence
from ui.judgements import Judgement, Judgements, benchmark_zip, passage
from ui.opening import on_open
from ui.templating import block
from ui.upload_field import upload_field

# Characters of a question, and of a passage, in the list of judgements.
_BRIEF = 90
_SHIPPED, _OWN = "shipped", "own"

# By session of the browser: what is being measured for it.
_running: dict[str, Evaluation] = {}


def build(context: PageContext) -> None:
    """Put what to measure, the report and the judgements on the page."""
    texts = EVALUATE_TEXTS[context.language]
    with gr.Column(elem_classes="service"):
        gr.HTML(block("frame", "heading", texts["heading"], texts["explained"]))
        _measuring(context)
        gr.HTML(block("frame", "part", texts["judgements"], texts["judgements explained"]))
        _reviewing(context)


def _measuring(context: PageContext) -> None:
    texts = EVALUATE_TEXTS[context.language]
    what = gr.Radio(
        [(texts["shipped"], _SHIPPED), (texts["own"], _OWN)], value=_SHIPPED, label=texts["what"], elem_id="what"
    )
    with gr.Column(visible=False) as own:
        files = upload_field(texts["files"], [".jsonl", ".tsv"], "own-topics", "multiple")
    systems = gr.CheckboxGroup(list(SYSTEMS), value=["woordelijk", "words"], label=texts["systems"], elem_id="systems")
    split = gr.Radio([(texts[name], name) for name in SPLITS], value="test", label=texts["split"], elem_id="split")
    with gr.Row():
        start = gr.Button(texts["start"], variant="primary", elem_id="start-evaluation")
        cancel = gr.Button(texts["cancel"], elem_id="cancel-evaluation", interactive=False)
    state = gr.HTML(elem_id="evaluation-state")
    report = gr.HTML(elem_id="evaluation-report")
    results = gr.DownloadButton(texts["results"], visible=False, elem_id="evaluation-results")

    def measure(
        kind: str, paths: list[str] | None, chosen: list[str], part: str, request: gr.Request
    ) -> Iterator[list[Any]]:
        yield from _measure(context, kind, paths or [], chosen, part, str(request.session_hash))

    def stop(request: gr.Request) -> str:
        running = _running.get(str(request.session_hash))
        if running is None:
            return _state(texts["not running"])
        running.cancel()
        return _state(texts["cancelled"])

    what.change(lambda kind: gr.Column(visible=kind == _OWN), [what], [own], api_visibility="private")
    gr.on(
        [start.click],
        measure,
        [what, files, systems, split],
        [state, report, results, start, cancel],
        api_visibility="private",
        show_progress="hidden",
        concurrency_limit=1,
        concurrency_id="evaluation",
    )
    gr.on([cancel.click], stop, None, [state], api_visibility="private", show_progress="hidden")


def _measure(
    context: PageContext, kind: str, paths: list[str], systems: list[str], split: str, session: str
) -> Iterator[list[Any]]:
    """What stands on the page from one step to the next: the state, the report, its file, and the two buttons."""
    texts = EVALUATE_TEXTS[context.language]
    busy, free = _buttons(running=True), _buttons(running=False)
    hidden = gr.DownloadButton(visible=False)
    yield [_state(texts["preparing"], 0.0), "", hidden, *busy]
    evaluation: Evaluation | None = None
    try:
        benchmark = _own_benchmark(paths, context) if kind == _OWN else None
        evaluation = Evaluation(context.desk.settings, Task(tuple(systems), split, benchmark))
        _running[session] = evaluation
        for step in evaluation.run():
            said = texts["step"].format(system=step.system, done=step.done, total=step.total)
            yield [_state(said, step.share), "", hidden, *busy]
        yield [_state(texts["reporting"], 1.0), "", hidden, *busy]
        body = evaluation.report()
        if evaluation.cancelled:
            yield [_state(texts["cancelled"]), "", hidden, *free]
            return
        report = f'<div class="evaluation" lang="en">{body}</div>'
        kept = _kept(evaluation.results_zip())
        yield [_state(texts["done"]), report, gr.DownloadButton(value=kept, visible=True), *free]
    except Exception as error:
        yield [_failure(sentence(error, context.language), context), "", hidden, *free]
    finally:
        _running.pop(session, None)
        if evaluation is not None:
            evaluation.close()


def _buttons(running: bool) -> tuple[gr.Button, gr.Button]:
    return gr.Button(interactive=not running), gr.Button(interactive=running)


def _own_benchmark(paths: list[str], context: PageContext) -> Path:
    """A folder of the two uploaded files, under the names that a benchmark has."""
    files = {Path(path).suffix.lower(): Path(path) for path in paths}
    if len(paths) != 2 or set(files) != {Path(TOPICS).suffix, Path(QRELS).suffix}:
        found = ", ".join(Path(path).name for path in paths) or "-"
        raise EvaluationError(EVALUATE_TEXTS[context.language]["two files"].format(found=found))
    folder = Path(tempfile.mkdtemp(prefix="benchmark-"))
    for name in (TOPICS, QRELS):
        copy_regular(files[Path(name).suffix], folder / name, follow_links=False)
    return folder


def _kept(path: Path) -> str:
    """The file in a place of its own, from which it can be downloaded after the evaluation's folder is gone."""
    return str(shutil.move(path, Path(tempfile.mkdtemp(prefix="results-")) / path.name))


def _state(said: str, share: float | None = None) -> str:
    return str(block("evaluate", "state", said, None if share is None else round(100 * share)))


def _failure(said: str, context: PageContext) -> str:
    return str(block("evaluate", "failure", EVALUATE_TEXTS[context.language]["failed"], said))


def _reviewing(context: PageContext) -> None:
    texts = EVALUATE_TEXTS[context.language]
    judgements = Judgements.of(context.desk.settings)
    reviewed = gr.CheckboxGroup([], label=texts["reviewed"], elem_id="reviewed", visible=False)
    with gr.Row():
        tick = gr.Button(texts["all reviewed"], elem_id="all-reviewed")
        export = gr.Button(texts["export"], elem_id="export-judgements")
    said = gr.HTML(elem_id="judgements-state")
    file = gr.DownloadButton(texts["download"], visible=False, elem_id="judgements-file")

    def show() -> list[Any]:
        listed = _listed(context, judgements)
        _, unreadable = judgements.read()
        lines = ", ".join(str(number) for number in unreadable)
        said = _state(texts["unreadable"].format(file=judgements.path.name, lines=lines)) if unreadable else ""
        said = said or ("" if listed else _state(texts["no judgements"]))
        return [gr.CheckboxGroup(choices=listed, value=[], visible=bool(listed)), said]

    def tick_all() -> gr.CheckboxGroup:
        listed = _listed(context, judgements)
        return gr.CheckboxGroup(choices=listed, value=[place for _, place in listed], visible=bool(listed))

    def make(places: list[int]) -> list[Any]:
        return _export(context, judgements, places)

    # Drawn anew each time the page is opened: judgements come from the other page.
    on_open(show, [reviewed, said])
    gr.on([tick.click], tick_all, None, [reviewed], api_visibility="private", show_progress="hidden")
    gr.on([export.click], make, [reviewed], [said, file], api_visibility="private")


def _listed(context: PageContext, judgements: Judgements) -> list[tuple[str, int]]:
    """Every judgement as a person reads it, with its place."""
    texts, collection = EVALUATE_TEXTS[context.language], context.desk.tools.collection
    listed = []
    for place, judgement in enumerate(judgements.all()):
        label, text = passage(collection, judgement) or (texts["gone"], "")
        said = texts["judgement"].format(
            said=texts["answers" if judgement.relevance >= 2 else "does not"],
            question=brief(judgement.question, _BRIEF),
            label=label,
            text=brief(text, _BRIEF),
        )
        listed.append((said, place))
    return listed


def _export(context: PageContext, judgements: Judgements, places: list[int]) -> list[Any]:
    texts = EVALUATE_TEXTS[context.language]
    hidden = gr.DownloadButton(visible=False)
    if not places:
        return [_state(texts["nothing reviewed"]), hidden]
    try:
        kept: tuple[Judgement, ...] = judgements.all()
        chosen = [kept[place] for place in places if 0 <= place < len(kept)]
        content, count, left = benchmark_zip(context.desk.tools.collection, chosen)
    except Exception as error:
        return [_failure(sentence(error, context.language), context), hidden]
    path = Path(tempfile.mkdtemp(prefix="judgements-")) / "judgements.zip"
    path.write_bytes(content)
    said = _state(texts["exported"].format(count=count, left=left))
    return [said, gr.DownloadButton(value=str(path), visible=True)]
