"""Who can reach the server, and by which names."""

import socket
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import ip_address

from ui.server.password import Users

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Reach:
    """Who can reach the server: the address it listens on, names that it is called by, and users with a password."""

    host: str = LOOPBACK
    names: tuple[str, ...] = ()
    users: Users | None = None

    @property
    def hosts(self) -> list[str]:
        """The names a request may call this server by; any other (DNS rebinding) is refused."""
        found = ["127.0.0.1", "localhost", *(name.strip("[]") for name in self.names)]
        if is_loopback(self.host):
            found.append(self.host)
        else:
            found += [self.host] if not _is_any(self.host) else _own_addresses()
            found += [socket.gethostname(), socket.getfqdn()]
        # An address of IPv6 with and without its brackets: a request has them (RFC 3986), a person may leave them out.
        return sorted({form.lower() for name in found for form in (name, in_address(name))})


def in_address(host: str) -> str:
    """`host` as it stands in an address: that of IPv6 in brackets (RFC 3986)."""
    return f"[{host}]" if ":" in host else host


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach `host`."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _is_any(host: str) -> bool:
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def _own_addresses() -> list[str]:
    """The addresses of this machine, those that its own name leads to and the one it would send from."""
    found = []
    with suppress(OSError):
        found += [str(info[4][0]) for info in socket.getaddrinfo(socket.gethostname(), None)]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        # Nothing is sent: the address is of a range kept for documentation (RFC 5737).
        probe.connect(("192.0.2.1", 9))
        found.append(str(probe.getsockname()[0]))
    return found
