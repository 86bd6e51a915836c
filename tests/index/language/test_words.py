"""Words as people write them: compounds, abbreviations, numbers and misspellings find what they mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoders.load import load_encoder
from index.language.abbreviations import abbreviations, spelled_out
from index.language.analyser import STOPWORDS, words
from index.language.compounds import Compounds
from index.language.number_words import digits, one_form
from index.language.spelling import Spelling, sounds
from index.settings import WORD_ENCODER

TEXT = (
    "Het Team Bestrijding Kinderpornografie en Kindersekstoerisme (TBKK) groeit. Transnationaal seksueel "
    "kindermisbruik (hierna: TSK) en de Verklaring Omtrent het Gedrag (VOG). Zie ook artikel 5 (nieuw) en (EU)."
)


def test_a_document_says_what_its_abbreviations_stand_for() -> None:
    assert abbreviations(TEXT) == {
        "TBKK": "Team Bestrijding Kinderpornografie en Kindersekstoerisme",
        "TSK": "Transnationaal seksueel kindermisbruik",
        "VOG": "Verklaring Omtrent het Gedrag",
    }


def test_the_long_form_begins_with_the_first_letter() -> None:
    assert abbreviations("de heer Van Dijk (CDA) en het lid Mutluer (GroenLinks-PvdA)") == {}
    assert abbreviations("") == {}


def test_an_abbreviation_and_its_long_form_find_each_other() -> None:
    known = {"VOG": "Verklaring Omtrent het Gedrag"}
    assert spelled_out("De VOG's.", known).endswith("Verklaring Omtrent het Gedrag")
    assert spelled_out("Een verklaring omtrent het gedrag.", known).endswith("VOG")
    both = "De Verklaring Omtrent het Gedrag (VOG)."
    assert spelled_out(both, known) == both
    assert spelled_out("De VOGELS.", known) == "De VOGELS."


@given(st.text(max_size=200))
def test_spelling_out_only_adds(text: str) -> None:
    assert spelled_out(text, abbreviations(text)).startswith(text)


def test_a_compound_is_split_into_words_that_are_known() -> None:
    compounds = Compounds({"kind", "misbruik", "materiaal", "verwijdering", "bevel", "misbruikmateriaal"})
    assert compounds.parts("kindermisbruik") == ("kind", "misbruik")
    assert compounds.parts("verwijderingsbevel") == ("verwijdering", "bevel")
    assert set(compounds.parts("kindermisbruikmateriaal")) >= {"kind", "misbruik", "materiaal"}
    assert compounds.parts("misbruik") == compounds.parts("240b") == compounds.parts("") == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vijftien", "15"),
        ("fifteen", "15"),
        ("tweeëntwintig", "22"),
        ("10.000", "10000"),
        ("10,000", "10.000"),
        ("80%", "80 procent"),
    ],
)
def test_a_number_is_found_however_it_is_written(one: str, other: str) -> None:
    assert set(words(other)) <= set(words(one))


def test_other_numbers_stay_apart() -> None:
    assert one_form("2,35") == "2,35"
    assert one_form("1.2.2025") == "1.2.2025"
    # "De minister acht dit wenselijk": a verb.
    assert digits("acht") is None
    assert digits("een") is None
    assert digits("achttien") == "18"


LANGUAGE = {"zoekt", "filmpje", "plaatjes", "agenten"}
DOCUMENTS = {"politie", "samenwerking", "filipijnen", "beleid", "agenten", "autoriteiten", "investering", "budget"}


@pytest.mark.parametrize(
    ("misspelt", "right"),
    [
        ("politsie", "politie"),
        ("samewerking", "samenwerking"),
        ("fillipijnen", "filipijnen"),
        ("beleit", "beleid"),
        ("autoritijten", "autoriteiten"),
        ("invistering", "investering"),
        ("buget", "budget"),
        ("smenwerking", "samenwerking"),
        ("smenagenten", None),
        ("waaromzoekt", "waarom zoekt"),
        ("hoeveelbudget", "hoeveel budget"),
        ("watis", "wat is"),
    ],
)
def test_a_misspelt_word_finds_the_word_that_was_meant(misspelt: str, right: str | None) -> None:
    assert Spelling(DOCUMENTS, lambda: LANGUAGE).corrected(misspelt) == right


@pytest.mark.parametrize("word", ["plaatjes", "filmpjes", "agentenbudget", "5", "2027", "de", "koe", "voetbaltrainer"])
def test_a_right_word_and_one_far_from_all_stay_as_they_are(word: str) -> None:
    assert Spelling(DOCUMENTS, lambda: LANGUAGE).corrected(word) is None


def test_only_the_misspelt_words_of_a_question_change() -> None:
    spelling = Spelling(DOCUMENTS, lambda: LANGUAGE)
    assert spelling.mended("Politsie, (BELEIT) en art. 240b?") == "politie, (beleid) en art. 240b?"
    assert spelling.mended("zoekt agenten") == "zoekt agenten"
    assert spelling.mended("") == ""


def test_a_short_name_is_no_slip() -> None:
    spelling = Spelling(DOCUMENTS | {"laag", "rutte"}, lambda: LANGUAGE)
    assert spelling.mended("wat zegt minister Kaag daarvan") == "wat zegt minister Kaag daarvan"
    assert spelling.mended("Wat zeggen Kaag, Rute en Buck?") == "Wat zeggen Kaag, rutte en Buck?"
    assert spelling.mended("wat is kaag") == "wat is laag"


def test_a_compound_that_is_none_is_a_slip() -> None:
    """ "straf" and "rechtlijk" may both be words; what is meant has one vowel more."""
    spelling = Spelling({"strafrechtelijk", "strafrecht", "lijk"}, lambda: LANGUAGE)
    assert spelling.corrected("strafrechtlijk") == "strafrechtelijk"
    assert spelling.corrected("strafrechtbudget") is None


def test_what_is_written_short_is_written_out() -> None:
    spelling = Spelling(DOCUMENTS | {"tbv"}, lambda: LANGUAGE)
    assert spelling.mended("hvl agenten i.v.m. beleid vd politie") == (
        "hoeveel agenten in verband met beleid van de politie"
    )
    for kept in ("MBT", "tbv budget", "art. 3.b.", "budget.nl", "e.g. agenten"):
        assert spelling.mended(kept) == kept


def test_equal_sounds() -> None:
    for one, other in (("ijs", "eis"), ("rauw", "rouw"), ("word", "wort"), ("zaken", "saken"), ("politsie", "politie")):
        assert sounds(one) == sounds(other)
    assert sounds("boek") != sounds("boot")


@given(st.text(alphabet="abcdeginorstuz", min_size=1, max_size=12))
def test_a_correction_is_a_word_of_the_documents(word: str) -> None:
    found = Spelling(DOCUMENTS, lambda: LANGUAGE).corrected(word)
    assert found is None or set(found.split()) <= DOCUMENTS | STOPWORDS | LANGUAGE


def test_the_word_encoder_knows_ordinary_words() -> None:
    known = load_encoder(str(WORD_ENCODER)).known_words
    assert {"minister", "politie"} <= set(known)
    assert all(word in known for word in ("minister", "politie"))
    assert "politsie" not in known
