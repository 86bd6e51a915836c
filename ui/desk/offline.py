"""Nothing leaves this machine, whichever library might want to.

Gradio can fetch addresses that stand in what it is sent, and libraries have
calls home of their own. An audit hook (PEP 578) sees every connection before
it is made, and refuses those that lead elsewhere; it cannot be taken away again.
"""

import socket
import sys
from ipaddress import ip_address
from typing import Any

from index.settings import Address

_EVENTS = frozenset({"socket.connect", "socket.getaddrinfo", "socket.gethostbyname"})


class OutgoingConnectionError(PermissionError):
    """A connection to another machine, which this program never makes but to the cluster of its library."""


def refuse_outgoing_connections(*names: str, cluster: Address | None = None) -> None:
    """From now on this process connects to nothing but itself, and to the `cluster` that its library lies on.

    `names` may be looked up, to listen on.
    """
    listened = frozenset(names)

    def refuse(event: str, arguments: tuple[Any, ...]) -> None:
        if event not in _EVENTS:
            return
        target = arguments[1] if event == "socket.connect" else arguments[0]
        # A socket of the file system is named by a path, one of the network by a pair.
        host = target[0] if isinstance(target, tuple) and target else target
        if event == "socket.connect" and not isinstance(target, tuple):
            return
        if cluster and _leads_to(cluster, event, target, host):
            return
        if host is not None and not _is_here(host, listened):
            raise OutgoingConnectionError(f"{host!r}: no connection is made to another machine.")

    sys.addaudithook(refuse)


def _leads_to(cluster: Address, event: str, target: Any, host: object) -> bool:
    """Whether the cluster is looked up or connected to, and nothing else on its machines."""
    name = cluster.host.strip("[]")
    if event != "socket.connect":
        return host in (name, name.encode())
    if target[1] != cluster.port:
        return False
    try:
        # Where it is now: its name may come to mean another node.
        found = socket.getaddrinfo(name, cluster.port, type=socket.SOCK_STREAM)
    except OSError:
        return False
    return host in {address[0] for *_, address in found}


def _is_here(host: object, listened: frozenset[str]) -> bool:
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else str(host)
    if name in ("", "localhost") or name in listened:
        return True
    try:
        address = ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback
