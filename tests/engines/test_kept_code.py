"""Machine code that is kept: it is read where it is whole and of this version, and else compiled."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, Never

import numpy as np
import platformdirs
import pytest
from numpy.typing import NDArray

from escalation.arithmetic import machine_code
from escalation.arithmetic.shared import shared
from escalation.engines import kept_code
from escalation.engines.kept_code import DIGEST_BYTES, Entry, cache_folder


@shared
def half(x: float) -> float:
    return x / 2.0


def quarter(number: NDArray[np.float64], result: NDArray[np.float64]) -> None:
    result[0] = half(half(number[0]))


def entry() -> Callable[[float], float]:
    """What calls the entry, as if nobody had called it yet."""
    fresh = Entry(quarter)

    def call(x: float) -> float:
        result = np.zeros(1)
        fresh(np.array([x]), result)
        return float(result[0])

    return call


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(platformdirs, "user_cache_dir", lambda name: str(tmp_path / name))
    return cache_folder()


@pytest.fixture
def kept(folder: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    assert entry()(6.0) == 1.5
    capsys.readouterr()
    (path,) = folder.iterdir()
    return path


def compiles(capsys: pytest.CaptureFixture[str]) -> bool:
    """Whether the entry, called anew, says that it compiles; its result must be right either way."""
    assert entry()(6.0) == 1.5
    said = capsys.readouterr().err
    assert said in {"", "escalation: compiling the model; this happens once and takes some seconds\n"}
    return bool(said)


def test_it_is_compiled_once(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert compiles(capsys)
    assert len(list(folder.iterdir())) == 1
    assert not compiles(capsys)


def test_calls_after_the_first_neither_read_nor_compile(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = entry()
    assert one(2.0) == 0.5
    monkeypatch.setattr(Entry, "prepare", None)
    assert one(4.0) == 1.0


@pytest.mark.parametrize("length", [0, 10, DIGEST_BYTES, DIGEST_BYTES + 40, -2000, -1])
def test_a_truncated_file_is_compiled_again(kept: Path, length: int, capsys: pytest.CaptureFixture[str]) -> None:
    whole = kept.read_bytes()
    kept.write_bytes(whole[:length])
    with pytest.warns(RuntimeWarning, match="is damaged; the model is compiled again"):
        assert compiles(capsys)
    assert len(kept.read_bytes()) > 0.9 * len(whole)  # the names of functions carry numbers of any length
    assert not compiles(capsys)


@pytest.mark.parametrize("place", [0, DIGEST_BYTES - 1, DIGEST_BYTES, DIGEST_BYTES + 900, -400, -1])
def test_a_file_with_a_flipped_bit_is_compiled_again(
    kept: Path, place: int, capsys: pytest.CaptureFixture[str]
) -> None:
    content = bytearray(kept.read_bytes())
    content[place] ^= 8
    kept.write_bytes(content)
    with pytest.warns(RuntimeWarning, match="is damaged"):
        assert compiles(capsys)
    assert not compiles(capsys)


def other_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version", "3.99")


def other_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_code, "version", lambda name: "9.9" if name == "numba" else version(name))


def other_llvm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_code, "version", lambda name: "9.9" if name == "llvmlite" else version(name))


def other_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine_code.binding, "get_host_cpu_name", lambda: "a processor")


def other_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NUMBA_OPT", "2")


def other_sources(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_code, "source_hash", lambda _: "of other sources")


@pytest.mark.parametrize(
    "other", [other_python, other_numba, other_llvm, other_processor, other_settings, other_sources]
)
def test_machine_code_of_another_version_is_not_loaded(
    kept: Path, other: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        other(patch)
        assert compiles(capsys)
        assert not compiles(capsys)  # it is kept too, beside the one that was there
        (there,) = {path for path in kept.parents[1].rglob("*.code") if path != kept}
    assert not compiles(capsys)
    there.replace(kept)  # even under the name of this version
    assert compiles(capsys)


def test_a_folder_that_cannot_be_written_is_said_in_a_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "escalation").write_text("a file where a folder should be")
    with pytest.warns(RuntimeWarning, match=r"cannot be kept in .*escalation/machine-code-") as warned:
        assert compiles(capsys)
    assert len(warned) == 1
    assert "\n" not in str(warned[0].message)


def test_a_disk_that_fills_up_costs_only_what_would_be_kept(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    named = tempfile.NamedTemporaryFile

    def full(*args: Any, **kwargs: Any) -> Any:
        file = named(*args, **kwargs)

        def write(content: bytes) -> Never:
            raise OSError(28, "No space left on device")

        file.write = write
        return file

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    with pytest.warns(RuntimeWarning, match="No space left on device"):
        assert compiles(capsys)
    assert list(folder.iterdir()) == []


CALL = """
    import sys
    sys.path.insert(0, {tests!r})
    from test_kept_code import entry
    print(entry()(6.0))
"""


def started(cache: Path) -> Iterator[subprocess.Popen[str]]:
    code = textwrap.dedent(CALL.format(tests=str(Path(__file__).parent)))
    root = Path(kept_code.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(root), "XDG_CACHE_HOME": str(cache)}
    for _ in range(3):
        yield subprocess.Popen(
            [sys.executable, "-c", code], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )


def test_processes_that_start_together_do_not_harm_each_other(tmp_path: Path) -> None:
    for _ in range(2):  # with nothing there, and then with what the first three left
        for process in list(started(tmp_path / "shared")):
            out, err = process.communicate(timeout=120)
            assert (out, process.returncode) == ("1.5\n", 0), err
        (path,) = (tmp_path / "shared").rglob("quarter-*")
        assert path.suffix == ".code"
    assert err == ""  # the last one read what was kept
