"""Quotations of the letter's own sentences, unaltered and altered, from a seed."""

import random
import re
from collections.abc import Callable

from index.language.sentences import sentence_spans
from index.model.parts import Part
from index.model.types import Parsed
from rag.citation.citation import Citer

SYNONYMS = {
    "ook": "eveneens", "daarnaast": "bovendien", "maar": "echter", "worden": "zijn", "kinderen": "minderjarigen",
    "politie": "recherche", "belangrijk": "relevant", "mogelijk": "haalbaar", "materiaal": "beeldmateriaal",
    "landen": "staten", "kabinet": "ministerie", "aanpak": "bestrijding", "slachtoffers": "gedupeerden",
    "informatie": "gegevens", "moet": "dient", "wordt": "is", "zijn": "waren", "onderzoek": "studie",
}  # fmt: skip
TENSES = {
    "is": "was", "zijn": "waren", "wordt": "werd", "worden": "werden", "heeft": "had", "hebben": "hadden",
    "kan": "kon", "kunnen": "konden", "zal": "zou", "zullen": "zouden", "moet": "moest", "gaat": "ging",
    "was": "is", "werd": "wordt", "geeft": "gaf", "blijft": "bleef", "biedt": "bood",
}  # fmt: skip
NAMES = {
    "Offlimits": "Onlimits", "Europol": "Interpol", "Filipijnen": "Fillipijnen", "NCMEC": "NCMC", "ATKM": "AKTM",
    "TBKK": "TBBK", "Nederland": "Nederlands", "ECPAT": "ECPTA", "TSK": "TKS", "OM": "MO", "DSA": "DAS",
    "Kamer": "Eerste Kamer", "WODC": "WDOC", "INHOPE": "INHOOP", "FIU": "FUI",
}  # fmt: skip
NEGATION = re.compile(r"\b(?:niet|geen|nooit|zonder|evenmin)\b ?", re.IGNORECASE)


def sentences(letter: Parsed, citer: Citer, fewest: int = 6) -> list[tuple[Part, str]]:
    """The letter's sentences of at least `fewest` words, with the part each stands in."""
    text = letter.document.text
    found = [
        (part, span.of(text))
        for part in citer.parts[letter.document.id]
        if part.field in ("context", "question", "answer", "footnote")
        for span in sentence_spans(text, part.span.start, part.span.end)
    ]
    return [
        (part, sentence)
        for part, sentence in found
        if len(sentence.split()) >= fewest and not set("“”") & set(sentence)
    ]


def _replaced(words: dict[str, str]) -> Callable[[str, random.Random], str]:
    def alter(sentence: str, rng: random.Random) -> str:
        found = [m for m in re.finditer(r"[^\W\d_]+", sentence) if m[0] in words]
        if not found:
            return sentence
        chosen = rng.choice(found)
        return sentence[: chosen.start()] + words[chosen[0]] + sentence[chosen.end() :]

    return alter


def changed_digit(sentence: str, rng: random.Random) -> str:
    found = [m.start() for m in re.finditer(r"\d", sentence)]
    if not found:
        return sentence
    at = rng.choice(found)
    if rng.random() < 0.3:
        return sentence[:at] + sentence[at + 1 :]
    return sentence[:at] + str((int(sentence[at]) + rng.randint(1, 9)) % 10) + sentence[at + 1 :]


def raised_digit(sentence: str, rng: random.Random) -> str:
    found = [m.start() for m in re.finditer(r"\d", sentence)]
    if not found:
        return sentence
    at = rng.choice(found)
    raised = "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(sentence[at])]
    return sentence[:at] + raised + sentence[at + rng.randint(0, 1) :]


def changed_negation(sentence: str, rng: random.Random) -> str:
    found = list(NEGATION.finditer(sentence))
    if found:
        chosen = rng.choice(found)
        return sentence[: chosen.start()] + sentence[chosen.end() :]
    spaces = [m.start() for m in re.finditer(" ", sentence)]
    at = rng.choice(spaces)
    return f"{sentence[:at]} niet{sentence[at:]}"


def changed_order(sentence: str, rng: random.Random) -> str:
    words = sentence.split(" ")
    at = rng.randrange(len(words) - 1)
    words[at], words[at + 1] = words[at + 1], words[at]
    return " ".join(words)


def dropped_word(sentence: str, rng: random.Random) -> str:
    words = sentence.split(" ")
    del words[rng.randrange(1, len(words) - 1)]
    return " ".join(words)


ALTERATIONS: dict[str, Callable[[str, random.Random], str]] = {
    "digit": changed_digit,
    "negation": changed_negation,
    "order": changed_order,
    "synonym": _replaced(SYNONYMS),
    "tense": _replaced(TENSES),
    "name": _replaced(NAMES),
    "dropped": dropped_word,
    "raised": raised_digit,
}

MARKS = ["“”", "„”", "„“", '""', "«»", "»«", "‘’", "''", "‚‘", "‹›", "’’", "””", "““", "❝❞", "‛’", "´´"]


def in_other_typography(sentence: str, rng: random.Random) -> str:
    """The same words as another program would print them."""
    changes: list[Callable[[str], str]] = [
        lambda s: s.replace("’", "'").replace("‘", "'"),
        lambda s: s.replace(" – ", " — ").replace("-", "\u2011"),
        lambda s: s.replace(" ", "\u00a0", 3),
        lambda s: s.replace(" ", "\n", 2).replace("\n", " \n ", 1),
        lambda s: s.replace("fi", "ﬁ").replace("fl", "ﬂ").replace("ij", "ĳ"),
        lambda s: s.replace("ë", "e\u0308").replace("é", "e\u0301").replace("ï", "i\u0308"),
        lambda s: re.sub(r"(\w{4})(\w{4})", "\\1\u00ad\\2", s, count=3),
        lambda s: s.replace(" ", "  ", 4).replace(" ", "\u2009", 1),
        lambda s: s.rstrip("."),
        lambda s: s.replace(" ", " \u200e", 2).replace("e", "e\u2060", 1).replace("n", "n\ufe0e", 1),
        lambda s: "\u2068" + s.replace("a", "a\u200f", 1) + "\u2069",
        lambda s: re.sub(r"\b([a-z]{5})([a-z]{4})", "\\1-\n\\2", s, count=1),
    ]
    for change in rng.sample(changes, rng.randint(0, 4)):
        sentence = change(sentence)
    return sentence
