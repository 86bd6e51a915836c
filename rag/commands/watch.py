"""The commands that save questions, and tell what is new to them; `run` is for a timer such as cron."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.command_line import EncoderOption, IndexOption, JsonOption, print_json, settings
from rag.commands.options import HYPHENS, LanguageOption, searched_for, show_all
from rag.texts.answers import Language, counted
from rag.texts.watches import WATCH_TEXTS

if TYPE_CHECKING:
    from rag.watch.kept import Watch
    from rag.watch.news import News

UserOption = Annotated[
    str, typer.Option("--user", help="Whose: a user of the server's password file; this machine's when left out.")
]


app = typer.Typer(help="Save questions, and hear of what is new to them.", no_args_is_help=True)


@app.command(context_settings=HYPHENS)
def add(
    question: Annotated[str, typer.Argument(help="A question, keywords, or filters alone: 'minister:Justitie'.")] = "",
    promises: Annotated[
        bool, typer.Option("--promises", help="Promises that fall due, in place of a question.")
    ] = False,
    days: Annotated[int | None, typer.Option("--days", help="With --promises: so many days before; 14.")] = None,
    name: Annotated[str, typer.Option("--name", help="What it is called; after the question when left out.")] = "",
    user: UserOption = "",
    language: LanguageOption = "nl",
    index: IndexOption = None,
) -> None:
    """Watch for what answers a question in documents that are added from now on, or for promises that fall due."""
    from dataclasses import replace

    from index.library.manifest import read_manifest
    from rag.watch.store import DAYS, WatchStore, new_watch

    if days is not None and not promises:
        raise typer.BadParameter("--days goes with --promises")
    within = (DAYS if days is None else days) if promises else None
    chosen = settings(index=index)
    present = [entry.id for entry in read_manifest(chosen.index).documents]
    with WatchStore.of(chosen, user).changing() as change:
        kept = change.kept.noticing(present)
        watch = new_watch(kept, searched_for(question), name=name, days=within, now=datetime.now(UTC))
        change.kept = replace(kept, watches=(*kept.watches, watch))
    texts = WATCH_TEXTS[language]
    said = texts["added"].format(name=watch.name) if within is None else ""
    sys.stdout.write((said or counted(texts, "added days", within or 0, name=watch.name)) + "\n")


@app.command(name="list")
def list_watches(
    as_json: JsonOption = False, user: UserOption = "", language: LanguageOption = "nl", index: IndexOption = None
) -> None:
    """List what is watched, and how much of it is new."""
    from rag.watch.news import watch_record
    from rag.watch.store import WatchStore

    texts = WATCH_TEXTS[language]

    def lines(watch: "Watch") -> tuple[str, str]:
        new = counted(texts, "new", watch.found - watch.told, name=watch.name)
        return f"{watch.id}  {new}", f"    {_asked(watch, language)}"

    watches = WatchStore.of(settings(index=index), user).read().watches
    show_all(watches, as_json, watch_record, lines, texts["no watches"])


@app.command()
def remove(
    name: Annotated[str, typer.Argument(help="Its name or id.")],
    user: UserOption = "",
    language: LanguageOption = "nl",
    index: IndexOption = None,
) -> None:
    """Watch for it no more."""
    from rag.watch.store import WatchStore, find_watch, without_watch

    with WatchStore.of(settings(index=index), user).changing() as change:
        watch = find_watch(change.kept, name)
        change.kept = without_watch(change.kept, watch)
    sys.stdout.write(WATCH_TEXTS[language]["removed"].format(name=watch.name) + "\n")


@app.command()
def run(
    peek: Annotated[bool, typer.Option("--peek", help="Write nothing down: it is new the next time too.")] = False,
    as_json: JsonOption = False,
    user: UserOption = "",
    language: LanguageOption = "nl",
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Tell what is new since the last run, each item once.

    Exit code 0 where nothing is new, 1 where something is, 2 where it cannot be told.
    """
    from dataclasses import replace

    from index.library.open import published_collection
    from rag.citation.citation import Citer
    from rag.watch.news import fresh, news_record
    from rag.watch.search import search
    from rag.watch.store import WatchStore

    chosen = settings(index=index, encoder=encoder)
    store, now = WatchStore.of(chosen, user), datetime.now(UTC)

    def told(found: "list[News]") -> None:
        if as_json:
            print_json([news_record(news) for news in found])
        else:
            sys.stdout.write("".join(f"{line}\n" for line in _lines(found, language)))
        sys.stdout.flush()

    if peek:
        kept = search(chosen, store.read(), now)
        found = fresh(kept, Citer(published_collection(chosen.index)), "told") if kept.watches else []
        told(found)
    else:
        with store.changing() as change:
            kept = search(chosen, change.kept, now)
            is_new = any(watch.found > watch.told for watch in kept.watches)
            found = fresh(kept, Citer(published_collection(chosen.index)), "told") if is_new else []
            # What could not be printed is new the next time too.
            told(found)
            change.kept = replace(kept, watches=tuple(replace(one, told=one.found) for one in kept.watches))
    if found:
        raise typer.Exit(1)


@app.command()
def feed(
    name: Annotated[str, typer.Argument(help="Name or id of a watch; all promises that fall due when left out.")] = "",
    out: Annotated[Path | None, typer.Option("--out", help="File to write; standard output when left out.")] = None,
    user: UserOption = "",
    language: LanguageOption = "nl",
    index: IndexOption = None,
) -> None:
    """Write an Atom feed of what a watch found so far, or of all promises that fall due within 14 days or did."""
    from index.files import write_whole
    from index.library.open import published_collection
    from rag.citation.citation import Citer
    from rag.watch.feed import promises_feed, watch_feed
    from rag.watch.store import DAYS, WatchStore, find_watch

    chosen = settings(index=index)
    watch = find_watch(WatchStore.of(chosen, user).read(), name) if name else None
    citer = Citer(published_collection(chosen.index))
    if watch is None:
        content = promises_feed(chosen, citer, language, DAYS, datetime.now(UTC).date())
    else:
        content = watch_feed(watch, citer, language)
    if out is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(out, content)


def _asked(watch: "Watch", language: Language) -> str:
    if watch.days is not None:
        return counted(WATCH_TEXTS[language], "within", watch.days)
    values = ((key, value if isinstance(value, list) else [value]) for key, value in watch.filters.items())
    filters = [f"{key}: {', '.join(map(str, value))}" for key, value in values]
    return " · ".join([*([watch.question] if watch.question else []), *filters])


def _lines(found: "list[News]", language: Language) -> list[str]:
    from rag.citation.permalink import permalink
    from rag.citation.reference import reference

    texts = WATCH_TEXTS[language]
    lines = [] if found or not sys.stdout.isatty() else [texts["nothing new"]]
    for news in found:
        lines.append(counted(texts, "new", len(news.found) + news.more, name=news.watch.name))
        for one in news.found:
            place = reference(one.citation)
            lines.append("  " + (texts["due"].format(day=one.item.by, place=place) if one.item.by else place))
            lines.append(f"    “{' '.join(one.citation.quotation.split())}”")
            lines.append(f"    {permalink(one.citation)}")
        if news.more:
            lines.append("  " + counted(texts, "more", news.more))
    return lines
