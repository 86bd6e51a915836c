"""What a sentence of a minister can be: a promise of some strength, or a refusal of some kind.

Apart from the rules that tell (`promises.py`), which who only filters by them does without.
"""

from typing import Literal

Strength = Literal["firm", "soft"]
Refusal = Literal["declines", "not possible", "not known"]
Verdict = Literal[Strength, Refusal]
STRENGTHS: tuple[Strength, ...] = ("firm", "soft")
REFUSALS: tuple[Refusal, ...] = ("not known", "not possible", "declines")
VERDICTS: tuple[Verdict, ...] = (*STRENGTHS, *REFUSALS)
