"""The page's own words, in Dutch and in English."""

from collections.abc import Mapping

from rag.texts import Language

TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "title": "Woordelijk",
        "subtitle": "Stel een vraag en lees het antwoord in de eigen woorden van het document.",
        "document": "Doorzocht",
        "placeholder": "Bijvoorbeeld: hoeveel fte werkt bij de TBKK’s? Of: vraag 28",
        "question": "Uw vraag",
        "ask": "Vraag",
        "conversation": "Gesprek",
        "welcome": "Elk antwoord is een passage uit het document, letterlijk, met het vraagnummer. Probeer eens:",
        "pages": "Pagina’s",
        "page ask": "Vraag",
        "page check": "Controleer memo",
        "page documents": "Documenten",
        "page evaluate": "Evaluatie",
        "other language": "English",
    },
    "en": {
        "title": "Woordelijk",
        "subtitle": "Ask a question and read the answer in the document's own words.",
        "document": "Searched",
        "placeholder": "For example: how many officers work at the TBKK? Or: question 28",
        "question": "Your question",
        "ask": "Ask",
        "conversation": "Conversation",
        "welcome": "Every answer is a passage of the document, verbatim, with its question number. Try one:",
        "pages": "Pages",
        "page ask": "Ask",
        "page check": "Check a memo",
        "page documents": "Documents",
        "page evaluate": "Evaluation",
        "other language": "Nederlands",
    },
}

EXAMPLES: Mapping[Language, tuple[str, ...]] = {
    "nl": (
        "Hoeveel fte werkt er bij de TBKK’s?",
        "Mag de politie meekijken in privéberichten?",
        "Welke boete krijgt een hoster die niet meewerkt?",
        "vragen 11 t/m 14",
        "bijlage II",
    ),
    "en": (
        "How many police officers work on fighting child abuse images?",
        "Can a convicted offender lose his passport?",
        "Why do so few offenders get caught?",
        "question 28",
    ),
}
