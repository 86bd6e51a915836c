"""What a program can ask: the same functions over gradio_client and as tools over MCP.

Names, parameters and keys are stable: keys may be added, none is renamed or
dropped. The docstrings are what a program or another assistant reads, so they
say what a text of a document is and what is ours.
"""

import inspect
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial, wraps
from typing import Any, cast

import gradio as gr
from anyio import to_thread

from index.model.records import unit_record
from index.model.types import Parsed, Unit
from rag.answer.record import answer_record
from rag.answer.wording import message
from rag.citation.record import citation_record
from rag.citation.reference import date
from rag.citation.styles import STYLES, Style, styled
from rag.question.query import LONGEST_QUESTION
from ui.desk.desk import Desk
from ui.desk.fair_queue import USER
from ui.desk.person import set_person
from ui.pages.checking import memo_record
from ui.server.api_calls import RequestError, arguments
from ui.texts.failures import sentence

MOST_PASSAGES = 50


class Api:
    """The functions over one desk. Each raises WoordelijkError, whose text is the sentence to show."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def functions(self) -> tuple[Callable[..., Any], ...]:
        return (
            *(self.ask, self.unit, self.cite, self.verify, self.promises, self.coverage),
            *(self.compare, self.history, self.disagreements, self.news, self.documents),
        )

    def ask(self, question: str, top: int = 10) -> dict[str, Any]:
        """Find the passages of the documents that answer a question, verbatim. Nothing is written or summarised.

        Quote `passage.text` exactly as it is, with `label` and `speaker`. `answered` false means that no passage is
        surely enough an answer: the passages, three at most, are then only the nearest, and must not be given as an
        answer. `remarks` name what of the question the documents do not have: a name, a year, an amount.

        Args:
            question: A question in Dutch or English, "vraag 28", "vragen 11 t/m 14", "bijlage II", "vragen van het lid
                Jansen", or a number such as "36 600 XII, nr. 12"; at most 2,000 characters. It may hold filters, as in
                "lid:Jansen" and "fractie:CDA".
            top: How many passages at most, 1 to 50.

        Returns:
            The object that `python -m rag ask --json` prints, and `message`, our own sentence about it in Dutch. For
            each hit, `passage.start` and `passage.end` count code points of the document's canonical text.
        """
        asked = question[: LONGEST_QUESTION + 1] if len(question) > LONGEST_QUESTION else question
        answer = self._desk.tools.assistant.ask(asked, _between(top, 1, MOST_PASSAGES, "top"))
        return {**answer_record(answer), "message": message(answer, "nl")}

    def unit(self, name: str | int, document: str = "") -> dict[str, Any]:
        """Give one question with its whole answer and footnotes, or one annex, verbatim.

        Args:
            name: "28", "vraag 28", "bijlage II", or a label as `ask` gives it.
            document: Id or file name of the document; may be left out where only one has such a unit.

        Returns:
            The object that `python -m index units --json` prints, and `parts`: where each part stands, as `field`,
            `start`, `end` (code points) and `footnote`, to pass on to `cite`.
        """
        tools = self._desk.tools
        within = tools.collection.find_document(document).id if document else None
        unit = _the_one(_named(tools.collection.units, str(name), within), str(name))
        parts = [part for part in tools.citer.parts[unit.document] if part.unit and part.unit.id == unit.id]
        record = unit_record(Parsed(tools.collection.document(unit.document), (unit,)), unit)
        return {
            **record,
            "parts": [
                {"field": p.field, "start": p.span.start, "end": p.span.end, "footnote": p.footnote} for p in parts
            ],
        }

    def cite(self, document: str, start: int, end: int, style: str = "plain") -> dict[str, Any]:
        """Make the citation of a range of a document: the exact words and the reference to them.

        Args:
            document: Id or file name, as `ask` and `documents` give it.
            start: The first code point of the canonical text.
            end: The code point after the last.
            style: plain, markdown, html, bibtex or csl-json.

        Returns:
            The object that `python -m rag cite --json` prints, and `styled`, the citation in that style.
        """
        if style not in STYLES:
            raise RequestError(f"style is {style!r}; expected one of {', '.join(STYLES)}.")
        citation = self._desk.tools.citer.cite(document, start, end)
        return {**citation_record(citation), "styled": styled(citation, cast(Style, style))}

    async def verify(self, memo: str) -> dict[str, Any]:
        """Check every quotation in a text against the documents, word for word.

        Args:
            memo: The text, as Markdown; quotations stand between quotation marks or as block quotations. At most
                5,000,000 bytes.

        Returns:
            The object that `python -m rag verify --json` prints. `passes` is true only where every quotation is
            verbatim or properly shortened; each has its `verdict`, `difference`, `citation` and `cautions`.
        """
        content = memo.encode("utf-8", "replace")
        report: dict[str, Any] = await self._desk.checks.run(memo_record, self._desk.settings.index, content, "memo")
        return report

    def promises(self, kind: str = "", until: str = "", document: str = "", rule: bool = False) -> list[dict[str, Any]]:
        """List the sentences in which the minister promises or refuses something, verbatim.

        They are found by rules, which miss some and take some for what they are not: read each before you rely on it.

        Args:
            kind: promise, refusal, firm, soft, declines, not-possible or not-known; all when left out.
            until: Only those that state a day until this day, month or year ("2026-07-01", "juli 2026"), by that day.
            document: Id or file name of one document; all when left out.
            rule: Whether each names the `rule` that found it.

        Returns:
            The objects that `python -m rag promises --json` prints: `kind`, `strength` or `refusal`, `moment` in the
            document's words and its last day `by`, `to` whom it will be told in its words (each null where there is
            none), `numbers` and `label` of the question, `text`, and `document`, `start`, `end` (code points) to pass
            on to `cite`.
        """
        from rag.promises.record import promise_record
        from rag.promises.register import find_promises

        kinds = (str(kind),) if kind else ()
        found = find_promises(self._desk.settings.index, kinds, str(until), str(document))
        return [promise_record(one, bool(rule)) for one in found]

    def coverage(self, document: str = "") -> list[dict[str, Any]]:
        """List the sub-questions of the members' questions, verbatim, each with the sentences that answer it.

        They are found by rules: where `asked` is true no direct answer was seen. Ask a person whether that is right,
        and never say that a question was not answered.

        Args:
            document: Id or file name of one document; all when left out.

        Returns:
            The objects that `python -m rag coverage --json` prints: `numbers`, `sub`, `label`, `text`, `status`
            ("answered", "partly", "elsewhere", "not found"), `evidence` (slices with `start` and `end`), `where` (the
            questions and annexes that the answer points to), `confidence`, `asked`, `rule`, and `document`, `start`,
            `end` (code points) to pass on to `cite`.
        """
        from rag.coverage.record import coverage_record
        from rag.coverage.register import find_coverage

        return [coverage_record(one) for one in find_coverage(self._desk.settings.index, str(document))]

    def compare(self, a: str, b: str) -> dict[str, Any]:
        """Lay two documents side by side, sentence by sentence and word by word, verbatim.

        Args:
            a: Id or file name of the earlier document.
            b: That of the later one.

        Returns:
            The object that `python -m rag compare --json` prints: `units` (matched by question, else by meaning) and
            `differences`, those of figures first, with `start` and `end` (code points) of each sentence for `cite`.
        """
        from rag.compare.documents import compare_named
        from rag.compare.record import comparison_record

        return comparison_record(compare_named(self._desk.settings.index, str(a), str(b)))

    def history(self, subject: str) -> list[dict[str, Any]]:
        """List what the documents say on a subject, verbatim, by date, each beside what was said before.

        Args:
            subject: A question or some keywords, with filters as in `ask`; at most 2,000 characters.

        Returns:
            The objects that `python -m rag history --json` prints; none where no passage is sure enough.
        """
        from rag.compare.history import history
        from rag.compare.record import said_record

        return [said_record(said) for said in history(self._desk.tools.assistant, subject)]

    def disagreements(self) -> list[dict[str, Any]]:
        """List the same quantity with different values, and the same promise with another date, verbatim.

        Some differ for a reason: read the sentences before you rely on it.

        Returns:
            The objects that `python -m rag figures --differing --json` prints, with `start` and `end` for `cite`.
        """
        from rag.compare.disagreements import disagreements
        from rag.compare.record import disagreement_record

        return [disagreement_record(one) for one in disagreements(self._desk.settings.index)]

    def news(self) -> list[dict[str, Any]]:
        """List what is new for the questions that the person who asks follows, verbatim, and leave it new.

        Returns:
            The objects that `python -m rag watch run --json` prints: each `watch` with its `items`, of which
            `document`, `start` and `end` (code points) go on to `cite`, and `more`, how many cannot be shown.
        """
        from rag.watch.news import news_record
        from ui.desk.watching import Watching

        watching = Watching(self._desk)
        kept, _ = watching.looked(USER.get())
        return [news_record(news) for news in watching.fresh(kept)]

    def documents(self) -> list[dict[str, Any]]:
        """List the documents that are searched.

        Returns:
            For each its `id`, `file`, `title`, `kind`, `metadata` (what the document says of itself), how many
            `questions` and `annexes` it has, `characters` (code points of its canonical text) and `sha256`; `files`
            are the `id` and `file` of every format in which it is there, its own first.
        """
        collection = self._desk.tools.collection
        counted = Counter((unit.document, unit.kind) for unit in collection.units)
        shown = [(found, collection.document(found.shown.id)) for found in collection.publications]
        return [
            {
                "id": document.id,
                "file": document.file,
                "title": document.title,
                "kind": document.kind,
                "metadata": {**dict(document.metadata), **({"date": date(document)} if document.date else {})},
                "questions": counted[document.id, "question"],
                "annexes": counted[document.id, "annex"],
                "characters": len(document.text),
                "sha256": document.sha256,
                "files": [{"id": one.id, "file": one.file} for one in found.files],
            }
            for found, document in shown
        ]


async def called(function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
    """What a function of the interface gives; one that does not wait runs in a thread."""
    if inspect.iscoroutinefunction(function):
        return await function(*arguments, **named)
    return await to_thread.run_sync(partial(function, *arguments, **named))


def add_endpoints(desk: Desk) -> None:
    """Add the endpoints to the Gradio application that is being built."""
    for function in Api(desk).functions:
        # Those that take long have a queue of their own, fair to each person; `ask` is answered in milliseconds.
        limit = None if inspect.iscoroutinefunction(function) else "default"
        gr.api(_with_sentences(function), api_name=function.__name__, concurrency_limit=limit)


def _with_sentences(function: Callable[..., Any]) -> Callable[..., Any]:
    names = list(inspect.signature(function).parameters)

    @wraps(function)
    async def call(request: gr.Request, *values: Any) -> Any:
        set_person(request)
        try:
            return await called(function, **arguments(function, dict(zip(names, values, strict=True))))
        except Exception as error:
            raise gr.Error(sentence(error, "en"), print_exception=False) from error

    # Gradio gives the request to the parameter of that kind, and lists the others for those who ask what there is.
    signature = inspect.signature(function)
    asks = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=gr.Request)
    parameters = [asks, *signature.parameters.values()]
    call.__signature__ = signature.replace(parameters=parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {"request": gr.Request, **function.__annotations__}
    return call


def _named(units: Sequence[Unit], name: str, document: str | None) -> list[Unit]:
    wanted = " ".join(name.casefold().split())
    return [unit for unit in units if document in (None, unit.document) and wanted in _names(unit)]


def _names(unit: Unit) -> set[str]:
    numbers = {spelled for n in unit.numbers for spelled in (str(n), f"vraag {n}", f"question {n}")}
    annex = {f"{word} {unit.annex.casefold()}" for word in ("bijlage", "annex")} if unit.annex else set[str]()
    return {unit.label.casefold(), unit.id.casefold(), unit.id.partition(":")[2].casefold(), *numbers, *annex}


def _the_one(found: list[Unit], name: str) -> Unit:
    if not found:
        raise RequestError(f"{name[:80]!r}: no such question or annex in the documents. See `documents` and `ask`.")
    if len(found) > 1:
        places = ", ".join(f"{unit.label} in {unit.document}" for unit in found[:10])
        raise RequestError(f"{name[:80]!r}: stands in several documents ({places}). Name the document too.")
    return found[0]


def _between(number: int, low: int, high: int, name: str) -> int:
    if not low <= number <= high:
        raise RequestError(f"{name} is {number}; expected {low} to {high}.")
    return number
