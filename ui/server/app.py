"""The web application: the pages of each language."""

import warnings

from fastapi import FastAPI

from ui.assets import style
from ui.desk.desk import Desk
from ui.links import ROOTS, root_of, root_path
from ui.pages.context import PageContext
from ui.server.blocks import build_page, gr
from ui.server.guard import LARGEST_UPLOAD
from ui.server.routes import PREFIX, add_routes

# How many are served by one handler at once; the others wait their turn.
AT_ONCE = 10
# The style sheet for paper by itself: Gradio narrows every rule to within the page, and drops those of the paper.
_HEAD = (
    "".join(
        f'<script type="module" src="{{root}}{{prefix}}/static/{name}.js"></script>'
        for name in ("page", "gradio", "translation")
    )
    + '<link rel="stylesheet" media="print" href="{root}{prefix}/static/print.css">'
)


def mount_pages(app: FastAPI, desk: Desk) -> None:
    """Mount the pages of each language on `app`; the API is that of the application at "/"."""
    theme = gr.themes.Default(
        primary_hue="blue", font=["system-ui", "sans-serif"], font_mono=["ui-monospace", "monospace"]
    ).set(
        # White words on the default blue have too little contrast (WCAG 1.4.3).
        button_primary_background_fill="#154273",
        button_primary_background_fill_dark="*primary_700",
        button_primary_background_fill_hover="#0f3158",
        button_primary_background_fill_hover_dark="*primary_800",
    )
    add_routes(app, desk)
    # "/" takes every path, so it comes last.
    for language in sorted(ROOTS, key=lambda name: len(ROOTS[name]), reverse=True):
        with warnings.catch_warnings():
            # Said of every application with several pages, whatever is asked for.
            warnings.filterwarnings("ignore", message="SSR mode is not supported")
            page = build_page(PageContext(desk, language)).queue(default_concurrency_limit=AT_ONCE)
            gr.mount_gradio_app(
                app,
                page,
                path=ROOTS[language].rstrip("/") or "/",
                root_path=root_of(language).rstrip("/") if root_path() else None,
                theme=theme,
                head=_HEAD.format(root=root_path(), prefix=PREFIX),
                css=style(),
                footer_links=[],
                # Errors of ours are sentences, and shown all the same; others name paths.
                show_error=False,
                allowed_paths=[],
                max_file_size=LARGEST_UPLOAD,
                ssr_mode=False,
                run_history=False,
            )
        # Gradio takes any file of this machine for an upload until it is told that it serves: `launch` says so and
        # `mount_gradio_app` does not (gradio 6.31, `processing_utils._check_allowed`, the one place that reads it).
        # The guard refuses such files before; this is the second lock, and a test tries it by itself.
        page.has_launched = True
