"""The page "Controleer memo": paste or upload a memo, and see what became of every quotation in it."""

import tempfile
from pathlib import Path

import gradio as gr
from markupsafe import Markup

from index.regular_file import read_regular
from rag.verify.read_memo import LARGEST_FILE
from ui.desk.person import TAKES_LONG, set_person
from ui.pages.checking import Checked, check_memo
from ui.pages.context import PageContext
from ui.pages.upload_field import upload_field
from ui.render.check import render_refusal
from ui.render.templating import block
from ui.texts.check import CHECK_TEXTS
from ui.texts.failures import sentence

KINDS = (".docx", ".odt", ".html", ".md", ".txt")

Shown = tuple[str, gr.DownloadButton, gr.DownloadButton]


def build(context: PageContext) -> None:
    """Put the fields, the button and the place for the report on the page."""
    texts = CHECK_TEXTS[context.language]

    async def check(pasted: str, file: str | None, request: gr.Request) -> Shown:
        set_person(request)
        return await _check(context, pasted or "", file)

    with gr.Column(elem_classes="service"):
        gr.HTML(block("frame", "heading", texts["heading"], texts["explained"]))
        with gr.Row():
            memo = gr.Textbox(
                label=texts["memo"],
                placeholder=texts["placeholder"],
                lines=8,
                max_lines=20,
                scale=3,
                elem_id="memo-text",
            )
            file = upload_field(texts["file"], KINDS, "memo-file", context.language)
        button = gr.Button(texts["check"], variant="primary", elem_id="check-memo")
        report = gr.HTML(elem_id="check-report", container=False)
        with gr.Row():
            markdown = gr.DownloadButton(texts["markdown"], visible=False, elem_id="report-markdown")
            record = gr.DownloadButton(texts["json"], visible=False, elem_id="report-json")
        gr.on([button.click], check, [memo, file], [report, markdown, record], **TAKES_LONG)


async def _check(context: PageContext, pasted: str, file: str | None) -> Shown:
    """The report, or why there is none, and the report's files."""
    texts = CHECK_TEXTS[context.language]
    hidden = gr.DownloadButton(visible=False)
    if not pasted.strip() and not file:
        return str(render_refusal(texts["nothing"], context.language)), hidden, hidden
    name = Path(file).name if file else texts["pasted"]
    try:
        content = (
            read_regular(Path(file), LARGEST_FILE, follow_links=False) if file else pasted.encode("utf-8", "replace")
        )
        checked: Checked = await context.desk.checks.run(
            check_memo, context.desk.settings.index, content, name, context.language
        )
    except Exception as error:
        return str(render_refusal(sentence(error, context.language), context.language)), hidden, hidden
    shown = Markup(checked.html)
    if file and pasted.strip():
        shown = Markup('<p class="note">{}</p>{}').format(texts["both"].format(name=name), shown)
    return str(shown), *_downloads(checked, f"{texts['report file']}-{Path(name).stem}".replace(" ", "-"))


def _downloads(checked: Checked, stem: str) -> tuple[gr.DownloadButton, gr.DownloadButton]:
    """The buttons that hand over the report's two files."""
    folder = Path(tempfile.mkdtemp(prefix="report-"))
    markdown, record = folder / f"{stem}.md", folder / f"{stem}.json"
    markdown.write_text(checked.markdown, encoding="utf-8", newline="\n")
    record.write_text(checked.record, encoding="utf-8", newline="\n")
    return gr.DownloadButton(value=str(markdown), visible=True), gr.DownloadButton(value=str(record), visible=True)
