"""The pages that the server writes whole, and the files that are saved from them, at an address in each language."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from urllib.parse import urlencode

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.responses import HTMLResponse

from index.errors import UnknownDocumentError, WoordelijkError
from rag.texts.answers import Language
from ui.assets import style
from ui.desk.desk import Desk
from ui.desk.registers import Registers
from ui.links import ROOTS, root_of, root_path
from ui.pages import compare, coverage, figures, history, promises
from ui.pages.header import header
from ui.pages.sheet import Asked, AskedError, Save, Show
from ui.render.slices import FORMS
from ui.render.templating import block, rendered
from ui.texts.failures import sentence
from ui.texts.page import TEXTS
from ui.texts.sheet import SHEET_TEXTS

# The place in the menu of each page, and what shows it; each stands in `ui.server.addresses` too.
SHEETS: Mapping[str, tuple[str, Show]] = {
    "toezeggingen": ("toezeggingen", promises.show),
    "deelvragen": ("deelvragen", coverage.show),
    "vergelijk": ("vergelijk", compare.show),
    "verloop": ("vergelijk", history.show),
    "cijfers": ("vergelijk", figures.show),
}
FILES: Mapping[str, Save] = {
    "toezeggingen.csv": promises.save_csv,
    "toezeggingen.ics": promises.save_calendar,
}
# Nothing but what stands in files of this server; of Gradio's pages more must be allowed.
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
)


def add_sheets(app: FastAPI, desk: Desk) -> None:
    """Add the pages of each language, their files, and the style that they share with Gradio's."""
    router = APIRouter()
    registers = Registers(desk.settings.index)
    styles = style()

    def add(address: str, answer: Callable[..., Response]) -> None:
        router.add_api_route(address, answer, methods=["GET", "HEAD"])

    for language, root in ROOTS.items():
        answers = _Answers(desk, registers, language)
        for path, (place, show) in SHEETS.items():
            add(f"{root}{path}", answers.page(path, place, show))
        for path, save in FILES.items():
            add(f"{root}{path}", answers.file(path, save))
    add("/woordelijk/style.css", lambda: Response(styles, media_type="text/css"))
    app.include_router(router)


class _Answers:
    """Answers requests for the pages of one language."""

    def __init__(self, desk: Desk, registers: Registers, language: Language) -> None:
        self._desk = desk
        self._registers = registers
        self._language = language

    def page(self, path: str, place: str, show: Show) -> Callable[[Request], Response]:
        """What answers with the page at `path`, or with a page that says why not."""

        def answer(request: Request) -> Response:
            status = 200
            try:
                sheet = show(self._asked(path, request))
                title, body, script, own = sheet.title, sheet.body, sheet.script, sheet.texts
            except Exception as error:
                status, said = self._refusal(error)
                texts = SHEET_TEXTS[self._language]
                title, script, own = texts["refused"], "list", {}
                body = block("slices", "refused", texts, said, f"{root_of(self._language)}{path}")
            texts = {**TEXTS[self._language], **SHEET_TEXTS[self._language], **own}
            page = rendered(
                "sheet",
                title=title,
                body=body,
                script=script,
                header=header(place, self._language, path, urlencode(request.query_params.multi_items())),
                language=self._language,
                texts=texts,
                data=json.dumps(texts, ensure_ascii=False),
                root=root_path(),
                memo=f"{root_of(self._language)}#memo",
                forms=FORMS,
            )
            headers = {"content-language": self._language, "content-security-policy": _POLICY}
            return HTMLResponse(page, status, headers)

        return answer

    def file(self, path: str, save: Save) -> Callable[[Request], Response]:
        """What answers with the file at `path`, or with the sentence that says why not."""

        def answer(request: Request) -> Response:
            try:
                saved = save(self._asked(path, request))
            except Exception as error:
                status, said = self._refusal(error)
                return Response(f"{said}\n", status, media_type="text/plain; charset=utf-8")
            headers = {"content-disposition": f'attachment; filename="{path}"'}
            return Response(saved.content, media_type=saved.kind, headers=headers)

        return answer

    def _asked(self, path: str, request: Request) -> Asked:
        today = datetime.now().astimezone().date()
        register = self._registers.of(self._desk.tools)
        return Asked(path, request.query_params, self._language, register, today)

    def _refusal(self, error: Exception) -> tuple[int, str]:
        if isinstance(error, AskedError):
            return error.status, str(error)
        if isinstance(error, UnknownDocumentError):
            return 404, TEXTS[self._language]["no document"]
        return 400 if isinstance(error, WoordelijkError) else 500, sentence(error, self._language)
