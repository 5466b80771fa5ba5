#!/usr/bin/env bash
# A matplotlib line of no points that is not clipped stretches a figure's tight box to the corner of the figure.
#
# Seen with matplotlib 3.10.7. Markers on the edge of a figure, such as a mark on an axis for each event, are drawn with
# clip_on=False so that they are not cut in half. Where nothing happened there are no points, and one would guess that a
# line of no points takes no room. Its own box has no size, but it lies at the origin, in the lower left corner. A line
# that is clipped is passed over; this one counts. So savefig(bbox_inches="tight") keeps all the blank paper from the
# corner on, and figures of the same kind come out with other sizes and margins where nothing happened.
#
# What to do: draw no line where there are no points.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check matplotlib==3.10.7

cat >"$work/look.py" <<'PYTHON'
import matplotlib

matplotlib.use("agg")
import matplotlib.pyplot as plt


def corner(**options):
    figure, axes = plt.subplots(figsize=(4, 3))
    figure.subplots_adjust(left=0.5, bottom=0.5)
    axes.plot([0, 1], [0, 1])
    if options:
        axes.plot([], [], marker="o", **options)
    figure.canvas.draw()
    box = figure.get_tightbbox(figure.canvas.get_renderer())
    return round(float(box.x0), 2), round(float(box.y0), 2)


without, clipped, unclipped = corner(), corner(clip_on=True), corner(clip_on=False)
print(f"matplotlib {matplotlib.__version__}: the tight box begins at {without} inches without a line of no points,")
print(f"at {clipped} with a clipped one, and at {unclipped} with one that is not clipped")
assert clipped == without and min(without) > 1.0, "changed: without the line"
assert max(unclipped) <= 0.0, "changed: the line takes no room"
PYTHON
"$work/env/bin/python" "$work/look.py"
