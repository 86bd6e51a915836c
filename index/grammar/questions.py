"""Find the units of a document whose questions stand under headings of their own.

Letters that answer written questions, the Aanhangsel, lists of questions and
answers, and numbered replies to a report: "Vraag 3", "5, 6 en 7" or "3. …",
then the members' words, then "Antwoord" with or without numbers, or the
answer with no heading at all. `outline` says what opens where; here the text
between is given to its speaker, and `pairing` says which answer is whose.
"""

from collections.abc import Sequence

from index.grammar.answers import is_closed, plainly_answered, question_length
from index.grammar.lines import Line, paragraphs
from index.grammar.member_sources import Source, marks, notes_of, source_list, unnumbered_sources, without_heading
from index.grammar.outline import Heading, Outline
from index.grammar.pairing import Pair, Question, Reply, pair, with_lost_numbers
from index.grammar.prose import prose_unit, section_label, whole
from index.grammar.units import annex_unit, question_unit, section_unit, with_unlike_ids
from index.language.parliament.askers import askers
from index.language.parliament.groups import named_groups, section_groups, split_groups
from index.language.parliament.introductions import Paragraph, lead_in, opens_as_members, speaks
from index.language.span import Span, trimmed
from index.model.doubts import Doubt, first_words
from index.model.types import Document, Footnote, Parsed, Unit


def parse_questions(document: Document, outline: Outline, groups: tuple[str, ...]) -> Parsed:
    """The units of a document with headed questions, in its order, with what is doubtful.

    `groups` ask the whole document: they ask every question of which nothing
    nearer says who does.
    """
    walk = _Walk(document, outline, groups)
    for place, heading in enumerate(outline.headings):
        walk.pass_heading(heading, outline.headings[place + 1] if place + 1 < len(outline.headings) else None)
    return walk.parsed()


UNNUMBERED = "Zonder nummer"


class _Walk:
    """What the headings passed so far have brought: questions, replies, and units of other kinds."""

    def __init__(self, document: Document, outline: Outline, groups: tuple[str, ...]) -> None:
        self.document = document
        self.outline = outline
        self.askers = groups
        self.doubts = list(outline.doubts)
        self.entries: list[Question | Reply] = []
        self.others: list[Unit] = []
        self.sources: list[Source] = []
        # The sources whose mark stands in the questions so far.
        self.marked: set[int] = set()
        self.section: tuple[str, ...] = ()
        self.group: tuple[str, ...] = ()
        # What the members said before the question, or before the answer without a question, to come.
        self.context: Span | None = None
        answers = [heading for heading in outline.headings if heading.kind == "answer"]
        self.has_answers = bool(answers)
        self.named = {number for heading in answers for number in heading.numbers}

    def pass_heading(self, heading: Heading, following: Heading | None) -> None:
        """Take what stands from `heading` to `following`, or to the end."""
        end = following.span.start if following else self.document.running_end
        lines = self._lines(heading.body, end)
        if heading.kind == "question":
            self._question(heading, following, lines)
        elif heading.kind == "answer":
            self._answer(heading, following, lines)
        elif heading.kind == "group":
            self._group(heading, following, lines)
        elif heading.kind == "title":
            self._title(heading, lines)
        elif heading.kind == "annex":
            self.others.append(annex_unit(self.document, heading.span, heading.name, whole(lines)))
        else:
            self._without_sources(lines)

    def parsed(self) -> Parsed:
        """The units of all that was passed."""
        self.entries = list(with_lost_numbers(self.entries, self.doubts))
        pairs = pair(self.entries, self.doubts)
        notes = self._notes(pairs)
        units = [self._unit(found, own) for found, own in zip(pairs, notes, strict=True)] + self.others
        return Parsed(self.document, with_unlike_ids(sorted(units, key=_start)), tuple(self.doubts))

    def _doubt(self, key: str, heading: Heading, at: Span, words: str = "") -> None:
        name = section_label(heading.span.of(self.document.text))
        self.doubts.append(Doubt(key, at.start, heading.numbers, name, first_words(words)))

    def _lines(self, begin: int, end: int) -> list[Line]:
        """The lines from `begin` to `end`; of one that a heading opens, the rest."""
        found = []
        for line in self.outline.lines_between(begin, end):
            span = trimmed(self.document.text, max(begin, line.span.start), min(end, line.span.end))
            if span:
                found.append(line if span == line.span else Line(span, span.of(self.document.text), line.bold))
        return found

    def _paragraphs(self, lines: list[Line]) -> list[Line]:
        return paragraphs(self.document, lines) if self.outline.blank_lines else lines

    def _question(self, heading: Heading, following: Heading | None, lines: list[Line]) -> None:
        lines = self._paragraphs(self._without_sources(lines))
        length = self._question_length(heading, following, lines)
        own, rest = lines[:length], lines[length:]
        if not own:
            self._doubt("no text", heading, heading.span)
        if self.outline.by_groups and self._other_groups_speak(own):
            self._doubt("two groups", heading, own[-1].span)
        spans = (whole(own) or heading.span,)
        asked_by = self._asked_by(heading, own)
        context, self.context = self.context, None
        reply = self._reply(rest, _text(own), following) if rest else None
        closed = is_closed(own)
        self._ask(Question(heading.numbers, heading.span, spans, asked_by, context, reply, closed))

    def _other_groups_speak(self, lines: list[Line]) -> bool:
        """Whether a paragraph but the first opens with other groups than the first, or than ask so far."""
        named = [named_groups(line.text) if opens_as_members(line.text) else () for line in lines]
        first = (named[0] or self.group) if named else ()
        return bool(first) and any(groups and groups != first for groups in named[1:])

    def _question_length(self, heading: Heading, following: Heading | None, lines: list[Line]) -> int:
        """How many of the lines under a question's heading are the question's; the rest is its answer."""
        answered = following is not None and following.kind == "answer"
        if not lines or answered or self.named.intersection(heading.numbers):
            return len(lines)
        length = question_length(lines)
        if not self.has_answers or length == len(lines):
            return length
        if not plainly_answered(lines, length):
            return len(lines)
        self._doubt("answer without heading", heading, lines[length].span, lines[length].text)
        return length

    def _asked_by(self, heading: Heading, lines: list[Line]) -> tuple[str, ...]:
        """Who asks: as the heading, the question, the question before it, the section or the document says."""
        if heading.name:
            return askers(heading.name).groups or named_groups(heading.name) or split_groups(heading.name)
        if self.outline.by_groups:
            anonymous = bool(lines) and opens_as_members(lines[0].text) and not named_groups(lines[0].text)
            self.group = (self.group if anonymous else ()) or named_groups(_text(lines)) or self.group
        return self.group or self.section or self.askers

    def _answer(self, heading: Heading, following: Heading | None, lines: list[Line]) -> None:
        if following is None or following.kind in ("annex", "closing"):
            lines = self._without_sources(lines)
        unnumbered, self.context = self.context, None
        last = self.entries[-1] if self.entries else None
        asked = "\n".join(span.of(self.document.text) for span in last.spans) if isinstance(last, Question) else ""
        span = self._reply(self._paragraphs(lines), asked, following)
        if unnumbered and not heading.numbers:
            self._doubt("no number", heading, unnumbered, unnumbered.of(self.document.text))
            self.group = named_groups(unnumbered.of(self.document.text)) or self.group
            self._ask(Question((), unnumbered, (unnumbered,), self.group or self.section))
        self.entries.append(Reply(heading.numbers, heading.span, span))

    def _reply(self, lines: list[Line], question: str, following: Heading | None) -> Span | None:
        """The answer in `lines`; what the members say at its end is kept for what follows."""
        if not self.outline.by_groups or following is None or following.kind in ("annex", "closing"):
            return whole(lines)
        under = self._lines(following.body, self.document.running_end)[:1]
        heard = lead_in([Paragraph(line.text, False) for line in lines], question, _text(under), blank_lines=False)
        if heard.doubt:
            self._doubt(heard.doubt, following, lines[-1].span, lines[-1].text)
        if not heard.length:
            return whole(lines)
        said = whole(lines[-heard.length :])
        if following.kind in ("question", "answer"):
            self.context = said
        elif said:
            self._remark(said)
        return whole(lines[: -heard.length])

    def _remark(self, said: Span) -> None:
        """What the members say under no number and without a reply."""
        groups = named_groups(said.of(self.document.text)) or self.group
        self.others.append(section_unit(self.document, len(self.others) + 1, UNNUMBERED, groups, None, said, None))

    def _group(self, heading: Heading, following: Heading | None, lines: list[Line]) -> None:
        self.section = section_groups(heading.name, _text(lines))
        self.group = ()
        if following and following.kind == "question":
            self.context = whole(lines)
        elif lines:
            place = len(self.others) + 1
            self.others.append(prose_unit(self.document, place, heading.span, lines, self.section, self.doubts))

    def _title(self, heading: Heading, lines: list[Line]) -> None:
        self.group = ()
        if lines and (self.entries or speaks([line.text for line in lines])):
            place = len(self.others) + 1
            self.others.append(prose_unit(self.document, place, heading.span, lines, (), self.doubts))

    def _without_sources(self, lines: list[Line]) -> list[Line]:
        """`lines` without the sources at their end, which are kept for the questions that they belong to."""
        found = source_list(lines, lambda: self.marked.union(*(marks(line.text) for line in lines)))
        if found:
            self.sources += found
            return without_heading(lines, found[0].line)
        first = len(lines) - unnumbered_sources(lines)
        for line in lines[first:]:
            self.doubts.append(Doubt("unnumbered source", line.span.start, words=first_words(line.text)))
        return without_heading(lines, first) if first < len(lines) else lines

    def _ask(self, question: Question) -> None:
        self.entries.append(question)
        for span in (*question.spans, question.context):
            self.marked.update(marks(span.of(self.document.text)) if span else ())

    def _notes(self, pairs: Sequence[Pair]) -> tuple[tuple[Footnote, ...], ...]:
        """The sources of each pair: marked in its questions, or in its answer where no question has their mark."""
        text = self.document.text
        sources = _by_number(self.sources)
        notes = [notes_of(sources, text, self._said(found)) for found in pairs]
        marked = {note.body for own in notes for note in own}
        left = [source for source in self.sources if source.body not in marked]
        unmarked = _by_number(left)
        for place, found in enumerate(pairs):
            own = notes_of(unmarked, text, [found.answer] if found.answer else [])
            notes[place] += own
            marked.update(note.body for note in own)
        for source in left:
            if source.body not in marked:
                self.doubts.append(Doubt("unmarked source", source.body.start, (source.number,)))
        return tuple(notes)

    def _said(self, found: Pair) -> tuple[Span, ...]:
        """Everything that the members say in the questions of a pair, first what introduces the first of them."""
        return tuple(span for asked in found.questions for span in (asked.context, *asked.spans) if span)

    def _unit(self, found: Pair, notes: tuple[Footnote, ...]) -> Unit:
        if not found.questions:
            heading = found.heading
            label = section_label(heading.of(self.document.text)) if heading else "Antwoord"
            return section_unit(self.document, len(self.others) + 1, label, (), heading, None, found.answer)
        if not found.numbers:
            (lost,) = found.questions
            place = len(self.others) + 1
            return section_unit(self.document, place, UNNUMBERED, lost.asked_by, None, lost.spans[0], found.answer)
        first, *others = found.questions
        spans = [*first.spans]
        for question in others:
            spans += [*([question.context] if question.context else []), *question.spans]
        groups = tuple(dict.fromkeys(group for question in found.questions for group in question.asked_by))
        return question_unit(
            self.document, found.numbers, groups, first.context, tuple(sorted(spans)), found.answer, notes
        )


def _by_number(sources: Sequence[Source]) -> dict[int, list[Source]]:
    found: dict[int, list[Source]] = {}
    for source in sources:
        found.setdefault(source.number, []).append(source)
    return found


def _start(unit: Unit) -> tuple[int, int]:
    spans = [span for span in (unit.context, *unit.questions, unit.answer) if span]
    return min(span.start for span in spans), unit.answer.start if unit.answer else 0


def _text(lines: Sequence[Line]) -> str:
    return "\n".join(line.text for line in lines)
