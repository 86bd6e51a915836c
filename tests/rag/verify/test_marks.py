"""Quotation marks and what looks like them, kind by kind; nothing that is altered passes in any of them."""

import sys
import unicodedata
from pathlib import Path

import pytest

from index.language.typography import INVISIBLE, level
from rag.verify.difference import seen, visible
from rag.verify.read_memo import memo_of
from rag.verify.verdicts import Verifier
from tests.rag.verify.conftest import verifier_of, verify

CASES = Path(__file__).parents[4] / "shared" / "cases"
LETTER = """Hierbij zend ik uw Kamer de antwoorden.

De Minister van Bruggen,

A.B. De Wit

1. Vragen en opmerkingen vanuit de Groene-fractie
1. Hoeveel bruggen zijn er in het land?

Er zijn 15 bruggen in het land. Het gaat om zeer ernstige grensoverschrijdende gebreken. De politici’ plannen kosten
150 miljoen. Wob-artikelen gelden in 2019 – 2020 ook. De ’s avonds gemeten CO₂-norm is 10⁶ op 100 m².
"""
GOOD = "Het gaat om zeer ernstige grensoverschrijdende gebreken"
BAD = "Het gaat om zeer lichte grensoverschrijdende gebreken"


@pytest.fixture(scope="module")
def verifier(tmp_path_factory: pytest.TempPathFactory) -> Verifier:
    return verifier_of(tmp_path_factory.mktemp("bruggen"), LETTER)


def verdicts(verifier: Verifier, memo: str, name: str = "memo.md") -> list[str]:
    return [judged.verdict for judged in verify(verifier, memo, name).judged]


MARKS = (
    '“{}” „{}” „{}“ “{}“ ”{}” ‟{}” "{}" ″{}″ ＂{}＂ ❝{}❞ 〝{}〞 «{}» »{}« ‹{}› ›{}‹ ‘{}’ ’{}’ ‛{}’ ‚{}’ ‚{}‘ ‘{}‘ '
    "'{}' ’{}' ´{}´ ′{}′ ``{}'' ''{}'' ,,{}'' ´´{}´´ "
    "‘‘{}’’ ’’{}’’ ‚‚{}‘‘ ʼ{}ʼ ʻ{}ʼ ˮ{}ˮ ⹂{}” 「{}」 『{}』 《{}》 ＇{}＇ ❛{}❜"
).split()
SPACED = ["« {} »", "«\xa0{}\u202f»", "‹ {} ›", "» {} «", "“ {} ”", "„ {} “", '" {} "', "“ {} “", "” {} ”", ",, {} ''"]
SPACED += [
    "‘ {} ’",
    "‘\xa0{}\u202f’",
    "‘ {}’",
    "‘{} ’",
    "' {} '",
    "’ {} ’",
    "‚ {} ‘",
    "´ {} ´",
    "‛ {} ’",
    "ʼ {} ʼ",
    "‘‘ {} ’’",
]


@pytest.mark.parametrize("name", ["memo.md", "memo.txt"])
@pytest.mark.parametrize("marks", [*MARKS, *SPACED])
def test_any_marks_enclose_a_quotation(verifier: Verifier, marks: str, name: str) -> None:
    if "`" in marks and name.endswith("md"):
        return  # code in Markdown
    for sentence in ("De minister: {}.", "De minister: {} en meer.", "Zo ({}), dus.", "{}", "Dit: {}!", "En {}; ook."):
        for words, verdict in ((GOOD, "exact"), (BAD, "altered")):
            memo = sentence.format(marks.format(words))
            report = verify(verifier, memo, name)
            assert ([j.verdict for j in report.judged], report.doubts) == ([verdict], ()), memo


APOSTROPHES = "‘’'´`′‛＇ʼ"
WORDS = [
    "zomer van {}23 was", "de jaren {}90", "{}90er jaren", "{}s avonds en {}s morgens", "{}t Hooft", "zo{}n plan",
    "foto{}s en collega{}s", "de {}s-Gravenhage", "{}n brug", "drum {}n{} bas", "Hans{} plan", "politici{} plannen",
    "in de {} s avonds", "zo {} n plan", "ik heb {}m en {}k", "van {}14 tot {}18", "({}23)",
]  # fmt: skip


@pytest.mark.parametrize("apostrophe", APOSTROPHES)
@pytest.mark.parametrize("words", WORDS)
def test_an_apostrophe_is_no_quotation_mark(verifier: Verifier, words: str, apostrophe: str) -> None:
    """It costs nothing, and the rest of the memo is checked, before and behind it."""
    written = words.replace("{}", apostrophe)
    memo = f"In de {written} anders; “{BAD}” dus.\n\nEn “{GOOD}”."
    report = verify(verifier, memo, "memo.txt")
    assert ([judged.verdict for judged in report.judged], report.doubts) == (["altered", "exact"], ()), memo
    assert verify(verifier, f"In de {written} anders.", "memo.txt").passes


@pytest.mark.parametrize("marks", ["‘’", "''", "’’", "‚‘"])
def test_a_year_may_open_a_quotation(verifier: Verifier, marks: str) -> None:
    memo = f"Er zijn {marks[0]}{{}} bruggen in het land{marks[1]} dus."
    assert verdicts(verifier, memo.format("15")) == ["exact"]
    assert verdicts(verifier, memo.format("16")) == ["altered"]


@pytest.mark.parametrize("marks", ["‘’", "''", "’’"])
def test_a_genitive_does_not_cut_a_quotation_short(verifier: Verifier, marks: str) -> None:
    """What stands behind the apostrophe is part of what is judged, altered or not."""
    memo = f"Zie {marks[0]}De politici{marks[1]} plannen kosten {{}} miljoen{marks[1]}, en zo."
    assert verdicts(verifier, memo.format(150)) == ["exact"]
    assert verdicts(verifier, memo.format(160)) == ["altered"]


@pytest.mark.parametrize(
    "measure", ['27" groot', '27"-scherm', "27” groot", "27″ en 32″", "5'10\" lang", "5’ hoog", "5′ hoog", '7,5" breed']
)
def test_inches_and_feet_are_no_quotation_marks(verifier: Verifier, measure: str) -> None:
    report = verify(verifier, f"Het is {measure}. Dan “{GOOD}”; “{BAD}”.")
    assert ([judged.verdict for judged in report.judged], report.doubts) == (["exact", "altered"], ())


@pytest.mark.parametrize(("left", "right"), ["“”", "„”", "«»", '""', "‘’"])
@pytest.mark.parametrize("again", [False, True])
def test_a_quotation_may_run_over_paragraphs(verifier: Verifier, left: str, right: str, again: bool) -> None:
    """It may be opened anew in each; what stands behind its end in the last one is looked at too."""
    first, last = "Er zijn {} bruggen in het land.", "Het gaat om zeer ernstige grensoverschrijdende gebreken."
    memo = f"Zo: {left}{first}\n\n{left if again else ''}{last}{right} En {left}{BAD}{right}."
    assert verdicts(verifier, memo.format(15)) == ["exact", "altered"]
    assert verdicts(verifier, memo.format(16)) == ["altered", "altered"]


@pytest.mark.parametrize("mark", '“”„"«»‹›‘')
def test_a_mark_without_a_partner_costs_one_line(verifier: Verifier, mark: str) -> None:
    left, right = ("", " ") if mark in "”»›" else (" ", "")
    report = verify(verifier, f"Kop\n\nEen{left}{mark}{right}teken.\n\nDan “{BAD}”.\n\nEn “{GOOD}”.")
    assert [(doubt.line, doubt.mark) for doubt in report.doubts] == [(3, mark)]
    assert [judged.verdict for judged in report.judged] == ["altered", "exact"]
    assert not report.passes
    assert not verify(verifier, f"“{GOOD}” en{left}{mark}{right}teken.").passes


def test_invisible_marks_are_those_of_unicode() -> None:
    """Format and control characters, but for white space and the few signs that are drawn."""
    drawn = {"ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN", "INTERLINEAR"}
    for code in (*range(0x20000), *range(0xE0000, 0xE0200)):
        character = chr(code)
        if unicodedata.category(character) in ("Cf", "Cc") and not character.isspace():
            sign = unicodedata.name(character, "").partition(" ")[0] in drawn and character != "\u061c"
            assert sign != (character in INVISIBLE), hex(code)
    assert all(unicodedata.category(c) in ("Cf", "Cc", "Mn", "Lo") for c in INVISIBLE)
    assert sys.maxunicode > 0xE01EF


@pytest.mark.parametrize("mark", [c for c in INVISIBLE if not "\ufe01" <= c <= "\ufe0f" and c < "\U000e0000"])
def test_an_invisible_mark_changes_nothing(verifier: Verifier, mark: str) -> None:
    if mark in "\x00\u202e":
        return  # no text has a NUL; an override turns letters round
    words = GOOD.replace("zeer ernstige", f"zeer {mark}ern{mark}stige")
    for memo in (f"Zie “{words}{mark}”.", f'Zie {mark}"{mark}{words}" dus.', f"Zie {mark}’{words}’{mark}."):
        assert verdicts(verifier, memo, "memo.txt") == ["exact"], memo
        assert verdicts(verifier, memo.replace("stige", "stigste"), "memo.txt") == ["altered"]


def test_marks_that_turn_figures_round_do_not_pass(verifier: Verifier) -> None:
    """What is read is not what is stored: such a quotation differs, and the difference can be seen."""
    for words in (
        "Er zijn \u202e15\u202c bruggen in het land",
        "gelden in \u200f2019 – 2020 ook",
        "\u202b15 bruggen in\u202c het land",
    ):
        (judged, *_) = verify(verifier, f"Zie “{words}”.").judged
        assert not judged.passes
    (judged,) = verify(verifier, "Zie “Er zijn \u202e15\u202c bruggen in het land”.").judged
    assert "U+202E" in "".join(d.quotation for d in judged.differences)


def test_a_difference_can_be_seen(verifier: Verifier) -> None:
    assert visible("а") == "а [U+0430]"
    assert visible("a\u200bb") == "a[U+200B]b"
    assert visible("‘één’ – € 5, Filip‚ĳns") == "‘één’ – € 5, Filip‚ĳns"
    long = "woord " * 40
    assert "ernstige" in seen("changed", long + "ernstige", long + "lichte").document[:100]
    (judged,) = verify(verifier, f"Zie “{GOOD.replace('gaat', 'gaаt')}”.").judged
    assert judged.verdict == "altered"
    assert [d.quotation for d in judged.differences] == ["gaа [U+0430]t"]


@pytest.mark.parametrize("hyphen", ["-\n", "-\r\n", "‐\n", "- \n  ", "\u00ad\n", "¬\n", "-\n\n"])
def test_a_word_broken_at_a_pasted_line_end_is_whole(verifier: Verifier, hyphen: str) -> None:
    memo = "De minister: “{}”."
    assert verdicts(verifier, memo.format(GOOD.replace("soverschr", f"s{hyphen}overschr")), "memo.txt") == ["exact"]
    assert verdicts(verifier, memo.format(BAD.replace("soverschr", f"s{hyphen}overschr")), "memo.txt") == ["altered"]
    if "\u00ad" not in hyphen:
        kept = f"Wob{hyphen}artikelen gelden in 2019 – 2020 ook"
        assert verdicts(verifier, memo.format(kept), "memo.txt") == ["exact"]
    assert verdicts(verifier, memo.format("Wobartikelen gelden in 2019 – 2020 ook")) == ["altered"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("De ’s avonds gemeten CO₂-norm is 10⁶ op 100 m²", "exact"),
        ("De ’s avonds gemeten CO2-norm is 10⁶ op 100 m2", "exact"),
        ("De ’s avonds gemeten CO₂-norm is 10<sup>6</sup> op 100 m^2^", "exact"),
        ("De ’s avonds gemeten CO₂-norm is 106 op 100 m²", "altered"),
        ("gemeten CO₂-norm is 10 op 100", "altered"),
    ],
)
def test_raised_figures_in_a_quotation(verifier: Verifier, words: str, verdict: str) -> None:
    assert verdicts(verifier, f"Zie “{words}”.") == [verdict]


ENCODED = f"Memo\r\n\r\nDe minister: “{GOOD}” – coördinatie.\r\n\r\nEn ‘{BAD}’: € 5."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
@pytest.mark.parametrize("name", ["memo.txt", "memo.md"])
def test_a_memo_in_any_encoding(verifier: Verifier, encoding: str, name: str) -> None:
    report = verifier.verify(memo_of(ENCODED.encode(encoding), name))
    assert [(judged.verdict, judged.quotation.line) for judged in report.judged] == [("exact", 3), ("altered", 5)]
    assert level(report.judged[0].quotation.text) == level(GOOD)


@pytest.mark.skipif(not CASES.is_dir(), reason="no folder of cases")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("m01i.txt", ([], True)),
        ("m05b.txt", (["exact"], True)),
        ("m05l.txt", (["altered"], False)),
        ("m09_rtl.txt", (["exact"], True)),
        ("m12_cp1252.txt", (["exact"], True)),
    ],
)
def test_cases(letter_verifier: Verifier, name: str, expected: tuple[list[str], bool]) -> None:
    report = letter_verifier.verify(memo_of((CASES / name).read_bytes(), name))
    assert ([judged.verdict for judged in report.judged], report.passes) == expected
    assert report.doubts == ()
