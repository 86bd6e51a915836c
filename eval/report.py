"""The report of a run: Markdown for the repository, one self-contained HTML page for a person who decides."""

import os
import platform
from collections import Counter
from collections.abc import Sequence
from html import escape
from pathlib import Path

from eval.abstention import refusal_curve, reliability, risk_coverage
from eval.measures import Measure
from eval.plots import Series, bars, lines
from eval.report_texts import Said, said_in, table_in
from eval.results import CostRecord, Results, SystemResult
from eval.tables import (
    PER_KIND,
    Table,
    abstentions,
    comparison,
    cost_table,
    exactnesses,
    html,
    kind_mean,
    markdown,
    meanings,
    measures_of,
    overall,
    per_kind,
    plain,
    wins_and_losses,
)
from eval.types import grouped
from rag.texts.answers import Language

COMPARED = (Measure.NDCG_10, Measure.RR_10, Measure.SUCCESS_1, Measure.SPAN_5)
_RANKS = ("1", "2", "3", "4–5", "6–10", "11+", "none")

_STYLE = """
body{font:15px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}
table{border-collapse:collapse;font-size:13px}th,td{border-bottom:1px solid #ddd;padding:.25rem .6rem;text-align:left}
th{background:#f4f4f4}.wide{overflow-x:auto}svg{width:100%;max-width:46rem;display:block;margin:1rem 0}p{color:#555}
"""


def tables(results: Results, costs: CostRecord, baseline: str, against: str | None) -> tuple[Table, ...]:
    """Every table of a report, in reading order; kinds are left out where the topics name none."""
    measures = measures_of(results)
    found = [overall(results)]
    if len(results.systems) > 1:
        found += [comparison(results, baseline, measure) for measure in COMPARED if measure in measures]
    for measure in PER_KIND:
        if measure in measures:
            found += [per_kind(results, field, measure) for field in ("style", "asks") if _named(results, field)]
    if any(not topic.answerable for topic in results.topics):
        found.append(abstentions(results))
    found += [exactnesses(results), cost_table(results, costs)]
    if against is not None:
        found.append(wins_and_losses(results, baseline, against))
    return tuple(found)


def _named(results: Results, field: str) -> bool:
    return any(getattr(topic, field) for topic in results.topics)


def report_markdown(results: Results, costs: CostRecord, shown: Sequence[Table]) -> str:
    """The report as Markdown: the command, the date, the machine, and the tables."""
    return "\n".join(
        [
            f"## {plain(results.benchmark)}, split {plain(results.split)}",
            "",
            _origin(costs),
            "",
            *(markdown(table) for table in shown),
        ]
    )


def _origin(costs: CostRecord) -> str:
    command = " ".join(costs.command.replace("`", "'").split())
    return f"`{command}` · {plain(costs.date)} · {plain(costs.machine)}"


def report_html(results: Results, costs: CostRecord, shown: Sequence[Table], language: Language = "en") -> str:
    """The report as one page that asks nothing of any other host."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f"<title>{_title(results, said_in(language))}</title>"
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body>\n{report_body(results, costs, shown, language)}</body></html>\n"
    )


def _title(results: Results, said: Said) -> str:
    return escape(said(f"{results.benchmark}, split {results.split}"))


def report_body(results: Results, costs: CostRecord, shown: Sequence[Table], language: Language = "en") -> str:
    """What that page holds, everything in it escaped, for a page that has a frame of its own."""
    said = said_in(language)
    first, *others = (html(table_in(table, said), escape) for table in (shown[0], meanings(results), *shown[1:]))
    return (
        f"<h1>{_title(results, said)}</h1>\n<p>{escape(said(results.counted))}<br>"
        f"<code>{escape(costs.command)}</code><br>"
        f"{escape(costs.date)}, {escape(costs.machine)}</p>\n"
        f"{first}{others[0]}{_plots(results, said)}{''.join(others[1:])}"
    )


def _plots(results: Results, said: Said) -> str:
    found = [_kinds(results, field, said) for field in ("style", "asks") if _named(results, field)]
    found.append(_rank_histogram(results, said))
    found.append(_curves(results, said))
    return "".join(found)


def _kinds(results: Results, field: str, said: Said) -> str:
    answerable = [topic for topic in results.topics if topic.answerable]
    groups = grouped(answerable, "style" if field == "style" else "asks")
    series = [
        Series(
            system.name,
            tuple(
                (place, kind_mean(system, topics, Measure.RR_10) or 0.0) for place, topics in enumerate(groups.values())
            ),
        )
        for system in results.systems
    ]
    labels = [said(f"{kind} ({len(topics)})") for kind, topics in groups.items()]
    return bars(
        said(f"{Measure.RR_10} by {'style' if field == 'style' else 'what is asked'} (n)"),
        Measure.RR_10,
        labels,
        series,
    )


def _rank_histogram(results: Results, said: Said) -> str:
    counts = {system.name: _rank_counts(system) for system in results.systems}
    total = max(1, sum(topic.answerable for topic in results.topics))
    series = [
        Series(name, tuple((place, found[label] / total) for place, label in enumerate(_RANKS)))
        for name, found in counts.items()
    ]
    title = said(f"Rank of the first unit that answers (n = {total})")
    return bars(title, said("share of topics"), [said(label) for label in _RANKS], series)


def _rank_counts(system: SystemResult) -> Counter[str]:
    return Counter(_rank_label(topic.rank) for topic in system.topics if topic.answerable)


def _rank_label(rank: int | None) -> str:
    if rank is None:
        return "none"
    if rank <= 3:
        return str(rank)
    return "4–5" if rank <= 5 else "6–10" if rank <= 10 else "11+"


def _curves(results: Results, said: Said) -> str:
    count = f"(n = {len(results.topics)})"
    risk = [Series(system.name, risk_coverage(system.topics)) for system in results.systems]
    found = lines(
        said(f"Risk against coverage {count}"), said("share of topics answered"), said("wrong among answered"), risk
    )
    refusal = [Series(system.name, refusal_curve(system.topics)) for system in results.systems]
    if any(series.points for series in refusal):
        title = f"What a threshold refuses {count}"
        found += lines(said(title), said("answerable refused"), said("unanswerable refused"), refusal, diagonal=True)
    sure = [
        Series(system.name, tuple((x, y) for x, y, _ in reliability(system.topics)))
        for system in results.systems
        if system.probabilities
    ]
    if sure:
        title = f"Reliability: confidence against the share right {count}"
        found += lines(said(title), said("confidence"), said("share right"), sure, diagonal=True)
    return found


def machine() -> str:
    """What this machine is, in words: processor, cores, memory, Python."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = _memory()
    parts = [_processor(), f"{cores} cores, CPU only", *([memory] if memory else [])]
    return ", ".join([*parts, f"Python {platform.python_version()} on {platform.system()}"])


def _processor() -> str:
    path = Path("/proc/cpuinfo")
    if path.exists():
        for line in path.read_text("utf-8", errors="replace").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def _memory() -> str:
    try:
        total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        return ""
    return f"{total / 2**30:.0f} GiB memory"
