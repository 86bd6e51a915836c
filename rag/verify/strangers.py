"""Tell that a memo lets somebody speak whom the documents do not know as a speaker: "Europol schrijft: “…”".

Nothing contradicts such words, and nothing bears them out: the minister wrote
them. Only a name that is plainly the subject of a word of speaking, stands
behind "aldus" or before a colon counts, and none that the cited passage has.
"""

import re

from rag.verify.attribution import QUOTED

_PART = r"(?:van|de|der|den|ten|ter|het|voor|[’']t)"
_NAME = rf"[A-Z][\w’'&-]+(?:\s+(?:{_PART}\s+){{0,2}}[A-Z][\w’'&-]+){{0,4}}"
_VERB = (
    r"(?:schrij(?:ft|ven)|schre(?:ef|ven)|zeg(?:t|gen)|zei(?:den)?|stel(?:t|de|den|len)|meld(?:t|de|den|en)"
    r"|verklaar(?:t|de|den)|antwoord(?:t|de|den|en)|conclude(?:ert|erde)|benadruk(?:t|te)|waarschuw(?:t|de)|constate(?:ert|erde)"
    r"|bevestig(?:t|de)|betoog(?:t|de)|sa(?:ys?|id)|writes?|wrote|states?|stated)"
)
_SAYS = re.compile(
    rf"(?:\A|[.:;!?]\s+|\n)\W*(?:(?:De|Het|The)\s+)?(?P<who>{_NAME})\s+{_VERB}\b[^.:;“”«»]{{0,60}}:?\s*\Z"
    rf"|(?:\A|[.;!?]\s+|\n)\W*(?:(?:De|Het|The)\s+)?(?P<label>{_NAME})\s*:\s*\Z"
    rf"|\b(?:[Aa]ldus|[Vv]olgens|[Aa]ccording\s+to)\s+(?:(?:de|het|the)\s+)?(?P<source>{_NAME})\b[^.;“”«»]{{0,60}}:?\s*\Z"
)
_BEHIND = re.compile(
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
    "he she it they this that these there here question answer source quotation letter report note summary".split()
)


def stranger(sentence: str) -> str:
    """Who is said to speak in the sentence around a quotation (at QUOTED); "" where that is nobody by name."""
    before, _, after = sentence.partition(QUOTED)
    found = _BEHIND.search(after[:200]) or _SAYS.search(before[-400:])
    who = next((name for name in found.groups() if name), "") if found else ""
    first = who.split()[0].lower() if who else ""
    return "" if first in _NOBODY else who
