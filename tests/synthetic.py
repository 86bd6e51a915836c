"""Letters made of the bundled letter's words, as many as a test needs; the same seed gives the same letter."""

import random
import re
from functools import cache
from pathlib import Path

from index.settings import ROOT

_LETTER = ROOT / "data" / "documents" / "000_c4e40b09978478b2.txt"
_GROUPS = ("VVD", "D66", "CDA", "GroenLinks-PvdA", "PVV", "SP", "ChristenUnie", "Volt", "SGP", "DENK")
_SYLLABLES = "ba de ki lo mu ra ve zi do na pe ri so tu wa ge hi jo ka le".split()


@cache
def _words() -> tuple[str, ...]:
    return tuple(re.findall(r"[a-zà-ÿ]{2,}", _LETTER.read_text("utf-8")))


def synthetic_letter(seed: int, questions: int = 10) -> str:
    """A letter of numbered questions and answers by two groups, with words and figures of its own."""
    chance = random.Random(seed)
    own = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(12)]

    def sentence(end: str = ".") -> str:
        words = chance.choices(_words(), k=chance.randint(8, 22)) + chance.choices(own, k=2)
        chance.shuffle(words)
        return f"{' '.join(words).capitalize()} {chance.randint(2, 9999)}{end}"

    def answer() -> str:
        paragraphs = [" ".join(sentence() for _ in range(chance.randint(2, 5))) for _ in range(2)]
        return "\n\n".join(paragraphs)

    lines = [f"Hierbij zend ik uw Kamer de antwoorden over {own[0]}.", ""]
    for number in range(1, questions + 1):
        if number in (1, questions // 2 + 1):
            group = chance.choice(_GROUPS)
            lines += [f"{1 + (number > 1)}. Vragen en opmerkingen vanuit de {group}-fractie", ""]
        lines += [f"{number}. Hoeveel {sentence('?')}", "", answer(), ""]
    return "\n".join(lines)


def write_letters(folder: Path, seeds: range, questions: int = 10) -> list[Path]:
    """One file a seed in `folder`, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = [folder / f"brief-{seed:04}.txt" for seed in seeds]
    for seed, path in zip(seeds, paths, strict=True):
        path.write_text(synthetic_letter(seed, questions), encoding="utf-8")
    return paths
