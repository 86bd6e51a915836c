"""The command line of the assistant: ask one question or a file of them; cite, write and check memos."""

from index.command_line import new_app, run
from rag.commands import ask, cite, compare, coverage, promises, similar, watch

app = new_app("Ask questions and get the documents' own words.")


@app.callback()
def main() -> None:
    """Ask questions and get the documents' own words."""


for commands in (ask, cite, similar, promises, coverage, compare, watch):
    commands.register(app)

if __name__ == "__main__":
    run(app)
