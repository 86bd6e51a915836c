"""The server: the pages, the API and the tools, behind the guard, for those who may reach them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import FastAPI
from gradio.utils import get_upload_folder
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from ui.desk.desk import Desk
from ui.desk.upload_folder import UploadFolder
from ui.links import ROOTS, root_path
from ui.pages.sheets import SHEETS, add_sheets
from ui.server.api import Api
from ui.server.app import mount_pages
from ui.server.blocks import PAGES
from ui.server.early_head import EarlyHead
from ui.server.guard import Guard
from ui.server.languages import ChosenLanguage
from ui.server.reach import Reach


def build_server(desk: Desk, reach: Reach | None = None, tools: bool = False) -> ASGIApp:
    """The whole application; with `tools` other assistants find theirs at "/mcp"."""
    reach = reach or Reach()
    app = build_application(desk, tools)
    app.add_middleware(EarlyHead)
    pages = frozenset(page.path for page in PAGES)
    app.add_middleware(ChosenLanguage, pages=pages | SHEETS.keys())
    uploads = UploadFolder(Path(get_upload_folder()))
    guarded = Guard(app, uploads, reach.users, ROOTS.values(), pages, Api(desk).functions)
    return TrustedHostMiddleware(_under_root_path(guarded), allowed_hosts=reach.hosts)


def _under_root_path(app: ASGIApp) -> ASGIApp:
    """The application under the path of a proxy, whether or not the proxy leaves that on the address (ASGI 3)."""
    root = root_path()

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        if root and scope["type"] == "http":
            path, raw = scope["path"], scope.get("raw_path") or scope["path"].encode()
            if not f"{path}/".startswith(f"{root}/"):
                path, raw = root + path, root.encode() + raw
            scope = {**scope, "path": path, "raw_path": raw, "root_path": root}
        await app(scope, receive, send)

    return served


def build_application(desk: Desk, tools: bool = False) -> FastAPI:
    """What the guard stands before, with every route that there is."""
    app = _with_tools(desk) if tools else FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    add_sheets(app, desk)
    # The pages of Gradio take every path that is left.
    mount_pages(app, desk)
    return app


def _with_tools(desk: Desk) -> FastAPI:
    from ui.server.mcp_tools import build_mcp

    server = build_mcp(desk)
    routes = server.streamable_http_app().routes

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        async with server.session_manager.run():
            yield

    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.router.routes.extend(routes)
    return app
