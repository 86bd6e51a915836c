"""The functions as programs reach them: over gradio_client and over MCP."""

import asyncio
import json
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import TextContent

from index.model.types import Parsed

QUESTION = "Hoeveel fte telt de formatie van het TBKK van de politie?"
FUNCTIONS = {
    *("ask", "unit", "cite", "verify", "promises", "coverage"),
    *("compare", "history", "disagreements", "news", "documents"),
}


def new_client(url: str) -> Client:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        return Client(url, verbose=False, analytics_enabled=False)


@pytest.fixture(scope="module")
def client(url: str) -> Iterator[Client]:
    found = new_client(url)
    yield found
    found.close()


def test_the_names_of_the_endpoints_are_these(client: Client) -> None:
    """Nothing else is public: a handler of the page is no interface."""
    info: Any = client.view_api(return_format="dict", print_info=False)
    assert {name.strip("/") for name in info["named_endpoints"]} == FUNCTIONS
    assert info["unnamed_endpoints"] == {}


def test_ask_gives_exact_passages(client: Client, letter: Parsed) -> None:
    record = client.predict(QUESTION, api_name="/ask")
    assert record["answered"]
    assert record["message"].startswith("Gevonden")
    passage = record["hits"][0]["passage"]
    assert letter.document.text[passage["start"] : passage["end"]] == passage["text"]
    assert "186 fte" in passage["text"]
    assert len(client.predict(QUESTION, 3, api_name="/ask")["hits"]) == 3


@pytest.mark.parametrize("question", ["", "<script>alert(1)</script>", "x" * 100_000, "'; DROP TABLE x; --"])
def test_hostile_questions_are_answered_plainly(client: Client, question: str) -> None:
    record = client.predict(question, api_name="/ask")
    assert record["answered"] is False
    assert record["message"]


@pytest.mark.parametrize("name", ["28", "vraag 28", "Vraag  28", "question 28", "vraag-28"])
def test_a_unit_by_any_of_its_names(client: Client, letter: Parsed, name: str) -> None:
    record = client.predict(name, api_name="/unit")
    assert record["label"] == "Vraag 28"
    answer = next(part for part in record["parts"] if part["field"] == "answer")
    assert record["answer"].startswith(letter.document.text[answer["start"] : answer["end"]][:40])


def test_an_annex_is_a_unit(client: Client) -> None:
    assert client.predict("bijlage II", "d26cef8d", api_name="/unit")["kind"] == "annex"


def test_what_ask_gives_can_be_cited(client: Client) -> None:
    hit = client.predict(QUESTION, api_name="/ask")["hits"][0]
    passage = hit["passage"]
    record = client.predict(hit["document"], passage["start"], passage["end"], "markdown", api_name="/cite")
    assert record["quotation"] == passage["text"]
    assert record["styled"].startswith("> ")
    assert record["link"].startswith("woordelijk:")


def test_verify_tells_an_exact_quotation_from_an_altered_one(client: Client) -> None:
    passage = client.predict(QUESTION, api_name="/ask")["hits"][0]["passage"]["text"]
    sentence = next(part for part in passage.split(". ") if "186 fte" in part)
    assert client.predict(f"De minister: “{sentence}”.", api_name="/verify")["passes"]
    report = client.predict(f"De minister: “{sentence.replace('186', '168')}”.", api_name="/verify")
    assert not report["passes"]
    assert report["quotations"][0]["verdict"] == "altered"
    assert report["quotations"][0]["difference"] == [{"kind": "changed", "document": "186", "quotation": "168"}]


def test_documents_are_listed(client: Client, letter: Parsed) -> None:
    (document,) = client.predict(api_name="/documents")
    assert document["id"] == letter.document.id
    assert (document["questions"], document["annexes"]) == (66, 2)
    assert document["characters"] == len(letter.document.text)


@pytest.mark.parametrize(
    ("arguments", "endpoint", "says"),
    [
        (("999",), "/unit", "no such question"),
        (("28", "nergens.txt"), "/unit", "matches 0 documents"),
        (("d26cef8d", 0, 10_000_000), "/cite", "no range of its text"),
        (("d26cef8d", 4386, 4489), "/cite", "falls inside"),
        (("d26cef8d", 4385, 4489, "word"), "/cite", "expected one of plain"),
        (("d26cef8d", 1.5, 4489), "/cite", "whole number"),
        (("“een” " * 2_001,), "/verify", "split the memo"),
        (("vraag 28", 0), "/ask", "expected 1 to 50"),
    ],
)
def test_what_cannot_be_done_is_a_sentence(
    client: Client, arguments: tuple[Any, ...], endpoint: str, says: str
) -> None:
    with pytest.raises(AppError) as caught:
        client.predict(*arguments, api_name=endpoint)
    assert says in str(caught.value)
    assert "Traceback" not in str(caught.value)


def test_a_number_too_large_to_be_one_is_refused_with_a_sentence(url: str) -> None:
    answer = httpx.post(
        f"{url}gradio_api/run/ask",
        content=b'{"data": ["vraag 28", 1e400]}',
        headers={"Content-Type": "application/json"},
        timeout=30,
    )
    assert answer.json()["error"].endswith("or larger than a program can hold.")


def test_ten_people_asking_at_once_are_all_answered(url: str) -> None:
    """Each has a connection of his own, as ten browsers have."""
    clients = [new_client(url) for _ in range(10)]
    questions = [f"vraag {number}" for number in range(1, 11)]

    def ask(place: int) -> tuple[str, float]:
        started = time.perf_counter()
        record = clients[place].predict(questions[place], api_name="/ask")
        return record["hits"][0]["label"], time.perf_counter() - started

    with ThreadPoolExecutor(10) as pool:
        answers = list(pool.map(ask, range(10)))
    for one in clients:
        one.close()
    assert [label for label, _ in answers] == [f"Vraag {number}" for number in range(1, 11)]
    assert statistics.median(seconds for _, seconds in answers) < 10


async def _with_session(url: str, calls: list[tuple[str, dict[str, Any]]]) -> tuple[set[str], list[Any]]:
    async with streamable_http_client(f"{url}mcp") as (read, write, _), ClientSession(read, write) as session:
        await session.initialize()
        tools = (await session.list_tools()).tools
        assert all(tool.description and tool.inputSchema["properties"] is not None for tool in tools)
        return {tool.name for tool in tools}, [await session.call_tool(name, arguments) for name, arguments in calls]


def over_mcp(url: str, *calls: tuple[str, dict[str, Any]]) -> tuple[set[str], list[Any]]:
    """The tools there are and what the calls gave; in a thread, whatever loop this one has."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, _with_session(url, list(calls))).result()


def test_other_assistants_have_the_same_functions(url: str, client: Client) -> None:
    names, (answer, unit, documents) = over_mcp(
        url, ("ask", {"question": QUESTION, "top": 2}), ("unit", {"name": "28"}), ("documents", {})
    )
    assert names == FUNCTIONS
    assert answer.structuredContent == client.predict(QUESTION, 2, api_name="/ask")
    assert json.loads(answer.content[0].text) == answer.structuredContent
    assert unit.structuredContent["label"] == "Vraag 28"
    assert documents.structuredContent["result"] == client.predict(api_name="/documents")


def test_promises_are_cited_as_they_are(url: str, client: Client) -> None:
    rows = client.predict("firm", "", "", True, api_name="/promises")
    assert rows
    assert {row["strength"] for row in rows} == {"firm"}
    cited = client.predict(rows[0]["document"], rows[0]["start"], rows[0]["end"], api_name="/cite")
    assert cited["quotation"] == rows[0]["text"]
    _, (listed, wrong) = over_mcp(url, ("promises", {"kind": "firm", "rule": True}), ("promises", {"kind": "maybe"}))
    assert listed.structuredContent["result"] == rows
    assert wrong.isError


def test_sub_questions_are_cited_as_they_are(url: str, client: Client) -> None:
    rows = client.predict("", api_name="/coverage")
    assert {row["status"] for row in rows} >= {"answered", "elsewhere"}
    for place in (rows[0], rows[0]["evidence"][0]):
        cited = client.predict(rows[0]["document"], place["start"], place["end"], api_name="/cite")
        assert cited["quotation"] == place["text"]
    _, (listed, wrong) = over_mcp(url, ("coverage", {}), ("coverage", {"document": "nowhere.pdf"}))
    assert listed.structuredContent["result"] == rows
    assert wrong.isError


def test_a_document_is_compared_with_one_of_the_library_only(url: str, client: Client, tmp_path: Path) -> None:
    document = client.predict(api_name="/documents")[0]["id"]
    found = client.predict(document, document, api_name="/compare")
    assert found["differences"] == []
    assert {unit["status"] for unit in found["units"]} == {"same"}
    path = tmp_path / "geheim.txt"
    path.write_text("1. Wie?\n\nIk.\n", "utf-8")
    _, (wrong,) = over_mcp(url, ("compare", {"a": document, "b": str(path)}))
    assert wrong.isError
    assert "Ik." not in wrong.content[0].text


def test_what_was_said_and_what_disagrees(url: str, client: Client) -> None:
    rows = client.predict(QUESTION, api_name="/history")
    assert rows
    assert {row["speaker"] for row in rows} <= {"minister", "third party"}
    cited = client.predict(rows[0]["document"], rows[0]["start"], rows[0]["end"], api_name="/cite")
    assert cited["quotation"] == rows[0]["text"]
    assert client.predict(api_name="/disagreements") == []


def test_a_tool_says_what_is_wrong_in_a_sentence(url: str) -> None:
    _, (missing, wrong) = over_mcp(url, ("unit", {"name": "999"}), ("ask", {"question": "vraag 1", "top": 1000}))
    for result, says in ((missing, "no such question"), (wrong, "expected 1 to 50")):
        assert result.isError
        assert isinstance(result.content[0], TextContent)
        assert says in result.content[0].text
