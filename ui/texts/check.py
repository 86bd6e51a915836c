"""The own words of the page that checks a memo, in Dutch and in English."""

from collections.abc import Mapping

from rag.texts.answers import Language

CHECK_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "heading": "Controleer memo",
        "explained": "Elke aanhaling in uw memo wordt woord voor woord met de documenten vergeleken. Aanhalingen staan "
        "tussen aanhalingstekens of als ingesprongen citaat. De memo blijft op deze computer.",
        "memo": "Tekst van de memo",
        "placeholder": "Plak hier de tekst van de memo, of kies hiernaast een bestand.",
        "file": "Of een bestand: .docx, .odt, .html, .md of .txt",
        "check": "Controleer",
        "nothing": "Plak een tekst of kies een bestand om te controleren.",
        "both": "Gecontroleerd is het bestand {name}; de geplakte tekst is niet bekeken.",
        "pasted": "de geplakte tekst",
        "not read": "De memo is niet gecontroleerd.",
        "in order": "in orde",
        "not in order": "niet in orde",
        "the memo": "De memo schrijft",
        "the document": "In het document staat",
        "claimed": "De memo noemt",
        "true place": "Vindplaats",
        "changed from": "Lijkt op",
        "nearest": "Het dichtst erbij",
        "pieces": "De delen staan op",
        "open": "Open in het document",
        "differs": "verschilt",
        "missing document": "Een document waaruit de memo is gemaakt, ontbreekt hier: {file}.",
        "markdown": "Download verslag (Markdown)",
        "json": "Download verslag (JSON)",
        "report file": "controle",
    },
    "en": {
        "heading": "Check a memo",
        "explained": "Every quotation in your memo is compared with the documents, word for word. Quotations stand "
        "between quotation marks or as an indented block. The memo stays on this computer.",
        "memo": "Text of the memo",
        "placeholder": "Paste the text of the memo here, or choose a file.",
        "file": "Or a file: .docx, .odt, .html, .md or .txt",
        "check": "Check",
        "nothing": "Paste a text or choose a file to check.",
        "both": "The file {name} was checked; the pasted text was not looked at.",
        "pasted": "the pasted text",
        "not read": "The memo was not checked.",
        "in order": "in order",
        "not in order": "not in order",
        "the memo": "The memo writes",
        "the document": "The document has",
        "claimed": "The memo names",
        "true place": "Place",
        "changed from": "Looks like",
        "nearest": "Nearest",
        "pieces": "The pieces stand in",
        "open": "Open in the document",
        "differs": "differs",
        "missing document": "A document that the memo was made from is not here: {file}.",
        "markdown": "Download the report (Markdown)",
        "json": "Download the report (JSON)",
        "report file": "check",
    },
}
