"""Measure the conversation on `gr.Chatbot` instead of ours: `python -m tests.ui.measure_chatbot WAY`.

WAY is "state" (cards as components, the history in `gr.State`), "places" (the
same with an empty place for each card) or "browser" (no event of the server:
the browser asks for the card itself). One server on the index of the
settings, 100 questions in one conversation; a line for each 20 of them.
"""

import asyncio
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.async_api import async_playwright

from tests.ui.browser.conftest import BROWSER_ARGUMENTS, BROWSER_NAMES
from tests.ui.conftest import free_port
from tests.ui.measure_page import QUESTIONS

WAYS = ("state", "places", "browser")
TURNS = 100
_IN_BROWSER = """async (question, shown) => {
  const before = (shown ?? []).filter(message => message.role === 'user').map(message => message.content[0].text);
  const response = await fetch('/woordelijk/answer', {method: 'POST', headers: {'content-type': 'application/json'},
    body: JSON.stringify({question, previous: before.slice(-5)})});
  const {html: value} = await response.json();
  const props = {value, apply_default_css: false, container: false, visible: true, html_template: '${value}'};
  const card = {type: 'component', component: 'html', value, constructor_args: {}, props};
  const said = [['user', {type: 'text', text: question}], ['assistant', card]];
  return [[...(shown ?? []), ...said.map(([role, content]) => ({role, content: [content]}))], ''];
}"""
_TIMED = """([question, count, wanted]) => new Promise(done => {
  const box = document.querySelector('#box textarea');
  const started = performance.now();
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(box, question);
  box.dispatchEvent(new Event('input', {bubbles: true}));
  for (const kind of ['keydown', 'keypress'])
    setTimeout(() => box.dispatchEvent(new KeyboardEvent(kind, {key: 'Enter', bubbles: true})));
  const look = () => document.querySelectorAll(wanted).length >= count
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - started))) : requestAnimationFrame(look);
  look();
})"""


@contextmanager
def _chat(way: str) -> Iterator[str]:
    """The address of a chat that answers in that way."""
    import uvicorn
    from fastapi import FastAPI

    from index.settings import Settings
    from ui.desk.desk import Desk
    from ui.render.answer import render_answer
    from ui.server.blocks import gr
    from ui.server.routes import add_routes

    desk = Desk(Settings.from_environment())

    def answered(question: str, kept: list[dict[str, Any]]) -> tuple[Any, Any, str]:
        before = [message["content"] for message in kept if message["role"] == "user"][-5:]
        html = '<div class="place"></div>'
        if way == "state":
            found = desk.tools.assistant.ask(question, previous=before, whole=False)
            html = str(render_answer(found, desk.tools, "nl"))
        card = gr.HTML(html, apply_default_css=False, container=False)
        said = [{"role": "user", "content": question}, {"role": "assistant", "content": card}]
        return [*kept, *said], [*kept, *said], ""

    with gr.Blocks() as page:
        chat = gr.Chatbot(height=700, layout="panel", group_consecutive_messages=False, buttons=[])
        box, kept = gr.Textbox(elem_id="box"), gr.State([])
        gr.HTML("")
        if way == "browser":
            box.submit(None, [box, chat], [chat, box], js=_IN_BROWSER, show_progress="hidden")
        else:
            box.submit(answered, [box, kept], [chat, kept, box], show_progress="hidden")
    app = FastAPI()
    add_routes(app, desk)
    gr.mount_gradio_app(app, page, path="/", ssr_mode=False, run_history=False)
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.should_exit = True
        thread.join()
        desk.close()


async def _measure(address: str, wanted: str) -> list[float]:
    found = next(path for name in BROWSER_NAMES if (path := shutil.which(name)))
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=list(BROWSER_ARGUMENTS))
        page = await browser.new_page()
        await page.goto(address)
        await page.wait_for_selector("#box textarea")
        # The page says nowhere that it listens.
        await page.wait_for_timeout(2_000)
        times: list[float] = []
        for turn in range(TURNS):
            question = QUESTIONS[turn % len(QUESTIONS)]
            times.append(await page.evaluate(_TIMED, [question, turn + 1, wanted]))
        await browser.close()
    return times


def main() -> None:
    """Print the table of one way."""
    way = sys.argv[1] if len(sys.argv) > 1 else ""
    if way not in WAYS:
        sys.exit(f"Expected one of {', '.join(WAYS)}.")
    with _chat(way) as address:
        times = asyncio.run(_measure(address, ".place" if way == "places" else ".answer"))
    sys.stdout.write("| questions | median | 95th percentile | most |\n| --- | --- | --- | --- |\n")
    for first, last in ((0, TURNS), *((n, n + 20) for n in range(0, TURNS, 20))):
        some = times[first:last]
        p95 = statistics.quantiles(some, n=20, method="inclusive")[-1]
        sys.stdout.write(f"| {first + 1}-{last} | {statistics.median(some):.0f} | {p95:.0f} | {max(some):.0f} |\n")


if __name__ == "__main__":
    main()
