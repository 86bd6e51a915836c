"""The page "Documenten": what is searched and how it was read, adding by upload, and removing."""

from pathlib import Path
from typing import Any

import gradio as gr
from markupsafe import Markup

from index.library.collect import Progress
from index.library.draft import Changes
from index.library.manifest import Entry, read_manifest
from index.model.publications import find_publication
from index.readers.formats import SUFFIXES
from ui.desk.person import TAKES_LONG, set_person
from ui.desk.uploads import add_uploads, remove_document
from ui.pages.context import PageContext
from ui.pages.opening import on_open
from ui.pages.upload_field import upload_field
from ui.render.documents import render_changes, render_documents, render_failure, render_notice
from ui.render.templating import block
from ui.texts.documents import DOCUMENTS_TEXTS
from ui.texts.failures import sentence


def build(context: PageContext) -> None:
    """Put the list, the field to add with and the choice to remove on the page."""
    texts = DOCUMENTS_TEXTS[context.language]
    with gr.Column(elem_classes="service"):
        gr.HTML(block("frame", "heading", texts["heading"], texts["explained"]))
        gr.HTML(block("frame", "part", texts["add"]))
        files = upload_field(texts["file"], sorted(SUFFIXES), "new-documents", context.language, "multiple")
        add = gr.Button(texts["add chosen"], variant="primary", elem_id="add-documents")
        added = gr.HTML(elem_id="added")
        # Below what adds: a library may list a thousand documents.
        gr.HTML(block("frame", "part", texts["searched"]))
        with gr.Group(visible=False) as asked:
            question = gr.HTML(elem_id="sure")
            with gr.Row():
                yes = gr.Button(texts["yes"], variant="stop", elem_id="remove-yes")
                no = gr.Button(texts["no"], elem_id="remove-no")
        removed = gr.HTML(elem_id="removed")
        listed = gr.HTML(elem_id="documents")
        # Filled in and pressed by `static/gradio.js`, when a person chooses it at a document.
        chosen = gr.Textbox(elem_id="which-document", elem_classes="by-script", show_label=False, container=False)
        remove = gr.Button("", elem_id="remove-document", elem_classes="by-script")

        async def take(
            paths: list[str] | None,
            request: gr.Request,
            progress: gr.Progress = gr.Progress(),  # noqa: B008
        ) -> list[Any]:
            set_person(request)
            return [await _take(context, paths or [], progress), None, _list(context)]

        def ask(document: str | None) -> list[Any]:
            return _ask(context, document)

        async def drop(document: str | None, request: gr.Request) -> list[Any]:
            set_person(request)
            return [await _drop(context, document), gr.Group(visible=False), _list(context)]

        def keep() -> list[Any]:
            return [str(render_notice(texts["not removed"])), gr.Group(visible=False)]

        gr.on([add.click], take, [files], [added, files, listed], show_progress_on=added, **TAKES_LONG)
        gr.on([remove.click], ask, [chosen], [removed, asked, question], api_visibility="private")
        gr.on([yes.click], drop, [chosen], [removed, asked, listed], show_progress_on=removed, **TAKES_LONG)
        gr.on([no.click], keep, None, [removed, asked], api_visibility="private")
        on_open(lambda: _list(context), [listed])


def _entries(context: PageContext) -> tuple[Entry, ...]:
    return read_manifest(context.desk.settings.index).documents


def _list(context: PageContext) -> str:
    try:
        return str(render_documents(_entries(context), context.desk.tools.collection.units, context.language))
    except Exception as error:
        return str(render_failure(sentence(error, context.language)))


async def _take(context: PageContext, paths: list[str], progress: gr.Progress) -> str:
    texts, language = DOCUMENTS_TEXTS[context.language], context.language
    if not paths:
        return str(render_notice(texts["nothing chosen"]))
    try:
        files = [Path(path) for path in paths]
        changes = await context.desk.change(add_uploads, files, progress=_shown(progress, context))
    except Exception as error:
        return str(render_failure(sentence(error, language)))
    return str(render_changes(changes, language))


def _shown(progress: gr.Progress, context: PageContext) -> Progress:
    """The bar on the page: reading is its first half, making searchable its second."""
    texts = DOCUMENTS_TEXTS[context.language]

    def show(stage: str, done: int, total: int) -> None:
        text = texts["reading" if stage == "read" else "encoding"].format(done=done, total=total)
        progress((done / max(total, 1) + (stage != "read")) / 2, desc=text)

    return show


def _ask(context: PageContext, document: str | None) -> list[Any]:
    texts = DOCUMENTS_TEXTS[context.language]
    found = find_publication(_entries(context), document or "")
    if found is None:
        return [str(render_notice(texts["nothing to remove"])), gr.Group(visible=False), ""]
    files = "”, “".join(entry.file for entry in found.files)
    question = Markup('<p role="alert">{}</p>').format(texts["sure"].format(file=files))
    return ["", gr.Group(visible=True), str(question)]


async def _drop(context: PageContext, document: str | None) -> str:
    """Remove every file of the document."""
    found = find_publication(_entries(context), document or "")
    try:
        changes = Changes()
        for entry in found.files if found else ():
            one = await context.desk.change(remove_document, entry.id)
            changes.removed += one.removed
            changes.refused += one.refused
    except Exception as error:
        return str(render_failure(sentence(error, context.language)))
    return str(render_changes(changes, context.language))
