from __future__ import annotations

from pathlib import Path

import pytest

from escalation.files.whole import written_whole


def write(path: str | Path, text: str, *, error: OSError | None = None) -> None:
    with written_whole(path) as part:
        part.write_text(text)
        if error is not None:
            raise error


def test_a_file_is_written_whole_or_stays_as_it_was(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    for text in ("one", "two"):
        with written_whole(file) as part:
            part.write_text(text)
            assert part.suffix == ".txt"
        assert file.read_text() == text
    with pytest.raises(OSError, match="No space left") as caught:
        write(str(file), "half of thr", error=OSError(28, "No space left on device"))
    assert caught.value.filename == str(file)
    assert file.read_text() == "two"
    assert list(tmp_path.iterdir()) == [file]


def test_a_link_stays_one_and_rights_stay_as_they_were(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("one")
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    with written_whole(tmp_path / "link") as part:
        part.write_text("two")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "two"
    assert (tmp_path / "file").stat().st_mode & 0o777 == 0o640


def test_a_device_is_written_to_itself(tmp_path: Path) -> None:
    (tmp_path / "full").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left") as caught:
        write(tmp_path / "full", "more than there is room for")
    assert caught.value.filename == str(tmp_path / "full")
    assert (tmp_path / "full").is_symlink()


@pytest.mark.parametrize(("place", "words"), [("none/notes.txt", "there is no such folder"), (".", "Is a directory")])
def test_a_place_where_no_file_can_be_is_told_before_anything_is_written(
    tmp_path: Path, place: str, words: str
) -> None:
    with pytest.raises(OSError, match=words) as caught, written_whole(tmp_path / place):
        raise AssertionError
    assert caught.value.filename == str(tmp_path / place)


def test_an_error_without_a_number_keeps_its_words(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="the pen is dry"):
        write(tmp_path / "notes.txt", "one", error=OSError("the pen is dry"))
