#!/usr/bin/env bash
# A Reacton page notes the number of every element that it ever drew, until it is closed.
#
# Seen with reacton 1.11.1 and ipywidgets 8.1.9. Each drawing of a component makes new elements. One would guess that
# the renderer lets go of those that a newer drawing has replaced. It lets go of the elements, and keeps the id of each
# in a set of its render context. The set is read for the wording of one error of `get_widget` alone, and emptied when
# the page is closed. Alone in a process a page comes to some thousand ids, since new elements take the places of old
# ones. Many pages in one process take each other's places, and each keeps nearly all ids that it ever had. The number
# of objects that the garbage collector knows stays the same meanwhile, for it knows no numbers. A server for thirty
# visitors, each of whom asked for another day of a simulation every three seconds, grew by 2 MiB a minute.
#
# What to do: give the render context a set that keeps nothing when the page is first drawn.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/env"
"$work/env/bin/python" -m pip install --quiet --disable-pip-version-check reacton==1.11.1 ipywidgets==8.1.9

cat >"$work/look.py" <<'PYTHON'
import gc
import random

import ipywidgets
import reacton

pages, draw = 20, random.Random(1)


def opened():
    moves = []

    @reacton.component
    def Day():
        day, move = reacton.use_state(0)
        moves[:] = [move]
        lines = [ipywidgets.Label.element(value=f"day {day}, line {line}") for line in range(20 + day % 30)]
        return ipywidgets.VBox.element(children=lines)

    _, page = reacton.render(Day())
    return page, moves


def seen(drawings):
    for _ in range(drawings):
        _, moves = draw.choice(visitors)
        moves[0](draw.randrange(10_000))
    gc.collect()
    return len(gc.get_objects()), sum(len(page._old_element_ids) for page, _ in visitors)


visitors = [opened() for _ in range(pages)]
seen(400)
first, later = seen(400), seen(4000)
for drawings, (objects, ids) in ((800, first), (4800, later)):
    print(f"{pages} pages, {drawings} drawings: {objects} objects known to the collector, {ids} ids kept")
assert later[0] < 1.2 * first[0], "objects grow too"
assert later[1] > 3 * first[1], "ids are no longer kept"
for page, _ in visitors:
    page.close()
assert not any(page._old_element_ids for page, _ in visitors)
print("once the pages are closed: none")
PYTHON
"$work/env/bin/python" "$work/look.py"
