#!/usr/bin/env bash
# An ordered category of pandas loses its order on the way through Parquet, and nobody says so.
#
# Seen with DuckDB 2.0.1, polars 2.1.0, pandas 2.3.3 and pyarrow 26.0.1. The file holds the order: pandas and pyarrow read
# it back. DuckDB reads the same file as VARCHAR, and polars as a Categorical that it compares by alphabet. So one query
# has two answers in DuckDB: asked of the data frame, where the column is an ENUM, max and ORDER BY go by the order of the
# rungs; asked of the file that this data frame was written to, they go by alphabet. A comparison with a text, as in
# rung >= 'display', goes by alphabet in both, since the ENUM is cast to the text and not the text to the ENUM. For a scale
# such as talk < display < strike < war that means a wrong maximum, sort and count, without a warning.
#
# What to do: cast to an ENUM of your own after reading, and cast the text as well (DuckDB); cast to pl.Enum (polars).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for python in "${PYTHON:-}" python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[23]*/bin/python python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && break
done
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet --disable-pip-version-check duckdb==2.0.1 polars==2.1.0 pandas==2.3.3 pyarrow==26.0.1
cd "$work"
"$work/venv/bin/python" - <<'PYTHON'
import duckdb
import pandas as pd
import polars as pl

rungs = ["talk", "display", "strike", "war"]
acts = pd.DataFrame({"rung": pd.Categorical(["talk", "display", "strike", "display"], categories=rungs, ordered=True)})
acts.to_parquet("acts.parquet")

back = pd.read_parquet("acts.parquet")["rung"]
assert back.cat.ordered and back.max() == "strike", "pandas no longer reads the order back"
print("pandas:", back.max(), "is the highest;", int((back >= "display").sum()), "of 4 are a display or more")

query = "SELECT any_value(typeof(rung)), max(rung), count(*) FILTER (rung >= 'display') FROM {}"
frame, parquet = (duckdb.sql(query.format(source)).fetchall()[0] for source in ("acts", "'acts.parquet'"))
print("DuckDB, data frame:", frame)
print("DuckDB, its Parquet file:", parquet)
assert frame == ("ENUM('talk', 'display', 'strike', 'war')", "strike", 4), "changed: DuckDB and data frames"
assert parquet == ("VARCHAR", "talk", 4), "changed: DuckDB and ordered dictionaries in Parquet"

cast = "rung::ENUM('talk', 'display', 'strike', 'war')"
mended = f"SELECT max({cast}), count(*) FILTER ({cast} >= 'display'::ENUM('talk', 'display', 'strike', 'war')) FROM {{}}"
for source in ("acts", "'acts.parquet'"):
    assert duckdb.sql(mended.format(source)).fetchall()[0] == ("strike", 3), "changed: the way out in DuckDB"

read = pl.read_parquet("acts.parquet")
print("polars, the file:", read.schema, read.sort("rung")["rung"].to_list())
assert read.schema["rung"] == pl.Categorical, "changed: polars and ordered dictionaries in Parquet"
assert read.sort("rung")["rung"].to_list() == ["display", "display", "strike", "talk"], "changed: polars' order"
assert read.filter(pl.col("rung") >= "display").height == 4, "changed: polars' comparison"
assert pl.from_pandas(acts).sort("rung")["rung"][-1] == "talk", "changed: polars and categories of pandas"
mended = read.with_columns(pl.col("rung").cast(pl.Enum(rungs)))
assert mended["rung"].max() == "strike" and mended.filter(pl.col("rung") >= "display").height == 3, "changed: pl.Enum"
PYTHON
