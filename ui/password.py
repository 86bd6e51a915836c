"""Who may ask, where the server listens to more than this machine.

A file of `user:scrypt$N$R$P$SALT$HASH` lines, the numbers decimal and the rest
in hexadecimal. Scrypt (RFC 7914) makes guessing slow; a pair that was right
once is remembered, hashed with a key of this process, so that it is slow once.
"""

import base64
import binascii
import hashlib
import hmac
import os
import re
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path

from index.errors import WoordelijkError
from index.regular_file import read_regular

SHORTEST = 10
# Bytes of a password file; a user takes some 150.
_LARGEST = 10_000_000
# 32 MiB and a tenth of a second for each guess.
_COST, _BLOCK, _PARALLEL = 2**15, 8, 1
_MEMORY = 128 * 2**20
_LINE = re.compile(
    r"(?P<user>[^:\s]{1,64}):scrypt\$(?P<n>\d{1,7})\$(?P<r>\d{1,2})\$(?P<p>\d{1,2})"
    r"\$(?P<salt>[0-9a-f]{32,128})\$(?P<hash>[0-9a-f]{64})"
)


class PasswordError(WoordelijkError):
    """A password file that cannot be used, or a password that will not do."""


@dataclass(frozen=True, slots=True)
class HashedPassword:
    """A password as it is kept: scrypt's cost, block size and parallelism, the salt, and 32 bytes."""

    cost: int
    block: int
    parallel: int
    salt: bytes
    digest: bytes

    @classmethod
    def of(cls, password: str) -> "HashedPassword":
        """The password under a fresh salt; PasswordError where it has fewer than 10 characters."""
        if len(password) < SHORTEST:
            raise PasswordError(f"The password has {len(password)} characters; expected at least {SHORTEST}.")
        salt = secrets.token_bytes(16)
        return cls(_COST, _BLOCK, _PARALLEL, salt, _scrypt(password, salt, _COST, _BLOCK, _PARALLEL))

    def matches(self, password: str) -> bool:
        """Whether it is this password; the time it takes says nothing of the difference."""
        found = _scrypt(password, self.salt, self.cost, self.block, self.parallel)
        return hmac.compare_digest(found, self.digest)

    def __str__(self) -> str:
        return f"scrypt${self.cost}${self.block}${self.parallel}${self.salt.hex()}${self.digest.hex()}"


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    return hashlib.scrypt(
        password.encode("utf-8", "surrogatepass"), salt=salt, n=cost, r=block, p=parallel, maxmem=_MEMORY, dklen=32
    )


class Users:
    """The users of a password file, asked with the header that a browser sends (RFC 7617)."""

    def __init__(self, passwords: dict[str, HashedPassword]) -> None:
        self._passwords = passwords
        # Compared with for a user that there is not, so that it takes as long.
        self._nobody = HashedPassword.of(secrets.token_hex(16))
        self._key = secrets.token_bytes(32)
        self._seen: dict[bytes, str] = {}
        self._guessing = threading.Semaphore(2)

    def remembered(self, authorization: str) -> str | None:
        """The user whom the same header was right for before; costs microseconds."""
        return self._seen.get(self._trace(authorization))

    def user(self, authorization: str) -> str | None:
        """The user that the header's pair is of, None where it is of nobody; takes a tenth of a second."""
        credentials = _credentials(authorization)
        if credentials is None:
            return None
        name, password = credentials
        with self._guessing:
            right = self._passwords.get(name, self._nobody).matches(password)
        if not right or name not in self._passwords:
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
    return Users(passwords)


def write_user(path: Path, user: str, password: str) -> None:
    """Put a user with this password into the file, which only its owner may read; others stay as they are.

    PasswordError where the name holds white space or a colon, or the password is too short.
    """
    if not re.fullmatch(r"[^:\s]{1,64}", user):
        raise PasswordError(f"{user!r}: expected a name of 1 to 64 characters without white space and colons.")
    passwords = _read(path) if path.exists() else {}
    passwords[user] = HashedPassword.of(password)
    unfinished = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write("".join(f"{name}:{hashed}\n" for name, hashed in passwords.items()))
        unfinished.replace(path)
    except OSError as error:
        raise PasswordError(f"{path}: cannot be written ({error.strerror}).") from error


def _read(path: Path) -> dict[str, HashedPassword]:
    try:
        lines = read_regular(path, _LARGEST).decode("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PasswordError(
            f"{path}: cannot be read ({error}). Make one with 'python -m ui password {path}'."
        ) from error
    passwords: dict[str, HashedPassword] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None or not _affordable(match):
            raise PasswordError(
                f"{path}, line {number}: not a user of ours; expected user:scrypt$N$R$P$SALT$HASH. "
                f"Write it with 'python -m ui password {path}'."
            )
        cost, block, parallel = (int(match[name]) for name in ("n", "r", "p"))
        hashed = HashedPassword(cost, block, parallel, bytes.fromhex(match["salt"]), bytes.fromhex(match["hash"]))
        passwords[match["user"]] = hashed
    return passwords


def _affordable(match: re.Match[str]) -> bool:
    """Whether scrypt takes these numbers: a power of two, and less memory than we allow."""
    cost, block, parallel = (int(match[name]) for name in ("n", "r", "p"))
    power = cost >= 2**14 and cost & (cost - 1) == 0
    return power and block >= 8 and parallel >= 1 and 128 * block * (cost + parallel) < _MEMORY
