#!/usr/bin/env bash
# numba.extending.overload refuses an annotated typing function whose implementation is not annotated alike.
#
# Seen with numba 0.68.1. Annotations have no part in how numba types a call. Yet it compares the parameters of the two
# functions with their annotations, and says that their names differ, though they are the same. So a typing function
# that is annotated, as strict type checkers ask, cannot return a lambda.
#
# What to do: annotate both alike, or neither; or register the function with `infer_global` and `lower_builtin`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for python in "${PYTHON:-}" python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[123]*/bin/python python3; do
    "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && break
done
"$python" -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check numba==0.68.1
cat > "$folder/try.py" <<'PYTHON'
from typing import Any

import numba
from numba.extending import overload


def greater(a, b):
    return max(a, b)


def greatest(a, b):
    return max(a, b)


def larger(a, b):
    return max(a, b)


@overload(greater)
def _greater(a, b):
    return lambda a, b: a if a > b else b


@overload(greatest)
def _greatest(a: Any, b: Any) -> Any:
    def implementation(a: Any, b: Any) -> Any:
        return a if a > b else b

    return implementation


@overload(larger)
def _larger(a: Any, b: Any) -> Any:
    return lambda a, b: a if a > b else b


print("not annotated:", numba.njit(lambda: greater(1.0, 3.0))())
print("annotated alike:", numba.njit(lambda: greatest(1.0, 3.0))())
try:
    print("annotated in one place:", numba.njit(lambda: larger(1.0, 3.0))())
except numba.core.errors.TypingError as error:
    told = [line.strip() for line in str(error).splitlines() if "differ" in line]
    print("annotated in one place: refused:", told[0].split("InternalError: ")[-1])
PYTHON
"$folder/venv/bin/python" "$folder/try.py" > "$folder/seen"
cat "$folder/seen"
grep -q "^not annotated: 3.0$" "$folder/seen"
grep -q "^annotated alike: 3.0$" "$folder/seen"
grep -q "^annotated in one place: refused: Typing and implementation arguments differ in argument names.$" "$folder/seen"
# Output seen:
# not annotated: 3.0
# annotated alike: 3.0
# annotated in one place: refused: Typing and implementation arguments differ in argument names.
