"""The characters that Word takes from symbol fonts, by their place in the font."""

UNKNOWN = "\ufffd"

_SYMBOL = {
    0x22: "∀", 0x2D: "−", 0x40: "≅", 0x41: "Α", 0x44: "Δ", 0x53: "Σ", 0x57: "Ω", 0x61: "α", 0x62: "β", 0x67: "γ",
    0x64: "δ", 0x65: "ε", 0x6C: "λ", 0x6D: "μ", 0x70: "π", 0x73: "σ", 0x7E: "∼", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔",
    0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°", 0xB1: "±", 0xB2: "″", 0xB3: "≥", 0xB4: "×", 0xB7: "•",
    0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…", 0xD6: "√", 0xDE: "⇒", 0xE5: "∑",
}  # fmt: skip
_WINGDINGS = {
    0x28: "☎", 0x2A: "✉", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x73: "⬧", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x9F: "•", 0xA7: "▪", 0xA8: "◻", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xF0: "⇨",
    0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """The character of that hexadecimal code in that font; U+FFFD where it is not known."""
    try:
        number = int(code, 16)
    except ValueError:
        return UNKNOWN
    place = number & 0xFF if 0xF000 <= number <= 0xF0FF else number
    if font.lower() == "symbol":
        return _SYMBOL.get(place, chr(place) if 0x20 <= place < 0x40 else UNKNOWN)
    if font.lower().startswith("wingdings"):
        return _WINGDINGS.get(place, UNKNOWN)
    private = 0xE000 <= number <= 0xF8FF
    return UNKNOWN if private or not 0x20 <= number <= 0x10FFFF or 0xD800 <= number <= 0xDFFF else chr(number)
