"""Every sentence that is ours and not a document's, in Dutch and in English.

Labels and messages live here and nowhere else, so that they can be read,
translated and told apart from what a document says.
"""

from collections.abc import Mapping
from typing import Literal

from rag.types import Answer

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "answered": "Gevonden in de documenten:",
        "possibly": "Mogelijk gevonden; lees zelf of deze passages de vraag beantwoorden:",
        "nothing matches": "Geen enkele passage voldoet aan wat is gevraagd.",
        "nothing found": (
            "Geen passage gevonden die deze vraag beantwoordt. "
            "Hieronder staan de passages die er het dichtst bij komen; ze geven geen antwoord."
        ),
        "nothing near": "Geen passage gevonden die deze vraag beantwoordt.",
        "no words": (
            "Geen vraag gevonden: typ een vraag of een paar trefwoorden, bijvoorbeeld “Hoeveel fte heeft het TBKK?”."
        ),
        "too long": (
            "De vraag telt {detail} tekens; ten hoogste 2.000 kunnen in één keer worden gezocht. "
            "Stel een kortere vraag."
        ),
        "no such unit": "Niet gevonden: vraag of bijlage {detail} staat niet in de documenten.",
        "missing": "Niet in de documenten: {detail}.",
        "minister": "de minister",
        "members": "de leden",
        "third party": "derde partij",
        "question": "Vraag",
        "context": "Inleiding van de leden",
        "members' question": "Vraag van de leden",
        "footnote": "Voetnoot {number}",
        "via": "via {units}",
        "unit": "vraag {number}",
        "perhaps": "mogelijk een antwoord",
        "nearest": "dichtstbij, geen antwoord",
        "more": "Nog {count} passages",
        "whole answer": "Volledig antwoord",
        "how found": "Hoe gevonden",
        "list stems": "woordstammen",
        "list ngrams": "woorddelen",
        "list related": "verwante woorden",
        "list dense": "betekenis",
        "list late": "betekenis, woord voor woord",
    },
    "en": {
        "answered": "Found in the documents:",
        "possibly": "Possibly found; see for yourself whether these passages answer the question:",
        "nothing matches": "No passage meets what was asked.",
        "nothing found": (
            "No passage found that answers this question. "
            "Below are the passages that come nearest; they do not answer it."
        ),
        "nothing near": "No passage found that answers this question.",
        "no words": (
            "No question found: type a question or a few keywords, for example “How many officers work at the TBKK?”."
        ),
        "too long": "The question has {detail} characters; at most 2,000 can be searched at once. Ask a shorter one.",
        "no such unit": "Not found: question or annex {detail} is not in the documents.",
        "missing": "Not in the documents: {detail}.",
        "minister": "the minister",
        "members": "the members",
        "third party": "third party",
        "question": "Question",
        "context": "Introduction by the members",
        "members' question": "Question of the members",
        "footnote": "Footnote {number}",
        "via": "via {units}",
        "unit": "question {number}",
        "perhaps": "possibly an answer",
        "nearest": "nearest, no answer",
        "more": "{count} more passages",
        "whole answer": "Whole answer",
        "how found": "How it was found",
        "list stems": "word stems",
        "list ngrams": "parts of words",
        "list related": "related words",
        "list dense": "meaning",
        "list late": "meaning, word by word",
    },
}


def message(answer: Answer, language: Language) -> str:
    """The one sentence that says what came of a question."""
    texts = TEXTS[language]
    key = "nothing near" if answer.outcome == "nothing found" and not answer.hits else answer.outcome
    detail = answer.detail
    if answer.outcome == "too long":
        detail = f"{int(detail):,}".replace(",", "." if language == "nl" else ",")
    sentence = texts[key].format(detail=detail)
    if answer.answered and detail:
        sentence = f"{texts['missing'].format(detail=detail)} {sentence}"
    return sentence


def via_label(via: tuple[int, ...], language: Language) -> str:
    """How a reference that led to a passage is named: "via vraag 42"."""
    texts = TEXTS[language]
    return texts["via"].format(units=" → ".join(texts["unit"].format(number=number) for number in via))
