"""Password files: what is written is read again, and what is wrong is named."""

from pathlib import Path

import pytest

from tests.ui.test_guard import _basic
from ui.password import PasswordError, read_users, write_user


def test_users_are_kept_and_replaced(tmp_path: Path) -> None:
    file = tmp_path / "users"
    write_user(file, "anna", "eerste wachtwoord")
    write_user(file, "bob", "tweede wachtwoord")
    write_user(file, "anna", "derde wachtwoord: met dubbele punt")
    users = read_users(file)
    assert users.user(_basic("anna", "eerste wachtwoord")) is None
    assert users.user(_basic("anna", "derde wachtwoord: met dubbele punt")) == "anna"
    assert users.user(_basic("bob", "tweede wachtwoord")) == "bob"


def test_only_a_pair_that_was_right_is_remembered(tmp_path: Path) -> None:
    file = tmp_path / "users"
    write_user(file, "anna", "eerste wachtwoord")
    users = read_users(file)
    right, wrong = _basic("anna", "eerste wachtwoord"), _basic("anna", "Eerste wachtwoord")
    users.user(right)
    users.user(wrong)
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
