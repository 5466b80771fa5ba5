#!/usr/bin/env bash
# country_converter gives three of today's states the Gleditsch-Ward code of a state that no longer exists.
#
# Seen with country_converter 1.3.2 and pandas 2.3.3; with pandas 3.1.1 it does not start. In the list of Gleditsch and
# Ward (ksgmdw.txt), which UCDP and CShapes use, these states and those before them have numbers of their own:
#   Yemen      678, since 1918; 680 is the People's Republic (South Yemen), which ended on 1990-05-21
#   Vietnam    816, since 1954; 817 is the Republic (South Vietnam), which ended on 1975-04-30
#   Czechia    316, since 1993; 315 is Czechoslovakia, which ended in 1992
# country_converter turns the names into 680, 817 and 315, and does not know 678, 816 and 316 at all. A join by code drops
# these three states from every conflict after 1990, 1975 and 1992. Germany (260) and Serbia (340), where a wrong code
# would be as likely, are right.
#
# What to do: mend the three numbers after converting.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for python in "${PYTHON:-}" python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[23]*/bin/python python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && break
done
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check country_converter==1.3.2 pandas==2.3.3
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import logging

import country_converter

logging.disable(logging.WARNING)
convert = country_converter.CountryConverter().convert

found = {name: int(convert(name, to="GWcode")) for name in ("Yemen", "Vietnam", "Czechia", "Germany", "Serbia")}
print("from names:", found)
assert found == {"Yemen": 680, "Vietnam": 817, "Czechia": 315, "Germany": 260, "Serbia": 340}, "changed: codes of names"

back = {code: convert(code, src="GWcode", to="name_short") for code in (678, 680, 816, 817, 315, 316, 260, 340)}
print("from codes:", back)
assert back == {678: "not found", 680: "Yemen", 816: "not found", 817: "Vietnam", 315: "Czechia", 316: "not found",
                260: "Germany", 340: "Serbia"}, "changed: names of codes"
PYTHON
