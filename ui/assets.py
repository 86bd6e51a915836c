"""The files that the pages are made of, besides Python: scripts, style sheets, templates."""

from pathlib import Path

_FOLDER = Path(__file__).parent
STATIC = _FOLDER / "static"
STYLES = _FOLDER / "styles"
TEMPLATES = _FOLDER / "templates"


def style() -> str:
    """The style of all pages, Gradio's and those that the server writes whole."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted(STYLES.glob("*.css")))
