"""Who can reach a server that is started with some options, and what they can do: one screen, nothing is started."""

import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from index.errors import WoordelijkError
from index.library.manifest import read_manifest
from index.settings import Settings
from ui.desk.uploads import kept_uploads
from ui.links import root_path
from ui.server.reach import Reach, in_address, is_loopback

_CAN = "ask, read every document whole, cite, check memos, add and remove documents, judge passages, measure"


def exposure(settings: Settings, reach: Reach, port: int, password_file: Path | None, tools: bool) -> str:
    """Lines of "what: how it is"; what somebody should look at begins with "!"."""
    return "".join(f"{line}\n" for line in _lines(settings, reach, port, password_file, tools))


def _lines(settings: Settings, reach: Reach, port: int, password_file: Path | None, tools: bool) -> Iterator[str]:
    alone = is_loopback(reach.host)
    yield f"Address: http://{in_address(reach.host)}:{port}{root_path() or '/'}"
    yield (
        "Reached by: programs and people on this machine only"
        if alone
        else ("Reached by: every machine that can send to this one at that address")
    )
    yield f"Goes by the names: {', '.join(reach.hosts)}; a request that calls it otherwise is refused"
    if reach.users is not None:
        yield f"Let in: {', '.join(sorted(reach.users.names))} (name and password, {password_file})"
        if password_file is not None and password_file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
            yield f"! {password_file} can be read by others on this machine: chmod 600 {password_file}"
    else:
        yield f"{'' if alone else '! '}Let in: whoever reaches it; no password is asked"
    yield f"They can: {_CAN}; all of them the same"
    yield f"Tools for other assistants (MCP): {'at /mcp, the same people' if tools else 'not served'}"
    if not alone:
        yield "! What is sent is not encrypted here: put a proxy with TLS before it (docs/serve.md)"
    yield "They cannot: read another file of this machine, or make it connect to another"
    yield from _kept(settings)


def _kept(settings: Settings) -> Iterator[str]:
    try:
        count = len(read_manifest(settings.index).documents)
        yield f"Library: {settings.index}, {count} document{'' if count == 1 else 's'}"
    except WoordelijkError as error:
        yield f"! Library: {error}"
    folder = kept_uploads(settings)
    files = [path for path in folder.glob("*") if path.is_file() and not path.name.startswith(".")]
    size = sum(path.stat().st_size for path in files)
    free = shutil.disk_usage(folder if folder.exists() else settings.beside).free
    yield f"Uploads: {folder}, {len(files)} files of {size / 1e6:.1f} MB; {free / 1e9:.1f} GB of the disk are free"
