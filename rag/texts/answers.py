"""Every sentence that is ours and not a document's, in Dutch and in English.

Labels and messages live here and nowhere else, so that they can be read,
translated and told apart from what a document says.
"""

from collections.abc import Mapping
from typing import Literal

Language = Literal["nl", "en"]


def counted(texts: Mapping[str, str], key: str, count: int, **values: object) -> str:
    """The text of `key` about so many; in the singular, "{key} one", where there is one and that has a text."""
    template = texts.get(f"{key} one") if count == 1 else None
    return (template or texts[key]).format(count=count, **values)


TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {
        "answered": "Gevonden in de documenten:",
        "possibly": "Mogelijk gevonden; lees zelf of deze passages de vraag beantwoorden:",
        "nothing matches": "Geen enkele passage voldoet aan wat is gevraagd.",
        "nothing found": (
            "Van geen passage is zeker genoeg dat zij deze vraag beantwoordt. "
            "Hieronder staan de passages die er het dichtst bij komen; lees zelf of u er iets aan hebt."
        ),
        "nothing near": "Geen passage komt in de buurt van deze vraag.",
        "out of scope": "",
        "no words": (
            "Geen vraag gevonden: typ een vraag of een paar trefwoorden, bijvoorbeeld “Hoeveel fte heeft het TBKK?”."
        ),
        "too long": (
            "De vraag telt {detail} tekens; ten hoogste 2.000 kunnen in één keer worden gezocht. "
            "Stel een kortere vraag."
        ),
        "help": (
            "Typ een vraag of een paar trefwoorden; het antwoord is een passage uit de documenten, letterlijk. "
            "“vraag 28” of “bijlage II” geeft die in zijn geheel. "
            'Preciezer: "precies deze woorden", -boete, fractie:CDA, vraag:10-20, toezegging:hard, datum:2021.'
        ),
        "no such unit": "Vraag of bijlage {detail} staat niet in de documenten.",
        "missing": "Niet in de documenten: {detail}.",
        "unknown document": "document:{value} komt niet voor; er zijn: {known}.",
        "unknown minister": "minister:{value} komt niet voor; er zijn: {known}.",
        "unknown member": "lid:{value} komt niet voor als vragensteller; er zijn: {known}.",
        "unknown member none": "{value} komt niet voor als vragensteller; bij de vragen staan geen namen van leden.",
        "unknown group": "fractie:{value} komt niet voor; er zijn: {known}.",
        "unknown kind": "soort:{value} komt niet voor; er zijn: {known}.",
        "unknown annex": "bijlage:{value} komt niet voor; er zijn: {known}.",
        "unknown question": "vraag:{value} komt niet voor; er zijn: {known}.",
        "unknown footnote": "voetnoot:{value} komt niet voor; er zijn: {known}.",
        "unknown table": "tabel:{value} komt niet voor; er zijn: {known}.",
        "no document of then": "Geen document heeft een datum in {value}; er zijn documenten uit: {known}.",
        "no date": "“{value}” is geen datum. Typ bijvoorbeeld datum:2021, datum:2021-03 of datum:2020-01..2021-06.",
        "no number": "“{value}” is geen nummer van een vraag, voetnoot of tabel. Typ vraag:12 of vraag:10-20.",
        "no speaker": "spreker:{value} komt niet voor; er zijn: minister, leden, derde.",
        "no promise": "toezegging:{value} komt niet voor; er zijn: alle, hard, zacht.",
        "no refusal": "weigering:{value} komt niet voor; er zijn: alle, afgewezen, niet mogelijk, niet bekend.",
        "nothing promised": "In de documenten is geen zin gevonden met zo'n toezegging.",
        "nothing refused": "In de documenten is geen zin gevonden met zo'n weigering.",
        "no exclusion": "“{value}” kan niet: alleen woorden en zinnen kunnen met een min worden uitgesloten.",
        "identifier nowhere": "“{value}” komt in de documenten niet voor.",
        "phrase nowhere": "“{value}” staat nergens in wat is doorzocht.",
        "foreign": "Stel de vraag in het Nederlands of het Engels: andere talen worden niet goed gelezen.",
        "nowhere": "“{value}” komt in de documenten niet voor.",
        "not stated": "“{value}” staat niet in de bovenste passage; zij gaat mogelijk over iets anders.",
        "group asks nothing": "De {value} komt in de documenten niet voor als vragensteller.",
        "greeting": (
            "Hallo. Dit zoekt passages in de documenten en laat ze woordelijk zien. "
            "Stel een vraag of typ een paar trefwoorden."
        ),
        "thanks": "Graag gedaan. Stel gerust een volgende vraag over de documenten.",
        "about": (
            "Dit is een zoekmachine voor de documenten, geen gesprekspartner: zij toont passages woordelijk, met "
            "vindplaats, en schrijft zelf niets. Stel een vraag, typ trefwoorden, of noem een nummer zoals “vraag 12”."
        ),
        "summary": (
            "Samenvatten of uitleggen doet dit niet: het toont alleen wat er woordelijk staat. "
            "Typ “vraag 12” om een heel antwoord te lezen, of vraag naar wat u wilt weten."
        ),
        "translation": (
            "Vertalen doet dit niet: de documenten worden getoond zoals ze er staan. "
            "Vragen mag in het Engels, en de browser kan een bladzijde vertalen."
        ),
        "writing": (
            "Schrijven doet dit niet: er komt geen woord bij dat niet in de documenten staat. "
            "Zoek passages en zet ze in een memo."
        ),
        "instruction": (
            "Opdrachten aan het programma worden niet uitgevoerd: het zoekt in de documenten en laat passages "
            "woordelijk zien. Stel een vraag over de documenten."
        ),
        "signed": "Ondertekend door: “{value}” ({known}).",
        "signed by no": "Geen document is ondertekend door een {value}.",
        "asked by": "Vragen zijn gesteld door: {known}.",
        "asked by none": "De documenten noemen niet wie de vragen stelt.",
        "nobody signed": "De documenten vermelden niet wie ze heeft ondertekend.",
        "phrases apart": "“{value}” staan nergens samen in één passage.",
        "first of": "Hieronder staan de eerste {value} van {known}.",
        "first of one": "Hieronder staat de eerste van {known}.",
        "in several documents": "Dit nummer komt voor in {value} documenten; hieronder staan ze per document.",
        "none": "geen",
        "prompt": "Vraag (Ctrl-D om te stoppen): ",
        "several": "Deze vraag bestaat uit {count} delen; hieronder staat elk deel apart.",
        "part": "Deel {number}: {question}",
        "leans on": "Gezocht samen met “{question}”.",
        "minister": "de minister",
        "members": "de leden",
        "third party": "derde partij",
        "question": "Vraag",
        "context": "Inleiding van de leden",
        "members' question": "Vraag van de leden",
        "footnote": "Voetnoot {number}",
        "firm": "toegezegd",
        "soft": "voorgenomen",
        "declines": "afgewezen",
        "not possible": "niet mogelijk",
        "not known": "niet bekend",
        "promise due": "Toezegging, uiterlijk vandaag: {label} ({file})",
        "no promises": "Geen toezeggingen of weigeringen gevonden.",
        "coverage answered": "beantwoord",
        "coverage partly": "deels",
        "coverage elsewhere": "elders",
        "coverage not found": "niet gezien",
        "coverage of": "{file}: {count} deelvragen; bij {asked} zien wij geen rechtstreeks antwoord.",
        "coverage asks": "Deze deelvraag zien wij hier niet rechtstreeks beantwoord; klopt dat?",
        "compared added": "nieuw",
        "compared dropped": "vervallen",
        "compared missing": "weggelaten",
        "compared changed": "gewijzigd",
        "compared figures": "getal gewijzigd",
        "compared moved": "verplaatst",
        "compared meaning": "vraag in andere woorden",
        "history before": "anders dan eerder in {name}:",
        "history same": "zoals eerder in {name}.",
        "no history": "Geen passage is zeker genoeg hierover.",
        "compared alike": "Er is geen verschil in woorden.",
        "no coverage": "Geen vragen met antwoorden gevonden.",
        "similar": "Hetzelfde antwoord staat in {count} andere documenten:",
        "similar one": "Hetzelfde antwoord staat in 1 ander document:",
        "same": "woordelijk gelijk",
        "here and there": "hier “{here}”, daar “{there}”",
        "only here": "alleen hier “{here}”",
        "only there": "alleen daar “{there}”",
        "more similar": "… en nog {count} passages",
        "more similar one": "… en nog 1 passage",
        "no similar": "Geen antwoord gevonden dat (bijna) gelijk in meer documenten staat.",
        "via": "via {units}",
        "unit": "vraag {number}",
        "perhaps": "mogelijk een antwoord",
        "nearest": "komt het dichtst bij",
        "more": "Nog {count} passages",
        "more one": "Nog 1 passage",
        "whole answer": "Volledig antwoord",
        "how found": "Hoe gevonden",
        "list terms": "woorden en woorddelen",
        "list related": "verwante woorden",
        "list dense": "betekenis",
        "list late": "betekenis, woord voor woord",
    },
    "en": {
        "answered": "Found in the documents:",
        "possibly": "Possibly found; see for yourself whether these passages answer the question:",
        "nothing matches": "No passage meets what was asked.",
        "nothing found": (
            "Of no passage it is sure enough that it answers this question. "
            "Below are the passages that come nearest; see for yourself whether they help."
        ),
        "nothing near": "No passage comes near this question.",
        "out of scope": "",
        "no words": (
            "No question found: type a question or a few keywords, for example “How many officers work at the TBKK?”."
        ),
        "too long": "The question has {detail} characters; at most 2,000 can be searched at once. Ask a shorter one.",
        "help": (
            "Type a question or a few keywords; the answer is a passage of the documents, verbatim. “question 28” or "
            '“annex II” gives that whole. More precise: "exactly these words", -boete, group:CDA, '
            "question:10-20, promise:firm, date:2021."
        ),
        "no such unit": "Question or annex {detail} is not in the documents.",
        "missing": "Not in the documents: {detail}.",
        "unknown document": "document:{value} does not occur; there are: {known}.",
        "unknown minister": "minister:{value} does not occur; there are: {known}.",
        "unknown member": "member:{value} does not occur as one who asks; there are: {known}.",
        "unknown member none": "{value} does not occur as an asker; no names of members stand at the questions.",
        "unknown group": "group:{value} does not occur; there are: {known}.",
        "unknown kind": "kind:{value} does not occur; there are: {known}.",
        "unknown annex": "annex:{value} does not occur; there are: {known}.",
        "unknown question": "question:{value} does not occur; there are: {known}.",
        "unknown footnote": "footnote:{value} does not occur; there are: {known}.",
        "unknown table": "table:{value} does not occur; there are: {known}.",
        "no document of then": "No document has a date in {value}; there are documents of: {known}.",
        "no date": "“{value}” is no date. Type for example date:2021, date:2021-03 or date:2020-01..2021-06.",
        "no number": "“{value}” is no number of a question, footnote or table. Type question:12 or question:10-20.",
        "no speaker": "speaker:{value} does not occur; there are: minister, members, third.",
        "no promise": "promise:{value} does not occur; there are: all, firm, soft.",
        "no refusal": "refusal:{value} does not occur; there are: all, declined, not possible, not known.",
        "nothing promised": "No sentence with such a promise was found in the documents.",
        "nothing refused": "No sentence with such a refusal was found in the documents.",
        "no exclusion": "“{value}” is not possible: only words and phrases can be excluded with a minus.",
        "identifier nowhere": "“{value}” does not occur in the documents.",
        "phrase nowhere": "“{value}” stands nowhere in what was searched.",
        "foreign": "Ask in Dutch or English: other languages are not read well.",
        "nowhere": "“{value}” does not occur in the documents.",
        "not stated": "“{value}” is not in the first passage, which may be about something else.",
        "group asks nothing": "The {value} does not occur in the documents as one that asks.",
        "greeting": (
            "Hello. This searches the documents and shows passages word for word. "
            "Ask a question or type a few keywords."
        ),
        "thanks": "You are welcome. Feel free to ask the documents something else.",
        "about": (
            "This is a search engine for the documents, not somebody to talk to: it shows passages word for word, "
            "with their source, and writes nothing. Ask a question, type keywords, or name a number: “question 12”."
        ),
        "summary": (
            "It does not summarise or explain: it only shows what is written, word for word. "
            "Type “question 12” to read a whole answer, or ask for what you want to know."
        ),
        "translation": (
            "It does not translate: documents are shown as they are written. "
            "You may ask in English, and your browser can translate a page."
        ),
        "writing": (
            "It does not write: no word is added that is not in the documents. "
            "Search for passages and put them in a memo."
        ),
        "instruction": (
            "Instructions to the program are not carried out: it searches the documents and shows passages word for "
            "word. Ask a question about the documents."
        ),
        "signed": "Signed by: “{value}” ({known}).",
        "signed by no": "No document is signed by a {value}.",
        "asked by": "Questions were asked by: {known}.",
        "asked by none": "The documents do not name who asks the questions.",
        "nobody signed": "The documents do not say who signed them.",
        "phrases apart": "“{value}” nowhere stand together in one passage.",
        "first of": "Below are the first {value} of {known}.",
        "first of one": "Below is the first of {known}.",
        "in several documents": "This number occurs in {value} documents; they are shown document by document.",
        "none": "none",
        "prompt": "Question (Ctrl-D to stop): ",
        "several": "This question has {count} parts; each is shown by itself.",
        "part": "Part {number}: {question}",
        "leans on": "Searched together with “{question}”.",
        "minister": "the minister",
        "members": "the members",
        "third party": "third party",
        "question": "Question",
        "context": "Introduction by the members",
        "members' question": "Question of the members",
        "footnote": "Footnote {number}",
        "firm": "promised",
        "soft": "intended",
        "declines": "declined",
        "not possible": "not possible",
        "not known": "not known",
        "promise due": "Promise, due today: {label} ({file})",
        "no promises": "No promises or refusals found.",
        "coverage answered": "answered",
        "coverage partly": "partly",
        "coverage elsewhere": "elsewhere",
        "coverage not found": "not seen",
        "coverage of": "{file}: {count} sub-questions; of {asked} we see no direct answer.",
        "coverage asks": "We see no direct answer to this sub-question here; is that right?",
        "compared added": "added",
        "compared dropped": "dropped",
        "compared missing": "left out",
        "compared changed": "changed",
        "compared figures": "figure changed",
        "compared moved": "moved",
        "compared meaning": "question in other words",
        "history before": "other than before in {name}:",
        "history same": "as before in {name}.",
        "no history": "No passage is surely enough about this.",
        "compared alike": "No words differ.",
        "no coverage": "No questions with answers found.",
        "similar": "The same answer stands in {count} other documents:",
        "similar one": "The same answer stands in 1 other document:",
        "same": "the same words",
        "here and there": "here “{here}”, there “{there}”",
        "only here": "only here “{here}”",
        "only there": "only there “{there}”",
        "more similar": "… and {count} more passages",
        "more similar one": "… and 1 more passage",
        "no similar": "No answer found that stands, near-identical, in several documents.",
        "via": "via {units}",
        "unit": "question {number}",
        "perhaps": "possibly an answer",
        "nearest": "comes nearest",
        "more": "{count} more passages",
        "more one": "1 more passage",
        "whole answer": "Whole answer",
        "how found": "How it was found",
        "list terms": "words and their parts",
        "list related": "related words",
        "list dense": "meaning",
        "list late": "meaning, word by word",
    },
}
