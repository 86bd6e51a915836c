"""The words of a report in Dutch: titles, notes, headers, axes and what fixed cells say; names of measures stay.

Each stands here as `eval.tables` and `eval.report` write it, with "{}" for what it fills in.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache

from eval.tables import Table
from rag.texts.answers import Language

Said = Callable[[str], str]
# What topics say is theirs.
_THEIRS = ("question", "topic")

DUTCH: Mapping[str, str] = {
    # Under every table.
    "{}, split {}: n = {} answerable, {} not": "{}, deel {}: {} vragen met een antwoord, {} zonder",
    "{}, split {}": "{}, deel {}",
    "test": "toets",
    "tune": "instelling",
    "all": "alle",
    # Titles, and how to read what is under them.
    "Overall": "Het geheel",
    "Means with 95 % bootstrap intervals; {}. Binary measures count relevance {} and up.": (
        "Gemiddelden, met tussen haken de grenzen waar ze met 95 % zekerheid tussen liggen (bootstrap); {}. Als goed "
        "telt een oordeel van {} of hoger."
    ),
    "What the measures say": "Wat de maten zeggen",
    "Each lies between 0 and 1; higher is better.": "Elke maat ligt tussen 0 en 1; hoger is beter.",
    "{} compared": "{} vergeleken",
    (
        "Difference to {} with 95 % bootstrap interval; topics won / lost / equal; two-sided paired randomisation "
        "test, p corrected by Holm over the {} systems; {}."
    ): (
        "Verschil met {}, met de grenzen waar het met 95 % zekerheid tussen ligt; vragen gewonnen / verloren "
        "/ gelijk; p is "
        "de kans op zo’n verschil door toeval (randomisatietoets, volgens Holm gecorrigeerd voor {} systemen); {}."
    ),
    "{} by {} (n)": "{} naar {} (aantal)",
    "{} by {}": "{} naar {}",
    "style": "soort vraag",
    "what is asked": "wat er gevraagd wordt",
    "Mean over the answerable topics of each kind, n beside it; {}.": (
        "Gemiddelde over de vragen met een antwoord van elke soort, met hun aantal; {}."
    ),
    "Refusals": "Geen antwoord",
    (
        "Shares of topics. Area: 1 is a confidence that parts answerable topics from those of the kind (refusal area: "
        "from all unanswerable ones) wholly, 0.5 a coin. Risk-coverage area: lower is better. Systems without a "
        "threshold are ordered by their first score; {}."
    ): (
        "Delen van de vragen. Onderscheid: 1 is een zekerheid die vragen met een antwoord geheel scheidt van die "
        "zonder, 0,5 is een munt opgooien. Fout bij dekking: lager is beter. Systemen zonder drempel zijn geordend "
        "naar hun eerste score; {}."
    ),
    "Exactness": "Letterlijkheid",
    "Every passage of every ranking, compared with the document as read; {}.": (
        "Elke getoonde passage, vergeleken met het document zoals het gelezen is; {}."
    ),
    "Cost": "Kosten",
    (
        "One process a system, questions one by one; n = {} questions; the build includes loading the encoder. {}, {}."
    ): "Elk systeem apart, de vragen een voor een; {} vragen; het bouwen is met het laden van de encoder. {}, {}.",
    "{} against {}, topic by topic": "{} tegen {}, vraag voor vraag",
    (
        "What {} wins (+) and loses (-) against {}: {} topics won, {} lost; the first unit, the rank of the first "
        "answer, and whether it was refused; {}."
    ): (
        "Wat {} wint (+) en verliest (-) van {}: {} vragen gewonnen, {} verloren; wat er bovenaan stond, de plaats "
        "van het eerste goede antwoord, en of het geweigerd is; {}."
    ),
    # Headers.
    "system": "systeem",
    "measure": "maat",
    "in plain words": "in gewone woorden",
    "difference to {}": "verschil met {}",
    "won / lost / equal": "gewonnen / verloren / gelijk",
    "p corrected": "p gecorrigeerd",
    "n": "aantal",
    "all unanswerable refused (n={})": "zonder antwoord, geweigerd (alle {})",
    "{} refused (n={})": "{} geweigerd ({})",
    "answerable refused": "met antwoord, toch geweigerd",
    "unanswerable refused": "zonder antwoord, geweigerd",
    "refusal area": "onderscheid, alle",
    "risk-coverage area": "fout bij dekking",
    "{} area": "onderscheid {}",
    "passages shown": "passages getoond",
    "exact slices": "letterlijk",
    "share": "deel",
    "median ms": "mediaan ms",
    "95th percentile ms": "95e percentiel ms",
    "peak memory MiB": "geheugen ten hoogste MiB",
    "index MiB": "index MiB",
    "build s": "bouwen s",
    "topic": "nr.",
    "question": "vraag",
    "asks": "vraagt naar",
    "change in {}": "verschil in {}",
    # Cells.
    "{} (no threshold)": "{} (zonder drempel)",
    "{}; {}; refused": "{}; {}; geweigerd",
    "{}; {}": "{}; {}",
    "nothing": "niets",
    "no answer found": "geen goed antwoord",
    "answer at {}": "goed antwoord op plaats {}",
    "unanswerable": "geen antwoord mogelijk",
    "now refused": "nu geweigerd",
    "now answered": "nu beantwoord",
    # Kinds of questions of the shipped topics.
    "plain": "gewoon",
    "official": "ambtelijk",
    "journalist": "journalistiek",
    "keywords": "trefwoorden",
    "english": "Engels",
    "misspelt": "met schrijffouten",
    "everyday": "alledaags",
    "fact": "een feit",
    "figure": "een getal",
    "reason": "een reden",
    "position": "een standpunt",
    "law": "een wet",
    "referral": "een verwijzing",
    "procedure": "een procedure",
    "footnote": "een voetnoot",
    "annex": "een bijlage",
    "false premise": "iets dat niet klopt",
    "list": "een opsomming",
    "table": "een tabel",
    "near": "dichtbij",
    "far": "ver",
    "odd": "vreemd",
    # Plots.
    "Rank of the first unit that answers (n = {})": "Plaats van het eerste goede antwoord ({} vragen)",
    "share of topics": "deel van de vragen",
    "none": "geen",
    "Risk against coverage (n = {})": "Fouten bij dekking ({} vragen)",
    "share of topics answered": "deel van de vragen dat antwoord krijgt",
    "wrong among answered": "fout onder de beantwoorde",
    "What a threshold refuses (n = {})": "Wat een drempel weigert ({} vragen)",
    "Reliability: confidence against the share right (n = {})": (
        "Betrouwbaarheid: zekerheid tegenover het deel dat goed is ({} vragen)"
    ),
    "confidence": "zekerheid",
    "share right": "deel goed",
    "{} ({})": "{} ({})",
    # What the measures say.
    "how well the whole first ten are ordered, full answers before partial ones": (
        "hoe goed de eerste tien geordend zijn, volledige antwoorden voor gedeeltelijke"
    ),
    "1 where the first answer comes first, 1/2 where it comes second, 0 beyond ten": (
        "1 als het eerste goede antwoord bovenaan staat, 1/2 op de tweede plaats, 0 na de tiende"
    ),
    "the share of questions with an answer in the first {}": (
        "het deel van de vragen met een goed antwoord bij de eerste {}"
    ),
    "the share of all answers that stand in the first {}": (
        "het deel van alle goede antwoorden dat bij de eerste {} staat"
    ),
    "the share of questions with the answering sentence itself in the first {}": (
        "het deel van de vragen waarvan de zin die antwoordt zelf bij de eerste {} staat"
    ),
}


def said_in(language: Language) -> Said:
    """What puts a text of a report in that language; one that is not ours stays as it is."""
    return _in_dutch if language == "nl" else str


def table_in(table: Table, said: Said) -> Table:
    """A table with its words as `said` gives them; what topics say is theirs."""
    theirs = [column for column, name in enumerate(table.header) if name in _THEIRS]
    rows = (tuple(cell if column in theirs else said(cell) for column, cell in enumerate(row)) for row in table.rows)
    return replace(
        table, title=said(table.title), note=said(table.note), header=tuple(map(said, table.header)), rows=tuple(rows)
    )


def _in_dutch(text: str) -> str:
    if text in DUTCH:
        return DUTCH[text]
    for pattern, parts in _patterns():
        if match := pattern.fullmatch(text):
            values = [*map(_in_dutch, match.groups()), ""]
            return "".join(part for pair in zip(parts, values, strict=True) for part in pair)
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """The texts with gaps, those with the most words first; the Dutch between the gaps."""
    gapped = sorted((english for english in DUTCH if "{}" in english), key=len, reverse=True)
    return tuple(
        (re.compile(re.escape(english).replace(r"\{\}", "(.+?)")), tuple(DUTCH[english].split("{}")))
        for english in gapped
    )
