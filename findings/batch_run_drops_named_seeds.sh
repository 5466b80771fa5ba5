#!/usr/bin/env bash
# mesa.batch_run of Mesa 3.4 and 3.5 replaces seeds that are named among the parameters by None, and says nothing.
#
# Seen with Mesa 3.5.1, beside Mesa 3.3.1. batch_run(Model, {"seed": [1, 2, 3]}) was how runs were seeded up to 3.3: each
# seed reached its model. From 3.4 on batch_run has an argument rng, and it writes that argument, None by default, over a
# parameter called seed, or rng where the model has no seed. It still makes a run for each seed named. The runs get None,
# which means a fresh seed from the machine, so that the same script no longer gives the same numbers; a model that takes
# None for a fixed seed plays one run as often as there are seeds. The column "seed" of the result says None.
#
# networkx is installed beside it because Mesa 3.5.1 imports it without requiring it.
#
# What to do: batch_run(Model, {...}, rng=[1, 2, 3]), or give the seed's parameter a name that is neither seed nor rng.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for python in "${PYTHON:-}" python3.13 python3.12 "$HOME"/.pyenv/versions/3.1[23]*/bin/python python3; do
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null && break
done

cat >"$work/look.py" <<'PYTHON'
import warnings

import mesa

warnings.simplefilter("error")  # nothing is warned of


class Seeded(mesa.Model):
    def __init__(self, width=1, seed=None):
        super().__init__(rng=seed)
        self.got, self.draw = seed, self.random.random()
        self.datacollector = mesa.DataCollector({"got": "got", "draw": "draw"})

    def step(self):
        self.datacollector.collect(self)
        self.running = False


class Generated(mesa.Model):
    def __init__(self, width=1, rng=None):
        super().__init__(rng=rng)
        self.got = rng
        self.datacollector = mesa.DataCollector({"got": "got"})

    def step(self):
        self.datacollector.collect(self)
        self.running = False


def rows(model, parameters, **options):
    return mesa.batch_run(model, parameters, display_progress=False, **options)


if __name__ == "__main__":
    named = {"width": [1], "seed": [1, 2, 3]}
    first, second = (rows(Seeded, named) for _ in range(2))
    got = [row["got"] for row in first]
    same = [row["draw"] for row in first] == [row["draw"] for row in second]
    other = [row["got"] for row in rows(Generated, {"rng": [1, 2, 3]})]
    print(f"Mesa {mesa.__version__}: seeds named 1, 2, 3 arrive as {got}; rng named 1, 2, 3 as {other};"
          f" a second batch is {'the same' if same else 'another'}")
    if mesa.__version__ == "3.3.1":
        assert got == other == [1, 2, 3] and same, "changed: Mesa 3.3.1"
    else:
        assert got == other == [None, None, None] and not same, "changed: batch_run passes on what is named"
        assert [row["seed"] for row in first] == [None, None, None], "changed: the column of seeds"
        assert [row["got"] for row in rows(Seeded, {}, rng=[1, 2, 3])] == [1, 2, 3], "changed: rng of batch_run"
PYTHON

for mesa in mesa==3.3.1 mesa==3.5.1; do
    "$python" -m venv "$work/$mesa"
    "$work/$mesa/bin/python" -m pip install --quiet --disable-pip-version-check "$mesa" networkx==3.4.2
    "$work/$mesa/bin/python" "$work/look.py"
done
