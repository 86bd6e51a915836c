"""Runs and qrels go out so that others can check us, and come in with every fault named."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.benchmark import read_benchmark
from eval.errors import BenchmarkError, RunError
from eval.measure_system import run_here
from eval.measures import topic_scores
from eval.systems import SystemSpec
from eval.trec import qrels_text, read_qrels, read_run, run_text
from index.model.collection import Collection


def test_what_goes_out_comes_in_with_equal_scores(folder: Path, collection: Collection, tmp_path: Path) -> None:
    benchmark = read_benchmark(folder, collection)
    run = run_here(SystemSpec.of("ngrams"), collection, benchmark.topics)
    (tmp_path / "x.run").write_text(run_text(run), encoding="utf-8")
    again = read_run(tmp_path / "x.run", "x", benchmark.topics, collection)
    kept = {t: {m: v for m, v in row.items() if "Span" not in m} for t, row in topic_scores(benchmark, run).items()}
    assert topic_scores(benchmark, again) == kept


def test_trec_eval_reads_what_we_write(folder: Path, collection: Collection, tmp_path: Path) -> None:
    """The exported files, read by ir-measures alone, give the mean that we report."""
    import ir_measures as ir

    benchmark = read_benchmark(folder, collection)
    run = run_here(SystemSpec.of("words"), collection, benchmark.topics)
    (tmp_path / "x.run").write_text(run_text(run), encoding="utf-8")
    (tmp_path / "qrels").write_text(qrels_text(benchmark), encoding="utf-8")
    qrels = list(ir.read_trec_qrels(str(tmp_path / "qrels")))
    found = ir.calc_aggregate([ir.nDCG @ 10], qrels, list(ir.read_trec_run(str(tmp_path / "x.run"))))
    ours = topic_scores(benchmark, run)
    assert found[ir.nDCG @ 10] == pytest.approx(sum(row["nDCG@10"] for row in ours.values()) / len(ours))


def test_qrels_that_go_out_come_in(folder: Path, collection: Collection, tmp_path: Path) -> None:
    """The relevance of each unit is the same after a round through TREC's format."""
    benchmark = read_benchmark(folder, collection)
    (tmp_path / "qrels").write_text(qrels_text(benchmark), encoding="utf-8")
    again = read_qrels(tmp_path / "qrels", benchmark.topics, collection)
    assert replace(benchmark, qrels=again).relevance == benchmark.relevance


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{topic} 0 {unit}", "3 columns, expected 4"),
        ("niemand 0 {unit} 1", "topic 'niemand' is not in"),
        ("{topic} 0 nergens 1", "unit 'nergens' is not in"),
        ("{topic} 0 {unit} 7", "relevance is '7'"),
        ("{topic} 0 {unit} 1\n{topic} 0 {unit} 1", "line 2: .* before; keep one"),
        ("", "empty"),
    ],
)
def test_a_fault_in_qrels_is_named(folder: Path, collection: Collection, tmp_path: Path, line: str, says: str) -> None:
    benchmark = read_benchmark(folder, collection)
    content = line.format(topic=benchmark.topics[0].id, unit=collection.units[0].id)
    (tmp_path / "qrels").write_text(content, encoding="utf-8")
    with pytest.raises(BenchmarkError, match=says):
        read_qrels(tmp_path / "qrels", benchmark.topics, collection)


def test_a_passage_stands_for_its_unit(folder: Path, collection: Collection, tmp_path: Path) -> None:
    passage = collection.passages[-1]
    (tmp_path / "x.run").write_text(f"t1 Q0 {passage.id} 1 0.5 x\n", encoding="utf-8")
    run = read_run(tmp_path / "x.run", "x", read_benchmark(folder, collection).topics, collection)
    assert run.responses[0].ranking[0].unit == passage.unit
    assert [response.answered for response in run.responses] == [True, False, False]


@pytest.mark.parametrize("scores", [(1.0, 1.0), (0.3, 0.30000000001), (0.30000000001, 0.3)])
def test_equal_scores_of_another_system_are_ranked_as_trec_eval_does(
    folder: Path, collection: Collection, tmp_path: Path, scores: tuple[float, float]
) -> None:
    """By name, descending, and equal is what single precision cannot tell apart; checked against ir-measures."""
    import ir_measures as ir

    first, second = sorted(unit.id for unit in collection.units)[:2]
    content = f"t1 Q0 {first} 1 {scores[0]!r} x\nt1 Q0 {second} 2 {scores[1]!r} x\n"
    (tmp_path / "x.run").write_text(content, encoding="utf-8")
    benchmark = read_benchmark(folder, collection)
    run = read_run(tmp_path / "x.run", "x", benchmark.topics, collection)
    assert [ranked.unit for ranked in run.responses[0].ranking] == [second, first]
    qrels = [ir.Qrel("t1", first, 3)]
    assert ir.calc_aggregate([ir.RR], qrels, list(ir.read_trec_run(content)))[ir.RR] == 0.5


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("t1 Q0 U 1 0.4 x", "line 2: unit 'U' stands for topic 't1' on line 1 too"),
        ("t1 Q0 nergens 1 0.4 x", "line 2: unit 'nergens' is not in the documents"),
        ("t1 Q0 U 1 x", "line 2: 5 columns, expected 6"),
        ("t2 Q0 U 1 hoog x", "line 2: score is 'hoog'"),
        ("t2 Q0 U 1 nan x", "line 2: score is nan"),
    ],
)
def test_a_fault_in_a_run_is_named(folder: Path, collection: Collection, tmp_path: Path, line: str, says: str) -> None:
    unit = collection.units[0].id
    (tmp_path / "x.run").write_text(f"t1 Q0 {unit} 1 0.5 x\n{line.replace('U', unit)}\n", encoding="utf-8")
    with pytest.raises(RunError) as caught:
        read_run(tmp_path / "x.run", "x", read_benchmark(folder, collection).topics, collection)
    assert says.replace("U", unit) in str(caught.value)


@pytest.mark.parametrize(("content", "says"), [("", "empty"), ("zz Q0 U 1 0.5 x\n", "none of its 1 topics")])
def test_a_run_of_nothing_is_refused(
    folder: Path, collection: Collection, tmp_path: Path, content: str, says: str
) -> None:
    (tmp_path / "x.run").write_text(content.replace("U", collection.units[0].id), encoding="utf-8")
    with pytest.raises(RunError, match=says):
        read_run(tmp_path / "x.run", "x", read_benchmark(folder, collection).topics, collection)
