"""Filters choose among all passages, and what matches nothing is said."""

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from index.encoders.encoder import Encoders
from index.grammar.parse import parse
from index.language.parliament.promise_kinds import REFUSALS, STRENGTHS
from index.model.collection import Collection
from index.model.types import Parsed
from index.readers.read import read_document
from index.search.search_index import index_collection
from index.settings import Settings
from rag.answer.assistant import Assistant
from rag.answer.types import Answer, Hit
from rag.answer.wording import message
from rag.promises.register import find_promises
from rag.question.filters import NO_FILTERS, Filters
from tests.conftest import SMALL_LETTER, FakeEncoder, parsed_letter, write_letter

QUESTION = "Wat doet het kabinet tegen misbruik via livestreams?"


def _numbers(answer: Answer) -> set[int]:
    return {number for hit in answer.hits for number in hit.unit.numbers}


def _without_late(hit: Hit) -> dict[str, int]:
    return {found.list: found.rank for found in hit.found if found.list != "late"}


def _kinds(answer: Answer) -> list[str]:
    return [remark.kind for remark in answer.remarks]


@pytest.mark.parametrize(
    "filters",
    [
        Filters(groups=("CDA",)),
        Filters(groups=("CDA", "pvda")),
        Filters(numbers=(10, 11, 12)),
        Filters(annexes=("I",)),
        Filters(speakers=("members",)),
        Filters(fields=("footnote",)),
        Filters(without=("livestreams",)),
        Filters(phrases=("de politie",)),
        Filters(groups=("D66",), speakers=("minister",), without=("de",)),
    ],
)
def test_a_filtered_ranking_is_the_whole_ranking_without_the_rest(assistant: Assistant, filters: Filters) -> None:
    """Every passage that meets the filters is ranked by the lists over all; the late list reads those let through."""
    everything = {hit.passage.id: hit for hit in assistant.ask(QUESTION, 2000, None).hits}
    hits = assistant.ask(QUESTION, 2000, None, filters).hits
    filtered = assistant._filter.apply(filters)
    found = {assistant.index.collection.passages[row].id for row in filtered.rows}
    assert found
    assert {hit.passage.id for hit in hits if not hit.via} <= found <= {hit.passage.id for hit in hits}
    for hit in hits:
        beside = everything[hit.passage.id]
        assert _without_late(hit) == _without_late(beside)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_filters_in_the_question_and_beside_it_are_the_same(assistant: Assistant) -> None:
    typed = assistant.ask("boete fractie:CDA vraag:30-40 -hoster")
    beside = assistant.ask("boete", filters=Filters(groups=("CDA",), numbers=tuple(range(30, 41)), without=("hoster",)))
    assert typed.filters == beside.filters
    assert typed.hits == beside.hits
    assert all("CDA" in hit.unit.asked_by for hit in typed.hits if not hit.via)
    assert assistant.ask("boete fractie:CDA", filters=Filters(groups=("SGP",))).filters == Filters(groups=("CDA",))


def test_filters_alone_list_in_order(assistant: Assistant) -> None:
    answer = assistant.ask("vraag:11-14")
    assert [hit.unit.numbers[0] for hit in answer.hits] == [11, 12, 13, 14]
    assert (answer.level, answer.remarks) == ("answered", ())
    first = assistant.ask("", filters=Filters(numbers=tuple(range(1, 67))), top=3)
    assert [hit.unit.numbers for hit in first.hits] == [(1,), (2,), (3,)]
    assert (_kinds(first), first.remarks[0].known) == (["first of"], ("66",))


def test_a_phrase_stands_in_every_passage(assistant: Assistant) -> None:
    answer = assistant.ask('"hash check service"', 100, None)
    assert answer.level == "answered"
    assert answer.hits
    assert all("hash check service" in hit.text.lower() for hit in answer.hits)
    marked = [hit.sentence.of(hit.document.text) for hit in answer.hits if hit.sentence]
    assert marked
    assert all("hash check service" in " ".join(sentence.lower().split()) for sentence in marked)
    assert {h.passage.id for h in answer.hits} == {
        passage.id
        for passage in assistant.index.collection.passages
        if "hash check service" in " ".join(assistant.index.collection.text(passage).lower().split())
    }


def test_a_phrase_that_stands_nowhere_is_said(assistant: Assistant) -> None:
    alone = assistant.ask('"op de maan wonen"')
    assert (alone.level, _kinds(alone)) == ("nothing found", ["phrase nowhere"])
    assert alone.hits
    assert "“op de maan wonen” staat nergens" in message(alone, "nl")
    beside = assistant.ask('Hoe werkt de politie samen met de Filipijnen tegen kindermisbruik volgens de "maan"?')
    assert (beside.level, _kinds(beside)) == ("possibly", ["phrase nowhere"])
    apart = assistant.ask('"filipijnen" "hash check service"')
    assert (apart.level, _kinds(apart)) == ("nothing found", ["phrases apart"])


@pytest.mark.parametrize(
    ("question", "kind", "says"),
    [
        ("boete fractie:XYZ", "unknown group", "fractie:XYZ komt niet voor; er zijn: 50Plus, BBB, CDA"),
        ("boete Partij:XYZ", "unknown group", "Partij:XYZ komt niet voor; er zijn: 50Plus, BBB, CDA"),
        ("promise:onzin", "no promise", "promise:onzin komt niet voor; er zijn: alle, hard, zacht."),
        ("boete document:nergens", "unknown document", "Streaming Hell"),
        ("boete minister:Onderwijs", "unknown minister", "Justitie en Veiligheid"),
        ("boete soort:motie", "unknown kind", "schriftelijk overleg"),
        ("boete bijlage:IX", "unknown annex", "er zijn: I, II"),
        ("boete bijlage:XL", "unknown annex", "er zijn: I, II"),
        ("vraag:99", "unknown question", "er zijn: 1 t/m 66"),
        ("vraag:99999999999999", "no number", "“99999999999999” is geen nummer van een vraag"),
        ("voetnoot:99999", "unknown footnote", "voetnoot:99999 komt niet voor; er zijn: 1 t/m 44"),
        ("tabel:999999999", "unknown table", "er zijn: 1"),
        ("vraag:12345-99999", "unknown question", "vraag:12345 komt niet voor"),
        ("boete datum:2021-13", "no date", "“2021-13” is geen datum"),
        ("boete datum:1999", "no document of then", "1999"),
        ("boete spreker:koning", "no speaker", "minister, leden, derde"),
    ],
)
def test_a_filter_that_matches_nothing_says_what_there_is(
    assistant: Assistant, question: str, kind: str, says: str
) -> None:
    answer = assistant.ask(question)
    assert (answer.outcome, answer.level, answer.hits) == ("nothing matches", "nothing found", ())
    assert _kinds(answer) == [kind]
    assert says in message(answer, "nl")
    assert message(answer, "en") != message(answer, "nl")


@pytest.mark.parametrize(
    ("beside", "says"),
    [
        ("vraag:99", "vraag:99 komt niet voor"),
        ("vraag:99999999999999", "“99999999999999” is geen nummer"),
        ("voetnoot:999", "voetnoot:999 komt niet voor"),
        ("bijlage:XL", "bijlage:XL komt niet voor"),
        ("vraag 99", "Niet in de documenten: 99."),
        ("vragen 70 t/m 64", "Niet in de documenten: 67 t/m 70."),
        ("vraag 99999999999999", "Niet in de documenten: 99999999999999."),
        ("bijlage 99", "Niet in de documenten: 99."),
    ],
)
def test_all_that_is_not_there_is_said(assistant: Assistant, beside: str, says: str) -> None:
    said = message(assistant.ask(f"{beside} fractie:XYZ"), "nl")
    assert says in said
    assert "fractie:XYZ komt niet voor" in said


@pytest.mark.parametrize("question", ["fractie:CDA partij:XYZ", "partij:XYZ fractie:CDA"])
def test_of_two_names_of_a_filter_the_one_of_the_value_is_said(assistant: Assistant, question: str) -> None:
    assert message(assistant.ask(question), "nl").startswith("partij:XYZ komt niet voor")


@pytest.mark.parametrize("question", ["vragen 14 t/m 11", "questions 14 to 11", "vraag:14-11", "vraag 14-11"])
def test_a_range_may_run_backwards(assistant: Assistant, question: str) -> None:
    assert [hit.unit.numbers for hit in assistant.ask(question).hits] == [(11,), (12,), (13,), (14,)]


@pytest.mark.parametrize("question", ["help", " /Help", "?", "hulp", "/?", "--help"])
def test_who_asks_for_help_is_told_what_can_be_typed(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.outcome, answer.level, answer.hits) == ("help", "nothing found", ())
    assert "vraag:10-20" in message(answer, "nl")
    assert assistant.ask("en in 2025?", previous=["Hoeveel fte?", question]).follow_up_of == "Hoeveel fte?"
    assert assistant.ask(f'"{question}"').outcome != "help"


def test_one_is_counted_in_the_singular(assistant: Assistant) -> None:
    answer = assistant.ask("fractie:CDA", 1)
    assert message(answer, "nl").startswith("Hieronder staat de eerste van 14.")
    assert message(answer, "en").startswith("Below is the first of 14.")


def test_filters_that_leave_nothing_together(assistant: Assistant) -> None:
    answer = assistant.ask("boete vraag:1 bijlage:I")
    assert (answer.outcome, answer.remarks, answer.hits) == ("nothing matches", (), ())


def test_a_value_beside_a_known_one_is_said_and_passed_over(assistant: Assistant) -> None:
    answer = assistant.ask("boete fractie:CDA,VVD fractie:XYZ")
    assert answer.hits
    assert _kinds(answer) == ["unknown group"]


def test_a_long_row_of_filters_is_read_in_no_time(assistant: Assistant) -> None:
    """What each value could be is looked up in what there is, and not in every question."""
    started = time.process_time()
    assert assistant.ask("fractie:a " * 199).outcome == "nothing matches"
    assert assistant.ask("fractie: de het een " * 99).hits
    assert time.process_time() - started < 2


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Three letters that each have questions 1 to 4, of other years, on bridges, tunnels and roads."""
    folder = tmp_path_factory.mktemp("library")
    parsed: list[Parsed] = []
    for year, things, thing in ((2021, "bruggen", "brug"), (2022, "tunnels", "tunnel"), (2023, "wegen", "weg")):
        text = SMALL_LETTER.replace("bruggen", things).replace("brug", thing)
        document = read_document(write_letter(folder, text, f"{things}.txt"))
        document = replace(document, title=f"Antwoorden over {things}", date=date(year, 5, 1))
        parsed.append(parse(document))
    encoders = Encoders(FakeEncoder(), FakeEncoder())
    return Assistant(index_collection(Collection.of(parsed), encoders), encoders)


def _files(answer: Answer) -> list[str]:
    return [hit.document.file for hit in answer.hits]


def test_a_number_in_several_documents(library: Assistant) -> None:
    """Where nothing else is said, document by document, saying so; where it is, the documents it is about."""
    answer = library.ask("vraag 2")
    assert _files(answer) == ["bruggen.txt", "tunnels.txt", "wegen.txt"]
    assert (_kinds(answer), answer.remarks[0].value) == (["in several documents"], "3")
    both = library.ask("vragen 1 en 2", per_unit=None)
    assert _files(both) == sorted(_files(both))
    assert _files(library.ask("vraag 2 over tunnels")) == ["tunnels.txt"]
    assert library.ask("vraag 2 over tunnels").remarks == ()
    assert _files(library.ask("vraag 2 datum:2023")) == ["wegen.txt"]


def test_filters_by_document_and_date(library: Assistant) -> None:
    assert set(_files(library.ask("Wat kosten ze in 2024? datum:2021-06..2022"))) == {"tunnels.txt"}
    assert set(_files(library.ask("kosten document:wegen.txt"))) == {"wegen.txt"}
    assert set(_files(library.ask("kosten document:wegen.txt,bruggen.txt"))) == {"wegen.txt", "bruggen.txt"}
    assert "er zijn documenten uit: 2021, 2022, 2023" in message(library.ask("kosten datum:2030"), "nl")
    assert library.ask("kosten").filters == NO_FILTERS


@pytest.mark.parametrize(
    ("question", "verdicts"),
    [
        ("toezegging:", STRENGTHS),
        ("toezegging:hard", ("firm",)),
        ("toezegging:zacht kinderporno", ("soft",)),
        ("politie weigering:", REFUSALS),
        ("weigering:niet mogelijk", ("not possible",)),
    ],
)
def test_only_what_promises_or_refuses_is_shown_and_that_sentence_is_marked(
    assistant: Assistant, letter_settings: Settings, question: str, verdicts: tuple[str, ...]
) -> None:
    promised = {
        (one.promise.start, one.promise.end)
        for one in find_promises(letter_settings.index)
        if one.promise.verdict in verdicts
    }
    hits = assistant.ask(question, 500, None).hits
    assert hits
    for hit in hits:
        marked = hit.sentence or hit.passage.span
        assert (marked.start, marked.end) in promised


def test_every_promise_is_listed(assistant: Assistant, letter_settings: Settings) -> None:
    spans = [hit.passage.span for hit in assistant.ask("toezegging:alle", 500).hits]
    promised = [one.promise for one in find_promises(letter_settings.index, ["promise"])]
    assert promised
    assert all(any(span.start <= one.start and one.end <= span.end for span in spans) for one in promised)


def test_a_promise_and_a_refusal_must_both_stand_in_the_passage(assistant: Assistant) -> None:
    promised, refused, both = (
        {hit.passage.id for hit in assistant.ask(asked, 500).hits}
        for asked in ("toezegging:", "weigering:", "toezegging: weigering:")
    )
    assert both == promised & refused != promised
    assert assistant.ask("toezegging:", 500).total == len(assistant.ask("promise:all", 500).hits)


def test_where_nothing_is_promised_that_is_said(tmp_path: Path) -> None:
    encoders = Encoders(FakeEncoder(), FakeEncoder())
    parsed = parsed_letter(tmp_path, SMALL_LETTER)
    index = Assistant(index_collection(Collection.of([parsed]), encoders), encoders)
    assert _kinds(index.ask("toezegging:")) == ["nothing promised"]
    assert _kinds(index.ask("toezegging:morgen bruggen")) == ["no promise"]
