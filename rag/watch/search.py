"""Ask each watch of the documents that are new to it: what that costs follows what was added.

A new document is asked by itself, as if it were all there is: how sure an
answer is does not depend on what else the library has, and an old answer that
is better hides no new one. Of a question its first passage is an item where
`rag ask` would say that it is found, and where it has some of the words that
are asked for: a watch is asked of documents that are nearly all about
something else, which the confidence is not fitted to. Where it is only possibly
found, the passage has all of them: who watches a word looks for that word.
"""

from collections.abc import Iterator, Mapping, Set
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from index.encoders.encoder import Encoders
from index.language.analyser import Analysed, share_there
from index.language.parliament.promise_kinds import STRENGTHS
from index.library.manifest import read_manifest
from index.library.open import open_each, published_collection, published_promises
from index.model.store import DocumentHead
from index.search.promises import Promise, Undertaken
from index.settings import Settings
from rag.answer.assistant import Assistant
from rag.answer.types import Answer, Hit
from rag.question.filter_record import read_filters
from rag.retrieval.filtering import PassageFilter
from rag.watch.kept import MOST_ITEMS, Item, Kept, Watch
from rag.watch.store import stamp

# A passage has more than this share of the words of the question, with the question that it answers.
_IN_COMMON = 0.2
# An English question has no words in common with a Dutch passage: it is found where this is how sure the answer is.
_SURE_IN_ENGLISH = 0.8


def search(settings: Settings, kept: Kept, now: datetime, loaded: Encoders | None = None) -> Kept:
    """What is kept after the library was looked at: each watch with what it found in what is new to it.

    Where nothing came or went, and no promise falls due, nothing but the
    manifest is read. `loaded` are encoders at hand. Errors as `open_index`,
    and then nothing was found and nothing is noted as searched.
    """
    present = [entry.id for entry in read_manifest(settings.index).documents]
    seen = kept.noticing(present)
    wanted = {watch.id: frozenset(seen.new_to(watch, present)) for watch in seen.watches}
    at = stamp(now)
    found: dict[str, list[Item]] = {watch.id: [] for watch in seen.watches}
    asked = [watch for watch in seen.watches if watch.days is None and wanted[watch.id]]
    for document, assistant in _assistants(
        settings, [d for d in present if any(d in wanted[w.id] for w in asked)], loaded
    ):
        for watch in asked:
            if document in wanted[watch.id]:
                found[watch.id] += _found(assistant, watch, at)
    found |= _fallen_due(settings, seen, wanted, now)
    done = [_with_found(watch, found[watch.id], seen.moment, now) for watch in seen.watches]
    return replace(seen, watches=tuple(done))


def pending(settings: Settings, kept: Kept, now: datetime) -> int:
    """How many times `search` would ask a watch of a document, and once more where promises may have fallen due."""
    present = [entry.id for entry in read_manifest(settings.index).documents] if kept.watches else []
    seen = kept.noticing(present)
    asked = sum(len(seen.new_to(watch, present)) for watch in seen.watches)
    until = [(watch.until, _horizon(watch.days, now).isoformat()) for watch in seen.watches if watch.days is not None]
    return asked + any(told < horizon for told, horizon in until)


def _with_found(watch: Watch, items: list[Item], moment: int, now: datetime) -> Watch:
    until = "" if watch.days is None else _horizon(watch.days, now).isoformat()
    asked = watch.asked if watch.asked[-1] == moment else (*watch.asked, moment)
    return replace(watch.with_found(items), asked=asked, until=max(until, watch.until))


def _assistants(settings: Settings, documents: list[str], loaded: Encoders | None) -> Iterator[tuple[str, Assistant]]:
    if not documents:
        return
    # A filter means what it means in the library: "lid:Van Nispen" is no "lid:Van" where he asked nothing.
    library = published_collection(settings.index)
    knows = PassageFilter(library, lambda: Undertaken(library.columns, ())).knows
    for document, index, encoders in open_each(settings, documents, loaded):
        yield document, Assistant(index, encoders, knows)


def _found(assistant: Assistant, watch: Watch, at: str) -> Iterator[Item]:
    answer = assistant.ask(watch.question, MOST_ITEMS, filters=read_filters(watch.filters))
    if answer.level not in ("answered", "possibly"):
        return
    hits = answer.hits if answer.total is not None else [hit for hit in answer.hits[:1] if _is_sure(hit, answer)]
    for hit in hits:
        span, sentence = hit.passage.span, hit.sentence
        marked = f"{sentence.start}-{sentence.end}" if sentence else ""
        yield Item(0, hit.document.id, span.start, span.end, at, marked)


def _is_sure(hit: Hit, answer: Answer) -> bool:
    """Whether the first passage of an answer that was found is told."""
    if answer.confidence == 1.0:
        # The words in quotation marks stand there, or the number that is named.
        return True
    if Analysed(answer.searched).is_english:
        return answer.confidence >= _SURE_IN_ENGLISH
    there = share_there(answer.searched, f"{hit.text}\n{hit.unit.question_text(hit.document.text)}")
    return there == 1 or (there > _IN_COMMON and answer.level == "answered")


def _horizon(days: int, now: datetime) -> date:
    return now.astimezone(UTC).date() + timedelta(days=days)


def _fallen_due(settings: Settings, kept: Kept, wanted: Mapping[str, Set[str]], now: datetime) -> dict[str, list[Item]]:
    """What falls due for each watch of promises, by its day; looked for where the day or the library is another."""
    watches = [
        (watch, _horizon(watch.days, now))
        for watch in kept.watches
        if watch.days is not None and (wanted[watch.id] or watch.until < _horizon(watch.days, now).isoformat())
    ]
    if not watches:
        return {}
    promised, at = dated_promises(settings), stamp(now)
    return {watch.id: list(_due(watch, horizon, promised, wanted[watch.id], at)) for watch, horizon in watches}


def dated_promises(settings: Settings) -> list[tuple[date, DocumentHead, Promise]]:
    """The promises of a library that state a day, by that day."""
    found = [
        (one.by, head, one)
        for head, promises in published_promises(settings.index)
        for one in promises
        if one.by and one.verdict in STRENGTHS
    ]
    return sorted(found, key=lambda dated: dated[0])


def _due(
    watch: Watch, horizon: date, promised: list[tuple[date, DocumentHead, Promise]], new: Set[str], at: str
) -> Iterator[Item]:
    first, told = date.fromisoformat(watch.created[:10]), watch.until
    for by, head, one in promised:
        if first <= by <= horizon and (head.id in new or by.isoformat() > told):
            yield Item(0, head.id, one.start, one.end, at, by=by.isoformat())
