"""Teach both sides of an encoder how people ask: passages learn to be told from their neighbours too.

What `index/training/query_side.py` learns against passages that stay as they
are is learnt here with the passages of a batch encoded anew: those of a few
whole documents, as a library has them, by one vector, by tokens and by the sum
of all lists as it is used, words included; and, by one vector, all others as
they were last encoded. Real questions with the answers of the same letters keep
what was known, and sentences with their translations the English. The weights
are mixed with those from before, which win together (Wortsman et al.,
arXiv:2109.01903). Whoever uses what this gives has to build every index again.
"""

import logging
import os
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.encoders.encoder import Encoder
from index.encoders.load import load_encoder
from index.encoders.model_files import QUERY_MODEL
from index.language.analyser import Analysed, content_words
from index.search.related_words import RelatedWords, WordQuery
from index.training.asked import read_asked
from index.training.onnx_export import export_query_side
from index.training.onnx_import import read_exported
from index.training.output import check_replaceable
from index.training.pairs import Pair, overlaps, read_pairs, read_rows, shingles
from index.training.pretrained import PROMPTS
from index.training.query_side import (
    REAL,
    SHORTEST_ANSWER,
    Pool,
    as_shipped,
    near_questions,
    read_texts,
    typed,
    usable,
    written_answer,
)
from index.training.ranking import divergence, late_scores, standardised
from index.training.rewording import Synonyms, read_synonyms
from index.training.student import Encoded, Student
from index.training.trainer import Trainer
from index.training.typing_errors import carelessly

if TYPE_CHECKING:
    import torch

logger = logging.getLogger(__name__)

_PARALLEL = "parallel.nl-en"
_SENTENCE = range(40, 300)
# Characters of a real answer and question that are read, and how often the question comes with its letter's title.
_ANSWER, _QUESTION, _TITLED = 620, 400, 0.35
# Answers of one letter that are taken together, at most.
_LETTER = 8
# How much the sum of the lists is sharpened, and what the other losses weigh beside its own.
_SUM, _BOTH, _EVERYWHERE = 1.5, 0.4, 0.25


@dataclass(frozen=True, slots=True)
class SidesSettings:
    """What decides the outcome of a training run, besides the data and the encoder.

    Of every hundred steps, `written` are of up to `batch` written questions on
    about `passages` passages of whole documents, `real` of so many real
    questions, and the others of sentences and their translations. `dutch_lists`
    and `english_lists` are what the lists weigh when added up: words, one
    vector, tokens. The rates are those of the question's side; the passages'
    is trained at `pace` times that. `before` is the share of the weights from
    before in what is written. For the others see `QuerySettings`.
    """

    steps: int = 480
    written: int = 63
    real: int = 31
    batch: int = 64
    passages: int = 48
    repeated: int = 2
    everyday: float = 0.54
    specific: float = 0.08
    english: float = 0.26
    careless: float = 0.12
    query_tokens: int = 40
    passage_tokens: int = 128
    temperature: float = 0.02
    late_temperature: float = 0.03
    sharpness: float = 1.3
    keep: float = 0.4
    layer_rate: float = 2.5e-5
    projection_rate: float = 8e-5
    pace: float = 1.4
    frozen_layers: int = 4
    averaged: float = 0.25
    before: float = 0.25
    slips: float = 0.35
    bare: float = 0.4
    replaced: float = 0.3
    shortened: float = 0.25
    dropout: float = 0.1
    near: int = 6
    apart: float = 0.2
    dutch_lists: Sequence[float] = (0.485, 1.2, 1.315)
    english_lists: Sequence[float] = (0.346, 1.154, 1.5)
    checkpoint_seconds: int = 300
    seed: int = 21


class _Asked(NamedTuple):
    """A question with its answer."""

    question: str
    title: str
    answer: str


def train_both_sides(
    data: Path,
    encoder: Path,
    words: Encoder,
    out: Path,
    work: Path,
    held_out: Sequence[Path] = (),
    settings: SidesSettings | None = None,
    sample: int | None = None,
    hours: float | None = None,
) -> int:
    """Train both sides of `encoder` on `data` and write them to `out`; returns the steps taken.

    See `train_query_side`, which has to come before: the question's side goes on from what it learnt. `words` is the
    encoder of the list of words.
    """
    settings = settings or SidesSettings()
    check_replaceable(out)
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "true")
    sides = [read_exported(encoder, QUERY_MODEL), read_exported(encoder)]
    before = [side.copied_state() for side in sides]
    shipped = load_encoder(str(encoder))
    asked = usable(read_asked(data, sample), held_out)
    written = [written_answer(passage, settings) for passage in asked if passage.split == "train"]
    pool = Pool.of(written, shipped, work)
    for side in sides:
        side.rarity = pool.rarity(len(side.rarity))
    letters = _letters(data, held_out, [passage.text for passage in asked], sample)
    logger.info("%d passages with written questions, %d letters with real ones", len(written), len(letters))
    sentences = _sentences(data, held_out, settings, sample)
    synonyms = read_synonyms(data) if settings.replaced else {}
    by_word = _Words([answer.text for answer in written], words)
    batches = _Batches(sides, shipped, pool, letters, sentences, synonyms, by_word, settings)
    paces = (1.0, settings.pace)
    steps = Trainer(sides, batches.losses, settings, asdict(settings), work, sample, hours, paces).run()
    for side, state in zip(sides, before, strict=True):
        side.mix(state, settings.before)
    question, passages = sides
    done = {**asdict(settings), "steps_taken": steps}
    export_query_side(question, encoder, out, done, settings.frozen_layers, passages)
    return steps


def _letters(data: Path, held_out: Sequence[Path], asked: Sequence[str], sample: int | None) -> list[list[_Asked]]:
    """Real questions and answers, those of one letter together; none of which a passage with written ones is a part."""
    refuse = shingles(chain(asked, (path.read_text(encoding="utf-8") for path in held_out)))
    found: defaultdict[tuple[str, object], list[_Asked]] = defaultdict(list)
    for name in REAL:
        path = data / f"{name}.jsonl.gz"
        for row in read_rows(path, sample) if path.is_file() else ():
            one = _Asked(row["question"][:_QUESTION], row.get("title", ""), (row["answer"] or "")[:_ANSWER])
            if len(one.answer) >= SHORTEST_ANSWER and not overlaps((one.question, one.answer), refuse):
                found[name, row.get("doc_id") or row.get("doc") or row.get("source")].append(one)
    return [letter[i : i + _LETTER] for letter in found.values() for i in range(0, len(letter), _LETTER)]


def _sentences(data: Path, held_out: Sequence[Path], settings: SidesSettings, sample: int | None) -> list[Pair]:
    """English sentences with their Dutch; none where there is no such file."""
    if not (data / f"{_PARALLEL}.jsonl.gz").is_file():
        return []
    pairs = read_pairs(data, held_out, settings.seed, sample, [_PARALLEL])
    return [pair for pair in pairs if len(pair.passage) in _SENTENCE and len(pair.query) < _SENTENCE.stop]


class _Batches:
    """Draws what a step is taken on: passages of documents with written questions, real questions, or translations."""

    def __init__(
        self,
        sides: Sequence[Student],
        shipped: Encoder,
        pool: Pool,
        letters: Sequence[Sequence[_Asked]],
        sentences: Sequence[Pair],
        synonyms: Synonyms,
        words: "_Words",
        settings: SidesSettings,
    ) -> None:
        self._question, self._passage = sides
        self._shipped, self._pool, self._settings = shipped, pool, settings
        self._letters, self._sentences = letters, sentences
        self._synonyms, self._words = synonyms, words
        documents: defaultdict[str, list[int]] = defaultdict(list)
        for place, answer in enumerate(pool.answers):
            documents[answer.document].append(place)
        self._documents = list(documents.values())

    def losses(self, generator: random.Random) -> "tuple[str, dict[str, torch.Tensor]]":
        """The kind of a step, and its losses."""
        drawn = generator.randrange(100) - self._settings.written
        if self._letters and 0 <= drawn < self._settings.real:
            return "real", self._of_letters(generator)
        if self._sentences and drawn >= self._settings.real:
            chosen = generator.sample(self._sentences, min(self._settings.passages, len(self._sentences)))
            return "parallel", self._of_pairs([pair.query for pair in chosen], chosen)
        return "written", self._of_documents(generator)

    def _of_documents(self, generator: random.Random) -> "dict[str, torch.Tensor]":
        """Whole documents as a library has them, and questions on their passages."""
        places: list[int] = []
        for document in generator.sample(self._documents, len(self._documents)):
            places += document
            if len(places) >= self._settings.passages:
                break
        drawn: list[tuple[int, str]] = []
        for place in places[: self._settings.passages * 5 // 4]:
            questions, weights = zip(*self._pool.answers[place].questions, strict=True)
            asked = generator.choices(questions, weights, k=self._settings.repeated)
            drawn += [(place, question) for question in dict.fromkeys(asked)]
        chosen = generator.sample(drawn, min(self._settings.batch, len(drawn)))
        return self._written_losses(places[: self._settings.passages * 5 // 4], chosen, generator)

    def _written_losses(
        self, places: Sequence[int], drawn: Sequence[tuple[int, str]], generator: random.Random
    ) -> "dict[str, torch.Tensor]":
        """How unlikely the right passages are among those of the documents, and one vector's among all."""
        import torch
        from torch.nn.functional import cross_entropy

        settings, written = self._settings, [question for _, question in drawn]
        answers = [self._pool.answers[place] for place, _ in drawn]
        near = near_questions(answers, settings.near, generator)
        asked = [typed(question, self._synonyms, generator, settings) for question in (*written, *near.values())]
        read = read_texts(self._question, asked, PROMPTS["query"], settings.query_tokens)
        found, nearly = (Encoded(*(part[cut] for part in read)) for cut in (slice(len(drawn)), slice(len(drawn), None)))
        passages = self._read_passages([self._pool.answers[place].text for place in places])
        own, among = torch.tensor([place for place, _ in drawn]), torch.tensor(places)
        right = torch.tensor([places.index(place) for place, _ in drawn])
        by_text, by_token = self._scores(found, passages)
        self._pool.rows[among] = passages.rows.detach()
        everywhere = (found.rows @ self._pool.rows.T).index_copy(1, among, by_text)
        both = (by_text / settings.temperature + by_token / settings.late_temperature) / 2
        losses = {
            "sum": cross_entropy(_SUM * self._added_up(written, among, by_text, by_token), right),
            "both": _BOTH * cross_entropy(both, right),
            "everywhere": _EVERYWHERE * cross_entropy(everywhere / settings.temperature, own),
        }
        if near:
            chosen = right[list(near)]
            losses["near"] = settings.apart * self._nearer(nearly, passages, chosen, both[list(near), chosen])
        return losses

    def _added_up(
        self, questions: Sequence[str], among: "torch.Tensor", by_text: "torch.Tensor", by_token: "torch.Tensor"
    ) -> "torch.Tensor":
        """The sum of all lists, each standardised over the passages of the documents, as it is used."""
        import torch

        by_word = torch.stack([self._words.scores(question)[among] for question in questions])
        lists = {False: self._settings.dutch_lists, True: self._settings.english_lists}
        weights = torch.tensor([lists[Analysed(question).is_english] for question in questions])
        scores = (standardised(found) for found in (by_word, by_text, by_token))
        return sum((weights[:, [i]] * found for i, found in enumerate(scores)), torch.zeros(1))

    def _nearer(
        self, nearly: Encoded, passages: Encoded, right: "torch.Tensor", than: "torch.Tensor"
    ) -> "torch.Tensor":
        """How likely near questions are to score more with their passages than the right ones, which score `than`."""
        import torch
        from torch.nn.functional import softplus

        by_text, by_token = self._scores(nearly, passages)
        both = (by_text / self._settings.temperature + by_token / self._settings.late_temperature) / 2
        return softplus(both[torch.arange(len(right)), right] - than).mean()

    def _of_letters(self, generator: random.Random) -> "dict[str, torch.Tensor]":
        """The questions and answers of some letters, some questions with the title and some written carelessly."""
        chosen: list[_Asked] = []
        for letter in generator.sample(self._letters, len(self._letters)):
            chosen += letter
            if len(chosen) >= self._settings.passages - _LETTER // 2:
                break
        pairs = [
            Pair(f"{one.title} {one.question}" if generator.random() < _TITLED else one.question, one.answer)
            for one in chosen[: self._settings.passages]
        ]
        slips = self._settings.slips / 2, self._settings.bare / 2
        return self._of_pairs([carelessly(pair.query, generator, *slips) for pair in pairs], pairs)

    def _of_pairs(self, asked: Sequence[str], pairs: Sequence[Pair]) -> "dict[str, torch.Tensor]":
        """How unlikely the own passages are, and how far the ranking is from the encoder's before training."""
        import torch
        from torch.nn.functional import cross_entropy

        settings, (clean, texts) = self._settings, zip(*pairs, strict=True)
        found = read_texts(self._question, asked, PROMPTS["query"], settings.query_tokens)
        scores = by_text, by_token = self._scores(found, self._read_passages(texts))
        kept = self._scores(
            as_shipped(self._shipped.encode_queries_by_token(clean), settings.query_tokens),
            as_shipped(self._shipped.encode_passages_by_token(texts), settings.passage_tokens),
        )
        # A text that stands in the batch twice has two right answers: neither is a wrong one for the other.
        same = torch.tensor([[a.query == b.query or a.passage == b.passage for b in pairs] for a in pairs])
        same.fill_diagonal_(fill_value=False)
        text, token = by_text / settings.temperature, by_token / settings.late_temperature
        text, token, both = (found.masked_fill(same, -30.0) for found in (text, token, (text + token) / 2))
        own, weight = torch.arange(len(pairs)), 1 - settings.keep / 2
        apart = [divergence(standardised(a), b, settings.sharpness) for a, b in zip(kept, scores, strict=True)]
        return {
            "own by text": 0.3 * weight * cross_entropy(text, own),
            "own by token": 0.3 * weight * cross_entropy(token, own),
            "own by both": weight * (0.5 * cross_entropy(both, own) + 0.2 * cross_entropy(both.T, own)),
            "ranking": settings.keep * (apart[0] + apart[1]),
        }

    def _read_passages(self, texts: Sequence[str]) -> Encoded:
        return read_texts(self._passage, texts, PROMPTS["document"], self._settings.passage_tokens)

    def _scores(self, questions: Encoded, passages: Encoded) -> "tuple[torch.Tensor, torch.Tensor]":
        """By one vector and by tokens, shape (questions, passages) each."""
        return questions.rows @ passages.rows.T, late_scores(questions, passages, self._question.rarity)


class _Words:
    """The list of words over some passages (`index/search/related_words.py`), kept by question."""

    def __init__(self, texts: Sequence[str], encoder: Encoder) -> None:
        self._encoder = encoder
        self._list = RelatedWords.of([content_words(text) for text in texts], encoder)
        self._all = np.arange(len(texts))
        self.scores = cache(self._scores)

    def _scores(self, question: str) -> "torch.Tensor":
        """The score of every passage, shape (passages,)."""
        import torch

        analysed = Analysed(question)
        words = tuple(dict.fromkeys(analysed.content_words))
        near = self._list.near(words, self._encoder.encode_queries(words))
        found = self._list.score(WordQuery(near, pooled=analysed.is_english), self._all)
        return torch.tensor(found)
