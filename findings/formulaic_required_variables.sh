#!/usr/bin/env bash
# formulaic's required_variables names other columns than a formula reads: none within scale(), half a name with points.
#
# Seen with formulaic 1.2.2, pandas 2.3.3. A column called s.wt.re1, as R names them, can be used in a formula as `s.wt.re1`, and
# the model matrix is right. But required_variables says that the formula needs a column "s". Within a stateful transform,
# as scale(x), it says that nothing is needed. Whoever checks a table by it, or drops rows in which a required column is
# missing, refuses a good table in the first case and keeps rows with missing values in the second.
#
# And a name in backticks whose blanks and points turned to underscores are another column's name draws from numpy's global
# random generator: two columns "a b" and "a_b", and a seeded program gives other numbers afterwards.
#
# What to do: read the names off the tokens of the formula; give no two columns names that differ in such signs alone.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for python in "${PYTHON:-}" python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[123]*/bin/python python3; do
    "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null && break
done
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check formulaic==1.2.2 pandas==2.3.3
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import formulaic
import numpy as np
import pandas as pd

table = pd.DataFrame({"s.wt.re1": [1.0, 2.0, 4.0], "two words": [3.0, 5.0, 9.0], "a b": [1.0, 2.0, 4.0], "a_b": [2.0, 3.0, 7.0]})


def needed(text):
    return sorted(map(str, formulaic.Formula(text).required_variables))


columns = list(formulaic.Formula("`s.wt.re1`").get_model_matrix(table).columns)
print("`s.wt.re1`: columns", columns, "but required", needed("`s.wt.re1`"))
print("scale(x): required", needed("scale(x)"), "and scale(`two words`):", needed("scale(`two words`)"))
print("log(`two words`): required", needed("log(`two words`)"))
assert columns == ["Intercept", "s.wt.re1"]
assert needed("`s.wt.re1`") == ["s"]
assert needed("scale(x)") == needed("scale(`two words`)") == []
assert needed("log(x)") == ["x"]
assert needed("log(`two words`)") == ["two words"]


def next_draw(frame):
    np.random.seed(1)
    formulaic.Formula("log(`a b`)").get_model_matrix(frame)
    return round(float(np.random.random()), 4)


alone, beside = next_draw(table[["a b"]]), next_draw(table[["a b", "a_b"]])
print("next draw of a program seeded with 1:", alone, "with the column 'a b' alone,", beside, "with 'a_b' beside it")
assert alone == 0.417 and beside != alone
PYTHON
echo "as described"
