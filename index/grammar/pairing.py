"""Which answer belongs to which questions.

An answer's heading names its numbers, or the answer stands behind its
question. Where the two contradict each other and nothing decides, the answer
is given to no question: a wrong number is worse than none.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.language.span import Span
from index.model.doubts import Doubt

# A question that stands there more often is not one question.
_MOST_REPETITIONS = 4


@dataclass(frozen=True, slots=True)
class Question:
    """What stands under a question's heading; several numbers may share it, or it may have none.

    `context` is the members' introduction, `spans` their words, `reply` the
    answer where it follows without a heading of its own. `closed`: the words
    end as a question does, so that no lost answer hides in them.
    """

    numbers: tuple[int, ...]
    heading: Span
    spans: tuple[Span, ...]
    asked_by: tuple[str, ...] = ()
    context: Span | None = None
    reply: Span | None = None
    closed: bool = True


@dataclass(frozen=True, slots=True)
class Reply:
    """What stands under an answer's heading, which names `numbers` or none."""

    numbers: tuple[int, ...]
    heading: Span
    span: Span | None


@dataclass(frozen=True, slots=True)
class Pair:
    """Questions, in order, and the numbers of them that one answer is given to.

    `answer` is None where there is none; a pair without questions is an
    answer that belongs to no question that was found.
    """

    numbers: tuple[int, ...]
    questions: tuple[Question, ...]
    answer: Span | None
    heading: Span | None = None


def with_lost_numbers(entries: Sequence[Question | Reply], doubts: list[Doubt]) -> tuple[Question | Reply, ...]:
    """The entries, a question without a number given the one that is missing where it stands.

    Only where one number is missing between its neighbours and one question
    between them has none.
    """
    found = list(entries)
    questions = [place for place, entry in enumerate(found) if isinstance(entry, Question)]
    for before, place, after in zip(questions, questions[1:], questions[2:], strict=False):
        first, lost, last = found[before], found[place], found[after]
        assert isinstance(first, Question) and isinstance(lost, Question) and isinstance(last, Question)
        if first.numbers and not lost.numbers and last.numbers and last.numbers[0] == first.numbers[-1] + 2:
            number = first.numbers[-1] + 1
            doubts.append(Doubt("number by place", lost.heading.start, (number,)))
            found[place] = replace(lost, numbers=(number,))
    return tuple(found)


def pair(entries: Sequence[Question | Reply], doubts: list[Doubt]) -> tuple[Pair, ...]:
    """Every question with its answer, in the order of the questions; what is doubtful is added to `doubts`.

    A number stands in several pairs only where it is answered twice.
    """
    return _Pairing(_with_repeats_joined(entries, doubts), doubts).pairs()


def _with_repeats_joined(entries: Sequence[Question | Reply], doubts: list[Doubt]) -> list[Question | Reply]:
    """The entries, a question that is repeated before it is answered put together with its repetition."""
    joined: list[Question | Reply] = []
    unanswered: dict[int, int] = {}
    for entry in entries:
        if isinstance(entry, Reply):
            for number in entry.numbers or tuple(unanswered):
                unanswered.pop(number, None)
            joined.append(entry)
            continue
        first = {unanswered.get(number) for number in entry.numbers}
        place = next(iter(first), None)
        earlier = joined[place] if len(first) == 1 and place is not None else None
        if _is_repeated(earlier, entry) and isinstance(earlier, Question) and place is not None:
            doubts.append(Doubt("twice", entry.heading.start, entry.numbers))
            joined[place] = Reply((), entry.heading, None)  # a place holder without text: nothing is answered there
            asked = replace(
                entry,
                spans=(*earlier.spans, *entry.spans),
                asked_by=entry.asked_by or earlier.asked_by,
                context=earlier.context or entry.context,
            )
        else:
            asked = entry
        for number in asked.numbers:
            unanswered[number] = len(joined)
            if asked.reply:
                del unanswered[number]
        joined.append(asked)
    return joined


def _is_repeated(earlier: Question | Reply | None, entry: Question) -> bool:
    return isinstance(earlier, Question) and earlier.numbers == entry.numbers and len(earlier.spans) < _MOST_REPETITIONS


class _Pairing:
    """The pairs of one document."""

    def __init__(self, entries: Sequence[Question | Reply], doubts: list[Doubt]) -> None:
        self.entries = entries
        self.doubts = doubts
        # Of each number: the places of the questions that carry it.
        self.asked: dict[int, list[int]] = {}
        for place, entry in enumerate(entries):
            if isinstance(entry, Question):
                for number in entry.numbers:
                    self.asked.setdefault(number, []).append(place)
        # Of each number: the place of the last answer whose heading names it.
        self.last_named = {
            n: place for place, entry in enumerate(entries) if isinstance(entry, Reply) for n in entry.numbers
        }
        # The question at a place and one of its numbers: answered so often.
        self.answered: dict[tuple[int, int], int] = {}

    def pairs(self) -> tuple[Pair, ...]:
        found: list[Pair] = []
        open_places: list[int] = []
        for place, entry in enumerate(self.entries):
            if isinstance(entry, Reply):
                if entry.span is None:
                    if entry.numbers:
                        self.doubts.append(Doubt("answer without text", entry.heading.start, entry.numbers))
                    continue
                found.append(self._answered(place, entry, open_places))
                open_places = []
            elif entry.reply:
                found.append(self._pair(tuple((place, n) for n in entry.numbers), entry.reply, None))
            else:
                open_places.append(place)
        found += self._unanswered()
        return tuple(sorted(found, key=_order))

    def _answered(self, place: int, reply: Reply, open_places: list[int]) -> Pair:
        if open_places and not reply.numbers and not self._question(open_places[-1]).numbers:
            return Pair((), (self._question(open_places[-1]),), reply.span, reply.heading)
        if not reply.numbers:
            targets = self._behind(open_places)
        else:
            targets = self._named(place, reply.numbers)
            targets = () if self._contradicts(place, targets, open_places) else targets
        if not targets:
            self._refuse(reply)
            return Pair((), (), reply.span, reply.heading)
        return self._pair(targets, reply.span, reply.heading)

    def _behind(self, open_places: list[int]) -> tuple[tuple[int, int], ...]:
        """The questions right before an answer that names no number; one that may hold its own is left out."""
        shared = open_places[-1:]
        for at in reversed(open_places[:-1]):
            if not self._question(at).closed:
                break
            shared.insert(0, at)
        targets = tuple((at, n) for at in shared for n in self._question(at).numbers)
        if len(shared) > 1:
            numbers = tuple(sorted(n for _, n in targets))
            self.doubts.append(Doubt("shared answer", self._question(shared[0]).heading.start, numbers))
        return targets

    def _question(self, place: int) -> Question:
        entry = self.entries[place]
        assert isinstance(entry, Question), "only questions are asked"
        return entry

    def _named(self, place: int, numbers: tuple[int, ...]) -> tuple[tuple[int, int], ...]:
        """The questions that a heading names: the last one before it, else the first one after it."""
        targets = []
        for number in numbers:
            places = self.asked.get(number, [])
            before = [at for at in places if at < place]
            if places:
                targets.append((before[-1] if before else places[0], number))
            else:
                at = self.entries[place].heading.start
                self.doubts.append(Doubt("not asked", at, (number,), missing=True))
        return tuple(targets)

    def _contradicts(self, place: int, targets: tuple[tuple[int, int], ...], open_places: list[int]) -> bool:
        """Whether the place says one number and the heading another that has an answer already or gets its own.

        The heading of the wrong answer was then probably mistyped.
        """
        here = {(at, n) for at in open_places for n in self._question(at).numbers}
        if not here or here.intersection(targets) or not targets:
            return False
        if any(self.last_named.get(n, 0) > place for _, n in here):
            return False
        return all(self.answered.get(target) or self.last_named.get(target[1], 0) > place for target in targets)

    def _refuse(self, reply: Reply) -> None:
        key = "misplaced answer" if reply.numbers else "stray answer"
        self.doubts.append(Doubt(key, reply.heading.start, reply.numbers, missing=not reply.numbers))

    def _pair(self, targets: tuple[tuple[int, int], ...], answer: Span | None, heading: Span | None) -> Pair:
        for target in targets:
            if answer and self.answered.get(target):
                self.doubts.append(Doubt("answered twice", answer.start, target[1:]))
            self.answered[target] = self.answered.get(target, 0) + bool(answer)
        places = sorted({at for at, _ in targets})
        numbers = tuple(sorted({n for _, n in targets}))
        return Pair(numbers, tuple(self._question(at) for at in places), answer, heading)

    def _unanswered(self) -> list[Pair]:
        left: dict[int, list[int]] = {}
        for number, places in self.asked.items():
            for at in places:
                if not self.answered.get((at, number)):
                    left.setdefault(at, []).append(number)
        return [Pair(tuple(sorted(numbers)), (self._question(at),), None) for at, numbers in left.items()]


def _order(pair: Pair) -> tuple[int, int]:
    answer = pair.answer.start if pair.answer else 0
    return (pair.questions[0].heading.start if pair.questions else answer, answer)
