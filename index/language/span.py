"""A half-open range of code points."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points, never empty."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, got [{self.start}, {self.end})")

    def of(self, text: str) -> str:
        """The exact slice of `text`; ValueError where the span runs past its end."""
        if self.end > len(text):
            raise ValueError(f"span [{self.start}, {self.end}) in a text of {len(text)} characters")
        return text[self.start : self.end]

    def contains(self, other: "Span") -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


def trimmed(text: str, start: int, end: int, characters: str | None = None) -> Span | None:
    """The span of `text[start:end]` without the `characters` (white space) around it, None where nothing is left."""
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip(characters))
    right = start + len(piece.rstrip(characters))
    return Span(left, right) if left < right else None
