"""Invented letters of questions and answers in thousands of forms, each with what a person would read in it.

A seed chooses how many questions there are, which are answered together, out
of order or not at all, how headings are written, what is bold, where lines and
pages break, and which traps stand in the text.
"""

import random
import textwrap
from dataclasses import dataclass

from index.model.types import Document
from tests.index.grammar.forms import document

_THINGS = (
    "de veerpont bij Eemkerk|het sluizencomplex|de visserijhaven|het baggerdepot|de vaargeul|het loodswezen|"
    "de waterbus|het havenbedrijf|de brug over de Lutte|het scheepvaartregister|de kustwacht|het jachthavenfonds"
).split("|")
_ASK = (
    "Klopt het dat {} dit jaar sluit?",
    "Deelt u de mening dat {} behouden moet blijven? Zo nee, waarom niet?",
    "Hoeveel geld is er in 2024 besteed aan {}?",
    "In uw brief van 3 mei staat dat {} wordt verkocht. Hoe verhoudt zich dat tot uw antwoord op vraag 2 van toen?",
    "Welke gevolgen heeft het besluit over {} voor de 1.250 bewoners van Eemkerk?",
    "Kunt u toelichten wat er met {} gebeurt, en daarbij ingaan op de kosten, de planning en de risico's?",
    "Bent u bereid om {} te bezoeken?",
)
_SAY = (
    "Ja.",
    "Nee, die mening deel ik niet. Over {} is in 2023 met de provincie gesproken.",
    "In 2024 is 3,4 miljoen euro besteed aan {}, waarvan 15% aan onderhoud.",
    "Voor {} geldt een vergunning. Ik zal uw Kamer daarover vóór 1 juli 2025 informeren.",
    "De beheerder van {} heeft laten weten dat het onderzoek loopt.",
    "Zoals ik in het antwoord op vraag 1 heb gemeld, wordt {} gefaseerd vernieuwd.",
    "Of {} wordt verkocht? Dat is aan de gemeente.",
)
_TRAPS = (
    "In uw antwoord op vraag 2 van 4 juni 2023 (Aanhangsel Handelingen II 2022/23, nr. 12) is dat vermeld.",
    "Vraag 3 is eerder gesteld door de fractie van Water.",
    "Antwoord op vraag 2 gaf ik al in mijn brief van 4 juni 2023.",
    "Antwoorden op vragen als deze vergen tijd.",
    "Het gaat om:\n1. de bouw;\n2. het onderhoud;\n3. de sloop.",
    "De vragen 1 en 2 hangen samen met de motie-Tjalsma.",
    "- eerst de noordzijde;\n- daarna de zuidzijde.",
    "2024 was een goed jaar.",
)
_QUESTION_STYLES = (
    "Vraag {}", "Vraag {}:", "Vraag {}.", "VRAAG {}", "Vraag nr. {}", "Vraag ({})", "Vraag\n{}", "\nVraag {} ",
    "Vraag\xa0{}",
    "{}", "{}.", "Vraag {}: ~", "Vraag {}. ~", "{}. ~",
)  # fmt: skip
_ANSWER_STYLES = (
    "Antwoord op vraag {}", "Antwoord {}", "Antwoord {}:", "Antwoorden op vraag {}", "Antwoord op de vragen {}",
    "ANTWOORD OP VRAAG {}", "Antwoord op\fvraag {}", "Antwoord op vraag {}: ~", "Antwoord {}: ~", "Antwoord\xa0{}",
    "Beantwoording vraag {}", "Antwoord vraag {}.",
)  # fmt: skip
_PLAIN_ANSWER_STYLES = ("Antwoord", "Antwoord:", "ANTWOORD", "Antwoord: ~", "Reactie")


@dataclass(frozen=True)
class Expected:
    """What a person reads: the numbers of a unit, its questions, its answer or None."""

    numbers: tuple[int, ...]
    questions: tuple[str, ...]
    answer: str | None


@dataclass(frozen=True)
class Variation:
    """A document, what stands in it, and which form it has, for a message."""

    document: Document
    expected: tuple[Expected, ...]
    form: str


def variation(seed: int) -> Variation:
    """The variation of a seed; equal seeds give equal documents."""
    return _Maker(random.Random(seed)).made(seed)


class _Maker:
    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.question_style = chance.choice(_QUESTION_STYLES)
        self.numbered_answers = chance.random() < 0.7
        self.answer_style = chance.choice(_ANSWER_STYLES if self.numbered_answers else _PLAIN_ANSWER_STYLES)
        self.bold_headings = chance.random() < 0.6
        self.bold_questions = chance.random() < 0.5
        self.headless = not self.numbered_answers and chance.random() < 0.25
        self.gap = chance.choice(["\n\n", "\n\n", "\n", "\n\n\n", " \n\n"])
        self.joins = self.numbered_answers and chance.random() < 0.6
        self.sources = chance.random() < 0.3
        self.traps = chance.random() < 0.6
        # Lists stand in an answer only where a heading or bold text bounds it.
        self.inline = "~" in self.question_style
        # As a text file breaks its lines; only a blank line then ends a paragraph.
        self.wrapped = self.gap != "\n" and chance.random() < 0.25

    def made(self, seed: int) -> Variation:
        count = self.chance.randint(1, 14)
        groups = self._groups(count)
        questions = {number: self._question(number) for number in range(1, count + 1)}
        answers = [None if self._unanswered(group) else self._answer() for group in groups]
        blocks = [self._cover()] if self.chance.random() < 0.5 else []
        for group, answer in self._laid_out(groups, answers):
            if isinstance(group, int):
                blocks += self._asked(group, questions[group])
            elif answer is not None:
                blocks += self._answered(group, answer)
        marked = []
        if self.sources:
            marked = [f"{place}) De Eembode, {place} maart 2025 (eembode.nl/{place})." for place in (1, 2)]
        text = self.gap.join([*blocks, *marked]) + self.chance.choice(["", "\n", "\n\n"])
        expected = [
            Expected(group, tuple(questions[number] for number in group), answer)
            for group, answer in zip(groups, answers, strict=True)
            if answer is not None
        ]
        expected += [
            Expected((number,), (questions[number],), None)
            for group, answer in zip(groups, answers, strict=True)
            if answer is None
            for number in group
        ]
        form = f"seed {seed}: {self.question_style!r} {self.answer_style!r} "
        form += f"bold {self.bold_headings}/{self.bold_questions}"
        form += f" wrapped {self.wrapped} headless {self.headless} joins {self.joins} "
        form += f"gap {self.gap!r} sources {self.sources}"
        return Variation(document(text), tuple(sorted(expected, key=lambda e: e.numbers)), form)

    def _groups(self, count: int) -> list[tuple[int, ...]]:
        numbers = list(range(1, count + 1))
        groups = []
        while numbers:
            size = self.chance.choice([1, 1, 1, 2, 3]) if self.joins else 1
            group = numbers[:size]
            del numbers[:size]
            if self.joins and numbers and self.chance.random() < 0.2:
                later = self.chance.choice(numbers)
                numbers.remove(later)
                group.append(later)
            groups.append(tuple(group))
        return groups

    def _laid_out(self, groups: list[tuple[int, ...]], answers: list[str | None]):  # type: ignore[no-untyped-def]
        """Questions in the order of their numbers, each answer behind the last question that it answers."""
        moved = self.chance.random() < 0.5
        waiting = list(zip(groups, answers, strict=True))
        if moved:
            # The questions that are answered together stand together.
            for group, answer in waiting:
                yield from ((number, None) for number in group)
                yield group, answer
            return
        for number in range(1, max(max(group) for group in groups) + 1):
            yield number, None
            for group, answer in waiting:
                if max(group) == number:
                    yield group, answer

    def _unanswered(self, group: tuple[int, ...]) -> bool:
        return self.numbered_answers and len(group) == 1 and self.chance.random() < 0.08

    def _question(self, number: int) -> str:
        asked = self.chance.choice(_ASK).format(self.chance.choice(_THINGS))
        if self.sources and number in (1, 2):
            asked = f"{asked} {number})" if self.chance.random() < 0.5 else f"{asked[:-1]}{number})?"
        return self._wrap(asked)

    def _wrap(self, text: str) -> str:
        lines = (line for paragraph in text.split("\n") for line in textwrap.wrap(paragraph, 68))
        return "\n".join(lines) if self.wrapped else text

    def _answer(self) -> str:
        said = [self.chance.choice(_SAY).format(self.chance.choice(_THINGS)) for _ in range(self.chance.randint(1, 3))]
        if self.traps and self.chance.random() < 0.5 and not (self.headless and not self.bold_questions):
            said.insert(self.chance.randint(1, len(said)), self.chance.choice(_TRAPS))
        if self.headless and not self.bold_questions and said[0].startswith("Of "):
            said[0] = "Ja."
        return self.gap.join(self._wrap(words) for words in said).strip()

    def _asked(self, number: int, question: str) -> list[str]:
        heading = self.question_style.format(number)
        body = self._bold(question, self.bold_questions)
        if self.inline:
            return [heading.replace("~", question)]
        return [self._bold(heading, self.bold_headings), body]

    def _answered(self, group: tuple[int, ...], answer: str) -> list[str]:
        if self.headless:
            return [answer]
        heading = self.answer_style.format(self._listed(group))
        if "~" in heading:
            return [heading.replace("~", answer)]
        return [self._bold(heading, self.bold_headings), answer]

    def _listed(self, group: tuple[int, ...]) -> str:
        numbers = [str(number) for number in group]
        if len(group) == 1:
            return numbers[0]
        if len(group) > 2 and group[-1] - group[0] == len(group) - 1 and self.chance.random() < 0.4:
            return f"{numbers[0]} {self.chance.choice(['t/m', 'tot en met'])} {numbers[-1]}"
        last = self.chance.choice([" en ", ", en ", ", "])
        return f"{', '.join(numbers[:-1])}{last}{numbers[-1]}"

    def _bold(self, text: str, bold: bool) -> str:
        kept = text.strip()
        return text.replace(kept, f"**{kept}**") if bold else text

    def _cover(self) -> str:
        return self.gap.join(
            [
                "In antwoord op uw brief van 6 december 2024, nr. 2024Z19677, deel ik u mede dat de vragen van het lid "
                "Oudejans (Groene Lijst) worden beantwoord zoals aangegeven in de bijlage.",
                "De minister van Vaarwegen,",
                "K. de Wit-Bakema",
                "Antwoorden van de minister van Vaarwegen op vragen van het lid Oudejans (Groene Lijst)",
            ]
        )
