#!/usr/bin/env bash
# pydantic 2.14.4: an error of sort "too_long" says how many items a list or tuple has, and None for a dict or a set.
#
# The contexts of "too_short" and "too_long" have a key actual_length. For a dict that is too short it is a number, and
# so it is for a list or a tuple of either sort. A dict or a set that is too long has actual_length None, and the
# message ends in "not more". Whoever writes messages from the context has to count the items of the input.
#
# Seen (Python 3.11.7):
#   list too_long 4
#   tuple too_long 4
#   dict too_long None
#   set too_long None
#   dict too_short 1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check pydantic==2.14.4
"$work/env/bin/python" - <<'PYTHON'
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

MOST, LEAST = Field(max_length=2), Field(min_length=2)
seen = []
for name, allowed, given in (
    ("list", Annotated[list[int], MOST], [1, 2, 3, 4]),
    ("tuple", Annotated[tuple[int, ...], MOST], (1, 2, 3, 4)),
    ("dict", Annotated[dict[str, int], MOST], {"a": 1, "b": 2, "c": 3, "d": 4}),
    ("set", Annotated[set[int], MOST], {1, 2, 3, 4}),
    ("dict", Annotated[dict[str, int], LEAST], {"a": 1}),
):
    try:
        TypeAdapter(allowed).validate_python(given)
    except ValidationError as refused:
        (error,) = refused.errors()
        seen.append((name, error["type"], error["ctx"]["actual_length"]))
        print(*seen[-1])
assert seen == [
    ("list", "too_long", 4),
    ("tuple", "too_long", 4),
    ("dict", "too_long", None),
    ("set", "too_long", None),
    ("dict", "too_short", 1),
], "pydantic's contexts have changed"
PYTHON
