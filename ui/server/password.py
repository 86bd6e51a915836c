"""Who may ask, where the server listens to more than this machine.

A file of `user:$argon2id$...` lines (RFC 9106; argon2-cffi makes and checks
them), and of `user:scrypt$N$R$P$SALT$HASH` lines of older versions. Argon2
makes guessing slow; a pair that was right once is remembered, hashed with a
key of this process, so that it is slow once.
"""

import base64
import binascii
import hashlib
import hmac
import logging
import re
import secrets
from collections import defaultdict
from pathlib import Path

from anyio import CapacityLimiter, Lock, to_thread
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import InvalidHashError, VerificationError

from index.errors import WoordelijkError
from index.files import PRIVATE, write_whole
from index.regular_file import read_regular

logger = logging.getLogger(__name__)

SHORTEST = 10
# Bytes of a password file; a user takes some 150.
_LARGEST = 10_000_000
# 19 MiB for each guess, of which two are checked at a time.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_AT_ONCE = 2
# What a hash of another program may cost at most: bytes, and passes over them.
_MEMORY, _PASSES = 128 * 2**20, 10
_LINE = re.compile(
    r"(?P<user>[^:\s]{1,64}):(?P<hash>"
    r"\$argon2id\$v=19\$m=\d{1,7},t=\d{1,3},p=\d{1,2}\$[A-Za-z0-9+/]{11,86}\$[A-Za-z0-9+/]{22,86}"
    r"|scrypt\$\d{1,7}\$\d{1,2}\$\d{1,2}\$[0-9a-f]{32,128}\$[0-9a-f]{64})"
)


class PasswordError(WoordelijkError):
    """A password file that cannot be used, or a password that will not do."""


def hashed(password: str) -> str:
    """The password as it is kept, under a fresh salt; PasswordError where it has fewer than 10 characters."""
    if len(password) < SHORTEST:
        raise PasswordError(f"The password has {len(password)} characters; expected at least {SHORTEST}.")
    return _HASHER.hash(password.encode("utf-8", "surrogatepass"))


def _matches(kept: str, password: str) -> bool:
    """Whether it is this password; the time it takes says nothing of the difference."""
    encoded = password.encode("utf-8", "surrogatepass")
    if not kept.startswith("$"):
        _, cost, block, parallel, salt, digest = kept.split("$")
        numbers = {"n": int(cost), "r": int(block), "p": int(parallel)}
        found = hashlib.scrypt(encoded, salt=bytes.fromhex(salt), maxmem=_MEMORY, dklen=32, **numbers)
        return hmac.compare_digest(found, bytes.fromhex(digest))
    try:
        return _HASHER.verify(kept, encoded)
    except (VerificationError, InvalidHashError):
        return False


class Users:
    """The users of a password file, asked with the header that a browser sends (RFC 7617).

    `passwords`: what is kept of each, by name.
    """

    def __init__(self, passwords: dict[str, str]) -> None:
        self._passwords = passwords
        # Compared with for a user that there is not, so that it takes as long.
        self._nobody = hashed(secrets.token_hex(16))
        self._key = secrets.token_bytes(32)
        self._seen: dict[bytes, str] = {}
        self._guessing = CapacityLimiter(_AT_ONCE)
        self._queues: defaultdict[str, Lock] = defaultdict(Lock)

    @property
    def names(self) -> tuple[str, ...]:
        """Those who have a password, in the order of their file."""
        return tuple(self._passwords)

    def remembered(self, authorization: str) -> str | None:
        """The user whom the same header was right for before; costs microseconds."""
        return self._seen.get(self._trace(authorization))

    async def user(self, authorization: str) -> str | None:
        """The user that the header's pair is of, None where it is of nobody; takes a tenth of a second.

        Guesses at one name, and those at names that there are not, wait for
        each other, so that a thousand of them keep nobody else waiting; none
        that waits holds a thread.
        """
        credentials = _credentials(authorization)
        if credentials is None:
            return None
        name, password = credentials
        kept = self._passwords.get(name)
        async with self._queues["" if kept is None else name]:
            # A browser that sends many requests at once waits for the first.
            if self.remembered(authorization):
                return name
            right = await to_thread.run_sync(_matches, kept or self._nobody, password, limiter=self._guessing)
        if not right or kept is None:
            return None
        self._seen[self._trace(authorization)] = name
        return name

    def _trace(self, authorization: str) -> bytes:
        return hmac.digest(self._key, authorization.encode("utf-8", "surrogatepass"), "sha256")


def _credentials(authorization: str) -> tuple[str, str] | None:
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded.strip(), validate=True).decode("utf-8").partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        return None
    return (name, password) if colon else None


def read_users(path: Path) -> Users:
    """The users of a password file; PasswordError, naming the line, where it cannot be used."""
    passwords = _read(path)
    if not passwords:
        raise PasswordError(f"{path}: no users. Add one with 'python -m ui password {path}'.")
    older = [name for name, kept in passwords.items() if not kept.startswith("$")]
    if older:
        logger.warning(
            "%s: the passwords of %s are kept in an older form, which is still accepted. "
            "Renew each with 'python -m ui password %s --user NAME'.",
            path,
            ", ".join(older),
            path,
        )
    return Users(passwords)


def write_user(path: Path, user: str, password: str) -> None:
    """Put a user with this password into the file, which only its owner may read; others stay as they are.

    PasswordError where the name holds white space or a colon, or the password
    is too short; OutputError where the file cannot be written.
    """
    if not re.fullmatch(r"[^:\s]{1,64}", user):
        raise PasswordError(f"{user!r}: expected a name of 1 to 64 characters without white space and colons.")
    passwords = _read(path) if path.exists() else {}
    passwords[user] = hashed(password)
    write_whole(path, "".join(f"{name}:{kept}\n" for name, kept in passwords.items()), PRIVATE)


def _read(path: Path) -> dict[str, str]:
    try:
        lines = read_regular(path, _LARGEST).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PasswordError(
            f"{path}: cannot be read ({error}). Make one with 'python -m ui password {path}'."
        ) from error
    passwords: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None or not _affordable(match["hash"]):
            raise PasswordError(
                f"{path}, line {number}: not a user of ours; expected user:$argon2id$… "
                f"Write it with 'python -m ui password {path}'."
            )
        passwords[match["user"]] = match["hash"]
    return passwords


def _affordable(kept: str) -> bool:
    """Whether a hash has numbers that its function takes, and takes no more memory and time than we allow."""
    if kept.startswith("$"):
        found = extract_parameters(kept)
        lanes, kibibytes = found.parallelism, found.memory_cost
        return 1 <= found.time_cost <= _PASSES and lanes >= 1 and 8 * lanes <= kibibytes <= _MEMORY // 1024
    cost, block, parallel = (int(number) for number in kept.split("$")[1:4])
    power = cost >= 2**14 and cost & (cost - 1) == 0
    return power and block >= 8 and parallel >= 1 and 128 * block * (cost + parallel) < _MEMORY
