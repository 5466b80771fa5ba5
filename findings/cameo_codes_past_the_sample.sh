#!/usr/bin/env bash
# CAMEO event codes keep their leading zero in DuckDB only if one shows up among the first 20 480 lines of the CSV file.
#
# Seen with DuckDB 2.0.1, polars 2.1.0 and pyarrow 26.0.1. DuckDB takes a column for text as soon as its sample holds a
# leading zero, and so reads most CAMEO files well. If the first zero comes later, the column is BIGINT by then, and '036'
# becomes 36 without an error, while a word at the same place is an error. The codes then mean something else: '0251' turns
# into 251, and its first two digits, the root, are 25, which is no root; '190' and its root 19 stay. Whether a join with a
# codebook works hence depends on the order of the rows. polars and pyarrow drop the zero in any case.
# The part on the sample is duckdb/duckdb issue 25824, open when this was written.
#
# What to do: state the type (types={'code': 'VARCHAR'}, schema_overrides={"code": pl.String}), or sample_size=-1.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for python in "${PYTHON:-}" python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[23]*/bin/python python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && break
done
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0 pyarrow==26.0.1
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import duckdb
import polars as pl
from pyarrow import csv

EARLY, LATE, WORD = "early.csv", "late.csv", "word.csv"
for name, rows in ((EARLY, ["036", "0251"] + 30_000 * ["190"]), (LATE, 30_000 * ["190"] + ["036", "0251"]),
                   (WORD, 30_000 * ["190"] + ["none"])):
    with open(name, "w") as file:
        file.write("\n".join(["code", *rows]) + "\n")


def low(options: str) -> list:
    return duckdb.sql(f"SELECT DISTINCT code FROM read_csv({options}) WHERE code::VARCHAR <> '190' ORDER BY 1").fetchall()


print("DuckDB, zeros first:", low(f"'{EARLY}'"))
print("DuckDB, zeros last:", low(f"'{LATE}'"))
assert low(f"'{EARLY}'") == [("0251",), ("036",)], "changed: a leading zero in the sample makes text"
assert low(f"'{LATE}'") == [(36,), (251,)], "changed: a leading zero after the sample is dropped"
assert low(f"'{LATE}', sample_size=-1") == [("0251",), ("036",)], "changed: sample_size=-1"
assert low(f"'{LATE}', types={{'code': 'VARCHAR'}}") == [("0251",), ("036",)], "changed: types"
try:
    low(f"'{WORD}'")
except duckdb.ConversionException as error:
    print("DuckDB, a word last:", str(error).splitlines()[0])
else:
    raise SystemExit("changed: a word after the sample is no error")

print("polars:", pl.read_csv(EARLY)["code"][:2].to_list(), "pyarrow:", csv.read_csv(EARLY)["code"][:2].to_pylist())
assert pl.read_csv(EARLY)["code"][:2].to_list() == [36, 251], "changed: polars and leading zeros"
assert csv.read_csv(EARLY)["code"][:2].to_pylist() == [36, 251], "changed: pyarrow and leading zeros"
PYTHON
