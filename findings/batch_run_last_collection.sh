#!/usr/bin/env bash
# mesa.batch_run of Mesa 3.3 leaves out the last state of a model that also collects its first one.
#
# Seen with Mesa 3.3.1, beside Mesa 3.5.1. Mesa's own examples collect data in the constructor, so that the state before
# the first step is there, and once in each step. A model that runs for three steps so has four collections. batch_run of
# 3.3.1 counts collections as steps: it takes the third for the last, and its one row tells of step 2. With
# data_collection_period=1 it gives steps 0, 1 and 2. Mesa 3.5.1 gives step 3, and all four. So the same script, asking
# how runs ended, answers with the state a step before the end under one version, and with the end under the other.
#
# networkx is installed beside it because Mesa 3.5.1 imports it without requiring it.
#
# What to do: read the end of a run from model.datacollector, or with 3.3 do not collect in the constructor.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for python in "${PYTHON:-}" python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[23]*/bin/python python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && break
done

cat >"$work/look.py" <<'PYTHON'
import mesa


class Counter(mesa.Model):
    def __init__(self, length=3, rng=None):
        super().__init__(rng=rng)
        self.length, self.count = length, 0
        self.datacollector = mesa.DataCollector({"count": "count"})
        self.datacollector.collect(self)

    def step(self):
        self.count += 1
        self.datacollector.collect(self)
        self.running = self.count < self.length


def counts(**options):
    rows = mesa.batch_run(Counter, {"length": [3]}, display_progress=False, **options)
    return [row["count"] for row in rows]


if __name__ == "__main__":
    model = Counter()
    while model.running:
        model.step()
    collected = model.datacollector.get_model_vars_dataframe()["count"].tolist()
    last, each = counts(), counts(data_collection_period=1)
    print(f"Mesa {mesa.__version__}: the model collects {collected}; batch_run gives {last} for the end, and {each} in all")
    assert collected == [0, 1, 2, 3]
    if mesa.__version__ == "3.3.1":
        assert (last, each) == ([2], [0, 1, 2]), "changed: Mesa 3.3.1"
    else:
        assert (last, each) == ([3], [0, 1, 2, 3]), "changed: Mesa 3.5.1"
PYTHON

for mesa in mesa==3.3.1 mesa==3.5.1; do
    "$python" -m venv "$work/$mesa"
    "$work/$mesa/bin/python" -m pip install --quiet --disable-pip-version-check "$mesa" networkx==3.4.2
    "$work/$mesa/bin/python" "$work/look.py"
done
