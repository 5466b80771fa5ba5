#!/usr/bin/env bash
# pytest-cov 7.1.0 with pytest-xdist 3.8.0: the mark `no_cover` has no effect in a worker, whose tests are traced by two
# measurements of which it pauses one.
#
# In one process a test with the mark `no_cover` runs without a trace function. In a worker (`-n 1`) two Coverage objects
# have been started. The mark stops one of them, and the trace function of the other stays. So a slow test that is marked
# to run at full speed is as slow as before, and only where tests run in parallel.
#
# Seen (Python 3.11.7, coverage 7.17.5, pytest 9.2.0):
#   one process: traced False, measurements that run 0
#   a worker: traced True, measurements that run 1
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/env"
"$work/env/bin/pip" install --quiet --disable-pip-version-check \
    coverage==7.17.5 pytest==9.2.0 pytest-cov==7.1.0 pytest-xdist==3.8.0
cd "$work"
mkdir measured
echo "ONE = 1" >measured/__init__.py
cat >test_marked.py <<'PYTHON'
import gc
import sys
from pathlib import Path

import coverage
import pytest


@pytest.mark.no_cover
def test_marked() -> None:
    run = sum(each._started for each in gc.get_objects() if isinstance(each, coverage.Coverage))
    Path("seen.txt").write_text(f"traced {sys.gettrace() is not None}, measurements that run {run}")
PYTHON
pytest=("$work/env/bin/python" -m pytest -q -p no:cacheprovider --cov=measured --cov-report=)
COVERAGE_CORE=ctrace "${pytest[@]}" test_marked.py >/dev/null 2>&1
alone=$(cat seen.txt)
COVERAGE_CORE=ctrace "${pytest[@]}" -n 1 test_marked.py >/dev/null 2>&1
worker=$(cat seen.txt)
printf 'one process: %s\na worker: %s\n' "$alone" "$worker"
[[ $alone == "traced False, measurements that run 0" ]] && [[ $worker == "traced True, measurements that run 1" ]] || {
    echo "pytest-cov has changed" >&2
    exit 1
}
