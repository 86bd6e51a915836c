"""No connection leaves this machine."""

import pytest

from tests.command_lines import fresh

_CODE = """
import socket
from index.settings import Address
from ui.desk.offline import OutgoingConnectionError, refuse_outgoing_connections
server = socket.create_server(("127.0.0.1", 0))
refuse_outgoing_connections("listened.example", cluster=Address("qdrant", "192.0.2.7", 6333, "kamer"))
try:
    socket.create_connection(("192.0.2.7", 6333), timeout=0.01)
except OutgoingConnectionError:
    raise
except OSError:
    pass  # nobody answers there, but it was tried
socket.create_connection(server.getsockname()).close()
socket.create_connection(("localhost", server.getsockname()[1])).close()
refused = 0
for attempt in (
    lambda: socket.create_connection(("192.0.2.1", 80), timeout=1),
    lambda: socket.create_connection(("192.0.2.7", 80), timeout=1),
    lambda: socket.create_connection(("2001:db8::1", 80), timeout=1),
    lambda: socket.getaddrinfo("example.com", 443),
    lambda: socket.getaddrinfo(b"example.com", 443),
    lambda: socket.gethostbyname("example.com"),
    lambda: __import__("urllib.request").request.urlopen("http://192.0.2.1/", timeout=1),
    lambda: __import__("httpx").get("http://example.com/", timeout=1),
):
    try:
        attempt()
    except OutgoingConnectionError:
        refused += 1
    except Exception as error:
        refused += "no connection is made" in str(error)
print(refused)
"""


def test_connections_to_other_machines_are_refused(environment: dict[str, str]) -> None:
    """In a process of its own: an audit hook cannot be taken away again."""
    done = fresh(environment, "-c", _CODE)
    assert (done.stderr, done.stdout.strip()) == ("", "8")


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", ""])
def test_this_machine_is_no_other(host: str) -> None:
    from ui.desk.offline import _is_here

    assert _is_here(host, frozenset())
