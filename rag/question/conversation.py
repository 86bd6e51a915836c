"""What a question means in a conversation: one that leans on an earlier one is searched together with it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from index.language.analyser import Analysed
from rag.question.follow_up import is_follow_up
from rag.question.query import Query, another

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def in_conversation(query: Query, earlier: Sequence[Query]) -> Query:
    """`query` as it is meant after the `earlier` questions, the latest last.

    One that leans is searched together with the last that did not; one
    without content of its own ("waarom niet?") with all since then; a bare
    number is another of what was named before ("vraag 12", "en 13?"). Filters
    without a question list what they choose, whatever was asked before.
    """
    topic, *followed = [*earlier, query]
    latest = topic
    for following in followed:
        if following.names_units or not following.asked.strip():
            topic = latest = following
        elif named := another(following.asked, latest):
            topic = latest = replace(named, follow_up_of=latest.follow_up_of or latest.asked)
        elif is_follow_up(following.asked):
            latest = together(following, topic if following.content else latest)
        else:
            topic = latest = following
    return latest


def together(query: Query, before: Query) -> Query:
    """`query`, which leans on `before`, searched together with it.

    A year in `query` takes the place of those in `before`; the filters and
    named units of `before` hold where `query` has none of its own.
    """
    topic = _YEAR.sub(" ", before.text) if _YEAR.search(query.text) else before.text
    names = query if query.names_units else before
    return replace(
        query,
        searched=Analysed(" ".join(f"{topic} {query.text}".split())),
        numbers=names.numbers,
        annexes=names.annexes,
        impossible=names.impossible,
        content=query.content or before.content,
        only_phrases=False,
        filters=before.filters.overruled_by(query.filters),
        follow_up_of=before.follow_up_of or before.asked,
        parts=tuple(together(part, before) for part in query.parts),
    )
