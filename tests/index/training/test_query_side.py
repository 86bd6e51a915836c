"""A question's side of its own: learnt from written questions, beside passages that stay as they are."""

import gzip
import hashlib
import random
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import pytest
import torch
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from index.encoders.load import load_encoder
from index.encoders.model_files import QUERY_MODEL
from index.errors import EncoderError, TrainingDataError
from index.settings import WORD_ENCODER
from index.training.asked import read_asked
from index.training.both_sides import SidesSettings, train_both_sides
from index.training.onnx_export import MODEL, export_encoder, export_query_side
from index.training.onnx_import import read_exported
from index.training.query_side import QuerySettings, train_query_side
from index.training.rewording import reworded
from index.training.settings_file import read_settings
from index.training.student import Student
from index.training.vocabulary import unigram_tokenizer
from tests.index.training.tiny_encoder import PIECES, SUBJECTS, tiny_network, write_rows

pytestmark = pytest.mark.filterwarnings("ignore")
SETTINGS = QuerySettings(batch=6, passage_tokens=12, query_tokens=12, layer_rate=1e-2, frozen_layers=1)
TEXTS = ["er treinen", "", "bruggen: wegen, bomen"]


def _row(subject: str, split: str = "train", **other: Any) -> dict[str, Any]:
    asked = {"everyday": [f"rijdt {subject}?"], "specific": [f"er {subject}?"], "english": [], "careless": [subject]}
    return {"document": subject, "passage": f"er zijn {subject}.", "split": split, **asked, "near": ["er?"], **other}


def _data(folder: Path, rows: list[dict[str, Any]]) -> Path:
    write_rows(folder, "asked.nl-en", rows)
    return folder


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    student = Student(tiny_network(len(PIECES)), unigram_tokenizer(PIECES), 8)
    export_encoder(student, tmp_path / "shipped", {})
    return tmp_path / "shipped"


def test_written_questions_are_read(tmp_path: Path) -> None:
    first, second = read_asked(_data(tmp_path, [_row("treinen"), _row("bomen", "dev", everyday=[])]))
    assert (first.document, first.text, first.split) == ("treinen", "er zijn treinen.", "train")
    assert first.asked() == [("rijdt treinen?", "everyday"), ("er treinen?", "specific"), ("treinen", "careless")]
    assert first.questions["near"] == ("er?",)
    assert [kind for _, kind in second.asked()] == ["specific", "careless"]


@pytest.mark.parametrize(
    ("row", "found"),
    [
        ({"passage": "er"}, "split"),
        (_row("bomen", "test"), "split 'test', expected train or dev"),
        (_row("bomen", everyday="wat?"), "a list of questions"),
        (_row("bomen", english=[3]), "a list of questions"),
        (_row("bomen", passage=" "), "no text"),
        (_row("bomen", passage=None), "no text"),
    ],
)
def test_a_row_of_another_form_is_named(tmp_path: Path, row: dict[str, Any], found: str) -> None:
    with pytest.raises(TrainingDataError, match=f"line 2.*{found}"):
        read_asked(_data(tmp_path, [_row("treinen"), row]))
    with pytest.raises(TrainingDataError, match="no file of written questions"):
        read_asked(tmp_path / "nergens")


def test_the_questions_of_the_product_find_their_passages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those on a file that is not there are left out, and those on a text that was changed are refused by name."""
    lists = {name: _row("bomen")[name] for name in ("everyday", "specific", "english", "careless", "near")}
    text = "er zijn bomen."
    place = {"file": "laws.nl", "row": 1, "field": "text", "start": 3, "end": 18}
    row = {
        "id": "m-1",
        "document": "more-1",
        "sha256": hashlib.sha256(text.encode()).hexdigest()[:16],
        **place,
        **lists,
    }
    write_rows(tmp_path, "own", [row, {**row, "file": "nergens.nl"}])
    monkeypatch.setattr("index.training.asked.SHIPPED_QUESTIONS", tmp_path / "own.jsonl.gz")
    data = _data(tmp_path, [_row("treinen")])
    assert [one.text for one in read_asked(data)] == ["er zijn treinen."]
    write_rows(tmp_path, "laws.nl", [{"text": ""}, {"text": "ja er zijn bomen. Meer"}])
    assert [(one.text, one.split, one.id) for one in read_asked(data)][1:] == [(text, "train", "m-1")]
    write_rows(tmp_path, "laws.nl", [{"text": ""}, {"text": "ja er zijn heggen. Meer"}])
    with pytest.raises(TrainingDataError, match="laws.nl.*line 2: found another text than the questions of m-1"):
        read_asked(data)


def test_an_exported_encoder_is_read_back(encoder: Path, tmp_path: Path) -> None:
    """What was read back and written again, untrained, gives the same vectors, on both sides."""
    export_query_side(read_exported(encoder), encoder, tmp_path / "both", {})
    before, after = load_encoder(str(encoder)), load_encoder(str(tmp_path / "both"))
    for side in ("encode_queries_by_token", "encode_passages_by_token"):
        was, now = getattr(before, side)(TEXTS), getattr(after, side)(TEXTS)
        assert now.rows == pytest.approx(was.rows, abs=1e-5)
        assert np.abs(now.tokens.wide(slice(None)) - was.tokens.wide(slice(None))).max() < 1e-2
    shutil.copy(encoder / "tokenizer.json", encoder / MODEL)
    with pytest.raises(TrainingDataError, match="no encoder that"):
        read_exported(encoder)


def test_training_changes_how_questions_are_read_and_nothing_else(encoder: Path, tmp_path: Path) -> None:
    data = _data(tmp_path / "data", [_row(subject) for subject in SUBJECTS])
    write_rows(
        data, "faq.nl-en", [{"question": "Hoeveel?", "answer": f"Er zijn er {s} en nog veel meer. " * 3} for s in "ab"]
    )
    folders = (data, encoder, tmp_path / "both", tmp_path / "work")
    steps = train_query_side(*folders, settings=SETTINGS, sample=50)
    before, after = load_encoder(str(encoder)), load_encoder(str(tmp_path / "both"))
    assert after.fingerprint == before.fingerprint, "an index that was built with the one is the other's"
    assert np.array_equal(after.encode_passages(TEXTS), before.encode_passages(TEXTS))
    assert not np.allclose(after.encode_queries(TEXTS), before.encode_queries(TEXTS), atol=1e-3)
    both = tmp_path / "both"
    assert (both / QUERY_MODEL).stat().st_size < (both / MODEL).stat().st_size, "the word vectors are kept once"
    assert "steps_taken = 6" in (both / "query_training.toml").read_text("utf-8")
    assert train_query_side(*folders, settings=SETTINGS, sample=50) == steps, "a finished run is not taken further"
    with pytest.raises(TrainingDataError, match="other settings"):
        train_query_side(*folders, settings=QuerySettings(batch=6, seed=8), sample=50)


def test_both_sides_are_trained_and_mixed_with_what_was(encoder: Path, tmp_path: Path) -> None:
    """The passages' side too, the less the more is kept; the first layers and the word vectors are kept once."""
    data = _data(tmp_path / "data", [_row(subject) for subject in SUBJECTS])
    answers = [f"Er zijn er {subject} en nog veel meer wegen en bruggen dan dat er waren." for subject in SUBJECTS]
    write_rows(data, "faq.nl-en", [{"question": f"Hoeveel {a[11:17]}?", "answer": a, "source": "er"} for a in answers])
    write_rows(
        data, "parallel.nl-en", [{"en": s, "nl": f"{s}: er zijn bruggen, wegen, treinen en bomen"} for s in SUBJECTS]
    )
    train_query_side(data, encoder, encoder, tmp_path / "first", settings=SETTINGS, sample=50)
    settings = SidesSettings(
        layer_rate=1e-2, frozen_layers=1, written=40, real=30, passages=6, batch=6, passage_tokens=12, replaced=0.0
    )
    before, words = load_encoder(str(encoder)), load_encoder(str(WORD_ENCODER))
    moved = []
    for share in (0.0, 0.75, 1.0):
        out, chosen = tmp_path / f"out{share}", replace(settings, before=share)
        folders = (data, encoder, words, out, tmp_path / f"work{share}")
        assert train_both_sides(*folders, settings=chosen, sample=50) == 6
        after = load_encoder(str(out))
        assert after.fingerprint != before.fingerprint, "an index of the one is not the other's"
        moved.append(
            [
                np.abs(getattr(after, side)(TEXTS) - getattr(before, side)(TEXTS)).max()
                for side in ("encode_queries", "encode_passages")
            ]
        )
        assert (out / QUERY_MODEL).stat().st_size < (out / MODEL).stat().st_size
        assert "steps_taken = 6" in (out / "both_training.toml").read_text("utf-8")
    for all_new, mixed, none in zip(*moved, strict=True):
        assert all_new > mixed > none
        assert none < 2e-2, "but for eight bits instead of seven"


def test_a_trained_side_is_trained_anew_from_the_passages_side(encoder: Path, tmp_path: Path) -> None:
    """Written into the encoder's own folder, the second run gives what the first gave."""
    data = _data(tmp_path / "data", [_row(subject) for subject in SUBJECTS])
    train_query_side(data, encoder, encoder, tmp_path / "first", settings=SETTINGS, sample=50)
    found = load_encoder(str(encoder)).encode_queries(TEXTS)
    train_query_side(data, encoder, encoder, tmp_path / "second", settings=SETTINGS, sample=50)
    assert load_encoder(str(encoder)).encode_queries(TEXTS) == pytest.approx(found, abs=1e-4)
    further = replace(SETTINGS, go_on=True, layer_rate=0.0, projection_rate=0.0)
    train_query_side(data, encoder, encoder, tmp_path / "third", settings=further, sample=50)
    assert load_encoder(str(encoder)).encode_queries(TEXTS) == pytest.approx(found, abs=1e-2), "it goes on from there"


def test_a_near_question_gets_away_from_the_passage(encoder: Path, tmp_path: Path) -> None:
    """Beside the right question, one that the passage only seems to answer is less like it than without that."""
    data = _data(tmp_path / "data", [_row(s, everyday=[], near=[f"er {s}, {s}?"]) for s in SUBJECTS])
    margins = []
    for near in (0, 6):
        settings, out = replace(SETTINGS, near=near, apart=5.0), tmp_path / f"out{near}"
        train_query_side(data, encoder, out, tmp_path / f"work{near}", settings=settings, sample=50)
        trained = load_encoder(str(out))
        passages = trained.encode_passages([f"er zijn {s}." for s in SUBJECTS])
        right, apart = (
            trained.encode_queries([form.format(s) for s in SUBJECTS]) for form in ("er {0}?", "er {0}, {0}?")
        )
        margins.append(float(((right - apart) * passages).sum(axis=1).mean()))
    assert margins[1] > margins[0]


def test_what_both_sides_have_in_common_is_kept_once(encoder: Path, tmp_path: Path) -> None:
    """An untrained side is all in common; of one that was trained the layers that were are its own."""
    student = read_exported(encoder)
    export_query_side(student, encoder, tmp_path / "same", {})
    layer = student.network.encoder.layer[1].intermediate.dense
    layer.weight.data.mul_(1.5 - layer.weight.data)
    export_query_side(student, encoder, tmp_path / "other", {}, common=1)
    sizes = [(tmp_path / name / QUERY_MODEL).stat().st_size for name in ("same", "other")]
    trained = sum(weight.numel() for weight in student.network.encoder.layer[1].parameters())
    assert sizes[0] + trained < (encoder / MODEL).stat().st_size
    assert sizes[1] > sizes[0] + trained / 2


def test_what_was_learnt_is_written_nearly_as_it_is(encoder: Path, tmp_path: Path) -> None:
    """Within half a step of eight bits, read back alike, and so are the vectors; nothing is dropped by chance."""
    student = read_exported(encoder)
    for weight in student.network.encoder.layer[1].parameters():
        weight.data += 0.05 * torch.randn_like(weight)
    export_query_side(student, encoder, tmp_path / "both", {}, common=1)
    back = read_exported(tmp_path / "both", QUERY_MODEL)
    for own, found in zip(
        student.network.encoder.layer[1].parameters(), back.network.encoder.layer[1].parameters(), strict=True
    ):
        step = own.abs().amax(-1, keepdim=True) / 127
        assert bool(((own - found).abs() <= step / 2 + 1e-6).all())
    rows, again = (student.encode(TEXTS, "query: ", 256).rows.detach().numpy() for _ in range(2))
    assert np.array_equal(rows, again)
    written = load_encoder(str(tmp_path / "both")).encode_queries(TEXTS)
    assert (written * rows).sum(axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=5e-3)


def test_what_is_kept_apart_is_not_trained_on(encoder: Path, tmp_path: Path) -> None:
    """Other questions of `dev`, and of what is held out, give the same weights."""
    words = "een twee drie vier vijf zes zeven acht negen tien elf twaalf"
    held_out = tmp_path / "brief.txt"
    held_out.write_text(words, encoding="utf-8")
    found = []
    for number, apart in enumerate(("treinen", "bomen")):
        rows = [_row("bruggen"), _row("wegen"), _row(apart, "dev"), _row(apart, passage=f"{apart} {words}")]
        data = _data(tmp_path / f"data{number}", rows)
        out = tmp_path / f"out{number}"
        train_query_side(data, encoder, out, tmp_path / f"work{number}", [held_out], SETTINGS, sample=50)
        found.append(load_encoder(str(out)).encode_queries(TEXTS))
    assert found[0] == pytest.approx(found[1], abs=1e-4)
    only_dev = _data(tmp_path / "dev", [_row("bruggen", "dev")])
    with pytest.raises(TrainingDataError, match="split 'train'"):
        train_query_side(only_dev, encoder, tmp_path / "out", tmp_path / "work", settings=SETTINGS)


def test_the_mean_of_the_last_weights_is_taken(encoder: Path, tmp_path: Path) -> None:
    data = _data(tmp_path / "data", [_row(subject) for subject in SUBJECTS])
    found = []
    for averaged in (0.0, 0.9):
        settings = replace(SETTINGS, averaged=averaged)
        out = tmp_path / f"out{averaged}"
        train_query_side(data, encoder, out, tmp_path / f"work{averaged}", settings=settings, sample=50)
        found.append(load_encoder(str(out)).encode_queries(TEXTS))
    start = load_encoder(str(encoder)).encode_queries(TEXTS)
    last, mean = (np.abs(rows - start).sum() for rows in found)
    assert 0 < mean < last, "the mean lies between where it began and where it ended"


def test_other_words_and_what_is_dropped_change_what_is_learnt(encoder: Path, tmp_path: Path) -> None:
    """And the same run gives the same again."""
    data = _data(tmp_path / "data", [_row(subject) for subject in SUBJECTS])
    write_rows(data, "synonyms.nl", [{"words": ["rijdt", "gaat"]}, {"words": ["nu", "thans"]}])
    found = []
    other_words, dropping = replace(SETTINGS, replaced=1.0), replace(SETTINGS, dropout=0.3)
    for number, settings in enumerate((SETTINGS, other_words, dropping, other_words)):
        out = tmp_path / f"out{number}"
        train_query_side(data, encoder, out, tmp_path / f"work{number}", settings=settings, sample=50)
        found.append(load_encoder(str(out)).encode_queries(TEXTS))
    plain, replaced, dropped, again = found
    assert replaced == pytest.approx(again, abs=1e-4)
    assert min(np.abs(plain - replaced).max(), np.abs(plain - dropped).max()) > 1e-3


@hypothesis_settings(max_examples=100)
@given(st.text("rijdt nu?", max_size=40), st.integers(0, 9))
def test_a_reworded_question_has_its_own_words_or_their_synonyms(text: str, seed: int) -> None:
    synonyms = {"rijdt": ["gaat"]}
    found = reworded(text, synonyms, random.Random(seed), 1.0, 1.0)
    allowed = {*text.split(), *(word.replace("rijdt", "gaat") for word in text.split())}
    assert set(found.split()) <= allowed
    assert bool(found) == bool(text.split())
    assert reworded(text, synonyms, random.Random(seed), 0.0, 0.0) == " ".join(text.split())


def test_questions_do_not_open_the_passages_side(
    encoder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export_query_side(read_exported(encoder), encoder, tmp_path / "both", {})
    opened: list[str] = []
    session = onnxruntime.InferenceSession

    def recorded(path: str, *others: Any, **options: Any) -> Any:
        opened.append(Path(path).name)
        return session(path, *others, **options)

    monkeypatch.setattr(onnxruntime, "InferenceSession", recorded)
    both = load_encoder(str(tmp_path / "both"))
    both.encode_queries_by_token(TEXTS)
    assert opened == [QUERY_MODEL.name]
    both.encode_passages(TEXTS)
    assert opened == [QUERY_MODEL.name, MODEL.name]
    load_encoder(str(encoder)).encode_passages(TEXTS)
    assert opened[2:] == [MODEL.name], "one graph for both sides is opened once"


@pytest.mark.parametrize("file", [QUERY_MODEL, MODEL])
def test_sides_that_do_not_belong_together_are_refused(encoder: Path, tmp_path: Path, file: Path) -> None:
    """The question's side reads word vectors from the other's file: of another training they would be noise."""
    both = tmp_path / "both"
    export_query_side(read_exported(encoder), encoder, both, {})
    other = Student(tiny_network(len(PIECES)), unigram_tokenizer(PIECES), 8)
    export_encoder(other, tmp_path / "other", {})
    shutil.copy(tmp_path / "other" / MODEL, both / MODEL)
    with pytest.raises(EncoderError, match="was made for another"):
        load_encoder(str(both)).encode_queries(TEXTS)
    shutil.copy(encoder / MODEL, both / MODEL)
    content = (both / file).read_bytes()
    (both / file).write_bytes(content[: len(content) // 3])
    with pytest.raises(EncoderError):
        load_encoder(str(both)).encode_queries(TEXTS)


def test_without_the_questions_side_the_passages_side_reads_questions(encoder: Path, tmp_path: Path) -> None:
    shutil.copytree(encoder, tmp_path / "both")
    export_query_side(read_exported(encoder), encoder, tmp_path / "both", {})
    (tmp_path / "both" / QUERY_MODEL).unlink()
    assert np.array_equal(
        load_encoder(str(tmp_path / "both")).encode_queries(TEXTS), load_encoder(str(encoder)).encode_queries(TEXTS)
    )


def test_settings_are_read_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_text("batch = 3\n", encoding="utf-8")
    assert read_settings(file, QuerySettings) == QuerySettings(batch=3)
    assert read_settings(None, QuerySettings) == QuerySettings()
    for content in ("bacth = 3", "batch = ", "\udcff"):
        file.write_bytes(content.encode("utf-8", "surrogateescape"))
        with pytest.raises(TrainingDataError, match="not a file of settings"):
            read_settings(file, QuerySettings)
    with pytest.raises(TrainingDataError, match="not a file of settings"):
        read_settings(tmp_path / "nergens.toml", QuerySettings)


def test_a_folder_of_asked_questions_that_is_cut_short_is_named(tmp_path: Path) -> None:
    path = tmp_path / "asked.nl-en.jsonl.gz"
    with gzip.open(path, "wt") as file:
        file.write('{"passage": ')
    with pytest.raises(TrainingDataError, match="line 1: not JSON"):
        read_asked(tmp_path)
