"""What a sentence promises or refuses, on made sentences: one or more a rule, and what looks like it and is not."""

from datetime import date

import pytest

from index.language.parliament.promises import undertakings

STATED = date(2026, 3, 10)

FIRM = """
Ik zal uw Kamer hierover voor de zomer informeren.
Voor de zomer informeer ik uw Kamer over de voortgang.
In het najaar stuur ik de evaluatie naar uw Kamer toe.
Het rapport wordt voor het kerstreces aan uw Kamer aangeboden.
Ik ben bereid om met de sector in gesprek te gaan.
Hiertoe ben ik bereid.
Ik zeg uw Kamer toe dat dit wordt meegewogen.
Uw Kamer ontvangt begin volgend jaar een brief.
De uitkomsten zullen met uw Kamer worden gedeeld.
Ik kom hier na de zomer op terug.
Ik houd uw Kamer op de hoogte van de voortgang.
Zodra het onderzoek is afgerond, zal ik uw Kamer de resultaten toesturen.
Het wetsvoorstel, dat ik in het derde kwartaal bij uw Kamer zal indienen, regelt dit.
De minister van Financiën zal het bedrag overmaken.
Hierover ga ik in gesprek met de gemeenten.
Uw Kamer wordt hierover nader geïnformeerd.
De motie zal worden uitgevoerd.
Ik neem deze suggestie mee in de gesprekken.
Dit voorjaar start mijn ministerie een campagne.
Het kabinet stelt hiervoor 12 miljoen euro beschikbaar.
De brief volgt eind mei.
Er komt een landelijk meldpunt.
Uw Kamer wordt hierover zo spoedig mogelijk geïnformeerd.
Ik zal uw Kamer informeren over de uitkomsten van het onderzoek naar de werkdruk.
Daarbij zal ik de onderzoekers vragen te kijken naar de kosten.
Er zal een nadere analyse worden gemaakt.
In de Raad zal Nederland pleiten voor strengere regels.
Het kabinet heeft besloten om de regeling te verlengen.
In de kabinetsreactie zal de minister van Financiën op de gevolgen ingaan.
In het actieplan, dat ik in mei aan uw Kamer zal sturen, zal ik ingaan op de kosten.
Volgende maand zal de campagne van start gaan.
De uitkomsten daarvan deel ik in het najaar met uw Kamer.
Met deze aanbevelingen ga ik aan de slag.
Dit kabinet heeft aangekondigd de wijkteams te zullen versterken.
""".strip().split("\n")
SOFT = """
Ik ben voornemens het besluit te wijzigen.
Het kabinet is van plan de regeling te verlengen.
Ik streef ernaar het wetsvoorstel dit jaar in te dienen.
Ik zal bezien of dit nodig is.
Ik verken of de pilot kan worden verlengd.
Ook wordt onderzocht of de termijn korter kan.
Naar verwachting is het onderzoek eind 2026 gereed.
Ik blijf mij hiervoor inzetten.
Het kabinet wil de wachttijden verkorten.
Als blijkt dat dit onvoldoende werkt, zal ik aanvullende maatregelen treffen.
Ik onderzoek de mogelijkheden om dit te verbeteren.
De uitkomsten van het onderzoek worden in het najaar verwacht.
De evaluatie is voorzien in het derde kwartaal van 2026.
Mijn voornemen is om een herhaling van dit onderzoek niet eerder te doen dan in 2028.
Nederland blijft zich volop inzetten voor mensenrechten.
Daarom zet het kabinet het programma voort.
Ik ben aan het onderzoeken op welke manier dit kan.
Daarom zijn de minister van Financiën en de minister voor Langdurige Zorg voornemens de regeling te verlengen.
De nieuwe wet treedt naar verwachting per 1 januari 2027 in werking.
""".strip().split("\n")
DECLINES = """
Ik zie geen aanleiding om het beleid te wijzigen.
Het kabinet ziet hiertoe geen noodzaak.
Daarvoor zie ik geen reden.
Een verbod acht ik niet wenselijk.
Ik vind het niet nodig om dit wettelijk vast te leggen.
Ik ben niet voornemens de regeling aan te passen.
Nee, daartoe ben ik niet bereid.
Ik zal dit besluit niet heroverwegen.
Over individuele zaken doe ik geen uitspraken.
Ik ga niet in op individuele gevallen.
Op de uitkomst kan ik niet vooruitlopen.
Ik ben geen voorstander van een verplichting.
Het kabinet heeft geen plannen om dit te wijzigen.
Een verankering in de wet is wat mij betreft niet nodig.
Een hogere boete acht het kabinet weinig kansrijk.
Een tolheffing zie ik niet als een passende oplossing.
""".strip().split("\n")
NOT_POSSIBLE = """
Het is niet mogelijk om deze middelen eerder in te zetten.
Dat is juridisch niet haalbaar.
Ik kan de gemeenten hier niet toe verplichten.
Een landelijk verbod is op dit moment niet mogelijk.
Door de wet is het niet mogelijk om gegevens uit te wisselen.
""".strip().split("\n")
NOT_KNOWN = """
Dit wordt niet centraal geregistreerd.
Hierover zijn geen cijfers beschikbaar.
Daar heb ik geen zicht op.
Het is niet mogelijk om hiervan een overzicht te geven.
De aantallen worden niet bijgehouden.
Hoeveel mensen dit betreft, is mij niet bekend.
Het ministerie beschikt niet over deze gegevens.
De politie registreert dit niet apart.
Ik kan niet aangeven hoeveel meldingen dit zijn.
Ik beschik niet over cijfermateriaal hierover.
Er kan geen betrouwbare conclusie worden getrokken.
Hoeveel het er waren, kan niet meer worden vastgesteld.
Van het aantal valpartijen kan geen schatting worden gegeven.
Er bestaat geen vergelijkend onderzoek naar de oorzaken.
Er zijn nauwelijks betrouwbare gegevens beschikbaar over schijnhuwelijken.
Gegevens over dakloosheid worden niet systematisch verzameld.
De inspectie kan niet inschatten hoeveel bedrijven dit betreft.
De kosten zijn op dit moment nog moeilijk te overzien.
Het is lastig om harde cijfers te geven over hoe vaak dit gebeurt.
""".strip().split("\n")
NOTHING = """
Ja.
Voor het antwoord op deze vraag verwijs ik naar het antwoord op vraag 11.
Zal ik uw Kamer hierover informeren?
De leden vragen of “ik uw Kamer zal informeren” en wanneer.
Ik heb uw Kamer hierover op 3 februari 2026 geïnformeerd.
De gemeente zal de vergunning intrekken.
De politie is voornemens het bureau te sluiten.
De politie onderzoekt de zaak.
Gemeenten zijn op grond van de wet bevoegd om dit te verbieden.
Hierbij stuur ik uw Kamer de antwoorden op de vragen.
Momenteel wordt onderzocht of de termijn korter kan.
Het OM kan besluiten niet te vervolgen.
Dit zou ik betreuren.
Ik wil benadrukken dat veiligheid vooropstaat.
Dat was destijds niet mogelijk.
De werkgever moet de werknemer informeren.
Ik hecht aan een goed bereikbare politie.
Zoals ik hieronder zal toelichten, klopt dat beeld.
De evaluatie is op 4 mei 2025 aan uw Kamer gestuurd.
Het rapport is zo veel mogelijk gebaseerd op cijfers.
Ik deel deze mening niet.
Er is geen reden om aan te nemen dat de eisen hieraan in de weg staan.
Ik heb geen aanleiding om te veronderstellen dat dit onjuist is.
Daarom is er geen reden tot zorg.
Wel wil ik een kanttekening plaatsen bij het uitgangspunt.
Eerst wil ik mijn waardering uiten voor het initiatief.
Graag wil ik voorop stellen dat er veel gebeurt.
Hiervoor bied ik de Kamer in mei 2026 mijn excuses aan.
Ik ga er daarom vanuit dat de vraag ziet op de motie.
Bij deze ontvangt u de antwoorden op de vragen.
In de agenda staat wanneer welke wetgeving aan de Kamer zal worden aangeboden.
Per geval moet worden bezien of dit rechtmatig kan.
Pas dan kan worden onderzocht welk effect dit heeft.
Door mijn ministerie bezien wordt dit niet.
Het adviescollege heeft besloten om de typologie niet meer te toetsen.
Het kabinet kiest een aanpak die past bij het doel dat we willen bereiken.
Een masker kan worden gedragen indien afstand houden niet mogelijk is.
De hervormingen zullen gebaseerd zijn op plannen die in het akkoord genoemd worden.
Een voorstel van de Europese Commissie wordt in het najaar verwacht.
Voor de ondernemer is een lening niet mogelijk indien een bank die verstrekt.
Op de vraag naar de kosten zal ik in het antwoord op vraag 4 ingaan.
Ik deel de zorg van uw Kamer over de wachttijden.
Wij deelden dit eerder met uw Kamer.
Burgers vinden het lastig om te zien waar zij terechtkunnen.
""".strip().split("\n")


@pytest.mark.parametrize(
    ("sentence", "verdict"),
    [
        (sentence, verdict)
        for verdict, sentences in (
            ("firm", FIRM),
            ("soft", SOFT),
            ("declines", DECLINES),
            ("not possible", NOT_POSSIBLE),
            ("not known", NOT_KNOWN),
        )
        for sentence in sentences
    ],
)
def test_promises_and_refusals(sentence: str, verdict: str) -> None:
    found = undertakings(sentence, STATED)
    assert [one.verdict for one in found] == [verdict], found


@pytest.mark.parametrize("sentence", NOTHING)
def test_what_promises_nothing(sentence: str) -> None:
    assert undertakings(sentence, STATED) == ()


def test_a_promise_and_a_refusal_in_one_sentence_with_its_moment() -> None:
    sentence = "Ik zie geen aanleiding voor een verbod, maar zal uw Kamer wel vóór 1 mei informeren."
    promise, refusal = undertakings(sentence, STATED)
    assert (promise.verdict, refusal.verdict, refusal.rule) == ("firm", "declines", "geen-aanleiding")
    assert promise.moment is not None
    assert (promise.moment.span.of(sentence), promise.moment.by) == ("vóór 1 mei", date(2026, 4, 30))


@pytest.mark.parametrize(
    ("sentence", "to"),
    [
        ("Ik zal uw Kamer voor de zomer informeren.", "uw Kamer"),
        ("Hierover bericht ik u in het najaar van 2027.", "u"),
        ("Ik zal de Tweede Kamer en de Eerste Kamer in mei 2027 berichten.", "de Tweede Kamer"),
        ("Zoals door uw Kamer verzocht zal ik de regeling in mei 2027 aanpassen.", None),
        ("Ik zal het voorstel in mei 2027 indienen.", None),
    ],
)
def test_to_whom(sentence: str, to: str | None) -> None:
    (found,) = undertakings(sentence, date(2026, 11, 1))
    assert (found.to.of(sentence) if found.to else None) == to
