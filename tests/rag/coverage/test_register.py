"""Sub-questions and what answers them: exact slices, followed where the answer points, doubted without a reply."""

import json

import pytest

from index.errors import WoordelijkError
from index.language.parliament.sub_questions import members_sub_questions
from index.language.span import Span
from index.library.build import add_documents, build_index
from index.library.open import published_collection
from index.settings import Settings
from rag.__main__ import app
from rag.coverage.record import coverage_record
from rag.coverage.register import CoveredIn, asked_of_reader, find_coverage
from tests.command_lines import printed
from tests.conftest import library_of, write_letter

LETTER = """Datum 10 maart 2026

Hierbij zend ik uw Kamer de antwoorden op de vragen over bruggen en sluizen.

1. Kent u het bericht over de bruggen? Hoeveel bruggen zijn gesloten en waarom zijn ze gesloten?

Ja. Er zijn 12 bruggen gesloten. De bruggen zijn gesloten omdat het beton scheurt.

2. Hoeveel sluizen zijn er?

Voor het antwoord op deze vraag verwijs ik u naar het antwoord op vraag 3.

3. Hoeveel sluizen zijn er en bent u bereid schippers schadeloos te stellen voor oponthoud?

Er zijn 40 sluizen in beheer bij het Rijk. Het onderhoud daarvan is kostbaar.

4. Bent u bereid de Kamer te informeren over de viaducten?

Ik zal uw Kamer voor 1 mei informeren over de viaducten.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return library_of(tmp_path_factory.mktemp("coverage"), {"brief.txt": LETTER})


@pytest.fixture
def found(small: Settings) -> tuple[CoveredIn, ...]:
    return find_coverage(small.index)


def test_the_rows_of_a_letter(found: tuple[CoveredIn, ...]) -> None:
    rows = [coverage_record(one) for one in found]
    assert [(r["numbers"], r["sub"], r["text"], r["status"]) for r in rows] == [
        ([1], 1, "Kent u het bericht over de bruggen?", "answered"),
        ([1], 2, "Hoeveel bruggen zijn gesloten", "answered"),
        ([1], 3, "waarom zijn ze gesloten?", "answered"),
        ([2], 1, "Hoeveel sluizen zijn er?", "elsewhere"),
        ([3], 1, "Hoeveel sluizen zijn er", "answered"),
        ([3], 2, "bent u bereid schippers schadeloos te stellen voor oponthoud?", "not found"),
        ([4], 1, "Bent u bereid de Kamer te informeren over de viaducten?", "answered"),
    ]
    assert rows[2]["evidence"][-1]["text"] == "De bruggen zijn gesloten omdat het beton scheurt."
    assert rows[3]["where"] == [3]
    assert [e["text"] for e in rows[3]["evidence"]] == ["Er zijn 40 sluizen in beheer bij het Rijk."]
    assert [row["asked"] for row in rows] == [False] * 5 + [True, False]
    assert asked_of_reader(found) == (found[5],)


@pytest.mark.parametrize("which", ["letter_settings", "small"])
def test_every_sub_question_and_every_sentence_is_an_exact_slice(which: str, request: pytest.FixtureRequest) -> None:
    index = request.getfixturevalue(which).index
    collection = published_collection(index)
    rows = find_coverage(index)
    assert rows == find_coverage(index)
    for row in rows:
        text, one = collection.document(row.document.id).text, row.covered
        units = collection.units_of(row.document.id)
        assert text[one.start : one.end] == one.text
        (unit,) = [unit for unit in units if unit.label == one.label]
        assert any(question.contains(Span(one.start, one.end)) for question in unit.questions)
        answers = [
            other.answer for other in units if other.answer and (other is unit or set(other.numbers) & set(one.where))
        ]
        for evidence in one.evidence:
            assert text[evidence.start : evidence.end] == evidence.text
            assert any(answer.contains(Span(evidence.start, evidence.end)) for answer in answers)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        ("Is er een boete? Zo ja, hoe hoog? Zo nee, waarom niet?", 1),
        ("Wie betaalt de brug en bent u bereid de gemeente te helpen?", 2),
        ("In het akkoord staat de norm. Hoe en op welke termijn wordt die bereikt?", 1),
        ("Kent u het artikel “Wie betaalt de brug? En waarom?”?", 1),
        ("Deelt u de mening dat bruggen en sluizen belangrijk zijn?", 1),
    ],
)
def test_a_question_is_parted_where_it_asks_several_things(question: str, parts: int) -> None:
    assert len(members_sub_questions(question, Span(0, len(question)))) == parts


def test_a_document_that_is_added_has_its_own(small: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("added")
    settings = Settings(small.documents, folder / "index")
    build_index(settings)
    add_documents(settings, [write_letter(folder, LETTER.replace("bruggen", "tunnels"), "tunnels.txt")])
    assert len(find_coverage(settings.index)) == 14
    assert len(find_coverage(settings.index, "tunnels.txt")) == 7
    with pytest.raises(WoordelijkError, match=r"nowhere\.pdf"):
        find_coverage(settings.index, "nowhere.pdf")


def test_the_command(small: Settings) -> None:
    call = ["coverage", "--index", str(small.index)]
    rows = json.loads(printed(app, *call, "--json"))
    assert len(rows) == 7
    shown = printed(app, *call)
    assert "7 deelvragen; bij 1 zien wij geen rechtstreeks antwoord." in shown
    assert shown.rstrip().endswith("Deze deelvraag zien wij hier niet rechtstreeks beantwoord; klopt dat?")
