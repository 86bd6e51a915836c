"""Why a file or memo cannot be read, in Dutch: what the readers say in English, as the pages show it.

The readers speak English, on the command line and to programs. Each of their
sentences stands here as it stands there, with "{}" for what it fills in; a
test finds those that do not.
"""

from collections.abc import Mapping

_EXPECTED = "verwacht: .docx, .odt, .pdf, .html, .xml, .md, .txt of een zip daarvan"
_MEMO_EXPECTED = "verwacht: .docx, .odt, .html, .md of .txt"

DUTCH: Mapping[str, str] = {
    # What a file is.
    "expected .docx, .odt, .pdf, .html, .xml, .md, .txt or a zip of these": _EXPECTED,
    "expected .docx, .odt, .html, .md or .txt": _MEMO_EXPECTED,
    "a file in Rich Text Format (RTF); open it in Word or LibreOffice and save it as .docx": (
        "een bestand in Rich Text Format (RTF); open het in Word of LibreOffice en bewaar het als .docx"
    ),
    "a picture ({})": "een plaatje ({})",
    "a gzip file; unpack it first": "een gzip-bestand; pak het eerst uit",
    "a 7-Zip archive; unpack it first": "een 7-Zip-archief; pak het eerst uit",
    "a RAR archive; unpack it first": "een RAR-archief; pak het eerst uit",
    "a Windows program": "een programma van Windows",
    "a program": "een programma",
    "a PDF": "een PDF",
    "a zip file": "een zipbestand",
    "the XML of a publication": "de XML van een publicatie",
    "an Excel workbook": "een werkmap van Excel",
    "a PowerPoint presentation": "een presentatie van PowerPoint",
    "an Office file without a Word document": "een Office-bestand zonder Word-document",
    # Any file.
    "the file holds no text.": "het bestand bevat geen tekst.",
    "this is {}; {}.": "dit is {}; {}.",
    "{}; {}. Save it as .docx and try again.": "{}; {}. Bewaar het als .docx en probeer het opnieuw.",
    "{}; {}.": "{}; {}.",
    "an OpenDocument {}, not a text; {}.": "een OpenDocument-bestand ({}), geen tekst; {}.",
    "a Word file that is protected by a password. Open it, take the password off and save it again.": (
        "een Word-bestand met een wachtwoord. Open het, haal het wachtwoord eraf en bewaar het opnieuw."
    ),
    "a file of Word 97-2003 (.doc) or a like program; save it as .docx; {}.": (
        "een bestand van Word 97-2003 (.doc) of een verwant programma; bewaar het als .docx; {}."
    ),
    (
        "named {}, but neither that nor a text: damaged, or of another program. Open it in the program that made it"
        " and save it as .docx or .pdf."
    ): (
        "heet {}, maar is dat niet en ook geen tekst: beschadigd, of van een ander programma. Open het in het "
        "programma dat het maakte en bewaar het als .docx of .pdf."
    ),
    "{} bytes of text; at most {} are read. Split the file.": (
        "{} bytes tekst; ten hoogste {} worden gelezen. Splits het bestand."
    ),
    "{} bytes; at most {} are read. Split the file.": "{} bytes; ten hoogste {} worden gelezen. Splits het bestand.",
    "more than {} characters of text are not read. Split the file.": (
        "meer dan {} tekens worden niet gelezen. Splits het bestand."
    ),
    "a table of more than {} cells; no more are read. Split the file.": (
        "een tabel van meer dan {} cellen; meer worden er niet gelezen. Splits het bestand."
    ),
    "cannot be read ({}).": "kan niet worden gelezen ({}).",
    "cannot be read ({}). Upload it again.": "kan niet worden gelezen ({}). Stuur het opnieuw.",
    "cannot be read whole: {}. See all with 'python -m index check', mend the file or leave it out.": (
        "kan niet in zijn geheel worden gelezen: {}. Alles staat in 'python -m index check'; herstel het bestand of"
        " laat het weg."
    ),
    # Text.
    "found a NUL character at position {}; expected plain text.": (
        "bevat een NUL-teken op plaats {}; verwacht: gewone tekst."
    ),
    "begins as {} but byte {} is not. Save the document as UTF-8 and try again.": (
        "begint als {}, maar byte {} is dat niet. Bewaar het document als UTF-8 en probeer het opnieuw."
    ),
    (
        "byte {} is not UTF-8 text, and the file is no Windows-1252 text either. Save the document as UTF-8 and try"
        " again."
    ): (
        "byte {} is geen tekst in UTF-8, en het bestand is ook geen tekst in Windows-1252. Bewaar het document als "
        "UTF-8 en probeer het opnieuw."
    ),
    "footnote mark {} stands in the text twice.": "voetnootteken {} staat twee keer in de tekst.",
    "footnote {} opens with '[{}:' but never closes.": "voetnoot {} begint met '[{}:' maar sluit nergens.",
    "footnote {} has no text.": "voetnoot {} heeft geen tekst.",
    # Zip files, Word, OpenDocument, HTML and XML.
    "a zip file that is damaged or cut short ({}). Fetch it again.": (
        "een zipbestand dat beschadigd of afgebroken is ({}). Haal het opnieuw op."
    ),
    "{} is missing in it; the file is damaged. Save or fetch it again.": (
        "{} ontbreekt erin; het bestand is beschadigd. Bewaar het of haal het opnieuw op."
    ),
    "{} in it is protected by a password. Save it without one.": (
        "{} erin is beveiligd met een wachtwoord. Bewaar het zonder."
    ),
    "{} in it is damaged ({}). Fetch the file again.": "{} erin is beschadigd ({}). Haal het bestand opnieuw op.",
    "{} in it unpacks to more than {} bytes; no more are read.": (
        "{} erin is uitgepakt meer dan {} bytes; meer wordt niet gelezen."
    ),
    "a zip file of {} members; at most {} are read.": "een zipbestand van {} delen; ten hoogste {} worden gelezen.",
    (
        "a zip file of {} bytes that unpacks to {}; at most {} and {} times its size are unpacked. This may be a "
        "zip bomb; nothing was read."
    ): (
        "een zipbestand van {} bytes dat uitgepakt {} is; ten hoogste {} en {} keer de grootte wordt uitgepakt. Dit"
        " kan een zipbom zijn; er is niets gelezen."
    ),
    "a zip file inside another, or without a document. Unpack it first.": (
        "een zipbestand in een ander, of zonder document. Pak het eerst uit."
    ),
    "a zip file without a document in it; expected .docx, .odt, .pdf or text files.": (
        "een zipbestand zonder document; verwacht: .docx, .odt, .pdf of tekst."
    ),
    "holds another zip file, {}. Unpack it and put its files in a folder.": (
        "bevat een ander zipbestand, {}. Pak het uit en zet de bestanden in een map."
    ),
    "its member {} leads out of the archive; nothing was read.": (
        "het deel {} leidt buiten het archief; er is niets gelezen."
    ),
    "a Word file without a body; it is damaged. Save it as .docx again.": (
        "een Word-bestand zonder tekstdeel; het is beschadigd. Bewaar het opnieuw als .docx."
    ),
    "a damaged Word file (it is no zip file). Open it in Word and save it again.": (
        "een beschadigd Word-bestand (het is geen zipbestand). Open het in Word en bewaar het opnieuw."
    ),
    "{} {} has a mark in the text but no text. Save it as .docx again.": (
        "{} {} heeft een teken in de tekst maar geen tekst. Bewaar het opnieuw als .docx."
    ),
    "holds another document whole (altChunk), which is not read. Open it in Word and save it again.": (
        "bevat een ander document in zijn geheel (altChunk), dat niet wordt gelezen. Open het in Word en bewaar het"
        " opnieuw."
    ),
    "an OpenDocument file without a text in it; expected an .odt of a letter or publication.": (
        "een OpenDocument-bestand zonder tekst; verwacht: een .odt van een brief of publicatie."
    ),
    "protected by a password. Open it, take the password off and save it again.": (
        "beveiligd met een wachtwoord. Open het, haal het wachtwoord eraf en bewaar het opnieuw."
    ),
    "the page holds no text.": "de pagina bevat geen tekst.",
    "its elements are nested more than 250 deep, as in no document of this kind; not read.": (
        "de elementen zitten meer dan 250 diep in elkaar, zoals in geen enkel document van deze soort; niet gelezen."
    ),
    "{} uses entities that it does not define; not read.": "{} gebruikt entiteiten die er niet in staan; niet gelezen.",
    "{} is damaged XML ({}). Save or fetch it again.": "{} is beschadigde XML ({}). Bewaar het of haal het opnieuw op.",
    "{} is no XML that can be read ({}).": "{} is geen XML die kan worden gelezen ({}).",
    "{} declares entities, which no document of this kind does; not read.": (
        "{} bepaalt entiteiten, wat geen document van deze soort doet; niet gelezen."
    ),
    "XML of an unknown kind (its root is <{}>); expected an official publication (<officiele-publicatie>).": (
        "XML van een onbekende soort (de wortel is <{}>); verwacht: een officiële publicatie (<officiele-publicatie>)."
    ),
    # PDF.
    'does not begin with "%PDF-": no PDF, whatever its name says.': (
        'begint niet met "%PDF-": geen PDF, hoe het ook heet.'
    ),
    "a PDF without pages.": "een PDF zonder pagina’s.",
    "found {} pages; expected at most {}. Split the file.": (
        "{} pagina’s; ten hoogste {} worden gelezen. Splits het bestand."
    ),
    "no page could be read within the time and memory that a page may take; the file is damaged or hostile": (
        "geen pagina kon worden gelezen binnen de tijd en het geheugen die een pagina mag kosten; het bestand is "
        "beschadigd of kwaadwillig"
    ),
    "{}. Print it to a new PDF and try again.": "{}. Druk het af naar een nieuwe PDF en probeer het opnieuw.",
    "page {} takes too long to read. Print it to a new PDF and try again.": (
        "pagina {} kost te veel tijd. Druk het bestand af naar een nieuwe PDF en probeer het opnieuw."
    ),
    (
        "found {} pages, {} of them without any text: a scan, or empty. Have it read by OCR software (text "
        "recognition) first."
    ): (
        "{} pagina’s, waarvan zonder tekst: {}. Een scan, of leeg. Laat het eerst lezen door een programma voor "
        "tekstherkenning (OCR)."
    ),
    (
        "{}: the glyphs stand for no letters (the fonts lack a ToUnicode map), so the text would be nonsense. Print"
        " it anew from its source, or have it read by OCR software (text recognition)."
    ): (
        "{}: de tekens staan voor geen letters (in de lettertypen ontbreekt een ToUnicode-tabel), dus de tekst zou "
        "onzin zijn. Druk het opnieuw af uit de bron, of laat het lezen door een programma voor tekstherkenning "
        "(OCR)."
    ),
    # Memos.
    "larger than {} bytes, which no memo is. Check a part of it.": (
        "groter dan {} bytes, en dat is geen memo. Controleer een deel ervan."
    ),
    "{} bytes; at most {} of text are checked. Split the file.": (
        "{} bytes; ten hoogste {} bytes tekst worden gecontroleerd. Splits het bestand."
    ),
    "more than {} quotations; split the memo and check each part.": (
        "meer dan {} aanhalingen; splits de memo en controleer elk deel."
    ),
    # What a machine lacks, and jobs that take too much (`index/errors.py`, `ui/desk/jobs.py`, `ui/desk/fair_queue.py`).
    "The disk is full. Make room, then try again; nothing was changed.": (
        "De schijf is vol. Maak ruimte en probeer het opnieuw; er is niets veranderd."
    ),
    "Your part of the disk is full. Make room, then try again; nothing was changed.": (
        "Uw deel van de schijf is vol. Maak ruimte en probeer het opnieuw; er is niets veranderd."
    ),
    "Too many files are open. Wait a moment, or let this program open more (ulimit -n); try again.": (
        "Er zijn te veel bestanden open. Wacht even, of laat dit programma er meer openen (ulimit -n); probeer het "
        "opnieuw."
    ),
    "Too many files are open on this machine. Close other programs, then try again.": (
        "Er zijn te veel bestanden open op deze machine. Sluit andere programma’s en probeer het opnieuw."
    ),
    (
        "There is not enough memory for this. Close other programs or take a part of it; nothing was changed."
    ): "Hiervoor is niet genoeg geheugen. Sluit andere programma’s of neem een deel ervan; er is niets veranderd.",
    "This took longer than {} seconds and was stopped; nothing was changed. Try a part of it.": (
        "Dit duurde langer dan {} seconden en is gestopt; er is niets veranderd. Probeer een deel ervan."
    ),
    "This took more memory than there is for it and was stopped; nothing was changed. Try a part of it.": (
        "Dit kostte meer geheugen dan ervoor is en is gestopt; er is niets veranderd. Probeer een deel ervan."
    ),
    (
        "{} of your requests are waiting for their turn, as many as are kept. Wait until they are done, then ask again."
    ): (
        "{} van uw verzoeken wachten op hun beurt, zoveel als er mogen. Wacht tot die klaar zijn en vraag het dan "
        "opnieuw."
    ),
}
