"""Keep account of the words of a file: what it shows is in the canonical text, or was left out on purpose.

What a file shows is taken from it a second time, by other means than the
reader's own (`shown` of each format). Both sides are counted word by word,
page by page. A word of the file that is nowhere is *lost*; two that stand in
the text without the space between them are *glued*. A word broken at the end
of a line, and a figure that is set raised, may be put together or kept apart:
those are the reader's to decide.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from itertools import islice, pairwise, product, zip_longest

from index.language.regex import regex
from index.model.types import Excerpt, Footnote, Place, WordLedger
from index.readers.canonical import Content, Reading, compose

# PDFium's mark for a hyphen at the end of a line, and the hyphen that a format keeps for breaking words.
BROKEN = "\x02"
# A space that the file does not write and that its letters only seem to leave.
SUPPOSED = "\u200a"
_AT_LINE_END = regex(r"[-\u00ad\u2010-\u2014\x02/]$")
_ADDRESS = regex(r"(?:https?:|www\.|[\w.-]+@|\w\.\w+/|[/_=&?%.#])", re.IGNORECASE)
_RAISED = regex("[⁰¹²³⁴-⁹⁺⁻⁽⁾₀-₎]+")
_LEADER = regex(r"[.…·_‥]{4,}")
_WORD = regex(r"\S+")
# Raised behind a figure.
_ORDINAL = frozenset({"e", "de", "ste"})
# Brackets are what plain text has around marks: they count for nothing.
_BRACKETS = str.maketrans("", "", "[]")
_PLAIN = regex(r"[A-Za-z0-9.,:;()/'\"?!%&+=-]+")
# A word may be put together of so many stretches of the file.
_MOST_PARTS = 8
_LONGEST = 60
# A file made to have no end of such words is looked at no longer: what is left is named as lost.
_MOST_WORDS, _MOST_PLACES = 4_000, 300


@dataclass(slots=True, eq=False)
class _Shown:
    """A word of the file: as it is compared, as printed, its page, and what stands before it."""

    key: str
    text: str
    page: int | None
    begins_line: bool
    supposed: bool
    ends_line: bool = False
    matched: bool = False

    @property
    def is_broken(self) -> bool:
        """Whether a hyphen breaks it at the end of a line, or may do so."""
        return BROKEN in self.key or (self.ends_line and bool(_AT_LINE_END.search(self.text)))


@dataclass(slots=True, eq=False)
class _Kept:
    """A word of the canonical text."""

    key: str
    page: int | None
    matched: bool = False


@dataclass
class _Account:
    shown: list[_Shown]
    kept: list[_Kept]
    glued: list[Excerpt] = field(default_factory=list)

    @cached_property
    def alone(self) -> frozenset[str]:
        """The words that stand in the file between spaces that it writes."""
        pairs = zip_longest(self.shown, self.shown[1:])
        return frozenset(word.key for word, below in pairs if not (word.supposed or (below and below.supposed)))

    def are_apart(self, before: _Shown, word: _Shown) -> bool:
        """Whether two words that follow each other may not stand as one.

        A broken word may, or an address. Badly set letters only seem to leave
        a space: there it must part two words that the file has elsewhere.
        """
        if before.key.isdigit() and word.key in _ORDINAL:
            return False
        if word.supposed:
            return before.key in self.alone and word.key in self.alone
        broken = _AT_LINE_END.search(before.text) or _ADDRESS.search(before.text)
        return not (word.begins_line and broken)


def balance(
    shown: Iterable[Excerpt],
    text: str,
    places: Sequence[Place] = (),
    footnotes: Sequence[Footnote] = (),
    left_out: Iterable[Excerpt] = (),
) -> WordLedger:
    """The ledger of one file.

    `shown` is all that the file shows, `left_out` what the reader took out on
    purpose, each with its page where there are pages; `text` with its
    `places` and `footnotes` is what the reader made of it.
    """
    left = tuple(excerpt for excerpt in left_out if any(map(_key, excerpt.text.split())))
    account = _Account(
        [word for excerpt in shown for word in _shown_words(excerpt)],
        [*_kept_words(text, places, footnotes), *_left_words(left)],
    )
    _match_whole(account)
    _match_joined(account)
    _match_parted(account)
    lost = _runs([word for word in account.shown if not word.matched], account.shown)
    return WordLedger(len(account.shown), left, lost, tuple(account.glued))


def composed(content: Content) -> Reading:
    """The canonical text of what was found in a file, with its ledger."""
    return counted(compose(content.blocks, content.notes, content.metadata), content.shown, content.left_out)


def counted(reading: Reading, shown: Iterable[Excerpt], left_out: Iterable[Excerpt]) -> Reading:
    """A reading with the ledger of its file's words, and a doubt for each page where it is not in balance."""
    ledger = balance(shown, reading.text, reading.places, reading.footnotes, left_out)
    return replace(reading, ledger=ledger, doubts=(*reading.doubts, *ledger.doubts()))


def _shown_words(excerpt: Excerpt) -> Iterator[_Shown]:
    for line in map(_raised_apart, excerpt.text.splitlines()):
        found: list[_Shown] = []
        end = 0
        for match in _WORD.finditer(line):
            if key := _key(match[0]):
                supposed = line[end : match.start()] == SUPPOSED
                found.append(_Shown(key, match[0], excerpt.page, begins_line=False, supposed=supposed))
            elif found and len(found[-1].text) < _LONGEST:
                # A hyphen or a stroke that stands apart.
                found[-1].text += match[0]
            end = match.end()
        if found:
            found[0].begins_line = found[-1].ends_line = True
        yield from found


def _kept_words(text: str, places: Sequence[Place], footnotes: Sequence[Footnote]) -> Iterator[_Kept]:
    turns = [
        place for place, before in zip(places, (None, *places), strict=False) if not before or place.page != before.page
    ]
    edges = sorted({0, len(text), *(place.start for place in turns), *(note.body.start for note in footnotes)})
    pages = {place.start: place.page for place in turns}
    page: int | None = None
    for start, end in pairwise(edges):
        page = pages.get(start, page)
        yield from (_Kept(key, page) for word in _raised_apart(text[start:end]).split() if (key := _key(word)))


def _left_words(left: Iterable[Excerpt]) -> Iterator[_Kept]:
    for excerpt in left:
        yield from (_Kept(key, excerpt.page) for word in _raised_apart(excerpt.text).split() if (key := _key(word)))


def _raised_apart(text: str) -> str:
    """A text with raised and lowered figures apart from the words they stand at."""
    return text if text.isascii() else _RAISED.sub(lambda match: f" {match[0]} ", text)


@cache
def _key(text: str) -> str:
    """A word as it is compared: no bullets, leaders or letters without a name, one form of each letter."""
    if _PLAIN.fullmatch(text):
        return "" if _LEADER.fullmatch(text) or not any(map(str.isalnum, text)) else _LEADER.sub("", text)
    text = _LEADER.sub("", text).translate(_BRACKETS)
    normal = unicodedata.normalize("NFKC", text)
    kept = "".join(
        letter for letter in normal if letter == BROKEN or unicodedata.category(letter) not in ("Cc", "Cf", "Co", "Zs")
    )
    return kept.replace("\ufffd", "") if any(map(str.isalnum, kept)) else ""


def _match_whole(account: _Account) -> None:
    """Pair equal words, on one page first; then those that differ in a mark at their edge.

    A word broken at a line end equals the same word without its hyphen.
    """
    forms: tuple[Callable[[str], str], ...] = (str, _core, _letters)
    for form, of_page in product(forms, (True, False)):
        open_words: dict[tuple[str, int | None], list[_Kept]] = {}
        for kept in account.kept:
            if not kept.matched:
                open_words.setdefault((form(kept.key), kept.page if of_page else None), []).append(kept)
        for word in account.shown:
            if word.matched or (form is _letters and not word.is_broken):
                continue
            if same := open_words.get((form(word.key), word.page if of_page else None)):
                same.pop().matched = word.matched = True


def _match_joined(account: _Account) -> None:
    """Pair a word of the text with several of the file that follow each other."""
    begins: dict[tuple[int | None, str], list[int]] = {}
    lacking: dict[str, list[_Shown]] = {}
    for place, word in enumerate(account.shown):
        begins.setdefault((word.page, word.key[:1]), []).append(place)
        if not word.matched:
            lacking.setdefault(word.key, []).append(word)
    for kept in islice((kept for kept in account.kept if not kept.matched), _MOST_WORDS):
        if not lacking or not (key := _letters(kept.key)):
            continue
        pages = (kept.page,) if kept.page is None else (kept.page, kept.page + 1, kept.page - 1)
        near = islice((at for page in pages for at in begins.get((page, key[0]), ())), _MOST_PLACES)
        run = next((run for at in near if (run := _run(account.shown, at, key, lacking))), None)
        if run:
            _take(account, kept, account.shown[run.start : run.stop], lacking)


def _run(shown: Sequence[_Shown], start: int, key: str, lacking: Mapping[str, Sequence[_Shown]]) -> range | None:
    """The words from `start` on that make up `key` together, one of them unmatched here or elsewhere; else None."""
    rest = key
    for place in range(start, min(start + _MOST_PARTS, len(shown))):
        part = _letters(shown[place].key)
        if not rest.startswith(part):
            return None
        rest = rest[len(part) :]
        if not rest:
            return range(start, place + 1) if any(lacking.get(word.key) for word in shown[start : place + 1]) else None
    return None


def _take(account: _Account, kept: _Kept, words: Sequence[_Shown], lacking: dict[str, list[_Shown]]) -> None:
    """Take the words of the file as the word of the text.

    A word like one of them may have been counted in its stead.
    """
    if len(words) == 1 and not words[0].is_broken:
        # Its hyphen or a mark at its edge is gone.
        return
    kept.matched = True
    for word in words:
        if same := lacking.get(word.key):
            (same.pop(same.index(word)) if word in same else same.pop()).matched = True
        elif like := next((k for k in account.kept if k.matched and k.key == word.key and k.page == word.page), None):
            # What was counted for it is free for another: the figure of "CO₂" for that of "2ᵉ".
            like.matched = False
    if any(account.are_apart(before, word) for before, word in pairwise(words)):
        account.glued.append(Excerpt(" ".join(word.text for word in words), words[0].page))


def _match_parted(account: _Account) -> None:
    """Pair a word of the file with several of the text: a mark stands behind it, or it runs over a cell's edge."""
    left: dict[int | None, Counter[str]] = {}
    for kept in account.kept:
        if not kept.matched:
            left.setdefault(kept.page, Counter())[_letters(kept.key)] += 1
    for word in islice((word for word in account.shown if not word.matched), _MOST_WORDS):
        pages = (word.page,) if word.page is None else (word.page, word.page + 1, word.page - 1)
        for there in [left[page] for page in pages if page in left]:
            parts = _parts(_letters(word.key), there)
            if len(parts) > 1 or (parts and word.is_broken):
                there.subtract(parts)
                word.matched = True
                break


def _parts(key: str, left: Counter[str]) -> list[str]:
    """Words of `left` that make up `key` together; none where there are none."""
    if len(key) > _LONGEST:
        return []
    ways: list[list[str] | None] = [[], *(None for _ in key)]
    for end in range(1, len(key) + 1):
        for start in range(end):
            way = ways[start]
            if way is not None and left[key[start:end]] > way.count(key[start:end]):
                ways[end] = [*way, key[start:end]]
                break
    return ways[-1] or []


@cache
def _core(key: str) -> str:
    """A word without the marks at its edges."""
    return key.strip("".join(letter for letter in {*key} if not letter.isalnum()))


@cache
def _letters(key: str) -> str:
    """The letters and figures of a word: what is left of it where a mark or a hyphen stands apart."""
    return "".join(filter(str.isalnum, key))


def _runs(lost: Sequence[_Shown], shown: Sequence[_Shown]) -> tuple[Excerpt, ...]:
    """The lost words, those that follow each other on a page together."""
    gone = {id(word) for word in lost}
    found: list[Excerpt] = []
    run: list[_Shown] = []
    for word in (*shown, None):
        if run and (word is None or id(word) not in gone or word.page != run[-1].page):
            found.append(Excerpt(" ".join(w.text for w in run), run[0].page))
            run = []
        if word is not None and id(word) in gone:
            run.append(word)
    return tuple(found)
