"""Speak with a cluster: every failure becomes one sentence, and what may pass is tried again."""

import os
import time
from collections.abc import Callable
from functools import cache, cached_property
from typing import TypeVar

from qdrant_client import QdrantClient
from qdrant_client.http.exceptions import ResponseHandlingException, UnexpectedResponse

from index.errors import ClusterError
from index.library.cluster.texts import KEY, cluster_error
from index.settings import Address

Result = TypeVar("Result")

# Seconds that one request may take.
PATIENCE = 30
# Seconds before what failed in passing is tried again.
PAUSES = (0.2, 1.0, 3.0)
# The oldest server that has all that is asked of it.
OLDEST = (1, 16)
# The index is behind a node that starts, moves or is asked too much.
_IN_PASSING = frozenset({408, 429, 500, 502, 503, 504})


def client_of(address: Address) -> QdrantClient:
    """The client of the cluster at `address`, with the key of the environment."""
    key = os.environ.get(KEY, "")
    return QdrantClient(
        url=f"{'https' if address.secure else 'http'}://{address.host}:{address.port}",
        # As a header: the client warns of a key without TLS, which within one machine or network is right.
        headers={"api-key": key} if key else None,
        timeout=PATIENCE,
        check_compatibility=False,
    )


@cache
def cluster_at(address: Address) -> "Cluster":
    """The cluster at an address; one a process, so that it is greeted once."""
    return Cluster(address)


class Cluster:
    """The cluster that one library lies on; several threads may ask at once."""

    def __init__(self, address: Address) -> None:
        self.address = address

    @cached_property
    def _client(self) -> QdrantClient:
        client = client_of(self.address)
        found = self._tried(lambda: client.info().version)
        if _version(found) < OLDEST:
            raise cluster_error("too old", self.address, found=found, needed=".".join(map(str, OLDEST)))
        return client

    def call(self, asked: Callable[[QdrantClient], Result]) -> Result:
        """What the cluster answers; asked again where a failure may pass. ClusterError where it stays.

        What is asked must come to the same however often it is done.
        """
        client = self._client
        return self._tried(lambda: asked(client))

    def write(self, asked: Callable[[QdrantClient], Result]) -> Result:
        """As `call`, but tried again after a time-out too: nobody waits at a page for it."""
        client = self._client
        return self._tried(lambda: asked(client), patient=True)

    def _tried(self, asked: Callable[[], Result], patient: bool = False) -> Result:
        for pause in PAUSES:
            try:
                return asked()
            except Exception as error:
                if not _passes(error, patient):
                    raise self._told(error) from error
                time.sleep(pause)
        try:
            return asked()
        except Exception as error:
            raise self._told(error) from error

    def _told(self, error: Exception) -> Exception:
        """The sentence for what went wrong; the error itself where it is a bug of ours."""
        if isinstance(error, UnexpectedResponse):
            return self._status(error)
        source = error.source if isinstance(error, ResponseHandlingException) else error
        name = type(source).__name__
        if "Timeout" in name:
            return cluster_error("time-out", self.address, seconds=PATIENCE)
        if "Validation" in name or "Decode" in name:
            return cluster_error("no Qdrant", self.address, reason=name)
        if source is not error:
            return cluster_error("unreachable", self.address, reason=str(source) or name)
        # The local mode of the client, which the tests use, says so of a collection that is not there.
        if isinstance(error, ValueError) and "not found" in str(error):
            return cluster_error("replaced", self.address)
        return error

    def _status(self, error: UnexpectedResponse) -> ClusterError:
        status = error.status_code or 0
        if status in (401, 403):
            return cluster_error("key" if os.environ.get(KEY) else "no key", self.address)
        reason = _reason(error)
        if status == 404:
            if b"status" not in error.content:
                return cluster_error("no Qdrant", self.address, reason="404")
            return cluster_error("replaced", self.address)
        key = "failing" if status in _IN_PASSING else "refused"
        return cluster_error(key, self.address, status=status, reason=reason)


def _passes(error: Exception, patient: bool) -> bool:
    """Whether what failed may go well another time; a time-out only for who is `patient`."""
    if isinstance(error, UnexpectedResponse):
        return error.status_code in _IN_PASSING
    if not isinstance(error, ResponseHandlingException):
        return False
    name = type(error.source).__name__
    return "Validation" not in name and (patient or name not in ("ReadTimeout", "WriteTimeout", "PoolTimeout"))


def _reason(error: UnexpectedResponse) -> str:
    try:
        found = error.structured()["status"]["error"]
    except (ValueError, KeyError, TypeError):
        found = error.reason_phrase
    return " ".join(str(found).split())[:200]


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(part) for part in text.partition("-")[0].split(".")[:2] if part.isdigit())
