"""Password files: what is written is read again, and what is wrong is named."""

import hashlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import anyio.to_thread
import pytest

from tests.ui.test_guard import _basic
from ui.server import password
from ui.server.password import PasswordError, Users, read_users, write_user

# As an older version kept it: scrypt (RFC 7914) of 16384, 8, 1, made with hashlib alone.
OLDER = "scrypt$16384$8$1$" + "ab" * 16


def run(asked: Callable[..., Any], *arguments: Any) -> Any:
    """What an asynchronous function gives, in a thread of its own: the browser's tests have a loop in this one."""
    with ThreadPoolExecutor(1) as threads:
        return threads.submit(anyio.run, asked, *arguments).result()


def user_of(users: Users, name: str, typed: str) -> str | None:
    return run(users.user, _basic(name, typed))


def older(typed: str) -> str:
    """A password in the form of an older version."""
    salt = bytes.fromhex(OLDER.rpartition("$")[2])
    return f"{OLDER}${hashlib.scrypt(typed.encode(), salt=salt, n=16384, r=8, p=1, dklen=32).hex()}"


def test_users_are_kept_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "users"
    write_user(file, "anna", "eerste wachtwoord")
    write_user(file, "bob", "tweede wachtwoord")
    write_user(file, "anna", "derde wachtwoord: met dubbele punt")
    users = read_users(file)
    assert user_of(users, "anna", "eerste wachtwoord") is None
    assert user_of(users, "anna", "derde wachtwoord: met dubbele punt") == "anna"
    assert user_of(users, "bob", "tweede wachtwoord") == "bob"
    assert file.stat().st_mode & 0o077 == 0
    assert file.read_text().count("$argon2id$") == 2


def test_a_file_of_an_older_version_lets_its_users_in(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """It is said how to renew them; who is renewed is no longer named."""
    file = tmp_path / "users"
    file.write_text(f"anna:{older('eerste wachtwoord')}\nbob:{older('tweede wachtwoord')}\n")
    users = read_users(file)
    assert "anna, bob" in caplog.text
    assert f"python -m ui password {file} --user NAME" in caplog.text
    assert user_of(users, "anna", "eerste wachtwoord") == "anna"
    assert user_of(users, "anna", "tweede wachtwoord") is None
    write_user(file, "anna", "derde wachtwoord")
    caplog.clear()
    users = read_users(file)
    assert "of bob are" in caplog.text
    assert user_of(users, "anna", "derde wachtwoord") == "anna"
    assert user_of(users, "bob", "tweede wachtwoord") == "bob"


def test_guesses_keep_nobody_else_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hundred at one name and a hundred at none before him: he is among the first, and no shared thread is held."""
    checked: list[str] = []

    def matches(kept: str, typed: str) -> bool:
        checked.append(typed)
        return kept == typed

    monkeypatch.setattr(password, "_matches", matches)
    users = Users({"anna": "lang wachtwoord", "bob": "ander wachtwoord"})

    async def ask() -> None:
        async with anyio.create_task_group() as tasks:
            for number in range(100):
                tasks.start_soon(users.user, _basic("anna", f"fout {number}"))
                tasks.start_soon(users.user, _basic(f"niemand-{number}", "fout"))
            for _ in range(20):
                tasks.start_soon(users.user, _basic("bob", "ander wachtwoord"))
            await anyio.wait_all_tasks_blocked()
            assert anyio.to_thread.current_default_thread_limiter().borrowed_tokens == 0

    run(ask)
    assert checked.index("ander wachtwoord") < 10
    # Of his twenty requests at once one is looked at, and the others wait for it.
    assert checked.count("ander wachtwoord") == 1
    assert len(checked) == 201


def test_only_a_pair_that_was_right_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "users"
    write_user(file, "anna", "eerste wachtwoord")
    users = read_users(file)
    right, wrong = _basic("anna", "eerste wachtwoord"), _basic("anna", "Eerste wachtwoord")
    run(users.user, right)
    run(users.user, wrong)
    assert users.remembered(right) == "anna"
    assert users.remembered(wrong) is None


def test_equal_passwords_do_not_look_equal(tmp_path: Path) -> None:
    file = tmp_path / "users"
    write_user(file, "anna", "zelfde wachtwoord")
    write_user(file, "bob", "zelfde wachtwoord")
    first, second = (line.partition(":")[2] for line in file.read_text().splitlines())
    assert first != second


@pytest.mark.parametrize(
    "line",
    [
        "anna:geheim",
        "anna",
        ":scrypt$32768$8$1$" + "0" * 32 + "$" + "0" * 64,
        # Numbers that scrypt does not take, or that would take all memory.
        "anna:scrypt$32767$8$1$" + "0" * 32 + "$" + "0" * 64,
        "anna:scrypt$8388608$8$1$" + "0" * 32 + "$" + "0" * 64,
        "anna:scrypt$2$8$1$" + "0" * 32 + "$" + "0" * 64,
        "anna:scrypt$32768$8$1$zz$" + "0" * 64,
        # The same of Argon2, and another kind of it.
        f"anna:$argon2id$v=19$m=4194304,t=2,p=1${'A' * 22}${'A' * 43}",
        f"anna:$argon2id$v=19$m=19456,t=900,p=1${'A' * 22}${'A' * 43}",
        f"anna:$argon2id$v=19$m=8,t=1,p=2${'A' * 22}${'A' * 43}",
        f"anna:$argon2id$v=19$m=19456,t=2,p=0${'A' * 22}${'A' * 43}",
        f"anna:$argon2i$v=19$m=19456,t=2,p=1${'A' * 22}${'A' * 43}",
        f"anna:$argon2id$v=19$m=19456,t=2,p=1${'A' * 22}$",
    ],
)
def test_a_line_that_is_no_user_is_named(tmp_path: Path, line: str) -> None:
    file = tmp_path / "users"
    file.write_text(f"\n{line}\n")
    with pytest.raises(PasswordError, match="line 2"):
        read_users(file)


def test_a_file_without_users_lets_nobody_in(tmp_path: Path) -> None:
    file = tmp_path / "users"
    file.write_text("\n")
    with pytest.raises(PasswordError, match="no users"):
        read_users(file)


@pytest.mark.parametrize(
    ("user", "password"), [("an na", "lang genoeg zo"), ("a:b", "lang genoeg zo"), ("anna", "kort")]
)
def test_a_name_or_password_that_will_not_do_changes_nothing(tmp_path: Path, user: str, password: str) -> None:
    file = tmp_path / "users"
    write_user(file, "bob", "tweede wachtwoord")
    before = file.read_text()
    with pytest.raises(PasswordError):
        write_user(file, user, password)
    assert file.read_text() == before
