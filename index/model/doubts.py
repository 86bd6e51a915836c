"""What a person should look at in a document: a key with values, worded in Dutch or English where it is shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal, get_args

Language = Literal["nl", "en"]
# What a reader leaves out of the text on purpose; "" where words are not left out.
LeftOut = Literal[
    "", "header", "footer", "head", "foot", "running head", "running foot", "margin", "head, foot or contents",
    "list of contents", "index", "bibliography", "repeated head of a table", "note mark", "note number",
    "footnote mark", "footnote body", "bookmark", "carriage return", "byte order mark", "hidden", "hidden text",
    "deleted text", "turned", "off the page", "damaged", "invitation to type", "menu", "button", "field of a form",
    "drawing",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that a person should look at.

    `key` names its sentence in `DOUBTS`. `at` is the code point it is about,
    None for the whole document; `numbers` are those of the questions, notes,
    sources or pages that it is about, `name` the heading or the unit where it
    has none; `words` are the document's own. `missing`: words or numbers that
    must be there were not found.
    """

    key: str
    at: int | None = None
    numbers: tuple[int, ...] = ()
    name: str = ""
    words: str = ""
    missing: bool = False


# Of the document's words, so many are said back.
_ECHOED = 8


def first_words(text: str) -> str:
    """The words that a doubt names a paragraph by."""
    return " ".join(text.split()[:_ECHOED])


def doubt_text(doubt: Doubt, language: Language) -> str:
    """One doubt as a sentence, without its place in the document."""
    return DOUBTS[language][doubt.key].format(
        where=_listed("question", doubt.numbers, language) if doubt.numbers else doubt.name,
        pages=listed_pages(doubt.numbers, language),
        number=doubt.numbers[0] if doubt.numbers else "",
        name=DOUBTS[language].get(f"name {doubt.name}", doubt.name),
        words=doubt.words,
    )


def left_out_text(kind: str, language: Language) -> str:
    """What is left out of a text on purpose, as a person calls it; `kind` is that of an excerpt."""
    return LEFT_OUT[language][kind]


def doubt_record(doubt: Doubt) -> dict[str, Any]:
    """The key and values of a doubt, as JSON has them beside its sentence."""
    return {"key": doubt.key, "values": {"numbers": doubt.numbers, "name": doubt.name, "words": doubt.words}}


def listed_pages(numbers: Sequence[int], language: Language) -> str:
    """ "page 3", "pages 1-3 and 7"; the whole file where there are no pages."""
    runs = []
    for _, run in groupby(enumerate(numbers), key=lambda pair: pair[1] - pair[0]):
        pages = [page for _, page in run]
        runs.append(str(pages[0]) if len(pages) == 1 else f"{pages[0]}-{pages[-1]}")
    shown = runs if len(runs) <= _RUNS else [*runs[:_RUNS], _MORE[language]]
    return _listed("pages" if len(numbers) > 1 else "page", shown, language) if numbers else _FILE[language]


def _listed(noun: str, numbers: Sequence[int | str], language: Language) -> str:
    """ "question 3", "questions 3, 4 and 5"."""
    one, several, joined = _NOUNS[language][noun]
    if len(numbers) < 2:
        return f"{one} {numbers[0]}" if numbers else one
    return f"{several} {', '.join(map(str, numbers[:-1]))} {joined} {numbers[-1]}"


# So many runs of pages are named.
_RUNS = 12
_MORE: Mapping[Language, str] = {"nl": "meer", "en": "more"}
_FILE: Mapping[Language, str] = {"nl": "het bestand", "en": "the file"}


_NOUNS: Mapping[Language, Mapping[str, tuple[str, str, str]]] = {
    "nl": {
        "question": ("vraag", "vragen", "en"),
        "page": ("pagina", "pagina's", "en"),
        "pages": ("pagina's", "pagina's", "en"),
    },
    "en": {
        "question": ("question", "questions", "and"),
        "page": ("page", "pages", "and"),
        "pages": ("pages", "pages", "and"),
    },
}

DOUBTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        # Who speaks.
        "members by place": "{where}: aan de leden toegeschreven om de plaats: “{words} …”",
        "members or minister": (
            "{where}: aan de leden toegeschreven, al kan de minister aan het woord zijn: “{words} …”"
        ),
        "members by wording": "{where}: aan de leden toegeschreven om de bewoording: “{words} …”",
        "members by question mark": "{where}: aan de leden toegeschreven om het vraagteken: “{words} …”",
        "maybe members": "{where}: misschien van de leden, bij het antwoord gerekend: “{words} …”",
        "reply by place": "{where}: als reactie gelezen om de plaats: “{words} …”",
        "two groups": "{where}: twee fracties zijn erin aan het woord",
        "no asker": "{name}: geen fractie gevonden die deze vraag stelt",
        # Which number.
        "number again": "de regel “{words} …” lijkt nogmaals vraag {number} te zijn",
        "asks nothing": "de regel “{words} …” is genummerd als vraag {number} maar vraagt niets",
        "number by place": "{where}: het nummer staat er niet; de plaats bepaalt het",
        "behind a later question": "{where}: staat achter vraag {words}",
        "twice": "{where}: staat tweemaal in het document",
        "no number": "een vraag zonder nummer: “{words} …”",
        # Which answer.
        "no text": "{where}: geen tekst gevonden onder de kop",
        "answer without heading": "{where}: het antwoord heeft geen kop; het lijkt te beginnen bij “{words} …”",
        "answer without text": "{where}: het antwoord heeft geen tekst",
        "shared answer": "{where}: lijken samen te zijn beantwoord door het antwoord zonder nummer dat volgt",
        "answered twice": "{where}: tweemaal beantwoord",
        "misplaced answer": "{where}: het antwoord staat niet waar de vraag staat, en is aan geen vraag toegekend",
        "stray answer": "een antwoord zonder nummer achter geen enkele vraag: aan geen vraag toegekend",
        "not asked": "{where}: een antwoord noemt dit nummer, maar de vraag is niet gevonden",
        "no reply": "{name}: geen reactie gevonden die deze fracties noemt",
        # Notes, sources, references.
        "unmarked source": "bron {number}: niets heeft dit nummer, dus hoort de bron bij geen vraag",
        "unnumbered source": "een bron zonder nummer, dus van geen vraag: “{words} …”",
        "unmarked note": "voetnoot {number}: het cijfer staat in geen vraag, antwoord of bijlage",
        "unknown reference": "{name}: verwijst naar {words}, dat niet in dit document staat",
        # What the document says of itself.
        "stated in two ways": "{name}: vermeld als {words}",
        "name date": "datum",
        "name reference": "kenmerk",
        "name subject": "onderwerp",
        "name groups": "fracties",
        "name members": "leden",
        "name title": "titel",
        "name question_number": "vraagnummer",
        "name year": "vergaderjaar",
        "name appendix": "aanhangselnummer",
        "name number": "stuknummer",
        # What is missing.
        "missing question": "{where}: niet gevonden",
        "missing words": "geen tekst gevonden om te lezen",
        "empty annex": "{name}: geen tekst gevonden onder de kop",
        "missing note": "voetnoot {number}: cijfer noch tekst gevonden",
        "missing note text": "voetnoot {number}: wel een cijfer, maar geen tekst gevonden",
        "left section heading": "{name}: bevat een kop die niet is herkend: “{words}”",
        "left annex heading": "{name}: bevat een kop van een bijlage die niet is herkend: “{words}”",
        "left footnote": "{name}: bevat een voetnoot die niet is herkend: “{words}”",
        # How the file was read.
        "unmapped letters": "{pages}: tekens die voor geen letter staan, weergegeven als \ufffd",
        "pictures": "{pages}: een afbeelding zonder tekst; wat die toont ontbreekt hier",
        "ocr": "{pages}: een scan met tekst door OCR, die verkeerd gelezen kan zijn",
        "turned letters": "{pages}: letters die niet van links naar rechts lopen, weggelaten",
        "hidden letters": "{pages}: witte letters op wit, weggelaten",
        "lost words": "{pages}: woorden die niet in de tekst staan: {words}",
        "glued words": "{pages}: woorden zonder de spatie ertussen: {words}",
    },
    "en": {
        "members by place": "{where}: taken as the members' by its place: “{words} …”",
        "members or minister": "{where}: taken as the members', though the minister may be speaking: “{words} …”",
        "members by wording": "{where}: taken as the members' by its wording: “{words} …”",
        "members by question mark": "{where}: taken as the members' by its question mark: “{words} …”",
        "maybe members": "{where}: may be the members', taken as the answer's: “{words} …”",
        "reply by place": "{where}: taken as the reply by its place: “{words} …”",
        "two groups": "{where}: two groups speak in it",
        "no asker": "{name}: no group found that asks it",
        "number again": "line “{words} …” looks like question {number} a second time",
        "asks nothing": "line “{words} …” is numbered as question {number} but asks nothing",
        "number by place": "{where}: its number is not printed, its place gives it",
        "behind a later question": "{where}: stands behind question {words}",
        "twice": "{where}: stands in the document twice",
        "no number": "a question without a number: “{words} …”",
        "no text": "{where}: no text found under its heading",
        "answer without heading": "{where}: its answer has no heading, taken to begin at “{words} …”",
        "answer without text": "{where}: its answer has no text",
        "shared answer": "{where}: taken to share the answer that follows, which names no number",
        "answered twice": "{where}: answered twice",
        "misplaced answer": "{where}: its answer does not stand where it is asked, and is given to no question",
        "stray answer": "an answer without a number that stands behind no question: given to none",
        "not asked": "{where}: an answer names it, but it was not found",
        "no reply": "{name}: no reply found that names these groups",
        "unmarked source": "source {number}: nothing has its mark, so it belongs to no question",
        "unnumbered source": "a source without a number, so it belongs to no question: “{words} …”",
        "unmarked note": "footnote {number}: its mark stands in no question, answer or annex",
        "unknown reference": "{name}: refers to {words}, which is not in this document",
        "stated in two ways": "{name}: stated as {words}",
        "missing question": "{where}: not found",
        "missing words": "no text found to read",
        "empty annex": "{name}: no text found under it",
        "missing note": "footnote {number}: no mark and no text found",
        "missing note text": "footnote {number}: a mark but no text found",
        "left section heading": "{name}: holds a section heading that was not recognised: “{words}”",
        "left annex heading": "{name}: holds an annex heading that was not recognised: “{words}”",
        "left footnote": "{name}: holds a footnote that was not recognised: “{words}”",
        "unmapped letters": "{pages}: glyphs that stand for no letter, shown as \ufffd",
        "pictures": "{pages}: a picture without text, so what it shows is missing here",
        "ocr": "{pages}: a scan with text by OCR, which may be misread",
        "turned letters": "{pages}: letters that do not run from left to right, left out",
        "hidden letters": "{pages}: white letters on white, left out",
        "lost words": "{pages}: words that are not in the text: {words}",
        "glued words": "{pages}: words without the space between them: {words}",
    },
}

# Of the words that a file shows: what readers leave out of its text.
LEFT_OUT: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "header": "paginakop",
        "footer": "paginavoet",
        "head": "paginakop",
        "foot": "paginavoet",
        "running head": "terugkerende kop",
        "running foot": "terugkerende voet",
        "margin": "kantlijn",
        "head, foot or contents": "kop, voet of inhoudsopgave",
        "list of contents": "inhoudsopgave",
        "index": "register",
        "bibliography": "literatuurlijst",
        "repeated head of a table": "herhaalde kop van een tabel",
        "note mark": "nootteken",
        "note number": "nootnummer",
        "footnote mark": "nootteken",
        "footnote body": "voetnoot",
        "bookmark": "bladwijzer",
        "carriage return": "regeleinde",
        "byte order mark": "bytevolgordeteken",
        "hidden": "verborgen tekst",
        "hidden text": "verborgen tekst",
        "deleted text": "doorgehaalde tekst",
        "turned": "gedraaide tekst",
        "off the page": "buiten de bladzijde",
        "damaged": "beschadigd",
        "invitation to type": "uitnodiging om te typen",
        "menu": "menu",
        "button": "knop",
        "field of a form": "veld van een formulier",
        "drawing": "tekening",
    },
    "en": {kind: kind for kind in get_args(LeftOut) if kind},
}
