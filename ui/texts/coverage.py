"""The own words of the page with the members' sub-questions, in Dutch and in English."""

from collections.abc import Mapping

from rag.texts.answers import Language

COVERAGE_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "title": "Deelvragen en hun antwoord",
        "explained": "Een vraag van de leden vraagt vaak meer dan één ding. Kies een document en zie per deelvraag met "
        "welke zinnen erop is ingegaan.",
        "choose": "Kies een document",
        "what this is": "Wat staat hier, en hoe zeker is dat?",
        "this is": "Een antwoord staat in andere woorden dan de vraag; dit is daarom geen oordeel. Waar wij geen "
        "rechtstreeks antwoord zien, en dat van wat met de hand is beoordeeld meer dan drie van de vier keer klopte, "
        "vragen wij het u. Veel van die deelvragen zijn half beantwoord, en andere merken wij niet op.",
        "count": "{count} deelvragen",
        "count one": "1 deelvraag",
        "count seen": "bij {count} wijzen wij zinnen in het antwoord aan",
        "count seen one": "bij 1 wijzen wij zinnen in het antwoord aan",
        "count elsewhere": "van {count} staat het antwoord elders",
        "count elsewhere one": "van 1 staat het antwoord elders",
        "count asks": "{count} leggen wij u voor",
        "count asks one": "1 leggen wij u voor",
        "count open": "bij {count} zijn wij niet zeker",
        "count open one": "bij 1 zijn wij niet zeker",
        "none": "In de documenten zijn geen vragen met antwoorden gevonden.",
        "none here": "In dit document zijn geen vragen met antwoorden gevonden.",
        "read": "Lees het document",
        "name": "Vraag {numbers}, deelvraag {sub}",
        "asked of you": "Aan u voorgelegd",
        "about asked": "De zekerste eerst. Lees het hele antwoord voordat u oordeelt.",
        "every": "Alle deelvragen",
        "about every": "In de volgorde van het document.",
        "nearest": "Het dichtst erbij:",
        "nothing near": "Wij wijzen hier geen zin aan; lees het antwoord zelf.",
        "said answered": "Zinnen in het antwoord die hierop ingaan:",
        "said partly": "Zinnen in de buurt; lees zelf of zij antwoorden:",
        "said not found": "Zinnen in de buurt; lees zelf of zij antwoorden:",
        "said asked": "Het dichtst erbij:",
        "said elsewhere": "Het antwoord verwijst naar elders:",
        "question": "vraag {name}",
        "annex": "bijlage {name}",
        "rule": "Regel “{rule}”: klopte bij {percent} van de 100 deelvragen die met de hand zijn beoordeeld.",
    },
    "en": {
        "title": "Sub-questions and their answers",
        "explained": "A question of the members often asks several things. Choose a document, and see with which "
        "sentences each of them was met.",
        "choose": "Choose a document",
        "what this is": "What stands here, and how sure is it?",
        "this is": "An answer is put in other words than its question, so this is no verdict. Where we see no direct "
        "answer, and that was right more than three times in four of what was judged by hand, we ask you. Many of "
        "those sub-questions have half an answer, and others are not noticed.",
        "count": "{count} sub-questions",
        "count one": "1 sub-question",
        "count seen": "for {count} we point to sentences of the answer",
        "count seen one": "for 1 we point to sentences of the answer",
        "count elsewhere": "of {count} the answer stands elsewhere",
        "count elsewhere one": "of 1 the answer stands elsewhere",
        "count asks": "{count} we put to you",
        "count asks one": "1 we put to you",
        "count open": "of {count} we are not sure",
        "count open one": "of 1 we are not sure",
        "none": "No questions with answers were found in the documents.",
        "none here": "No questions with answers were found in this document.",
        "read": "Read the document",
        "name": "Question {numbers}, sub-question {sub}",
        "asked of you": "Put to you",
        "about asked": "The surest first. Read the whole answer before you judge.",
        "every": "All sub-questions",
        "about every": "In the order of the document.",
        "nearest": "Nearest to it:",
        "nothing near": "We point to no sentence here; read the answer yourself.",
        "said answered": "Sentences of the answer that go into this:",
        "said partly": "Sentences near it; see for yourself whether they answer:",
        "said not found": "Sentences near it; see for yourself whether they answer:",
        "said asked": "Nearest to it:",
        "said elsewhere": "The answer points elsewhere:",
        "question": "question {name}",
        "annex": "annex {name}",
        "rule": "Rule “{rule}”: right for {percent} of 100 sub-questions that were judged by hand.",
    },
}
