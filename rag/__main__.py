"""The command line of the assistant: ask one question or a file of them; cite, write and check memos."""

from collections.abc import Callable

from index.command_line import new_app, run
from rag.commands import ask, cite, compare, coverage, promises, similar, watch
from rag.commands.options import HYPHENS

app = new_app("Ask questions and get the documents' own words.")


@app.callback()
def main() -> None:
    """Ask questions and get the documents' own words."""


COMMANDS: dict[str, Callable[..., None]] = {
    **{"ask": ask.ask, "chat": ask.chat},
    **{"cite": cite.cite, "memo": cite.memo, "verify": cite.verify, "figures": cite.figures, "open": cite.open_link},
    **{"similar": similar.similar, "promises": promises.promises, "coverage": coverage.coverage},
    **{"compare": compare.compare, "history": compare.history},
}
for name, command in COMMANDS.items():
    searches = name in ("ask", "figures", "history")
    app.command(name, context_settings=HYPHENS if searches else None)(command)
app.add_typer(watch.app, name="watch")

if __name__ == "__main__":
    run(app)
