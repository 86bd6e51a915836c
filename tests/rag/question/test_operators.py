"""The language of a question: what is an operator, and what stays ordinary text."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.question.filters import NO_FILTERS, Filters
from rag.question.operators import read_operators
from rag.question.query import Query, read_question

KNOWN = {
    ("group", "cda"),
    ("group", "50plus"),
    ("group", "partij voor de dieren"),
    ("minister", "justitie en veiligheid"),
    ("document", "streaming hell"),
    ("kind", "schriftelijk overleg"),
}


def _knows(name: str, value: str) -> bool:
    return (name, value.lower()) in KNOWN


def _read(question: str) -> Query:
    query = read_question(question, _knows)
    assert query is not None
    return query


@pytest.mark.parametrize(
    ("question", "text", "filters"),
    [
        ("fractie:CDA boete", "boete", Filters(groups=("CDA",))),
        ("boete FRACTIE: cda", "boete", Filters(groups=("cda",))),
        ('group:"50Plus" fine', "fine", Filters(groups=("50Plus",))),
        ("fractie:„50Plus” boete", "boete", Filters(groups=("50Plus",))),
        ("fractie:Partij voor de Dieren boete", "boete", Filters(groups=("Partij voor de Dieren",))),
        ("fractie:CDA,50Plus boete", "boete", Filters(groups=("CDA", "50Plus"))),
        ("fractie:CDA boete fractie:50Plus", "boete", Filters(groups=("CDA", "50Plus"))),
        ("lid:Jansen boete", "boete", Filters(members=("Jansen",))),
        ("-3,2 procent -2023", "-3,2 procent", Filters(without=("2023",))),
        ("fractie:XYZ boete", "boete", Filters(groups=("XYZ",))),
        ("minister:Justitie en Veiligheid boete", "boete", Filters(ministers=("Justitie en Veiligheid",))),
        ("document:streaming hell boete", "boete", Filters(documents=("streaming hell",))),
        ("soort:schriftelijk overleg boete", "boete", Filters(kinds=("schriftelijk overleg",))),
        ("vraag:12 boete", "boete", Filters(numbers=(12,))),
        ("vraag:3-5 boete", "boete", Filters(numbers=(3, 4, 5))),
        ("vraag:5-3 boete", "boete", Filters(numbers=(3, 4, 5))),
        ("question:1,3, 5–6 fine", "fine", Filters(numbers=(1, 3, 5, 6))),
        ("boete vraag:12?", "boete ?", Filters(numbers=(12,))),
        ("bijlage:II boete", "boete", Filters(annexes=("II",))),
        ("annex:b fine", "fine", Filters(annexes=("II",))),
        ("voetnoot:9 boete", "boete", Filters(footnotes=(9,))),
        ("voetnoot:alle boete", "boete", Filters(fields=("footnote",))),
        ("spreker:leden boete", "boete", Filters(speakers=("members",))),
        ("speaker:minister fine", "fine", Filters(speakers=("minister",))),
        ("spreker:derde partij boete", "boete", Filters(speakers=("third party",))),
        ("datum:2021 boete", "boete", Filters(since=date(2021, 1, 1), until=date(2021, 12, 31))),
        ("boete date:2020-01..2021-06", "boete", Filters(since=date(2020, 1, 1), until=date(2021, 6, 30))),
        ("datum: 12 maart 2021 boete", "boete", Filters(since=date(2021, 3, 12), until=date(2021, 3, 12))),
        ("vanaf:2020 tot:2021 boete", "boete", Filters(since=date(2020, 1, 1), until=date(2021, 12, 31))),
        ("boete -hoster", "boete", Filters(without=("hoster",))),
        ("toezegging:hard boete", "boete", Filters(promises=("firm",))),
        ("boete TOEZEGGINGEN:zacht,hard", "boete", Filters(promises=("soft", "firm"))),
        ("promise: soft fine", "fine", Filters(promises=("soft",))),
        ("toezegging: boete", "boete", Filters(promises=("firm", "soft"))),
        ("boete toezegging:", "boete", Filters(promises=("firm", "soft"))),
        ("boete toezegging: fractie:CDA", "boete", Filters(groups=("CDA",), promises=("firm", "soft"))),
        ("boete promises:all", "boete", Filters(promises=("firm", "soft"))),
        ("weigering:niet mogelijk boete", "boete", Filters(refusals=("not possible",))),
        ("weigering:niet-bekend,afgewezen boete", "boete", Filters(refusals=("not known", "declines"))),
        ("refusal:declined fine", "fine", Filters(refusals=("declines",))),
        ("weigering: boete", "boete", Filters(refusals=("not known", "not possible", "declines"))),
        ("weigering:onbekend", "", Filters(refusals=("not known",))),
        ('boete -"grote hoster" -fte', "boete", Filters(without=("grote hoster", "fte"))),
        ("boete -“grote hoster”", "boete", Filters(without=("grote hoster",))),
    ],
)
def test_filters(question: str, text: str, filters: Filters) -> None:
    query = _read(question)
    assert (query.text, query.filters, query.remarks) == (text, filters, ())


@pytest.mark.parametrize(
    "question",
    (
        "let op: de boete|https://example.org/a-b boete|zie fractie://x boete|om 10:30 uur|"
        "de vraag van de fractie: wat kost dat?|datum: morgen of later|"
        "hij deed een toezegging: dit jaar nog|de weigering: waarom is dat|de minister: wij doen dat|"
        "zee- en luchthaven|de TBKK-cel en non-profit|kinderen - en jongeren - zijn|"
        'kinderen -en jongeren- zijn|kinderen – jongeren|een "niet gesloten aanhaling|'
        'een buis van 12" en 14" dik|fractie:|de niet-fractie:CDA van nu|voetnoot: zie onder|-de boete|'
        "zo'n 'boete' in d'r ‘zaak’"
    ).split("|"),
)
def test_ordinary_text(question: str) -> None:
    """What is no operator is searched as it was typed."""
    query = _read(question)
    assert (query.text, query.filters, query.remarks) == (question, NO_FILTERS, ())


@pytest.mark.parametrize(
    "question",
    ['"de boete" hoe', "„de boete” hoe", "„de boete“ hoe", "“de boete” hoe", "«de boete» hoe", "”de boete” hoe"],
)
def test_phrases(question: str) -> None:
    query = _read(question)
    assert query.filters == Filters(phrases=("de boete",))
    assert (query.text, query.only_phrases) == ("de boete hoe", True)
    assert not _read(f"{question} hoster").only_phrases


@pytest.mark.parametrize(("text", "found"), [('"" « »', ()), ('"a?" "a"', ("a",)), ('"a  b."', ("a b",)), ('x"a"', ())])
def test_what_a_phrase_is(text: str, found: tuple[str, ...]) -> None:
    operators = read_operators(text, _knows)
    assert operators.phrases == found
    assert all(span.of(operators.text)[0] in '"«' for span in operators.quoted)


def test_a_long_question_quotes_and_asks_for_no_phrase() -> None:
    """In prose, which is often pasted, quotation marks and hyphens are what they are; filters are still filters."""
    prose = (
        "Bent u bekend met het bericht «Hosters gehackt» en -zo ja- wat vindt u -gezien de ernst van het bericht over"
    )
    query = _read(f"{prose} hosters in Nederland - van deze hosters? fractie:CDA")
    assert query.filters == Filters(groups=("CDA",))
    assert "Hosters gehackt" in query.text


def test_a_filter_inside_a_phrase_is_the_phrases() -> None:
    assert _read('"fractie:CDA en -boete" x').filters == Filters(phrases=("fractie:CDA en -boete",))


@pytest.mark.parametrize(
    ("question", "kind", "value"),
    [
        ("datum:2021-13 boete", "no date", "2021-13"),
        ("datum:2021-02-30", "no date", "2021-02-30"),
        ("vraag:twaalf boete", "no number", "twaalf"),
        ("vraag:9999999999", "no number", "9999999999"),
        ("bijlage:XL boete", "unknown annex", "XL"),
        ("spreker:koning boete", "no speaker", "koning"),
        ("boete -fractie:CDA", "no exclusion", "-fractie:CDA"),
    ],
)
def test_values_that_cannot_be(question: str, kind: str, value: str) -> None:
    (remark,) = _read(question).remarks
    assert (remark.kind, remark.value) == (kind, value)


@pytest.mark.parametrize("question", ["-boete", '-"een zin"', '""', "-", "- -", '-"', "«»"])
def test_operators_alone_are_no_question(question: str) -> None:
    assert read_question(question) is None


def test_filters_alone_choose() -> None:
    query = _read("fractie:CDA vraag:10-12")
    assert (query.text, query.content) == ("", False)
    assert query.filters == Filters(groups=("CDA",), numbers=(10, 11, 12))


_PIECES = st.sampled_from(
    'fractie: vraag: datum: bijlage: voetnoot: CDA II 10-20 2021-02-30 boete -boete t/m -" " „ ” “ « » - , : ..'.split()
)


@given(st.lists(_PIECES | st.text(max_size=5), max_size=20).map(" ".join) | st.text(max_size=200))
def test_any_text_has_a_reading(text: str) -> None:
    """Nothing that is typed breaks the reading, and text without operators comes out whole."""
    operators = read_operators(text, _knows)
    if operators.filters == NO_FILTERS and not operators.remarks:
        assert operators.text == text
    read_question(text, _knows)
