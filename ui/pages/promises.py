"""The page "Toezeggingen": what the minister promises and refuses, what is overdue first, and both files of it.

A day that has passed says nothing of whether a promise was kept: the page says
so, and shows the words in which the moment is stated.
"""

from collections.abc import Mapping
from datetime import date
from itertools import groupby

from markupsafe import Markup

from rag.promises.calendar_file import NoDayError, promises_calendar
from rag.promises.record import promises_csv
from rag.promises.register import KINDS, Found, PromiseFilterError, choose_promises
from rag.texts.answers import TEXTS as RAG_TEXTS
from rag.texts.answers import Language, counted
from ui.links import root_of
from ui.pages.sheet import Asked, AskedError, File, Sheet, day, listed, no_documents, paged, shortened
from ui.render.slices import slice_card
from ui.render.templating import block
from ui.texts.promises import PROMISES_TEXTS
from ui.texts.sheet import SHEET_TEXTS

PLACE = "toezeggingen"
SHOWN = 25
# What a person may choose, each of the verdicts by itself; both together are in an address too.
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "promise": ("firm", "soft"),
    "refusal": ("declines", "not-possible", "not-known"),
}
_GROUPS = ("overdue", "due", "moment", "promised", "refused")


def show(asked: Asked) -> Sheet:
    """The promises and refusals that the address asks for, by day."""
    texts = {**SHEET_TEXTS[asked.language], **PROMISES_TEXTS[asked.language]}
    found = sorted(_found(asked), key=lambda one: _place(one, asked.today))
    shown, pages = paged(asked, found, SHOWN)
    sizes = {name: sum(_group(one, asked.today) == name for one in found) for name in _GROUPS}
    groups = [
        (
            name,
            counted(texts, f"group {name}", sizes[name]),
            texts[f"about {name}"],
            [_card(one, asked) for one in ones],
        )
        for name, ones in groupby(shown, key=lambda one: _group(one, asked.today))
    ]
    dated = any(one.promise.by for one in found)
    files = {"csv": asked.address("toezeggingen.csv"), "ics": asked.address("toezeggingen.ics") if dated else ""}
    summary = _summary(found, sizes, texts) if found else ""
    body = block(
        "promises", "page", texts, _form(asked, texts), summary, files, groups, pages, _empty(asked, texts, bool(found))
    )
    return Sheet(texts["title"], body)


def save_csv(asked: Asked) -> File:
    """The same as a table of comma-separated values, all pages of it."""
    return File(promises_csv(_ordered(asked)).encode("utf-8"), "text/csv; charset=utf-8")


def save_calendar(asked: Asked) -> File:
    """Those that state a day as a calendar."""
    try:
        return File(promises_calendar(_ordered(asked), asked.language), "text/calendar; charset=utf-8")
    except NoDayError as error:
        raise AskedError(PROMISES_TEXTS[asked.language]["no ics"], 404) from error


def _ordered(asked: Asked) -> list[Found]:
    return sorted(_found(asked), key=lambda one: _place(one, asked.today))


def _found(asked: Asked) -> tuple[Found, ...]:
    """What the filters of the address leave; AskedError where one is none."""
    texts = PROMISES_TEXTS[asked.language]
    kinds = [kind for kind in asked.given.getlist("soort") if kind]
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise AskedError(texts["no kind"].format(value=shortened(unknown[0]), kinds=", ".join(KINDS)))
    try:
        return choose_promises(asked.register.promises, kinds, asked.value("tot"), asked.value("document"))
    except PromiseFilterError as error:
        raise AskedError(texts["no day"].format(value=shortened(asked.value("tot")))) from error


def _group(one: Found, today: date) -> str:
    """Under which heading it stands."""
    if one.kind == "refusal":
        return "refused"
    if one.promise.by:
        return "overdue" if one.promise.by < today else "due"
    return "moment" if one.promise.moment else "promised"


def _place(one: Found, today: date) -> tuple[int, date]:
    """Its place in the list, those of the same in the order of the library."""
    return _GROUPS.index(_group(one, today)), one.promise.by or date.max


def _card(one: Found, asked: Asked) -> Markup:
    promise, texts = one.promise, PROMISES_TEXTS[asked.language]
    said: list[object] = [
        Markup('<strong class="{}">{}</strong>').format(one.kind, RAG_TEXTS[asked.language][promise.verdict])
    ]
    if promise.moment:
        said.append(_in_dutch(texts["stated"], " ".join(promise.moment.split())))
    if promise.by:
        said.append(texts["by"].format(day=day(promise.by, asked.language)))
        if _group(one, asked.today) == "overdue":
            passed = counted(texts, "passed", (asked.today - promise.by).days)
            said.append(Markup('<span class="overdue">{}</span>').format(passed))
    if promise.to:
        said.append(_in_dutch(texts["to"], " ".join(promise.to.split())))
    below = Markup('<details class="found"><summary>{}</summary><p>{} <code>{}</code></p></details>').format(
        SHEET_TEXTS[asked.language]["how found"], texts[f"rule {one.kind}"], promise.rule
    )
    return slice_card(asked.tools, (one.document.id, promise.start, promise.end), asked.language, said, below)


def _in_dutch(sentence: str, words: str) -> Markup:
    """A sentence of ours with some of the document's words in it."""
    return Markup(sentence).format(words=Markup('<span lang="nl">“{}”</span>').format(words))


def _summary(found: list[Found], sizes: Mapping[str, int], texts: Mapping[str, str]) -> str:
    promises = sum(one.kind == "promise" for one in found)
    parts = [counted(texts, "promises", promises), counted(texts, "refusals", len(found) - promises)]
    return " · ".join([*parts, *([counted(texts, "overdue", sizes["overdue"])] if sizes["overdue"] else [])])


def _form(asked: Asked, texts: Mapping[str, str]) -> dict[str, object]:
    """The filters as they are set."""
    chosen = set(asked.given.getlist("soort"))
    head = asked.head("document")
    return {
        "action": f"{root_of(asked.language)}{PLACE}",
        "kinds": [
            (
                texts[f"kind {kind}"],
                [(name, _name(name, asked.language), bool(chosen & {name, kind})) for name in names],
            )
            for kind, names in _CHOICES.items()
        ],
        "documents": listed([head for head, found in asked.register.promises if found]),
        "document": head.id if head else "",
        "until": asked.value("tot"),
        "filtered": any(asked.value(name) for name in ("soort", "document", "tot")),
    }


def _name(kind: str, language: Language) -> str:
    return RAG_TEXTS[language][kind.replace("-", " ")]


def _empty(asked: Asked, texts: Mapping[str, str], is_there: bool) -> Markup:
    """What is so where there is nothing to show."""
    if is_there:
        return Markup("")
    if nothing := no_documents(asked, texts):
        return nothing
    if any(found for _, found in asked.register.promises):
        return block("slices", "empty", texts["none so"], f"{root_of(asked.language)}{PLACE}", texts["clear"])
    return block("slices", "empty", texts["none"], "", "")
