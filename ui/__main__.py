"""Start the assistant in the browser, and say who may use it."""

import gc
import getpass
import os
import re
import signal
import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from index.command_line import DocumentsOption, EncoderOption, IndexOption, new_app, run, settings
from index.errors import WoordelijkError
from index.settings import Address
from rag.commands.options import LanguageOption
from ui.links import ROOT_PATH
from ui.server.keep_running import is_watched, keep_running
from ui.server.password import PasswordError, Users, read_users, write_user
from ui.server.reach import LOOPBACK, Reach, in_address, is_loopback

app = new_app("Serve the assistant to a browser on this machine.")
app.info.no_args_is_help = False


class PortError(WoordelijkError):
    """A port that another program uses or that this user may not open."""


class ReachError(WoordelijkError):
    """A server that others could reach, without a word on who may."""


@app.callback(invoke_without_command=True)
def serve(
    context: typer.Context,
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="Port to listen on.")] = 7860,
    host: Annotated[
        str, typer.Option("--host", help="Address to listen on; any but this machine's own needs a password file.")
    ] = LOOPBACK,
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="A name that others call this server by, for example behind a proxy. Repeat it."),
    ] = None,
    root_path: Annotated[
        str, typer.Option("--root-path", help="The path under which a proxy serves this, for example /brieven.")
    ] = "",
    password_file: Annotated[
        Path | None, typer.Option("--password-file", help="Who may use it; write it with 'python -m ui password'.")
    ] = None,
    no_password: Annotated[
        bool, typer.Option("--no-password", help="Whoever reaches --host may ask, and add and remove documents.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Say who could reach the server and what they could do; start nothing.")
    ] = False,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="Serve by so many processes, each with the library open.")
    ] = 1,
    mcp: Annotated[bool, typer.Option("--mcp", help="Offer the functions as tools to other assistants too.")] = False,
    language: LanguageOption = "nl",
    documents: DocumentsOption = None,
    index: IndexOption = None,
    encoder: EncoderOption = None,
) -> None:
    """Serve the assistant until it is interrupted, on 127.0.0.1 unless --host says otherwise."""
    if context.invoked_subcommand is not None:
        return
    users = _users(host, password_file, no_password)
    _set_root_path(root_path)
    reach = Reach(host, tuple(name or ()), users)
    if check:
        from ui.server.exposure_report import exposure

        sys.stdout.write(exposure(settings(documents, index, encoder), reach, port, password_file, mcp))
        return
    if hasattr(signal, "SIGBUS") and not is_watched():
        _check_port(host, port)
        command = [sys.executable, "-m", "ui", *sys.argv[1:]]
        if workers == 1:
            raise typer.Exit(keep_running(command))
        from ui.server.workers import serve_with

        sys.stdout.write(_served_at(host, port, language, mcp))
        sys.stdout.flush()
        raise typer.Exit(serve_with(command, workers, host, port))
    if workers > 1 and not hasattr(signal, "SIGBUS"):
        raise PortError("--workers: connections cannot be handed to other processes on this system; leave it out.")
    from ui.desk.desk import Desk
    from ui.desk.uploads import forget_unfinished
    from ui.server.temporary import server_folder
    from ui.server.workers import Handed

    desk = Desk(settings(documents, index, encoder))
    forget_unfinished(desk.settings)
    if (handed := Handed.here()) is None:
        _check_port(host, port)
    # What is uploaded lies in a folder of this process alone, and goes with it. Only that is served, so what
    # is made on the way to a download or an evaluation lies beside it.
    with server_folder():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        import uvicorn

        from ui.desk.offline import refuse_outgoing_connections
        from ui.server.connection_limits import IDLE_SECONDS, LimitedProtocol, most_connections
        from ui.server.logs import limit_logs
        from ui.server.server import build_server

        application = build_server(desk, reach, tools=mcp)
        place = desk.settings.index
        os.environ["WOORDELIJK_INDEX"] = str(place)
        refuse_outgoing_connections(host, cluster=place if isinstance(place, Address) else None)
        LimitedProtocol.most = most_connections()
        if handed is None:
            sys.stdout.write(_served_at(host, port, language, mcp))
            sys.stdout.flush()
        # Python's own thresholds, not those of a command that ends soon: requests leave garbage.
        gc.set_threshold(700, 10, 10)
        try:
            config = uvicorn.Config(
                application if handed is None else handed.marked(application),
                host=host,
                port=port,
                http=LimitedProtocol,
                log_level="warning",
                server_header=False,
                timeout_keep_alive=int(IDLE_SECONDS),
                timeout_graceful_shutdown=2,
            )
            limit_logs()
            (uvicorn.Server(config) if handed is None else handed.server(config)).run()
        finally:
            desk.close()


@app.command()
def password(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The password file; made where there is none.")],
    user: Annotated[str, typer.Option("--user", help="The user's name; asked for when left out.")] = "",
) -> None:
    """Add a user to a password file, or give one another password."""
    if sys.stdin.isatty():
        name = user or input("Name: ")
        typed = getpass.getpass("Password: ")
        if getpass.getpass("Again: ") != typed:
            raise PasswordError("The two passwords differ; nothing was written.")
    else:
        name = user or sys.stdin.readline().rstrip("\n")
        typed = sys.stdin.readline().rstrip("\n")
    write_user(file, name, typed)
    sys.stdout.write(f"{file}: {name} may use the server started with --password-file {file}.\n")


def _users(host: str, password_file: Path | None, no_password: bool) -> Users | None:
    """Who may ask; ReachError where others could reach the server and nothing was said."""
    if password_file is not None and no_password:
        raise ReachError("--password-file and --no-password contradict each other; give one.")
    if password_file is not None:
        return read_users(password_file)
    if not is_loopback(host) and not no_password:
        raise ReachError(
            f"--host {host} lets other machines ask. Say who may with --password-file FILE (write it with "
            "'python -m ui password FILE'), or let everybody with --no-password."
        )
    return None


def _served_at(host: str, port: int, language: str, mcp: bool) -> str:
    address = f"http://{in_address(host)}:{port}"
    tools = f"Tools (MCP, streamable HTTP): {address}/mcp\n" if mcp else ""
    return f"Woordelijk: {address}{'/en/' if language == 'en' else ''} (Ctrl+C stops)\n{tools}"


def _set_root_path(path: str) -> None:
    """Serve everything under `path`; ReachError where it is none."""
    if path and not re.fullmatch(r"(/[A-Za-z0-9._~-]+)+", path):
        raise ReachError(f"--root-path {path!r}: expected a path such as /brieven, without a slash at its end.")
    if path:
        os.environ[ROOT_PATH] = path


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortError(
                f"Port {port} of {host} cannot be used ({error.strerror}). "
                f"Stop what uses it, or choose another: python -m ui --port {port + 1 if port < 65535 else 7860}"
            ) from error


if __name__ == "__main__":
    run(app)
