#!/usr/bin/env bash
# lazy_loader.attach_stub reads `from . import a as b` as `a`: type checkers see b, and at run time there is only a.
#
# Seen with lazy_loader 0.4 (and mypy 1.18.2 as the type checker). A stub may give a module or a function another public
# name with `as`. attach_stub takes the name before `as`, and says nothing: the package then has an attribute that the
# stub does not name, and lacks the one that it does. mypy accepts a use that ends in an AttributeError.
#
# What to do: map such names in a __getattr__ of your own around the one that attach_stub returns, and test that every
# name of the stub resolves.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for python in "${PYTHON:-}" python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[123]*/bin/python python3; do
    "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && break
done
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check lazy_loader==0.4 mypy==1.18.2
mkdir "$work/shop"
cd "$work"
echo 'def price() -> int: return 3' > shop/prices.py
printf 'import lazy_loader\n__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)\n' > shop/__init__.py
printf 'from .prices import price as cost\n__all__ = ["cost"]\n' > shop/__init__.pyi
echo 'import shop; print(shop.cost())' > use.py
"$work/venv/bin/python" -m mypy --strict use.py
"$work/venv/bin/python" - <<'PYTHON'
import shop

print("public at run time:", shop.__all__)
try:
    shop.cost
except AttributeError as error:
    print("AttributeError:", error)
else:
    raise SystemExit("changed: the name after `as` resolves")
assert shop.__all__ == ["price"], shop.__all__
assert shop.price() == 3
PYTHON
# Output seen:
# Success: no issues found in 1 source file
# public at run time: ['price']
# AttributeError: No shop attribute cost
