"""Plots as inline SVG: bars and lines with axes, a legend and nothing from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

# Told apart by people who see no red and green (Okabe and Ito, 2008).
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#999933")
_WIDTH, _HEIGHT = 640, 300
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 12, 28, 64


@dataclass(frozen=True, slots=True)
class Series:
    """A name and its points: (x, y) for lines, (place, height) for bars."""

    name: str
    points: tuple[tuple[float, float], ...]


def lines(title: str, x_label: str, y_label: str, series: Sequence[Series], diagonal: bool = False) -> str:
    """Lines in the unit square; `diagonal` draws where x equals y."""
    parts = [_axes(title, x_label, y_label, 1.0), _ticks()]
    if diagonal:
        parts.append(_polyline(((0.0, 0.0), (1.0, 1.0)), "#bbbbbb", "4 4"))
    for one, colour in zip(series, _colours(len(series)), strict=True):
        parts.append(_polyline(one.points, colour, ""))
        if len(one.points) <= 12:
            parts += [_dot(point, colour) for point in one.points]
    return _figure(title, [*parts, _legend([one.name for one in series])])


def bars(title: str, y_label: str, groups: Sequence[str], series: Sequence[Series], top: float = 1.0) -> str:
    """Groups of bars side by side, one bar a series; heights from 0 to `top`."""
    parts = [_axes(title, "", y_label, top)]
    slot = (_WIDTH - _LEFT - _RIGHT) / max(1, len(groups))
    width = 0.8 * slot / max(1, len(series))
    for number, (one, colour) in enumerate(zip(series, _colours(len(series)), strict=True)):
        for place, height in one.points:
            x = _LEFT + slot * (place + 0.1) + number * width
            y = _y(height / top)
            label = escape(f"{groups[int(place)]}, {one.name}: {height:.3g}")
            parts.append(
                f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{_y(0) - y:.1f}" fill="{colour}">'
                f"<title>{label}</title></rect>"
            )
    for place, group in enumerate(groups):
        # In two rows, so that long names do not run into each other.
        y = _HEIGHT - _BOTTOM + 14 + 13 * (place % 2 if len(groups) > 8 else 0)
        parts.append(_text(_LEFT + slot * (place + 0.5), y, group, "middle"))
    return _figure(title, [*parts, _legend([one.name for one in series])])


def _colours(count: int) -> list[str]:
    return [COLOURS[place % len(COLOURS)] for place in range(count)]


def _x(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - share * (_HEIGHT - _BOTTOM - _TOP)


def _text(x: float, y: float, text: str, anchor: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'


def _axes(title: str, x_label: str, y_label: str, top: float) -> str:
    parts = [_text(_LEFT, 14, title)]
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = _y(share)
        parts.append(f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{_WIDTH - _RIGHT}" y2="{y:.1f}" stroke="#dddddd"/>')
        parts.append(_text(_LEFT - 6, y + 4, f"{share * top:.3g}", "end"))
    parts.append(_text(_x(0.5), _HEIGHT - _BOTTOM + 30, x_label, "middle"))
    parts.append(f'<g transform="rotate(-90)">{_text(-_y(0.5), 10, y_label, "middle")}</g>')
    return "".join(parts)


def _ticks() -> str:
    return "".join(
        _text(_x(share), _HEIGHT - _BOTTOM + 14, f"{share:.3g}", "middle") for share in (0.0, 0.25, 0.5, 0.75, 1.0)
    )


def _polyline(points: Sequence[tuple[float, float]], colour: str, dashes: str) -> str:
    placed = " ".join(f"{_x(x):.1f},{_y(y):.1f}" for x, y in points)
    return f'<polyline points="{placed}" fill="none" stroke="{colour}" stroke-width="2" stroke-dasharray="{dashes}"/>'


def _dot(point: tuple[float, float], colour: str) -> str:
    return f'<circle cx="{_x(point[0]):.1f}" cy="{_y(point[1]):.1f}" r="3" fill="{colour}"/>'


def _legend(names: Sequence[str]) -> str:
    parts = []
    step = (_WIDTH - _LEFT) / max(1, len(names))
    for place, (name, colour) in enumerate(zip(names, _colours(len(names)), strict=True)):
        x = _LEFT + place * step
        parts.append(f'<rect x="{x:.1f}" y="{_HEIGHT - 20}" width="10" height="10" fill="{colour}"/>')
        parts.append(_text(x + 14, _HEIGHT - 11, name))
    return "".join(parts)


def _figure(title: str, parts: Sequence[str]) -> str:
    return (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(title)}" font-size="11" '
        f'font-family="sans-serif" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>\n'
    )
