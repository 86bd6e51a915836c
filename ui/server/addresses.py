"""Every address of the running application, with the check that a request to it has to pass.

Gradio offers more than the page uses (a proxy, streams, an editor). Each of
its routes stands here under the path that it has in Gradio's own source, and
so does each of ours; what stands nowhere is not there. A test compares the
list with the routes that the application has: one that a new version adds is
refused until somebody has looked at it and put it here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from starlette.routing import compile_path

# "query": nothing is read but the address itself.      "stream": the same, answered bit by bit.
# "package file": a file that came with a program, named in a plain way.
# "uploaded file": a file that was uploaded, or that the page made to be downloaded.
# "json": the body is JSON in which no file stands but uploaded ones.
# "tools": the same, or no body at all.                  "upload": the body is files.
# "refused": not there for anybody.
Check = Literal["query", "stream", "package file", "uploaded file", "json", "tools", "upload", "refused"]

_READ = frozenset({"GET", "HEAD"})
_METHODS: Mapping[Check, frozenset[str]] = {
    "query": _READ,
    "stream": _READ,
    "package file": _READ,
    "uploaded file": _READ,
    "json": frozenset({"POST"}),
    "upload": frozenset({"POST"}),
    "tools": frozenset({"GET", "POST", "DELETE"}),
}

# Under the root of each language.
GRADIO: Mapping[str, Check] = {
    "/assets/{path:path}": "package file",
    "/static/{path:path}": "package file",
    "/svelte/{path:path}": "package file",
    "/theme.css": "query",
    "/favicon.ico": "query",
    "/robots.txt": "query",
    "/manifest.json": "query",
    "/config": "query",
    "/config/": "query",
    "/gradio_api/app_id": "query",
    "/gradio_api/app_id/": "query",
    "/gradio_api/info": "query",
    "/gradio_api/info/": "query",
    "/gradio_api/openapi.json": "query",
    "/gradio_api/theme.css": "query",
    "/gradio_api/queue/status": "query",
    "/gradio_api/heartbeat/{session_hash}": "stream",
    "/gradio_api/queue/data": "stream",
    "/gradio_api/upload_progress": "stream",
    "/gradio_api/call/{api_name}/{event_id}": "stream",
    "/gradio_api/call/v2/{api_name}/{event_id}": "stream",
    "/gradio_api/queue/join": "json",
    "/gradio_api/cancel": "json",
    "/gradio_api/reset": "json",
    "/gradio_api/reset/": "json",
    "/gradio_api/run/{api_name}": "json",
    "/gradio_api/run/{api_name}/": "json",
    "/gradio_api/api/{api_name}": "json",
    "/gradio_api/api/{api_name}/": "json",
    "/gradio_api/call/{api_name}": "json",
    "/gradio_api/call/{api_name}/": "json",
    "/gradio_api/call/v2/{api_name}": "json",
    "/gradio_api/call/v2/{api_name}/": "json",
    "/gradio_api/upload": "upload",
    "/gradio_api/file={path_or_url:path}": "uploaded file",
    # The same file by an older name; fetches addresses; media that no page has.
    "/gradio_api/file/{path:path}": "refused",
    "/gradio_api/proxy={url_path:path}": "refused",
    "/gradio_api/stream/{event_id}": "refused",
    "/gradio_api/stream/{event_id}/close": "refused",
    "/gradio_api/stream/{session_hash}/{run}/{component_id}/playlist-file": "refused",
    "/gradio_api/stream/{session_hash}/{run}/{component_id}/playlist.m3u8": "refused",
    "/gradio_api/stream/{session_hash}/{run}/{component_id}/{segment_id}.{ext}": "refused",
    # Functions and files of parts that the page does not have.
    "/gradio_api/component_server": "refused",
    "/gradio_api/component_server/": "refused",
    "/gradio_api/custom_component/{id}/{environment}/{type}/{file_name}": "refused",
    "/gradio_api/process_recording": "refused",
    "/pwa_icon": "refused",
    "/pwa_icon/{size}": "refused",
    # Keeps and reads states of the page in files.
    "/gradio_api/deep_link": "refused",
    "/gradio_api/runs": "refused",
    "/gradio_api/runs/": "refused",
    # Starts the queue, which has started with the server.
    "/gradio_api/startup-events": "refused",
    # An editor of the running program.
    "/gradio_api/dev/reload": "refused",
    "/gradio_api/vibe-code": "refused",
    "/gradio_api/vibe-code/": "refused",
    "/gradio_api/vibe-edit": "refused",
    "/gradio_api/vibe-edit/": "refused",
    "/gradio_api/undo-vibe-edit": "refused",
    "/gradio_api/undo-vibe-edit/": "refused",
    "/gradio_api/vibe-starter-queries": "refused",
    "/gradio_api/vibe-starter-queries/": "refused",
    # Gradio's own passwords, and what others do.
    "/login": "refused",
    "/login/": "refused",
    "/logout": "refused",
    "/gradio_api/login_check": "refused",
    "/gradio_api/login_check/": "refused",
    "/gradio_api/token": "refused",
    "/gradio_api/token/": "refused",
    "/gradio_api/user": "refused",
    "/gradio_api/user/": "refused",
    "/monitoring": "refused",
    "/monitoring/summary": "refused",
    "/monitoring/{key}": "refused",
    "/openapi.json": "refused",
}

# Of the whole application, under no language.
OWN: Mapping[str, Check] = {
    "/woordelijk/static/{path:path}": "package file",
    "/woordelijk/style.css": "query",
    "/woordelijk/collection": "query",
    "/woordelijk/document/{name}": "query",
    "/woordelijk/questions": "query",
    "/woordelijk/answer": "json",
    "/woordelijk/abridge": "json",
    "/woordelijk/cite": "json",
    "/woordelijk/judge": "json",
    "/woordelijk/memo": "json",
    "/woordelijk/open": "json",
    "/woordelijk/watches": "query",
    "/woordelijk/watches/add": "json",
    "/woordelijk/watches/remove": "json",
    "/woordelijk/watches/seen": "json",
    "/woordelijk/news": "query",
    "/woordelijk/feeds/{name}": "query",
    "/mcp": "tools",
}

# Pages that the server writes whole, and files that are saved from them, under the root of each language.
SHEETS: Mapping[str, Check] = {
    "/toezeggingen": "query",
    "/toezeggingen.csv": "query",
    "/toezeggingen.ics": "query",
    "/deelvragen": "query",
    "/vergelijk": "query",
    "/verloop": "query",
    "/cijfers": "query",
}

_PLAIN = re.compile(r"(?!\.)[\w.@+-]+(?:/(?!\.)[\w.@+-]+)*", re.ASCII)
_PATTERNS = {template: compile_path(template)[0] for template in (*GRADIO, *OWN, *SHEETS)}


@dataclass(frozen=True, slots=True)
class Address:
    """What a request is for: the check that it has to pass, and the file that it names, empty where it names none."""

    check: Check
    file: str = ""


def find_address(addresses: Mapping[str, Check], method: str, path: str) -> Address | None:
    """The address that a path has among `addresses`; None where nothing is there for that method."""
    found: list[Address] = []
    for template, check in addresses.items():
        match = _PATTERNS[template].match(path)
        if match is None or (check != "refused" and method not in _METHODS[check]):
            continue
        file = match[1] if template.endswith(":path}") else ""
        if check == "refused" or (check == "package file" and not _PLAIN.fullmatch(file)):
            return None
        found.append(Address(check, file))
    return found[0] if found else None


def find_page(pages: frozenset[str], method: str, path: str) -> Address | None:
    """The page that a path is of; None where it is of none of `pages`."""
    known = method in _READ and path.removeprefix("/").removesuffix("/") in pages
    return Address("query") if known else None
