"""An address that guesses at passwords is not listened to for a while; others are, and so is who is right."""

from ui.server import guesses
from ui.server.guesses import Guesses


def test_wrong_guesses_count_for_a_minute_and_right_ones_do_not() -> None:
    now = 0.0
    counted = Guesses(3, 60.0, lambda: now)
    for _ in range(9):
        assert counted.take("a")
        counted.right("a")
    assert [counted.take("a") for _ in range(5)] == [True, True, True, False, False]
    assert counted.take("b")
    now = 60.0
    assert counted.take("a")


def test_many_addresses_take_no_more_memory(monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(guesses, "_ADDRESSES", 10)
    counted = Guesses(1)
    assert all(counted.take(str(number)) for number in range(100))
    assert not counted.take("99")
    assert len(counted._times) == 10
