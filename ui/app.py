"""The web application: the pages of each language, under a policy that allows no other host."""

import warnings
from collections.abc import Awaitable, Callable
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.middleware.trustedhost import TrustedHostMiddleware

from ui.context import PageContext
from ui.desk import Desk
from ui.early_head import EarlyHead
from ui.page import ROOTS, build_page, gr

_STYLE = Path(__file__).with_name("style.css")
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
    "frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
)


def build_app(desk: Desk) -> FastAPI:
    """The pages in Dutch at "/" and in English at "/en/"."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    # A name of another host that points here (DNS rebinding) is refused.
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])

    @app.middleware("http")
    async def guard(request: Request, call_next: Callable[[Request], Awaitable[Response]]) -> Response:
        response = await call_next(request)
        response.headers["Content-Security-Policy"] = _POLICY
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    app.add_middleware(EarlyHead)
    mount_pages(app, desk)
    return app


def mount_pages(app: FastAPI, desk: Desk) -> None:
    """Mount the pages of each language on `app`; the API is that of the application at "/"."""
    theme = gr.themes.Default(
        primary_hue="blue", font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
    )
    # "/" takes every path, so it comes last.
    for language in sorted(ROOTS, key=lambda name: len(ROOTS[name]), reverse=True):
        with warnings.catch_warnings():
            # Said of every application with several pages, whatever is asked for.
            warnings.filterwarnings("ignore", message="SSR mode is not supported")
            gr.mount_gradio_app(
                app,
                build_page(PageContext(desk, language)),
                path=ROOTS[language].rstrip("/") or "/",
                theme=theme,
                css=_STYLE.read_text(encoding="utf-8"),
                footer_links=[],
                show_error=True,
                ssr_mode=False,
                run_history=False,
            )
