"""Questions with numbers in them: the passage that states the number comes first, in whatever form it is written.

The right units were written down by hand from the documents, before any answer was looked at.
"""

import pytest

from index.grammar.parse import parse
from index.library.open import load_encoders
from index.model.collection import Collection
from index.readers.read import read_document
from index.search.search_index import index_collection
from index.settings import WORD_ENCODER
from rag.answer.assistant import Assistant
from tests.conftest import write_letter

DOCUMENTS = {
    "sluizen": """Antwoord op vragen van de leden De Wit en Van den Berg (VVD) \
over de sluizen bij Oudewater (ingezonden 12 mei 2025, nr. 2025Z01234)

Vraag 1
Wat kost de renovatie van de sluis?

Antwoord 1
De renovatie kost € 2.500.000, waarvan vijftien procent voor rekening van de provincie komt.

Vraag 2
Wanneer is de aannemer begonnen?

Antwoord 2
De aannemer is op 12-05-2025 begonnen. De oplevering is voorzien in het tweede kwartaal van 2026.

Vraag 3
Mogen de camerabeelden worden bewaard?

Antwoord 3
Dat mag op grond van artikel 8, tweede lid, van de Algemene verordening gegevensbescherming.

Vraag 4
Hoe is de motie over de schippers uitgevoerd?

Antwoord 4
De motie is uitgevoerd, zoals uw Kamer is gemeld (Kamerstuk 36 600 XII, nr. 12).

Vraag 5
Hoe is de motie over de bruggen uitgevoerd?

Antwoord 5
Over de motie is uw Kamer een brief gestuurd (Kamerstuk 36 600 XII, nr. 13).

Vraag 6
Welke Europese regels gelden voor gegevens van de politie?

Antwoord 6
Voor gegevens van de politie geldt Richtlijn (EU) 2016/680.

Vraag 7
Welke Europese regels gelden voor platforms?

Antwoord 7
Voor platforms geldt Verordening (EU) 2022/2065, en voor de bestrijding van misbruik Richtlijn 2011/93/EU.

Vraag 8
Wat zei de Hoge Raad over de vergunning?

Antwoord 8
De Hoge Raad oordeelde dat de vergunning geldig was (ECLI:NL:HR:2021:1234).

Vraag 9
Wat zei de Raad van State over de vergunning?

Antwoord 9
De Afdeling vernietigde de vergunning (ECLI:NL:RVS:2020:99).

Vraag 10
Is de sluis altijd bemand?

Antwoord 10
De sluis is 24 uur per dag bemand; om 14.30 uur wisselt de ploeg. De storingslijn is 088-1234567.

Vraag 11
Hoeveel sluizen zijn te oud?

Antwoord 11
Van de 40 sluizen is 1 op de 5 ouder dan honderd jaar.

Vraag 12
Wordt de brug geverfd?

Antwoord 12
De brug wordt volgend jaar geverfd door een schildersbedrijf.

Vraag 13
Hoeveel schepen passeren er?

Antwoord 13
Jaarlijks passeren 70.250 schepen, en het aantal storingen steeg met 9,4%. Het tweede scherm volgt in 2027.
""",
    "gemalen": """Antwoord op vragen van het lid Jansen (SP) \
over de begroting van de gemalen (ingezonden 3 februari 2024, nr. 2024Z05678)

Vraag 1
Wat kosten de gemalen?

Antwoord 1
De gemalen kosten 2,8 mln. euro per jaar. Dat is 3,1 procent meer dan in 2022.

Vraag 2
Wat is er bezuinigd?

Antwoord 2
Er is € 1,5 miljard bezuinigd, en de uitgaven veranderden met -3,2 procent.

Vraag 3
Hoeveel medewerkers hebben de gemalen?

Antwoord 3
Er werken twintigduizend mensen; tweehonderdvijftig van hen zijn machinist.

Vraag 4
Sinds wanneer geldt de regeling?

Antwoord 4
De regeling geldt sinds mei 2023, en de vergoeding bedraagt € 12,50 per uur.

Vraag 5
Op grond van welk artikel wordt beboet?

Antwoord 5
Beboet wordt op grond van art. 5.14 van de Waterwet en artikel 225 Sr.

Vraag 6
Wat was het kenmerk van de brief?

Antwoord 6
De brief had kenmerk IENW/BSK-2023/77001 en is van 5 april 2023.
""",
    "dijken": """Antwoord op vragen van het lid Jansen (PVV) \
over de versterking van de Lekdijk bij Culemborg (ingezonden 1 maart 2025)

Vraag 1
Hoeveel kilometer wordt versterkt?

Antwoord 1
Er wordt 10 km versterkt, met 5G-sensoren volgens ISO 9001.

Vraag 2
Wat kost dat?

Antwoord 2
De kosten zijn € 35 miljoen, zie Kamerstuk 21 501-32, nr. 1703 en dossier 32 698.

Vraag 3
Zijn er bewoners uitgekocht?

Antwoord 3
Drie huishoudens zijn uitgekocht voor 1,2 miljoen euro.
""",
    "dammen": """Antwoord op vragen van het lid Van den Heuvel (CDA) \
over de veiligheid van de dammen in Zeeland (ingezonden 9 september 2024)

Vraag 1
Worden de dammen gecontroleerd?

Antwoord 1
De controle vindt elk jaar plaats, ook bij de sluis van Oudewater. De renovatie duurt lang.

Vraag 2
Wie betaalt de controle?

Antwoord 2
Rijkswaterstaat betaalt, op basis van Kamerstuk 21 501-32, nr. 1740. Artikel 12 van de Waterwet geldt.
""",
}

# Of the letter: any of these questions or annexes.
LETTER = [
    ('Wat gebeurde er op 7 april 2025?', "39"),
    ('7-4-2025', "39"),
    ("verwijderbevelen sinds 7/4/'25", "39"),
    ('11.192.234.293 afbeeldingen', "28 50"),
    ('Bij hoeveel hits werden 96 723 afbeeldingen gevonden?', "28 50"),
    ('2.3 % van de mannen', "10 11 34"),
    ('37.7 procent', "34"),
    ('zevenendertig komma zeven procent', "34"),
    ('tien procent van de jaarlijkse omzet', "50 39"),
    ('Kamerstuk 32317, nr. 981', "26"),
    ('32 317-981', "26"),
    ('Wat zegt artikel 24 van de Paspoortwet?', "25"),
    ('art. 24 Ppw', "25"),
    ('253 Sr', "5 35 54"),
    ('Wat staat er in artikel 126nba van het Wetboek van Strafvordering?', "32"),
    ('Wat staat er in 36 377, nr. 13 over de termijn?', "39"),
    ('26643-1357', "43 61"),
    ('mei 2026', "32 41"),
    ('Wie schat dat twintigduizend mannen afreizen?', "30 II"),
    ('225 duizend personen', "11"),
    ('honderdvijftigduizend', "34"),
    ('34 843, nr. 125', "11 64"),
    ('Kamerstukken II 2024-2025, 31 015, nr. 125', "11 64"),
    ('24-04-2026', "4 53"),
    ('twaalf uur termijn verwijderen', "39"),
    ('Welke 186 fte zijn er medio 2026?', "1 8 45"),
    ('54 procent', "61 60"),
    ('artikel 6:2:11 Sv', "25"),
]  # fmt: skip

# Of the invented documents: any of these questions, or any at all.
INVENTED = [
    ('2,5 miljoen euro', "sluizen 1"),
    ('€ 2,5 mln.', "sluizen 1"),
    ('EUR 2 500 000', "sluizen 1"),
    ('Waarom kost het twee en een half miljoen euro?', "sluizen 1"),
    ('15% voor de provincie', "sluizen 1"),
    ('12 mei 2025', "sluizen 2"),
    ("12/5/'25", "sluizen 2"),
    ('2025-05-12', "sluizen 2"),
    ('Wat wordt er in Q2 2026 opgeleverd?', "sluizen 2"),
    ('2e kwartaal 2026', "sluizen 2"),
    ('mei 2025', "sluizen 2"),
    ('art. 8 lid 2 AVG', "sluizen 3"),
    ('8 lid 2 AVG', "sluizen 3"),
    ('Kamerstuk 36 600 XII, nr. 12', "sluizen 4"),
    ('36600-XII-13', "sluizen 5"),
    ('Richtlijn 2016/680/EU', "sluizen 6"),
    ('verordening 2022/2065', "sluizen 7"),
    ('richtlijn (EU) 2011/93', "sluizen 7"),
    ('ecli:nl:hr:2021:1234', "sluizen 8"),
    ('Wat staat er in ECLI:NL:RVS:2020:99?', "sluizen 9"),
    ('14:30 uur', "sluizen 10"),
    ('088-1234567', "sluizen 10"),
    ('1 op de 5 sluizen', "sluizen 11"),
    ('70 250 schepen', "sluizen 13"),
    ('zeventigduizend tweehonderdvijftig', "sluizen 13"),
    ('9.4 % storingen', "sluizen 13"),
    ('９，４％', "sluizen 13"),
    ('vragen van de leden De Wit en Van den Berg (VVD)', "sluizen"),
    ('2025Z01234', "sluizen"),
    ('2.800.000 euro', "gemalen 1"),
    ('drie komma één procent', "gemalen 1"),
    ('1,5 mld euro', "gemalen 2"),
    ('min 3,2 procent', "gemalen 2"),
    ('-3,2 procent', "gemalen 2"),
    ('20.000 mensen', "gemalen 3"),
    ('250 machinisten', "gemalen 3"),
    ('mei 2023', "gemalen 4"),
    ('€12,50', "gemalen 4"),
    ('225 Sr', "gemalen 5"),
    ('artikel 5.14 Waterwet', "gemalen 5"),
    ('IenW/BSK-2023/77001', "gemalen 6"),
    ('april 2023', "gemalen 6"),
    ('lid:"Jansen (SP)"', "gemalen"),
    ('Wat vroeg het lid Jansen (PVV)?', "dijken"),
    ('vragen van Kamerlid Van den Heuvel over de controle', "dammen 1 2"),
    ('10km', "dijken 1"),
    ('ISO 9001', "dijken 1"),
    ('35.000.000 euro', "dijken 2"),
    ('dossier 32698', "dijken 2"),
    ('21501-32-1740', "dammen 2"),
    ('21 501‑32, nr. 1703', "dijken 2"),
    ('artikel 12 Waterwet', "dammen 2"),
    ('de veiligheid van de dammen in Zeeland', "dammen"),
    ('sluizen bij Oudewater', "sluizen"),
    ('versterking van de Lekdijk', "dijken"),
    ('€\u202f2\u202f500\u202f000', "sluizen 1"),
    ('２０２５-０５-１２', "sluizen 2"),
]  # fmt: skip

# What is nowhere, what of it is named, and the document that answers the rest.
ABSENT = [
    ("Is er 40 miljoen euro voor de renovatie van de sluis?", "40 miljoen euro", "sluizen"),
    ("Wat vroeg mevrouw Omtzigt?", "Omtzigt", ""),
    ('ECLI:NL:HR:2019:5', 'ECLI:NL:HR:2019:5', ""),
    ('2025Z99999', '2025Z99999', ""),
    ('Wat staat er in Kamerstuk 36 600 XII, nr. 99 over de motie?', '36 600 XII, nr. 99', "sluizen"),
    ('vragen van het lid Omtzigt', 'Omtzigt', ""),
    ('Wat vroeg het lid Omtzigt over de renovatie van de sluis?', 'Omtzigt', "sluizen"),
    ('richtlijn 2001/29/EG', '2001/29', ""),
    ('artikel 300 Sr', '300 Sr', ""),
    ('3 miljoen euro', '3 miljoen euro', ""),
    ('14 maart 2019', '14 maart 2019', ""),
    ('ah-tk-20242025-1234', 'ah-tk-20242025-1234', ""),
    ('lid:Pietersen', 'Pietersen', ""),
    ('IENW/BSK-2020/1', 'IENW/BSK-2020/1', ""),
]  # fmt: skip


@pytest.fixture(scope="module")
def invented(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("numbered")
    encoders = load_encoders(str(WORD_ENCODER))
    read = (read_document(write_letter(folder, text, f"{name}.txt")) for name, text in DOCUMENTS.items())
    return Assistant(index_collection(Collection.of([parse(document) for document in read]), encoders), encoders)


@pytest.mark.parametrize(("question", "units"), LETTER)
def test_the_letter_is_answered_where_it_states_the_number(assistant: Assistant, question: str, units: str) -> None:
    unit = assistant.ask(question, top=1).hits[0].unit
    assert {*map(str, unit.numbers), unit.annex} & set(units.split())


@pytest.mark.parametrize(("question", "unit"), INVENTED)
def test_the_right_document_and_question_come_first(invented: Assistant, question: str, unit: str) -> None:
    hit = invented.ask(question, top=1).hits[0]
    document, *numbers = unit.split()
    assert hit.document.file == f"{document}.txt"
    assert not numbers or set(map(str, hit.unit.numbers)) & set(numbers)


@pytest.mark.parametrize(("question", "named", "document"), ABSENT)
def test_what_is_nowhere_is_named_and_the_rest_answered(
    invented: Assistant, question: str, named: str, document: str
) -> None:
    answer = invented.ask(question, top=1)
    assert any(named in remark.value for remark in answer.remarks)
    assert answer.level != "answered"
    assert not document or answer.hits[0].document.file == f"{document}.txt"


@pytest.mark.parametrize(
    ("question", "members", "searched"),
    [
        ("lid:Jansen wat kost het?", ("Jansen",), "wat kost het?"),
        ("vragen van kamerlid van den heuvel over de controle", ("van den heuvel",), "over de controle"),
        ("Wat vroegen de leden De Wit en Van den Berg (VVD)?", ("De Wit en Van den Berg (VVD)",), "Wat ?"),
        ("Wat vroegen de leden De Wit en Jansen over geld?", ("De Wit", "Jansen"), "Wat over geld?"),
        ("vragen van de leden De Wit (VVD) en Jansen (SP)", ("De Wit (VVD)", "Jansen (SP)"), ""),
        ("questions by member Jansen about money", ("Jansen",), "about money"),
        ("Is de motie van het lid Jansen uitgevoerd?", (), "Is de motie van het lid Jansen uitgevoerd?"),
        ("Kent u de vragen van het lid Jansen?", (), "Kent u de vragen van het lid Jansen?"),
        ("vragen van De Wit over geld", ("De Wit",), "over geld"),
        ("vragen van Nederland over geld", (), "vragen van Nederland over geld"),
        ("vragen van de leden van de VVD-fractie", (), "vragen van de leden van de VVD-fractie"),
        ("vragen van de leden over geld", (), "vragen van de leden over geld"),
    ],
)
def test_members_are_asked_for(invented: Assistant, question: str, members: tuple[str, ...], searched: str) -> None:
    answer = invented.ask(question)
    assert (answer.filters.members, answer.searched) == (members, searched)
    assert all(remark.kind != "unknown member" for remark in answer.remarks)


def test_members_of_one_question_ask_it_together(invented: Assistant) -> None:
    """Each by name, with the group in brackets: nobody is taken for a namesake of another group."""
    assert {hit.document.file for hit in invented.ask("lid:Jansen").hits} == {"gemalen.txt", "dijken.txt"}
    assert not invented.ask('lid:"Jansen (VVD)"').hits
    assert not invented.ask('lid:"Jansen en De Wit"').hits
