"""Write a question as people type it in a hurry: a slip of the fingers, no capitals, no question mark."""

import random

_SHORTEST = 5


def carelessly(text: str, generator: random.Random, slips: float, bare: float) -> str:
    """`text` with one or two slips in its longer words, at a chance of `slips`, and without marks, of `bare`."""
    words = text.split()
    if generator.random() < slips:
        long = [place for place, word in enumerate(words) if len(word) >= _SHORTEST]
        for place in generator.sample(long, min(len(long), generator.choice((1, 1, 2)))):
            words[place] = _slipped(words[place], generator)
    joined = " ".join(words)
    return joined.lower().rstrip("?.! ") if generator.random() < bare else joined


def _slipped(word: str, generator: random.Random) -> str:
    """A letter left out, doubled, or in the place of its neighbour; the first one stays."""
    place = generator.randrange(1, len(word) - 1)
    before, letter, after = word[:place], word[place], word[place + 1 :]
    changed = {"left out": before + after, "doubled": before + letter * 2 + after}
    changed["turned"] = before + after[0] + letter + after[1:]
    return changed[generator.choice(sorted(changed))]
