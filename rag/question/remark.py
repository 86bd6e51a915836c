"""What could not be met of what was asked, as a key and values."""

from dataclasses import dataclass

from rag.texts.answers import TEXTS, Language


@dataclass(frozen=True, slots=True)
class Remark:
    """Something to be said about how a question was read, beside the answer.

    `kind` names the sentence in rag/texts/answers.py; `value` is what was asked for,
    `known` what there is instead; `name` is what the filter was called, "" where it was not typed.
    """

    kind: str
    value: str
    known: tuple[str, ...] = ()
    name: str = ""


# So many characters of what was typed are said back.
_LONGEST_ECHO = 120


def remark_text(remark: Remark, language: Language) -> str:
    """One remark as a sentence."""
    texts = TEXTS[language]
    form = "one" if remark.value == "1" else "" if remark.known else "none"
    key = f"{remark.kind} {form}"
    text = texts[key if key in texts else remark.kind]
    behind = text.partition(":{value}")[2]
    return (f"{remark.name}:{{value}}{behind}" if remark.name and behind else text).format(
        value=echoed(remark.value), known=", ".join(remark.known) or texts["none"]
    )


def echoed(typed: str) -> str:
    """What was typed, cut where it is long, as a sentence of ours repeats it."""
    return typed if len(typed) <= _LONGEST_ECHO else typed[:_LONGEST_ECHO] + " …"
