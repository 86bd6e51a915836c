"""The page "Evaluatie": one's own judgements become questions, which are measured; what came of it in plain words.

What is being measured goes on when the page is left (`ui.desk.measurements`); the
page asks how far it is, and shows it.
"""

import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import gradio as gr
from markupsafe import Markup

from index.language.typography import brief
from index.model.judgements import QRELS, TOPICS
from ui.desk.evaluation import SPLITS, SYSTEMS, Evaluation, EvaluationError, Task, copy_regular
from ui.desk.fair_queue import PERSON
from ui.desk.judgements import Judgements, OwnBenchmark, own_benchmark, passage
from ui.desk.measurements import Measured, Measurement, Outcome
from ui.desk.person import set_person
from ui.links import root_of
from ui.pages.context import PageContext
from ui.pages.opening import on_open
from ui.pages.upload_field import upload_field
from ui.render.templating import block
from ui.texts.evaluate import EVALUATE_TEXTS
from ui.texts.failures import sentence

# Characters of a question, and of a passage, in the list of judgements.
_BRIEF = 90
_SHIPPED, _OWN = "shipped", "own"
# Seconds between two looks at what is being measured.
_EVERY = 1.0
# What came of a question, in the order in which a person wants to read it.
_ORDER = ("missed", "answered all the same", "lower", "first", "rightly nothing")
_RIGHT = ("first", "rightly nothing")

# The parts of the page that a measurement changes: state, outcome, report, its file, start, measure, stop, timer.
_Shown = list[Any]


def build(context: PageContext) -> None:
    """Put the judgements, what else can be measured, and what came of it on the page."""
    texts = EVALUATE_TEXTS[context.language]
    with gr.Column(elem_classes="service"):
        gr.HTML(block("frame", "heading", texts["heading"], texts["explained"]))
        gr.HTML(block("frame", "part", texts["judgements"], texts["judgements explained"]))
        listed, show = _reviewing(context)
        gr.HTML(block("frame", "part", texts["other questions"], texts["other questions explained"]))
        chosen, start, cancel = _choosing(context)
        gr.HTML(block("frame", "part", texts["outcome"]))
        reviewed, measure, *_ = listed
        shown = [*_results(context), start, measure, cancel, gr.Timer(_EVERY, active=False)]
    _wire(context, reviewed, chosen, shown)

    def opened(request: gr.Request) -> list[Any]:
        return [*show(), *_seen(context, request)]

    # One event for both: of two that begin together Gradio may leave the stream of one open.
    on_open(opened, [*listed, *shown])


def _reviewing(context: PageContext) -> tuple[list[Any], Callable[[], list[Any]]]:
    """What lists the judgements, and the function that fills it: the page is drawn anew each time it is opened."""
    texts = EVALUATE_TEXTS[context.language]
    reviewed = gr.CheckboxGroup([], label=texts["reviewed"], elem_id="reviewed", visible=False)
    with gr.Row():
        measure = gr.Button(texts["measure judged"], variant="primary", elem_id="measure-judged", visible=False)
        tick = gr.Button(texts["all reviewed"], elem_id="all-reviewed", visible=False)
        export = gr.Button(texts["export"], elem_id="export-judgements", visible=False)
    said = gr.HTML(elem_id="judgements-state")
    file = gr.DownloadButton(texts["download"], visible=False, elem_id="judgements-file")
    judgements = Judgements.of(context.desk.settings)

    def show() -> list[Any]:
        listed = _listed(context, judgements)
        there = bool(listed)
        return [
            gr.CheckboxGroup(choices=listed, value=[place for _, place in listed], visible=there),
            *(gr.Button(visible=there) for _ in range(3)),
            _judgements_state(context, judgements, there),
        ]

    def make(places: list[int]) -> list[Any]:
        return _export(context, judgements, places)

    gr.on([tick.click], lambda: show()[0], None, [reviewed], api_visibility="private", show_progress="hidden")
    gr.on([export.click], make, [reviewed], [said, file], api_visibility="private")
    return [reviewed, measure, tick, export, said], show


def _judgements_state(context: PageContext, judgements: Judgements, there: bool) -> str:
    texts = EVALUATE_TEXTS[context.language]
    if unreadable := judgements.read()[1]:
        lines = ", ".join(str(number) for number in unreadable)
        return _state(texts["unreadable"].format(file=judgements.path.name, lines=lines))
    return "" if there else _state(texts["no judgements"])


def _choosing(context: PageContext) -> tuple[list[Any], gr.Button, gr.Button]:
    texts = EVALUATE_TEXTS[context.language]
    what = gr.Radio(
        [(texts["shipped"], _SHIPPED), (texts["own"], _OWN)], value=_SHIPPED, label=texts["what"], elem_id="what"
    )
    with gr.Column(visible=False) as own:
        files = upload_field(texts["files"], [".jsonl", ".tsv"], "own-topics", context.language, "multiple")
    with gr.Accordion(texts["settings"], open=False, elem_id="evaluation-settings"):
        named = [(texts[f"system {name}"], name) for name in SYSTEMS]
        systems = gr.CheckboxGroup(named, value=["woordelijk", "words"], label=texts["systems"], elem_id="systems")
        split = gr.Radio([(texts[name], name) for name in SPLITS], value="test", label=texts["split"], elem_id="split")
    with gr.Row():
        start = gr.Button(texts["start"], elem_id="start-evaluation")
        cancel = gr.Button(texts["cancel"], elem_id="cancel-evaluation", interactive=False)
    what.change(lambda kind: gr.Column(visible=kind == _OWN), [what], [own], api_visibility="private")
    return [what, files, systems, split], start, cancel


def _results(context: PageContext) -> list[Any]:
    texts = EVALUATE_TEXTS[context.language]
    state = gr.HTML(_state(texts["nothing yet"]), elem_id="evaluation-state")
    outcome = gr.HTML(elem_id="evaluation-outcome")
    report = gr.HTML(elem_id="evaluation-report")
    return [state, outcome, report, gr.DownloadButton(texts["results"], visible=False, elem_id="evaluation-results")]


def _wire(context: PageContext, reviewed: gr.CheckboxGroup, chosen: list[Any], shown: list[Any]) -> None:
    """Let the buttons begin and stop, and the page follow what is being measured."""
    start, measure, cancel, timer = shown[4:]

    def begin(kind: str, paths: list[str] | None, systems: list[str], part: str, request: gr.Request) -> _Shown:
        def task() -> Task:
            benchmark = _uploaded(context, paths or []) if kind == _OWN else None
            return Task(_chosen(context, systems), "all" if benchmark else part, benchmark)

        return _begun(context, request, task, kind)

    def begin_judged(places: list[int], systems: list[str], request: gr.Request) -> _Shown:
        def task() -> Task:
            made = _made_of(context, Judgements.of(context.desk.settings), places)
            return Task(_chosen(context, systems), "all", _folder_of(context, made.files))

        return _begun(context, request, task, _OWN)

    def look(request: gr.Request) -> _Shown:
        return _seen(context, request)

    def stop(request: gr.Request) -> _Shown:
        set_person(request)
        if (latest := context.desk.measurements.latest(PERSON.get())) is not None:
            latest.cancel()
        return _seen(context, request)

    quietly: dict[str, Any] = {"api_visibility": "private", "show_progress": "hidden"}
    gr.on([start.click], begin, chosen, shown, scroll_to_output=True, **quietly)
    gr.on([measure.click], begin_judged, [reviewed, chosen[2]], shown, scroll_to_output=True, **quietly)
    gr.on([cancel.click], stop, None, shown, **quietly)
    gr.on([timer.tick], look, None, shown, **quietly)


def _begun(context: PageContext, request: gr.Request, task: Callable[[], Task], questions: str) -> _Shown:
    """Begin to measure; where that cannot be, what stands on the page says why."""
    set_person(request)
    try:
        measurement = Measurement(Evaluation(context.desk.settings, task(), context.language), questions)
    except Exception as error:
        return _parts(context, _failure(sentence(error, context.language), context), running=False)
    return _measuring(context, context.desk.measurements.start(PERSON.get(), measurement))


def _seen(context: PageContext, request: gr.Request) -> _Shown:
    """What the person's last measurement looks like now."""
    set_person(request)
    latest = context.desk.measurements.latest(PERSON.get())
    return [gr.skip()] * 7 + [gr.Timer(active=False)] if latest is None else _measuring(context, latest)


def _measuring(context: PageContext, measurement: Measurement) -> _Shown:
    texts = EVALUATE_TEXTS[context.language]
    if measurement.measured is not None:
        return _parts(context, _state(texts["done"]), measurement.measured, measurement.questions, running=False)
    if measurement.error is not None and measurement.state == "failed":
        return _parts(context, _failure(sentence(measurement.error, context.language), context), running=False)
    step = measurement.step
    if measurement.state == "measuring" and step is not None:
        system = texts[f"system {step.system}"]
        said = texts["step"].format(system=system, done=step.done, total=step.total)
        return _parts(context, _state(said, round(100 * step.share) if step.done else -1), running=True)
    said = _state(texts[measurement.state], None if measurement.ended else -1)
    return _parts(context, said, running=not measurement.ended)


def _parts(
    context: PageContext, state: str, measured: Measured | None = None, questions: str = "", *, running: bool
) -> _Shown:
    buttons = [gr.Button(interactive=not running), gr.Button(interactive=not running), gr.Button(interactive=running)]
    if measured is None:
        return [state, "", "", gr.DownloadButton(visible=False), *buttons, gr.Timer(active=running)]
    texts = EVALUATE_TEXTS[context.language]
    # Everything in it was escaped where it was made.
    report = block("evaluate", "report", texts["figures"], Markup(measured.report))
    file = gr.DownloadButton(value=str(measured.file), visible=True)
    return [state, outcome_html(context, measured, questions), str(report), file, *buttons, gr.Timer(active=False)]


def outcome_html(context: PageContext, measured: Measured, questions: str) -> str:
    """What came of it in plain words, and each question with a link that asks it."""
    texts = EVALUATE_TEXTS[context.language]
    (name, first), *others = measured.systems.items()
    lines = _in_words(texts, first, questions)
    lines += [_beside(texts, other, outcomes) for other, outcomes in others]
    listed = [_question(context, outcome) for outcome in sorted(first, key=lambda one: _ORDER.index(one.became))]
    wrong = [question for question in listed if not question["right"]]
    right = [question for question in listed if question["right"]]
    heading = texts["per question"].format(system=texts[f"system {name}"])
    return str(block("evaluate", "outcome", lines, heading, wrong, texts["right ones"].format(count=len(right)), right))


def _in_words(texts: Mapping[str, str], outcomes: Sequence[Outcome], questions: str) -> list[str]:
    counts = {became: sum(outcome.became == became for outcome in outcomes) for became in _ORDER}
    asked = counts["first"] + counts["lower"] + counts["missed"]
    key = f"found {questions}" if asked != 1 else "found the one" if counts["first"] else "found not the one"
    said = [texts[key].format(count=counts["first"], total=asked)] if asked else []
    others = [texts[f"count {became}"].format(count=counts[became]) for became in ("lower", "missed") if counts[became]]
    said += [" ".join(others)] if others else []
    without = counts["rightly nothing"] + counts["answered all the same"]
    said += [texts["count nothing"].format(count=counts["rightly nothing"], total=without)] if without else []
    return said


def _beside(texts: Mapping[str, str], system: str, outcomes: Sequence[Outcome]) -> str:
    asked = [outcome for outcome in outcomes if outcome.became in ("first", "lower", "missed")]
    count = sum(outcome.became == "first" for outcome in asked)
    return texts["beside"].format(system=texts[f"system {system}"], count=count, total=len(asked))


def _question(context: PageContext, outcome: Outcome) -> dict[str, Any]:
    texts = EVALUATE_TEXTS[context.language]
    return {
        "question": outcome.question,
        "link": f"{root_of(context.language)}?{urlencode({'vraag': outcome.question})}",
        "right": outcome.became in _RIGHT,
        "said": texts[f"became {outcome.became}"].format(rank=outcome.rank),
    }


def _chosen(context: PageContext, systems: Sequence[str]) -> tuple[str, ...]:
    if not systems:
        raise EvaluationError(EVALUATE_TEXTS[context.language]["no system"])
    return tuple(systems)


def _uploaded(context: PageContext, paths: list[str]) -> Path:
    """A folder of the two uploaded files, under the names that a benchmark has."""
    files = {Path(path).suffix.lower(): Path(path) for path in paths}
    if len(paths) != 2 or set(files) != {Path(TOPICS).suffix, Path(QRELS).suffix}:
        found = ", ".join(Path(path).name for path in paths) or "-"
        raise EvaluationError(EVALUATE_TEXTS[context.language]["two files"].format(found=found))
    folder = _new_folder(context)
    for name in (TOPICS, QRELS):
        copy_regular(files[Path(name).suffix], folder / name, follow_links=False)
    return folder


def _folder_of(context: PageContext, files: Mapping[str, str]) -> Path:
    folder = _new_folder(context)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    return folder


def _new_folder(context: PageContext) -> Path:
    """A folder for a benchmark, by whose name the report calls it."""
    folder = Path(tempfile.mkdtemp(prefix="benchmark-")) / EVALUATE_TEXTS[context.language]["benchmark"]
    folder.mkdir()
    return folder


def _made_of(context: PageContext, judgements: Judgements, places: Sequence[int]) -> OwnBenchmark:
    """The benchmark of the judgements at these places; EvaluationError where there is nothing to measure in them."""
    texts, kept = EVALUATE_TEXTS[context.language], judgements.all()
    chosen = [kept[place] for place in places if 0 <= place < len(kept)]
    if not chosen:
        raise EvaluationError(texts["nothing reviewed"])
    made = own_benchmark(context.desk.tools.collection, chosen)
    if not made.count:
        raise EvaluationError(texts["nothing answers"])
    return made


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
    try:
        made = _made_of(context, judgements, places)
        path = Path(tempfile.mkdtemp(prefix="judgements-")) / "judgements.zip"
        path.write_bytes(made.zipped())
    except Exception as error:
        return [_failure(sentence(error, context.language), context), gr.DownloadButton(visible=False)]
    said = EVALUATE_TEXTS[context.language]["exported"].format(count=made.count, left=made.left_out)
    return [_state(said), gr.DownloadButton(value=str(path), visible=True)]


def _state(said: str, percent: int | None = None) -> str:
    """A sentence, and how far it is in percent; -1 where that is not known yet, None where nothing goes on."""
    return str(block("evaluate", "state", said, percent))


def _failure(said: str, context: PageContext) -> str:
    return str(block("evaluate", "failure", EVALUATE_TEXTS[context.language]["failed"], said))
