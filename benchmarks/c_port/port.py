"""Compile the C port, and call it as the compiled engine is called.

Run ``python benchmarks/c_port/port.py`` to see that both give the same outcomes. It needs gcc.
"""

from __future__ import annotations

import argparse
import ctypes
import dataclasses
import functools
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from numpy.typing import NDArray

from escalation.dynamics.state import Crisis
from escalation.engines.buffers import empty_outcomes
from escalation.engines.compiled import run_block
from escalation.engines.lower import Lowered, lower
from escalation.engines.memory import RECORDS
from escalation.files import load

__all__ = ["COMPILER", "FLAGS", "available", "c_run_block", "differing", "records_header"]

COMPILER = "gcc"
FLAGS = ("-O3", "-march=native", "-ffp-contract=off")
HERE = Path(__file__).parent
TYPES = {"int": "int64_t", "float": "double"}


def available() -> bool:
    """Whether the compiler is here."""
    return shutil.which(COMPILER) is not None


def records_header() -> str:
    """Structs of C with the fields of the records of `escalation.dynamics.state`, and the numbers of its tables.

    Every field has eight bytes.
    """
    structs = []
    for record in dict.fromkeys(RECORDS.values()):
        fields = "".join(f"    {TYPES[str(field.type)]} {field.name};\n" for field in dataclasses.fields(record))
        structs.append(f"typedef struct {{\n{fields}}} {record.__name__};\n")
    tables = ", ".join(f"AT_{table}" for table in Crisis._fields)
    return "#include <stdint.h>\n\n" + "\n".join(structs) + f"\nenum {{ {tables} }};\n"


@functools.cache
def _library() -> Any:
    """Compile the port into a temporary folder and load it."""
    folder = Path(tempfile.mkdtemp(prefix="crisis-"))
    (folder / "records.h").write_text(records_header(), encoding="utf-8")
    target = folder / "crisis.so"
    sources = ["-I", str(folder), "-I", str(HERE), str(HERE / "crisis.c")]
    warnings = ["-std=c17", "-Wall", "-Wextra", "-Werror"]
    subprocess.run([COMPILER, *FLAGS, *warnings, "-shared", "-fPIC", *sources, "-o", str(target), "-lm"], check=True)
    library = ctypes.CDLL(str(target))
    shutil.rmtree(folder)
    return library


def c_run_block(lowered: Lowered, *, seed: int, first: int, count: int) -> dict[str, NDArray[Any]]:
    """Play consecutive runs in C; as `escalation.engines.compiled.run_block`."""
    block = lowered.template.copy()
    header = lowered.header(block)
    outcomes = empty_outcomes(lowered, count)
    pointers = (ctypes.c_void_p * len(outcomes))(*(array.ctypes.data for array in outcomes))
    _library().run_block(
        ctypes.c_void_p(block.ctypes.data),
        ctypes.c_void_p(lowered.template.ctypes.data),
        ctypes.c_int64(block.size),
        ctypes.c_void_p(header.ctypes.data),
        ctypes.c_uint64(seed),
        ctypes.c_int64(first),
        ctypes.c_int64(count),
        ctypes.c_int64(lowered.periods),
        pointers,
    )
    return outcomes._asdict()


def differing(lowered: Lowered, *, seed: int, count: int) -> list[str]:
    """Names of the outcomes in which C and the compiled engine differ in any run."""
    ours = run_block(lowered, seed=seed, first=0, count=count)
    theirs = c_run_block(lowered, seed=seed, first=0, count=count)
    return [name for name, array in ours.items() if array.tobytes() != theirs[name].tobytes()]


def main() -> None:
    """Compare the outcomes of a scenario."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default="haniyeh-2024")
    parser.add_argument("--runs", type=int, default=5000)
    asked = parser.parse_args()
    found = differing(lower(load(asked.scenario)), seed=1, count=asked.runs)
    print(f"{asked.runs:,} runs of {asked.scenario}: {'unlike in ' + ', '.join(found) if found else 'the same bits'}")
    if found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
