"""Why a request is refused, in Dutch: what the server, the memo's maker and the links say in English to programs.

Each sentence stands here as it stands there, with "{}" for what it fills in.
"""

from collections.abc import Mapping

from rag.texts.answers import Language

# Around the sentence, where a person came here himself.
REFUSAL_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "nl": {"title": "Dat kan niet", "home": "Naar het begin"},
    "en": {"title": "That cannot be done", "home": "To the start"},
}

DUTCH: Mapping[str, str] = {
    # Who may ask, and for what (`ui/server/guard.py`).
    "There is nothing at this address.": "Op dit adres is niets.",
    "This address names a state of the page that is kept nowhere.": (
        "Dit adres noemt een toestand van de pagina die nergens wordt bewaard."
    ),
    "Name and password are needed, and these are not right.": (
        "Er zijn een naam en een wachtwoord nodig, en deze kloppen niet. Laad de pagina opnieuw om ze te typen."
    ),
    "Too many wrong passwords came from this address. Wait a minute.": (
        "Van dit adres kwamen te veel verkeerde wachtwoorden. Wacht een minuut."
    ),
    "Another site asked for this; only the page itself may.": (
        "Een andere site vroeg hierom; alleen de pagina zelf mag dat."
    ),
    "The request is larger than {} bytes, more than any question, memo or document.": (
        "Dit is groter dan {} bytes, en dat is geen vraag, memo of document. Neem een deel ervan."
    ),
    "The request says twice how long it is (Content-Length and Transfer-Encoding); expected one of them.": (
        "Het verzoek zegt twee keer hoe lang het is (Content-Length en Transfer-Encoding); verwacht: een van de twee."
    ),
    "The body is of another kind than this address takes; expected application/json.": (
        "Het verzoek is van een andere soort dan dit adres aanneemt; verwacht: application/json."
    ),
    "A file in this request is not one that was uploaded here. Upload it first and use what that answers.": (
        "Een bestand in dit verzoek is hier niet heen gestuurd. Kies het opnieuw."
    ),
    "Something went wrong (number {}). Nothing was changed; try again.": (
        "Er ging iets mis (nummer {}). Er is niets veranderd; probeer het opnieuw."
    ),
    # What only a program sends (`ui/server/file_objects.py`, `ui/server/upload_parts.py`).
    "The body is not JSON in UTF-8 (RFC 8259).": "Het verzoek is geen JSON in UTF-8 (RFC 8259).",
    "The request is nested more than {} deep, or holds a number of thousands of digits.": (
        "Het verzoek is meer dan {} lagen diep, of bevat een getal van duizenden cijfers."
    ),
    "An object in the body has one key twice.": "Een object in het verzoek heeft een sleutel twee keer.",
    "A number in the body is none that JSON has (RFC 8259), or larger than a program can hold.": (
        "Een getal in het verzoek is er geen van JSON (RFC 8259), of te groot voor een programma."
    ),
    ('An upload is a form (multipart/form-data) of files named "files", with a file name each, and nothing else.'): (
        'Een bestand komt in een formulier (multipart/form-data) met delen die "files" heten, elk met een '
        "bestandsnaam, en niets anders."
    ),
    # Memos (`rag/memo/selection.py`).
    "larger than {} bytes; expected a selection.": "groter dan {} bytes; verwacht: een selectie.",
    "expected an object, found {}.": "verwacht: een object; gevonden: {}.",
    "unknown key {}; expected heading, note, link, or document, start, end.": (
        "onbekende sleutel {}; verwacht: heading, note, link, of document, start, end."
    ),
    "expected one of heading, note, link or document, found {}.": (
        "verwacht: een van heading, note, link of document; gevonden: {}."
    ),
    "expected {} to be text, found {}.": "verwacht: tekst in {}; gevonden: {}.",
    "expected {} to be a whole number, found {}.": "verwacht: een geheel getal in {}; gevonden: {}.",
    '{}: expected an object with a "title" that is text, and "items".': "{}: geef de memo een titel.",
    '{}: expected "pieces" to be a list of [START, END], found {}.': (
        '{}: verwacht werd "pieces" als lijst van [BEGIN, EINDE], gevonden {}.'
    ),
    '{}: expected "date" as in "2026-11-28", found {}.': '{}: verwacht werd een datum als "2026-11-28", gevonden {}.',
    '{}: expected "items" to be a list with at least one item.': "{}: de memo is nog leeg; voeg eerst iets toe.",
    "{} items; expected at most {}. Make several memos.": (
        "{} onderdelen; ten hoogste {} gaan in een memo. Maak er meer memo’s van."
    ),
    "holds the control character {}; remove it.": "bevat het stuurteken {}; haal het weg.",
    "the words of this link are not in the documents. See 'python -m rag open LINK'.": (
        "de woorden van deze link staan niet in de documenten."
    ),
    '"quotation" is not what stands at {}: {}. Mend the offsets, or leave the quotation out.': (
        "het citaat is niet wat er staat op {}: {}. Haal het citaat uit de memo en voeg het opnieuw toe."
    ),
    "matches {} documents, expected one of: {}.": (
        "past op {} documenten. Het is er niet meer, of heette anders; er zijn: {}."
    ),
    # Places and links (`ui/desk/quoting.py`, `rag/citation`).
    "{} is no range of its {} characters.": "{} ligt niet binnen de {} tekens van het document.",
    "{} holds no word.": "in {} staat geen woord.",
    "{}: not a link of Woordelijk; expected {}, whole and on one line.": (
        "{}: geen link van Woordelijk; verwacht: {}, helemaal en op één regel."
    ),
    # Judgements (`ui/desk/judgements.py`).
    "The question has {} characters; expected 1 to 2,000.": "De vraag heeft {} tekens; verwacht: 1 tot 2.000.",
    "{} of {}: no passage of a question or annex.": "{} van {}: geen passage van een vraag of bijlage.",
    "cannot be written ({}). Nothing was changed.": "kan niet worden geschreven ({}). Er is niets veranderd.",
    "A file grew larger than the system allows. Make room, then try again; nothing was changed.": (
        "Een bestand werd groter dan het systeem toelaat. Maak ruimte en probeer het opnieuw; er is niets veranderd."
    ),
    "relevance is {}; expected 0 to {}.": "relevance is {}; verwacht: 0 tot {}.",
    # A quotation that is shortened (`rag/citation/abridged.py`).
    "a span needs 0 <= start < end, got [{}, {}).": (
        "een stuk begint voor zijn einde en niet voor het begin van de tekst; gevonden: van {} tot {}."
    ),
    "span [{}, {}) in a text of {} characters.": "van {} tot {} in een tekst van {} tekens; een stuk ligt daarbinnen.",
    "an abridged quotation has two pieces or more, in order, with something left out between.": (
        "een ingekort citaat heeft twee stukken of meer, op volgorde, met iets weggelaten ertussen."
    ),
    "the pieces of an abridged quotation stand in one part.": (
        "de stukken van een ingekort citaat staan in één deel van de tekst."
    ),
    # Where a citation begins and ends (`rag/citation/citation.py`).
    (
        "[{}, {}) is no range of its text; expected 0 <= START < END <= {} "
        "(code points, see 'python -m index text {}')."
    ): "van {} tot {} is geen stuk van de tekst; een stuk begint voor zijn einde, binnen de {} tekens van {}.",
    "[{}, {}) holds no word: {}.": "van {} tot {} staat geen woord: {}.",
    "offset {} falls inside {}; begin or end at {} or {}, where words do.": (
        "teken {} valt binnen {}; begin of eindig bij {} of {}, waar een woord dat doet."
    ),
    # The library (`index/library/build.py`).
    "no document would be left. Add another first with 'python -m index add PATH'.": (
        "dan blijft er geen document over. Voeg eerst een ander toe."
    ),
    # Filters (`rag/question/filter_record.py`).
    "filters: expected an object such as {}, found {}.": "filters: verwacht: een object zoals {}; gevonden: {}.",
    "filters: expected {} to be a text, a number or a list of them, found {}.": (
        "filters: verwacht: tekst, een getal of een lijst daarvan in {}; gevonden: {}."
    ),
    "filters: {} is not one of {}.": "filters: {} is er geen van {}.",
    (
        "filters: {} values, {} of them phrases; expected at most {}, and {} phrases. Leave out a filter that has "
        "nearly all."
    ): (
        "filters: {} waarden, waarvan {} frasen; ten hoogste {}, en {} frasen. Laat een filter weg dat bijna alles "
        "omvat."
    ),
}
