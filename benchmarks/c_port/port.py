"""Compile the C port, and call it as the compiled engine is called.

Run ``python benchmarks/c_port/port.py`` to see that both give the same outcomes. It needs gcc.
"""

from __future__ import annotations

import argparse
import ctypes
import dataclasses
import functools
import importlib
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any, get_type_hints

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
NUMBERS: dict[str, tuple[str, ...]] = {
    "arithmetic.keys": (),
    "dynamics.roles": (),
    "arithmetic.elementary": (),
    "arithmetic.draws": (),
    "mechanisms.alliances": ("LEAST_CREDENCE", "UNDESERVED", "UNDESERVED_ODDS"),
    "mechanisms.time_and_chance": ("LEAST_GAP", "LN_2", "MOST_CERTAIN"),
    "mechanisms.war_and_contest": ("ONSET", "STEPS"),
    "dynamics.acting": ("UNAVAILABLE",),
    "dynamics.commitments": ("ALLOWANCE", "ALWAYS"),
    "dynamics.consequences": ("PRIME", "SPREAD"),
    "dynamics.decision": ("REVISIONIST",),
    "dynamics.fading": ("FORGOTTEN", "HEALED"),
    "dynamics.period": ("SLACK",),
    "dynamics.signals": ("BY_LAW",),
    "dynamics.timeline": ("MOST_INCIDENTS",),
    "dynamics.utility": ("AGREED", "FIXED_POINT", "MOST_ROUNDS"),
}
"""Fixed numbers that C takes from Python, by module; all that the module offers where none are named."""


def available() -> bool:
    """Whether the compiler is here."""
    return shutil.which(COMPILER) is not None


def records_header() -> str:
    """Write what C takes from the Python sources: fixed numbers, structs of the records, and the crisis.

    Every field of a record has eight bytes. The crisis has a pointer for each table of the Python `Crisis`, the number
    of rows of each table of records, as ``n_fronts``, and of columns of each grid, as ``columns_of_crossed``.
    """
    structs = []
    for record in dict.fromkeys(RECORDS.values()):
        fields = "".join(f"    {TYPES[str(field.type)]} {field.name};\n" for field in dataclasses.fields(record))
        structs.append(f"typedef struct {{\n{fields}}} {record.__name__};\n")
    return "\n".join(["#include <stdint.h>\n", _numbers(), *structs, _crisis()])


def _numbers() -> str:
    """Macros of fixed numbers; floats by their bits."""
    found: dict[str, int | float] = {}
    for module, names in NUMBERS.items():
        values = vars(importlib.import_module(f"escalation.{module}"))
        found |= {name: values[name] for name in names or values["__all__"] if name.isupper()}
    texts = {name: value.hex() if isinstance(value, float) else value for name, value in found.items()}
    return "".join(f"#define {name} ({text})\n" for name, text in texts.items())


def _crisis() -> str:
    """Struct of a crisis, and the function that finds its tables: address, rows and columns of each."""
    fields, found = [], []
    for table, (name, kind) in enumerate(get_type_hints(Crisis).items()):
        record = RECORDS.get(name)
        number = record.__name__ if record else "int64_t" if kind == list[list[int]] else "double"
        size, place = (f"n_{name}", 1) if record else (f"columns_of_{name}", 2)
        fields += [f"    {number} *{name};\n", f"    int64_t {size};\n"]
        found += [f"    c.{name} = (void *)header[{3 * table}];\n", f"    c.{size} = header[{3 * table + place}];\n"]
    struct = "typedef struct {\n" + "".join(fields) + "} Crisis;\n\n"
    lines = "".join(found)
    return f"{struct}static Crisis crisis_at(const int64_t *header)\n{{\n    Crisis c;\n{lines}    return c;\n}}\n"


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
        ctypes.c_void_p(lowered.start.ctypes.data),
        ctypes.c_int64(lowered.start.size),
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
