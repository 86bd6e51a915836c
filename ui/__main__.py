"""Start the assistant in the browser."""

import socket
import sys
from typing import Annotated

import typer

from index.command_line import EncoderOption, IndexOption, new_app, run, settings
from index.errors import WoordelijkError
from rag.texts import LANGUAGES

app = new_app("Serve the assistant to a browser on this machine.")
app.info.no_args_is_help = False

HOST = "127.0.0.1"


class PortError(WoordelijkError):
    """A port that another program uses or that this user may not open."""


@app.command()
def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port on 127.0.0.1.")] = 7860,
    language: Annotated[str, typer.Option("--language", help="Language of our own words: nl or en.")] = "nl",
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Serve the assistant on 127.0.0.1 until it is interrupted."""
    if language not in LANGUAGES:
        raise typer.BadParameter(f"--language is nl or en, not {language!r}")
    from ui.desk import Desk

    desk = Desk(settings(index=index, encoder=encoder))
    _check_port(port)
    import uvicorn

    from ui.app import build_app

    application = build_app(desk)
    address = f"http://{HOST}:{port}{'/en/' if language == 'en' else ''}"
    sys.stdout.write(f"Woordelijk: {address} (Ctrl+C stops)\n")
    sys.stdout.flush()
    uvicorn.run(application, host=HOST, port=port, log_level="warning")


def _check_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise PortError(
                f"Port {port} of {HOST} cannot be used ({error.strerror}). "
                f"Stop what uses it, or choose another: python -m ui --port {port + 1 if port < 65535 else 7860}"
            ) from error


if __name__ == "__main__":
    run(app)
