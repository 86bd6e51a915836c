"""Tell that a memo lets somebody speak whom the documents do not know as a speaker: "Europol schrijft: “…”".

Nothing contradicts such words, and nothing bears them out: the minister wrote
them. Only a name that is plainly the subject of a word of speaking, stands
behind "aldus" or before a colon counts, and none that the cited passage has.
"""

import re

from index.language.regex import regex
from rag.verify.attribution import QUOTED

_PART = r"(?:van|de|der|den|ten|ter|het|voor|[’']t)"
_NAME = rf"[A-Z][\w’'&-]+(?:\s+(?:{_PART}\s+){{0,2}}[A-Z][\w’'&-]+){{0,4}}"
_VERB = (
    r"(?:schrij(?:ft|ven)|schre(?:ef|ven)|zeg(?:t|gen)|zei(?:den)?|stel(?:t|de|den|len)|meld(?:t|de|den|en)"
    r"|verklaar(?:t|de|den)|antwoord(?:t|de|den|en)|conclude(?:ert|erde)|benadruk(?:t|te)|waarschuw(?:t|de)|constate(?:ert|erde)"
    r"|bevestig(?:t|de)|betoog(?:t|de)|sa(?:ys?|id)|writes?|wrote|states?|stated)"
)
_SAYS = regex(
    rf"(?:\A|[.:;!?]\s+|\n)\W*(?:(?:De|Het|The)\s+)?(?P<who>(?!Volgens\b){_NAME})\s+{_VERB}\b[^.:;“”«»]{{0,60}}:?\s*\Z"
    rf"|(?:\A|[.;!?]\s+|\n)\W*(?:(?:De|Het|The)\s+)?(?P<label>{_NAME})\s*:\s*\Z"
    rf"|\b(?:[Aa]ldus|[Vv]olgens|[Aa]ccording\s+to)\s+(?:(?:de|het|the)\s+)?(?P<source>{_NAME})\b[^.;“”«»]{{0,60}}:?\s*\Z"
)
_BEHIND = regex(
    rf"\A[\s,]*(?:(?:zo\s+)?{_VERB}|aldus|volgens|dixit|according\s+to)\s+(?:(?:de|het|the)\s+)?(?P<who>{_NAME})"
)
# What begins a sentence or stands before a colon with a capital and is nobody: "Verder stelt", "Citaat:".
_NOBODY = frozenset(
    "hij zij ze men wij we ik u je dit dat die deze er daar daarin daarbij daarover daarnaast hierin hierbij hierover "
    "hiermee ook verder voorts eerder later vervolgens tevens bovendien echter toch nu toen zo aldus niemand iedereen "
    "citaat citaten bron bronnen quote conclusie kern samenvatting tekst passage memo notitie brief rapport nota "
    "bijlage annex artikel tabel vraag vragen antwoord antwoorden reactie onderwerp datum noot voetnoot letterlijk "
    "kamerbrief kamerstuk kamerstukken document stuk alinea paragraaf zin titel motie wet advies besluit "
    "over in op bij met aan voor tegen door namens uit om na naar onder tijdens sinds als zoals wat hoe waarom wie "
    "wanneer about in on at with for by from after since as what how why who when "
    "daarmee hiertoe daartoe hiervoor daarvoor daardoor hierdoor elders niettemin desondanks terecht helaas concreet "
    "expliciet kortom bijvoorbeeld opvallend belangrijk saillant nb ps zie cf vgl ref let kernpunt kernpunten "
    "woordelijk kernboodschap spreeklijn standpunt toelichting achtergrond voorbeeld risico risico's beleid inzet "
    "cijfers actie acties actiepunt afspraak afspraken doel doelen aanpak thema onderzoek vervolg tijdpad "
    "voorbeelden financiën vindplaats pagina kamervragen handelingen disclaimer factcheck "
    "he she it they this that these there here question answer source quotation letter report note summary "
    "elsewhere fact facts background conclusion table risk policy example examples page see key".split()
)
# What a heading before a quotation is about: a word for a doing or a quality, and compounds of what a memo holds.
_TOPIC = regex(
    r"(?!\w*(?:politie|inspectie|justitie|organisatie|stichting|vereniging)\Z)"
    r"[\w’']*(?:ing(?:en)?|heid|heden|ties?|punt(?:en)?|reactie|brief|vragen|maatregel(?:en)?|stuk(?:ken)?)",
    re.IGNORECASE,
)
# "Concreet meldt hij": what stands before the verb is not who speaks.
_ANOTHER_SPEAKS = regex(
    rf"\b{_VERB}\s+(?:hij|zij|ze|men|wij|we|ik|je|u|he|she|they|(?:de|the|deze)\s+(?:kamer)?(?:brief|letter))\b"
)
_MINISTRY = regex(r"(?:(?:Ministerie|Departement)(?:\s+(?:van|voor)(?:\s+|\Z))?)?(?P<name>.*)", re.DOTALL)
_MINISTRIES = {
    "JenV": "Justitie en Veiligheid",
    "J&V": "Justitie en Veiligheid",
    "BZK": "Binnenlandse Zaken",
    "VWS": "Volksgezondheid",
    "OCW": "Onderwijs",
    "SZW": "Sociale Zaken",
    "IenW": "Infrastructuur",
    "I&W": "Infrastructuur",
    "EZK": "Economische Zaken",
    "EZ": "Economische Zaken",
    "LNV": "Landbouw",
    "LVVN": "Landbouw",
    "BZ": "Buitenlandse Zaken",
    "AenM": "Asiel",
    "A&M": "Asiel",
}


def stranger(sentence: str) -> str:
    """Who is said to speak in the sentence around a quotation (at QUOTED); "" where that is nobody by name."""
    before, _, after = sentence.partition(QUOTED)
    found = _BEHIND.search(after[:200]) or _SAYS.search(before[-400:])
    who = next((name for name in found.groups() if name), "") if found else ""
    first = who.split()[0].lower() if who else ""
    return "" if first in _NOBODY or _is_topic(found) else who


def is_ministry_of(who: str, office: str) -> bool:
    """Whether somebody said to speak is the ministry of the office that signed: "JenV", "Het Ministerie"."""
    match = _MINISTRY.fullmatch(who)
    name = match["name"] if match else who
    return bool(office) and _MINISTRIES.get(name, name) in office


def _is_topic(found: re.Match[str] | None) -> bool:
    """Whether what was found is no speaker: the one word of a heading, or a word before somebody who speaks."""
    if found is None or found.re.pattern != _SAYS.pattern or found["source"]:
        return False
    return bool(_TOPIC.fullmatch(found["label"] or "") or _ANOTHER_SPEAKS.search(found[0]))
