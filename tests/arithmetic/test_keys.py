from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from escalation.arithmetic import keys

PURPOSES = [name for name in keys.__all__ if name.isupper()]


def test_no_two_purposes_share_a_number_and_all_fit_in_a_byte() -> None:
    numbers = [getattr(keys, name) for name in PURPOSES]
    assert len(set(numbers)) == len(PURPOSES) >= 13
    assert all(0 < number < 2**8 for number in numbers)


@given(st.text())
def test_a_key_fits_in_a_word(name: str) -> None:
    assert 0 <= keys.key_of(name) < 2**32


def test_keys_stay_what_they_are() -> None:
    # Stored studies replay by these: a change would give every run of every scenario other numbers.
    assert keys.key_of("actors.irn") == 0x8FA9E4D2
    assert keys.key_of("") == 0x25CF7112


def test_keys_of_like_names_differ() -> None:
    names = [f"fronts.{a}-{b}" for a in "abcdefgh" for b in "abcdefgh"]
    assert len({keys.key_of(name) for name in names}) == len(names)
