"""The interface for other assistants: the functions of `ui.server.api` as tools of the Model Context Protocol.

Served over streamable HTTP beside the page, stateless, so that nothing of one
caller is there for the next.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from mcp.server.fastmcp import FastMCP
from mcp.server.fastmcp.exceptions import ToolError
from mcp.server.transport_security import TransportSecuritySettings
from mcp.types import ToolAnnotations

from ui.desk.desk import Desk
from ui.server.api import Api, called
from ui.server.api_calls import RequestError
from ui.server.api_calls import arguments as arguments_of
from ui.server.guard import LARGEST_REQUEST
from ui.texts.failures import sentence

PATH = "/mcp"

_INSTRUCTIONS = (
    "Woordelijk finds passages in Dutch parliamentary documents and gives them verbatim. Quote them exactly, between "
    "quotation marks, with their reference (`cite`); never reword a quotation. Where `ask` says that it is not "
    "answered, say so. Check your own text with `verify` before you hand it over."
)


def build_mcp(desk: Desk) -> FastMCP[Any]:
    """The server of the tools; its `streamable_http_app()` answers at "/mcp"."""
    server = _Server(
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
    server.functions = {function.__name__: function for function in Api(desk).functions}
    for function in server.functions.values():
        server.add_tool(_tool(function), name=function.__name__, annotations=reads)
    return server


class _Server(FastMCP[Any]):
    """A server whose sentences are ours, without what its library puts before them or says of arguments."""

    functions: Mapping[str, Callable[..., Any]] = {}

    async def call_tool(self, name: str, arguments: dict[str, Any]) -> Any:
        """Call a tool; ToolError with a sentence where it is none, or where the arguments are not its own."""
        if name not in self.functions:
            raise ToolError(f"There is no such tool; there are: {', '.join(self.functions)}.")
        try:
            return await super().call_tool(name, arguments_of(self.functions[name], arguments))
        except RequestError as error:
            raise ToolError(str(error)) from error
        except ToolError as error:
            raise error.__cause__ if isinstance(error.__cause__, ToolError) else error from None


def _tool(function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, with a sentence for what goes wrong."""

    @wraps(function)
    async def call(**arguments: Any) -> Any:
        try:
            return await called(function, **arguments)
        except Exception as error:
            raise ToolError(sentence(error, "en")) from error

    return call
