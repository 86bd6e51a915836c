"""Real PDF files, where they are at hand, against what a person read on their pages before any reader did.

For each file: stretches that must stand in the text as they are, in this order, white space folded; words that are
furniture, so that no paragraph holds them; and rows of tables.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.language.span import Span
from index.model.doubts import Doubt
from index.model.types import Document
from index.readers.read import read_document

FOLDER = Path(__file__).resolve().parents[5] / "shared" / "cases" / "real"


@dataclass(frozen=True, slots=True)
class Printed:
    """What a person read: stretches of text in order, furniture, and rows of tables."""

    stretches: tuple[str, ...]
    furniture: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


OBJECTION = "Bes-beslissing+op+bezwaar+tegen+besluit+op+Wob-verzoek+over+conceptrapport+als+de+prooi+de+jager+pakt.pdf"
PRINTED = {
    "besluitenlijst1.pdf": Printed(
        (
            "Den Haag, 3 april 2009",
            "Voortouwcommissie:",
            "vaste commissie voor Binnenlandse Zaken en Koninkrijksrelaties",
            "Volgcommissie(s):",
            "BuZa",
            "6, 9, 13, 20, 24, 27, 35",
            "Besluitenlijst van de procedurevergadering van donderdag 2 april 2009",
            "Besluitenlijst vorige vergadering(en)",
            "1.",
            "Agendapunt:",
            "Besluitenlijst van de vergadering van 19 maart 2009",
            "Noot:",
            "Besluit: besluitenlijst vastgesteld",
            "3.",
            "Agendapunt:",
            "Wijziging van de Kieswet en enkele andere wetten houdende invoering van het stemmen met een stempas in "
            "een stembureau naar keuze binnen de eigen gemeente",
            "Zaak:",
            "Wetgeving - minister voor Bestuurlijke Vernieuwing en Koninkrijksrelaties, Pechtold - 22 mei 2006",
            "Besluit:",
            "Aanmelden voor plenaire behandeling",
            "Volgcommissie(s):",
            "WWI",
            "Aanbieding vertrouwelijke stukken over procedure benoeming korpschef Zuid-Holland - 29628-118",
        ),
    ),
    "Bijlage C - Juridische Analyse Landsadvocaat.pdf": Printed(
        (
            "Notitie",
            "Juridische analyse - advies Autoriteit Persoonsgegeven inzake de DPIA van de CoronaMelder",
            "11014156",
            "Managementsamenvatting",
            "De AP merkt ten onrechte haar advies aan als een advies op voorafgaande raadpleging als bedoeld in "
            "artikel 36, eerste lid, AVG. In zijn brief van 23 juli jl. aan de AP",
            "In dit advies en in de aangepaste DPIA wordt nader toegelicht dat Google en Apple niet het doel en de "
            "middelen",
            "Inmiddels wordt deze app aangeduid als de CoronaMelder (“de app”).",
            "gemeentelijke gezondheidsdiensten (“GGD-en”). Een belangrijk voordeel",
            "Op 17 augustus 2020 wordt een proef gestart met de Corona-app. Het doel van de proef",
            "met als resultaat een optimale waarborging van deze rechten en vrijheden.",
            "het ministerie en de GGD-en, bij wie advies hierover is ingewonnen",
            "2 Juridische analyse van het advies van de AP",
        ),
        ("Alle werkzaamheden worden verricht", "Postbus 11756", "Handelsregister onder nr.", "2/10", "3/10"),
    ),
    "Bijlage B - Advies Autoriteit Persoonsgegevens.pdf": Printed(
        (
            "Onderwerp",
            "Advies op voorafgaande raadpleging COVID19 notificatie-app",
            "De Autoriteit Persoonsgegevens heeft op 7 juli 2020 een verzoek om voorafgaande raadpleging ontvangen "
            "van de Minister van Volksgezondheid, Welzijn en Sport betreffende het voornemen om persoonsgegevens te "
            "verwerken in de COVID19 notificatie-app. De AP constateert dat dit een samenstel van verwerkingen betreft",
            "waarop de notificatie-app-software is gebaseerd",
            "de vijfentwintig regionale GGD’en.",
            "De backend server moet voldoen aan AVG-standaarden.",
            "Op 7 juli 2020 heeft u – ingevolge artikel 36, eerste lid, van de Algemene Verordening "
            "Gegevensbescherming (AVG) –",
            "GGD Hart voor Brabant",
            "eindgebruikers waarborgen conform de AVG-wetgeving”",
            "Het bleek dat de apps onvoldoende volwassen waren om te toetsen aan de gestelde randvoorwaarden en "
            "verwachtingen, waarna de Minister besloot zelf tot ontwikkeling van een app over te gaan.",
            "Procedureverloop verzoek om voorafgaande raadpleging",
            "Hiermee is de behandeltermijn opgeschort vanaf 16 juli 2020 tot het moment dat de aanvullende informatie "
            "volledig is aangeleverd.",
        ),
        ("AUTORITEIT PERSOONSGEGEVENS",),
    ),
    "Bes-Besluit+Wob-verzoek+granuliet+deelbesluit+2+def_Geredigeerd.pdf": Printed(
        (
            "Datum 11 februari 2021",
            "Betreft Deelbesluit 2 op uw WOB-verzoek granuliet 2020-14",
            "Documenten in de ruimste zin van het woord over Bbk-melding 504391.0 en Bbk-melding 504391.1, waaronder "
            "granuliet in het kader van het Besluit bodemkwaliteit 9Bbk) is aangemeld bij Rijkswaterstaat "
            "Zuid-Nederland.",
            "Inclusief contacten met oud-minister Halbe Zijlstra en medewerkers van het bedrijf Bontrup/Graniet Import "
            "Benelux.",
            "heeft betrekking op de emailcorrespondentie (zowel intern als extern) binnen mijn departement met "
            "betrekking tot de in uw verzoek genoemde onderwerpen binnen het beleidsdossier granuliet.",
            "zijn niet van toepassing voor zover het milieu-informatie betreft die betrekking heeft op emissies in het "
            "milieu.",
            "3. Met betrekking tot adviezen van een ambtelijke of gemengd samengestelde adviescommissie",
        ),
        ("Pagina 3 van 9", "Ondergrond en Marien", "IENW/BSK-2021/32819", "wob-loket@minienw.nl"),
    ),
    "Bes-189-Besluit-Wob-verzoek-rapport-Rathenau+Instituut.pdf": Printed(
        (
            "Datum 13 juli 2021",
            "Besluit Wob-verzoek d.d. 8 april 2021 inzake het rapport van het Rathenau Instituut ‘Het "
            "ammoniakdossier: op weg naar herstel van een geschonden relatie’",
            "verzocht over de totstandkoming van het rapport ‘Het ammoniakdossier: op weg naar herstel van een "
            "geschonden relatie’, opgesteld door het Rathenau Instituut in opdracht van de minister van Landbouw, "
            "Natuur en Voedselkwaliteit.",
            "Voor de relevante Wob-artikelen verwijs ik u naar de bijlage 1.",
            "dat t.a.v. deze gegevens het belang dat de persoonlijke levenssfeer wordt geëerbiedigd, zwaarder moet "
            "wegen dan het belang van openbaarheid.",
            "Eva Heijblom",
            "Een belanghebbende die bezwaar heeft tegen de weigering om informatie openbaar te maken",
            "Bijlage 1 – Relevante artikelen uit de Wob",
            "d. niet-ambtelijke adviescommissie: een van overheidswege ingestelde instantie",
            "het milieu-informatie betreft die betrekking heeft op emissies in het milieu.",
            "4. In afwijking van het eerste lid wordt bij milieu-informatie het belang van de bescherming",
        ),
        ("Pagina 4 van 9", "Bezuidenhoutseweg 73", "Overheidsidentificatienr", "DGA-SKI / 21165506"),
    ),
    "Bes-wob-2021-037-doc2en3.pdf": Printed(
        (
            "Handhavingsdocument",
            "Status: Het Handhavingsdocument Meststoffenwet (2006 – 2009) is goedgekeurd in de vergadering van het "
            "College van procureurs-generaal d.d. 5 december 2005",
            "Het stelsel van verliesnormen is vervangen door een stelsel van gebruiksnormen en de regulerende "
            "mineralenheffingen zijn vervangen door een stelsel van bestuursrechtelijke en strafrechtelijke sancties.",
            "PbEB L 375, hierna de Nitraatrichtlijn (HvJ 2 oktober 2003, zaak C-322/00).",
            "Onder afvalstof verstaat de richtlijn elke stof waarvan de houder zich ontdoet, voornemens is zich te "
            "ontdoen of zich moet ontdoen. Deze richtlijn is met name van belang",
            "De last moet te allen tijde evenredig zijn en geëigend om het beoogde doel te bereiken.",
            "de overtreding door de AID wordt geconstateerd, kondigt de betrokken AID-functionaris aan",
            "de fosfaatverrekening (artikel 35 Uitvoeringsregeling Meststoffenwet) en bij het achterwege blijven van "
            "de melding; in deze gevallen wordt de hogere fosfaatnorm of de fosfaatverrekening niet in aanmerking "
            "genomen.",
            "Het moment van afvoer in het desbetreffende jaar.",
        ),
        ("Pagina 2 van 2",),
    ),
    "20200519+Programma+van+Eisen+def.pdf": Printed(
        (
            "Programma van Eisen voor een digitale oplossing ter aanvulling op bron- en contactonderzoek",
            "Versie 0.5, 19 mei 2020",
            "1.1 Over dit document",
            "maar volgen ook de adviezen van de EU op het gebied van Contact Informatie apps. Ze zijn geformuleerd",
            "De nummers van functionele eisen beginnen met een “F”, die van niet-functionele eisen met een “Q”.",
            "langer dan een bepaalde periode in de buurt geweest zijn, voorzien zijn van een handelingsperspectief en "
            "relevante bijbehorende informatie.",
            "in aanvulling op bestaand bron- en contactonderzoek, ook omdat je contacten bereikt die mensen zich niet "
            "herinneren.",
            "geen nadelig gevolg hebben op de bestaande GGD-processen.",
            "De app functioneert in aanvulling op de reguliere GGD-processen en wordt geïntegreerd waar nodig om een "
            "positief testresultaat tot een anonieme contactmelding te laten leiden.",
            "Als verlengstuk van het bron- en contactonderzoek wordt ook gewerkt aan een “applicatie Thuisrapportage”, "
            "waarmee burgers hun (niet anonieme) contactgegevens kunnen verzamelen ten behoeve van het "
            "contactonderzoek.",
        ),
        (),
        (
            ("index (case)", "bevestigde patiënt COVID-19"),
            ("v0.2", "18 mei 2020", "tekstuele aanvullingen, scenario’s voor procesverloop"),
            ("v0.5", "19 mei 2020", "Finale review voor publicatie"),
        ),
    ),
    "Bes-besluit-2021-26.pdf": Printed(
        (
            "Datum 29 juli 2021",
            "Betreft Besluit op uw Wob-verzoek d.d. 13 mei 2021 inzake de afstandsnorm van 100 meter in de Regeling "
            "gehandicaptenparkeerkaart",
            "om informatie verzocht over de gehandicaptenparkeerkaart.",
            "in aanmerking te komen zoals opgenomen in de Regeling gehandicaptenparkeerkaart.",
            "Bezwaarclausule",
            "Het niet voldoen aan deze eisen kan leiden tot niet-ontvankelijkheid van het bezwaarschrift.",
            "g. milieu-informatie: hetgeen daaronder wordt verstaan in artikel 19.1a van de Wet milieubeheer.",
            "c. zijn het derde en vierde lid niet van toepassing.",
        ),
        ("Pagina 2 van 5", "Rijnstraat 8", "IenW/BSK-2021/207134", "wob-loket@minienw.nl"),
    ),
    "Bes-besluit-wob-verzoek-campagneactiviteiten-financien.pdf": Printed(
        (
            "Besluit op uw Wob-verzoek inzake de campagneactiviteiten van de minister van Financiën",
            "U vraagt om documenten over de periode van 1 november 2020 tot 15 maart 2021 die betrekking hebben op:",
            "correspondentie tussen (vertegenwoordigers van) het ministerie van Financiën en (vertegenwoordigers van) "
            "het CDA over de campagneactiviteiten; en",
            "Vanwege het opvragen van zienswijzen bij derde-belanghebbenden, heb ik de beslistermijn",
            "zoals onder meer namen, telefoonnummers, e-mailadressen en functietitels.",
            "weeg ik zwaarder dan het algemene belang van openbaarmaking. Ditzelfde geldt",
            "definitieve versie bevatten deze persoonlijke beleidsopvattingen.",
            "mr. drs. M.A.A. di Bucchianico",
        ),
        ("Pagina 3 van 6", "Korte Voorhout 7", "wobverzoekendjz@minfin.n"),
    ),
    "Bes-Besluit+op+Wob-verzoek+over+totstandkoming+reisadvies+China.pdf": Printed(
        (
            "Datum 17 december 2020",
            "whatsappberichten, sms’jes, nota’s, enzovoorts. Hier wordt niet bedoeld documenten en communicatie over "
            "de repatriëring van Nederlanders.",
            "tijdvak 10 februari 2020 tot en met 19 maart 2020.",
            "Het gaat daarbij uitsluitend om documenten en communicatie uitgewisseld tussen",
            "Daarbij bent u tevens geïnformeerd over het feit dat uw verzoek niet binnen de wettelijke termijn "
            "behandeld zou kunnen worden. Op 11 september 2020 heeft u mij in gebreke gesteld.",
            "Voor de relevante Wob-artikelen verwijs ik u naar de bijlage.",
        ),
        ("Pagina 10 van 11", "Directie Consulaire Zaken", "2020.6149-18"),
        (
            ("11011", "05-02-2020", "Aanpassing reisadvies", "Deels Openbaar", "10.2.e, 11", ""),
            (
                "11112",
                "05-02-2020",
                "SPOED - tekstvoorstel",
                "Deels Openbaar",
                "10.2.e",
                "reeds verstrekt binnen dit Wob-verzoek",
            ),
            ("11036", "12-02-2020", "Reisbeperkingen.png", "Openbaar", "", ""),
            ("10166", "07-03-2020", "RE: Reisadvies China", "Deels Openbaar", "10.1.b, 10.2.e", "ander onderwerp"),
            ("11181", "17-03-2020", "Woordvoering_17_maart", "Reeds Openbaar", "", ""),
            ("15017", "09-03-2020", "Crisisberaad 9 maart 2020", "Deels Openbaar", "10.2.a, e, 11", "ander onderwerp"),
        ),
    ),
    OBJECTION: Printed(
        (
            "heeft u, namens (hierna: uw cliënt) pro forma bezwaar gemaakt tegen mijn besluit van 24 december 2020 met "
            "kenmerk 2020-0000255631.",
            "Dat op een werk auteursrechtelijke bescherming rust kan namelijk wel worden betrokken bij de beoordeling "
            "of openbaarmaking daarvan zou leiden tot onevenredige bevoor- of benadeling",
            "ad b. openbaarmaking van het conceptrapport benadeelt zowel de auteurs als de betrokken derden "
            "onevenredig.",
            "Immers kunnen wetenschappers in dat geval niet meer zelf beslissen wanneer zij een stuk vanuit het "
            "wetenschappelijke perspectief voldoende kwalitatief achten",
            "onevenredige bevoor- of benadeling, weeg ik de voorgenoemde omstandigheden mee in mijn belangenafweging.",
            "ABRvS 30 september 2020, ECLI:NL:RVS:2020:2302, r.o. 4.1; ABRvS 20 december 2017, "
            "ECLI:NL:RVS:2017:3527, r.o. 3.2.",
        ),
        ("Pagina 2 van 5", "Korte Voorhout 7"),
    ),
    "Bes-Wob-besluit+mbt+lagere+regelgeving+kansspelen+op+afstand+en+registratieverplichtingen.pdf": Printed(
        (
            "Datum 10 november 2020",
            "Onderwerp Besluit op uw Wob-verzoeken inzake het Besluit en de Regeling kansspelen op afstand",
            "2. De adviesaanvraag / adviesaanvragen inclusief alle bijlagen",
            "waaronder mede begrepen – maar niet beperkt tot – de registratie van de bezoekfrequentie en de "
            "CRUKS-code.",
            "onder de reikwijdte van uw Wob-verzoeken vallen.",
            "Voor de relevante Wob-artikelen, waaronder in ieder geval artikelen 10 en 11",
            "A.05, A.07, A.08, B.01-B.03, B.04a, B.05, B.05b-B.28 gedeeltelijk openbaar te maken.",
            "Persoonlijke beleidsopvattingen in een stuk voor intern beraad",
        ),
        ("Pagina 3 van 6", "Turfmarkt 147", "Sr. adviseur Juridische Zaken"),
    ),
}


@cache
def document(name: str) -> Document:
    path = FOLDER / name
    if not path.is_file():
        pytest.skip("the documents are not at hand")
    return read_document(path)


def folded(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("name", PRINTED)
def test_what_a_page_says_stands_in_the_text_in_its_order(name: str) -> None:
    found = document(name)
    running, notes = folded(found.text[: found.running_end]), folded(found.text[found.running_end :])
    at = 0
    for stretch in PRINTED[name].stretches:
        if stretch in notes:
            continue
        place = running.find(stretch, at)
        assert place >= 0, stretch
        at = place + len(stretch)


@pytest.mark.parametrize("name", PRINTED)
def test_furniture_stands_in_no_sentence(name: str) -> None:
    text = folded(document(name).text)
    assert [words for words in PRINTED[name].furniture if words in text] == []


@pytest.mark.parametrize("name", [name for name, printed in PRINTED.items() if printed.rows])
def test_a_row_of_a_table_is_a_row(name: str) -> None:
    found = document(name)

    def text(cell: Span | None) -> str:
        return folded(cell.of(found.text)) if cell else ""

    rows = [tuple(map(text, row)) for table in found.tables for row in table.rows]
    assert [row for row in PRINTED[name].rows if row not in rows] == []


def test_a_page_whose_fonts_name_no_letters_is_refused_by_its_number() -> None:
    with pytest.raises(DocumentError, match="pages 1-2: the glyphs stand for no letters"):
        document("Bes-Brief+afwijzing+wobverzoek+2020+-+204.pdf")


def test_a_page_that_is_a_picture_is_named() -> None:
    assert Doubt("pictures", numbers=(2,)) in document("Bes-besluit-2021-26.pdf").doubts


@pytest.mark.parametrize("name", PRINTED)
def test_no_word_of_a_page_is_lost_or_glued(name: str) -> None:
    ledger = document(name).ledger
    assert ledger
    assert (ledger.lost, ledger.glued) == ((), ())
