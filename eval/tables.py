"""The tables of a report as plain values; `eval.report` writes them as Markdown and HTML."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from eval.abstention import ALL, abstention
from eval.measures import Measure
from eval.results import CostRecord, Results, SystemResult, TopicResult
from eval.significance import bootstrap, holm, randomisation
from eval.types import Topic, grouped

PER_KIND = (Measure.RR_10, Measure.SUCCESS_5, Measure.SPAN_5)
_MISSING = "–"
_MARKDOWN = re.compile(r"([\\`*_<>|~&]|\](?=[(\[:]))")


@dataclass(frozen=True, slots=True)
class Table:
    """A title, a line on how to read it (with how many topics), a header and rows of as many cells."""

    title: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.header) for row in self.rows):
            raise ValueError(f"{self.title}: a row has another number of cells than the header")


def values(system: SystemResult, measure: str) -> list[float]:
    """The measure for every answerable topic, in order; empty where the system has none (a run of units only)."""
    return [topic.scores[measure] for topic in system.topics if measure in topic.scores]


def measures_of(results: Results) -> tuple[Measure, ...]:
    """The measures that every system of the results has."""
    return tuple(measure for measure in Measure if all(values(system, measure) for system in results.systems))


def shown(value: float | None, places: int = 3) -> str:
    """A number with so many decimals, a dash for None."""
    return _MISSING if value is None else f"{value:.{places}f}"


def overall(results: Results) -> Table:
    """The mean of every measure of every system, with intervals."""
    measures = tuple(m for m in Measure if any(values(system, m) for system in results.systems))
    rows = tuple((s.name, *(_with_interval(values(s, m)) for m in measures)) for s in results.systems)
    note = (
        f"Means with 95 % bootstrap intervals; {results.counted}. "
        f"Binary measures count relevance {results.threshold} and up."
    )
    return Table("Overall", note, ("system", *measures), rows)


def meanings(results: Results) -> Table:
    """What each measure of the results says, in plain words."""
    found = [measure for measure in Measure if any(values(system, measure) for system in results.systems)]
    rows = tuple((measure, _MEANINGS[measure.partition("@")[0]].format(measure.cutoff)) for measure in found)
    return Table(
        "What the measures say", "Each lies between 0 and 1; higher is better.", ("measure", "in plain words"), rows
    )


_MEANINGS = {
    "nDCG": "how well the whole first ten are ordered, full answers before partial ones",
    "RR": "1 where the first answer comes first, 1/2 where it comes second, 0 beyond ten",
    "Success": "the share of questions with an answer in the first {}",
    "Recall": "the share of all answers that stand in the first {}",
    "Span": "the share of questions with the answering sentence itself in the first {}",
}


def _with_interval(found: Sequence[float]) -> str:
    if not found:
        return _MISSING
    interval = bootstrap(found)
    return f"{interval.mean:.3f} [{interval.low:.3f}, {interval.high:.3f}]"


def comparison(results: Results, baseline: str, measure: str) -> Table:
    """Every system against the baseline on one measure, with corrected p-values."""
    base = values(results.system(baseline), measure)
    others = [system for system in results.systems if system.name != baseline and values(system, measure)]
    differences = [[a - b for a, b in zip(values(s, measure), base, strict=True)] for s in others]
    p_values = [randomisation(values(system, measure), base) for system in others]
    corrected = holm(p_values)
    rows = [(baseline, _with_interval(base), _MISSING, _MISSING, _MISSING, _MISSING)]
    for system, difference, p_value, after in zip(others, differences, p_values, corrected, strict=True):
        won = sum(d > 0 for d in difference)
        lost = sum(d < 0 for d in difference)
        rows.append(
            (
                system.name,
                _with_interval(values(system, measure)),
                _with_interval(difference),
                f"{won} / {lost} / {len(difference) - won - lost}",
                f"{p_value:.4f}",
                f"{after:.4f}",
            )
        )
    note = (
        f"Difference to {baseline} with 95 % bootstrap interval; topics won / lost / equal; two-sided paired "
        f"randomisation test, p corrected by Holm over the {len(others)} systems; {results.counted}."
    )
    header = ("system", measure, f"difference to {baseline}", "won / lost / equal", "p", "p corrected")
    return Table(f"{measure} compared", note, header, tuple(rows))


def per_kind(results: Results, field: Literal["style", "asks"], measure: str) -> Table:
    """One measure of every system for each kind of answerable topic, and over all."""
    rows = []
    answerable = tuple(topic for topic in results.topics if topic.answerable)
    for kind, topics in (*grouped(answerable, field).items(), ("all", answerable)):
        rows.append((kind, str(len(topics)), *(shown(kind_mean(s, topics, measure)) for s in results.systems)))
    note = f"Mean over the answerable topics of each kind, n beside it; {results.counted}."
    names = tuple(system.name for system in results.systems)
    return Table(f"{measure} by {_FIELDS[field]}", note, (_FIELDS[field], "n", *names), tuple(rows))


_FIELDS = {"style": "style", "asks": "what is asked"}


def kind_mean(system: SystemResult, topics: Sequence[Topic], measure: str) -> float | None:
    """The mean of a measure over some topics; None where the system does not have it."""
    wanted = {topic.id for topic in topics}
    found = [t.scores[measure] for t in system.topics if t.topic in wanted and measure in t.scores]
    return sum(found) / len(found) if found else None


def abstentions(results: Results) -> Table:
    """Who refuses what, and the areas of the curves; a system without a threshold refuses only empty rankings."""
    found = {system.name: abstention(system.topics, results.topics) for system in results.systems}
    kinds = {kind: count for a in found.values() for kind, count, _ in a.refused}
    header = (
        "system",
        *(f"{kind} refused (n={count})" for kind, count in kinds.items() if kind != ALL),
        f"all unanswerable refused (n={kinds.get(ALL, 0)})",
        "answerable refused",
        *(f"{kind} area" for kind in kinds if kind != ALL),
        "refusal area",
        "risk-coverage area",
    )
    rows = []
    for system in results.systems:
        a = found[system.name]
        shares = {kind: share for kind, _, share in a.refused}
        areas = dict(a.areas)
        ordered = [kind for kind in kinds if kind != ALL] + [ALL]
        rows.append(
            (
                system.name if system.refuses else f"{system.name} (no threshold)",
                *(shown(shares.get(kind)) for kind in ordered),
                shown(a.refused_wrongly),
                *(shown(areas.get(kind)) for kind in ordered[:-1]),
                shown(a.refusal_area),
                shown(a.risk_area),
            )
        )
    note = (
        "Shares of topics. Area: 1 is a confidence that parts answerable topics from those of the kind (refusal "
        "area: from all unanswerable ones) wholly, 0.5 a coin. Risk-coverage area: lower is better. Systems without "
        f"a threshold are ordered by their first score; {results.counted}."
    )
    return Table("Refusals", note, header, tuple(rows))


def exactnesses(results: Results) -> Table:
    """How many of the shown passages are slices of their document; the share must be 1."""
    rows = tuple(
        (s.name, str(s.shown), str(s.exact), shown(s.exact / s.shown if s.shown else None)) for s in results.systems
    )
    note = f"Every passage of every ranking, compared with the document as read; {results.counted}."
    return Table("Exactness", note, ("system", "passages shown", "exact slices", "share"), rows)


def cost_table(results: Results, costs: CostRecord) -> Table:
    """What each system took, all measured in the same run."""
    header = ("system", "median ms", "95th percentile ms", "peak memory MiB", "index MiB", "build s")
    rows = []
    for system in results.systems:
        cost = costs.systems[system.name]
        rows.append(
            (
                system.name,
                shown(_times(cost.median_seconds, 1e3), 2),
                shown(_times(cost.p95_seconds, 1e3), 2),
                shown(_times(cost.peak_bytes, 1 / 2**20), 0),
                shown(_times(cost.index_bytes, 1 / 2**20), 2),
                shown(cost.build_seconds, 2),
            )
        )
    note = (
        f"One process a system, questions one by one; n = {len(results.topics)} questions; the build includes loading "
        f"the encoder. {costs.date}, {costs.machine}."
    )
    return Table("Cost", note, header, tuple(rows))


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def wins_and_losses(results: Results, first: str, second: str, measure: str = Measure.RR_10) -> Table:
    """The topics that two systems score differently on, or that only one refuses, largest change first."""
    questions = {topic.id: topic for topic in results.topics}
    pairs = list(zip(results.system(first).topics, results.system(second).topics, strict=True))
    changed = [(a, b) for a, b in pairs if _change(a, b, measure) or a.answered != b.answered]
    changed.sort(key=lambda pair: (-_change(pair[0], pair[1], measure), pair[0].topic))
    rows = tuple(
        (
            a.topic,
            questions[a.topic].question[:120],
            questions[a.topic].style,
            questions[a.topic].asks,
            _outcome(a, measure),
            _outcome(b, measure),
            f"{_change(a, b, measure):+.2f}" if _change(a, b, measure) else _refusal_change(a, b),
        )
        for a, b in changed
    )
    won = sum(_change(a, b, measure) > 0 for a, b in pairs)
    lost = sum(_change(a, b, measure) < 0 for a, b in pairs)
    note = (
        f"What {second} wins (+) and loses (-) against {first}: {won} topics won, {lost} lost; the first unit, the "
        f"rank of the first answer, and whether it was refused; {results.counted}."
    )
    header = ("topic", "question", "style", "asks", first, second, f"change in {measure}")
    return Table(f"{first} against {second}, topic by topic", note, header, rows)


def _change(a: TopicResult, b: TopicResult, measure: str) -> float:
    return b.scores.get(measure, 0.0) - a.scores.get(measure, 0.0)


def _outcome(result: TopicResult, measure: str) -> str:
    rank = "no answer found" if result.rank is None else f"answer at {result.rank}"
    parts = [result.first or "nothing", rank if result.answerable else "unanswerable"]
    return "; ".join([*parts, *([] if result.answered else ["refused"])])


def _refusal_change(a: TopicResult, b: TopicResult) -> str:
    return "now refused" if a.answered else "now answered"


def markdown(table: Table) -> str:
    """A table as GitHub Markdown under its title; what topics and benchmarks say stays text."""

    def row(cells: Sequence[str]) -> str:
        return "| " + " | ".join(plain(cell) for cell in cells) + " |"

    lines = [row(table.header), row(["---"] * len(table.header)), *(row(cells) for cells in table.rows)]
    return "\n".join([f"### {plain(table.title)}", "", table.note, "", *lines, ""])


def plain(text: str) -> str:
    """`text` in one line, so that Markdown shows its characters and does nothing with them; intervals stay [a, b]."""
    return _MARKDOWN.sub(r"\\\1", " ".join(text.split()))


def html(table: Table, escape: Callable[[str], str]) -> str:
    """A table as HTML, every cell escaped."""
    head = "".join(f"<th>{escape(cell)}</th>" for cell in table.header)
    body = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>\n" for row in table.rows)
    return (
        f"<h3>{escape(table.title)}</h3>\n<p>{escape(table.note)}</p>\n"
        f'<div class="wide"><table><thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody></table></div>\n'
    )
