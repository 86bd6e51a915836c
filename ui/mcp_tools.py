"""The interface for other assistants: the functions of `ui.api` as tools of the Model Context Protocol.

Served over streamable HTTP beside the page, stateless, so that nothing of one
caller is there for the next.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations

from ui.api import Api, called
from ui.desk import Desk
from ui.failures import sentence
from ui.guard import LARGEST_REQUEST

PATH = "/mcp"

_INSTRUCTIONS = (
    "Woordelijk finds passages in Dutch parliamentary documents and gives them verbatim. Quote them exactly, between "
    "quotation marks, with their reference (`cite`); never reword a quotation. Where `ask` says that it is not "
    "answered, say so. Check your own text with `verify` before you hand it over."
)


def build_mcp(desk: Desk) -> FastMCP[Any]:
    """The server of the tools; its `streamable_http_app()` answers at "/mcp"."""
    server: FastMCP[Any] = FastMCP(
        "Woordelijk",
        instructions=_INSTRUCTIONS,
        stateless_http=True,
        json_response=True,
        streamable_http_path=PATH,
        max_request_body_size=LARGEST_REQUEST,
        log_level="WARNING",
        # The guard in front of everything looks at hosts and origins.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )
    reads = ToolAnnotations(readOnlyHint=True, idempotentHint=True, openWorldHint=False)
    for function in Api(desk).functions:
        server.add_tool(_tool(function), name=function.__name__, annotations=reads)
    return server


def _tool(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with a sentence for what goes wrong."""

    @wraps(function)
    async def call(**arguments: Any) -> Any:
        try:
            return await called(function, **arguments)
        except Exception as error:
            raise ToolError(sentence(error, "en")) from error

    return call
