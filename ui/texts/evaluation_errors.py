"""Why nothing could be measured, in Dutch: what `python -m eval` says of topics and judgements that cannot be used.

Each sentence stands here as it stands there (`eval/benchmark.py`,
`eval/evaluate.py`), with "{}" for what it fills in.
"""

from collections.abc import Mapping

DUTCH: Mapping[str, str] = {
    'topic {} is answerable and has no span of relevance {} or more. Judge one, or set "answerable": false.': (
        "vraag {} is te beantwoorden en heeft geen plaats met relevantie {} of hoger. Beoordeel er een, of zet "
        '"answerable" op false.'
    ),
    ('topic {} is not answerable, and a span is judged to answer it. Take the span out, or set "answerable": true.'): (
        "vraag {} is niet te beantwoorden, en toch is er een plaats die haar beantwoordt. Haal die plaats weg, of zet "
        '"answerable" op true.'
    ),
    "cannot be read ({}). Start a benchmark with 'python -m eval new FOLDER'.": (
        "kan niet worden gelezen ({}). Kies het bestand opnieuw."
    ),
    "byte {} is not UTF-8 text. Save the file as UTF-8.": (
        "byte {} is geen tekst in UTF-8. Bewaar het bestand als UTF-8."
    ),
    "id {} stands on line {} too; give each topic its own.": (
        "id {} staat ook op regel {}; geef elke vraag een eigen id."
    ),
    'no topics found; expected a line {"id": …, "question": …} for each.': (
        'geen vragen gevonden; verwacht: voor elke vraag een regel {"id": …, "question": …}.'
    ),
    "not JSON ({}).": "geen JSON ({}).",
    'expected an object with "id" and "question".': 'verwacht: een object met "id" en "question".',
    "unknown keys {}; expected {}.": "onbekende sleutels {}; verwacht: {}.",
    'expected text in {}, and "answerable" true or false.': 'verwacht: tekst in {}, en "answerable" true of false.',
    '"id" is {}, expected a word without white space.': '"id" is {}; verwacht: een woord zonder spaties.',
    '"split" is {}, expected {}.': '"split" is {}; verwacht: {}.',
    "the same span is judged for this topic on line {}; keep one.": (
        "dezelfde plaats is voor deze vraag ook beoordeeld op regel {}; houd er een."
    ),
    "found {}, expected the header {}.": "gevonden: {}; verwacht: de kop {}.",
    "{} columns, expected {} with a tab between: {}.": "{} kolommen; verwacht: {}, met een tab ertussen: {}.",
    "topic {} is not in {}.": "vraag {} staat niet in {}.",
    "start, end and relevance are {}, expected whole numbers.": (
        "start, end en relevance zijn {}; verwacht: gehele getallen."
    ),
    "relevance is {}, expected 0 to {}.": "relevance is {}; verwacht: 0 tot {}.",
    "span {} is outside document {}, which has {} code points.": (
        "plaats {} ligt buiten document {}, dat {} tekens heeft."
    ),
    "span {} is not in {}: it has {}. A span lies in one context, question, answer or footnote.": (
        "plaats {} ligt niet in {}: dat heeft {}. Een plaats ligt in één inleiding, vraag, antwoord of voetnoot."
    ),
    "document {} matches {} documents, expected one of: {}.": (
        "document {} past op {} documenten; verwacht: een van {}."
    ),
    "unit {} is not in document {}; its units are named {} … (all: 'python -m index units').": (
        "onderdeel {} staat niet in document {}; de onderdelen heten {} …"
    ),
    "no topics in the split {}; choose another with --split.": "in deel {} staan geen vragen; kies een ander deel.",
    "… and {} more.": "… en nog {}.",
    "cannot be read any more ({}); add it again.": "kan niet meer worden gelezen ({}); voeg het opnieuw toe.",
}
