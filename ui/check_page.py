"""The page "Controleer memo": paste or upload a memo, and see what became of every quotation in it."""

import json
import tempfile
from pathlib import Path

import gradio as gr
from markupsafe import Markup

from index.regular_file import read_regular
from rag.verify.memo_text import MemoError
from rag.verify.read_memo import LARGEST_FILE, memo_of
from rag.verify.report import report_markdown, report_record
from rag.verify.verdicts import Report
from ui.check_render import render_refusal, render_report
from ui.check_texts import CHECK_TEXTS
from ui.context import PageContext
from ui.desk import Tools
from ui.failures import sentence
from ui.templating import block
from ui.upload_field import upload_field

KINDS = (".docx", ".odt", ".html", ".md", ".txt")

Shown = tuple[str, gr.DownloadButton, gr.DownloadButton]


def build(context: PageContext) -> None:
    """Put the fields, the button and the place for the report on the page."""
    texts = CHECK_TEXTS[context.language]

    def check(pasted: str, file: str | None) -> Shown:
        return _check(context, pasted or "", file)

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
        gr.on([button.click], check, [memo, file], [report, markdown, record], api_visibility="private")


def _check(context: PageContext, pasted: str, file: str | None) -> Shown:
    """The report, or why there is none, and the report's files."""
    texts = CHECK_TEXTS[context.language]
    hidden = gr.DownloadButton(visible=False)
    if not pasted.strip() and not file:
        return str(render_refusal(texts["nothing"], context.language)), hidden, hidden
    tools = context.desk.tools
    name = Path(file).name if file else texts["pasted"]
    try:
        content = (
            read_regular(Path(file), LARGEST_FILE, follow_links=False) if file else pasted.encode("utf-8", "replace")
        )
        report = tools.verifier.verify(memo_of(content, name), name)
    except (MemoError, OSError, UnicodeError, ValueError, RecursionError) as error:
        return str(render_refusal(sentence(error, context.language), context.language)), hidden, hidden
    shown = render_report(report, tools.citer, context.language)
    if file and pasted.strip():
        shown = Markup('<p class="note">{}</p>{}').format(texts["both"].format(name=name), shown)
    return str(shown), *_downloads(context, tools, report, name)


def _downloads(
    context: PageContext, tools: Tools, report: Report, name: str
) -> tuple[gr.DownloadButton, gr.DownloadButton]:
    folder = Path(tempfile.mkdtemp(prefix="report-"))
    stem = f"{CHECK_TEXTS[context.language]['report file']}-{Path(name).stem}".replace(" ", "-")
    markdown, record = folder / f"{stem}.md", folder / f"{stem}.json"
    markdown.write_text(report_markdown(report, tools.citer, name, context.language), encoding="utf-8", newline="\n")
    found = json.dumps(report_record(report, tools.citer), ensure_ascii=False, indent=1)
    record.write_text(f"{found}\n", encoding="utf-8", newline="\n")
    return gr.DownloadButton(value=str(markdown), visible=True), gr.DownloadButton(value=str(record), visible=True)
