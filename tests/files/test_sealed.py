"""A sealed file is known by its bytes, whatever format they are of."""

from __future__ import annotations

from pathlib import Path

import pytest

from escalation.errors import StoreError
from escalation.files.sealed import SEAL_BYTES, check_seal, seal


@pytest.mark.parametrize("length", [0, 1, 2**20, 2**20 + 1])
def test_what_was_sealed_passes(tmp_path: Path, length: int) -> None:
    path = tmp_path / "some"
    path.write_bytes(b"x" * length)
    seal(path)
    check_seal(path)
    assert path.read_bytes()[:-SEAL_BYTES] == b"x" * length


@pytest.mark.parametrize("damage", ["changed", "cut", "grown", "another seal"])
def test_other_bytes_before_a_seal_are_refused(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "some"
    path.write_bytes(b"x" * 2**20 + b"y")
    seal(path)
    whole = path.read_bytes()
    last = bytes([whole[-1] ^ 0x10])
    other = {"changed": b"z" + whole[1:], "cut": whole[1:], "grown": b"x" + whole, "another seal": whole[:-1] + last}
    path.write_bytes(other[damage])
    with pytest.raises(StoreError, match="some: is not as it was saved: its checksum is another"):
        check_seal(path)


@pytest.mark.parametrize("content", [b"", b"short", b"long enough to hold a seal, " * 10])
def test_a_file_that_was_never_sealed_passes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "some"
    path.write_bytes(content)
    check_seal(path)
