#!/usr/bin/env bash
# llvmlite finds no function of the C library by its name until an execution engine has been made.
#
# Seen with llvmlite 0.50.0 on Linux. `binding.address_of_symbol("erfc")` says where a function lies that machine code may
# call, and None where there is none. Python itself is linked with the C library's mathematics, so one would guess that
# the answer does not change while a process runs. It does: it is None at first, also after the target has been
# initialised, and an address as soon as `create_mcjit_compiler` has been called, for any module, also an empty one. A
# program that asks first whether kept machine code can be loaded, and then makes the engine to load it, hears that it
# can not. A name that nobody has stays None.
#
# What to do: make the engine, then ask, then add the object file.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check llvmlite==0.50.0

cat >"$work/look.py" <<'PYTHON'
import math

import llvmlite
from llvmlite import binding

assert math.erfc(0.0) == 1.0
binding.initialize_native_target()
binding.initialize_native_asmprinter()
before = binding.address_of_symbol("erfc")
target = binding.Target.from_default_triple().create_target_machine()
engine = binding.create_mcjit_compiler(binding.parse_assembly(""), target)
after, nobody = binding.address_of_symbol("erfc"), binding.address_of_symbol("no_such_function_anywhere")
found = {None: "not found"}
print(f"llvmlite {llvmlite.__version__}: erfc before an engine was made: {found.get(before, 'found')}")
print(f"and after: {found.get(after, 'found')}; a name that nobody has: {found.get(nobody, 'found')}")
assert before is None, "changed: functions are found before there is an engine"
assert after is not None and nobody is None, "changed: what is found once there is one"
PYTHON
"$work/env/bin/python" "$work/look.py"
