"""Tables after the schema of a scenario file: what it allows, and here and there something else.

How far a table strays is drawn by Hypothesis; its many values come from a generator with a drawn seed, as those of
`strategies` do, for a hundred times as many tables in the same time.
"""

from __future__ import annotations

import datetime
import json
import math
import re
from functools import cache
from random import Random
from typing import Any

from hypothesis import strategies as st
from strategies import scenario_data

from escalation.files import schema

__all__ = ["EDGES", "as_toml", "spoilt_scenarios", "tables"]

Table = dict[str, Any]

NAMES = (
    "a",
    "b",
    "c",
    "p",
    "s",
    "e",
    "war",
    "threat",
    "limited-strike",
    "default",
    "ten-rung",
    "icb-1918-1994",
    "x" * 64,
)
PAIRS = ("a-b", "b-a", "a-c", "c-a", "b-c", "c-b")
HOSTILE_NAMES = (
    "", "A", "a-", "-", "a-b-c", "a-a", "x" * 65, "k" * 5_000, "\x1b[31m", "a\nb", "\u202e", "ä", "a.b", '"',
    "'", "\x7f",
    "\U0001f600", "\ufeff", "\u2028", "\x00",
)  # fmt: skip
EDGES = (
    0, 1, -1, 2, 7, 90, 3650, 3651, 36_500, 2**31, 2**63 - 1, 2**63, -(2**63), 10**30, 10**400,
    0.0, -0.0, 1.0, 0.5, 0.05, 0.01, 0.99, 1.0 + 2**-52, 1.0 - 2**-53, 5e-324, 1e-300, 1e-9, 1e9, 1e12, 1e300,
    1.7976931348623157e308, -1.7976931348623157e308, math.inf, -math.inf, math.nan,
)  # fmt: skip
"""Numbers at which ranges end, or arithmetic does."""
FIRST = datetime.date(2000, 1, 1)
DATES = (
    FIRST, datetime.date(2000, 1, 2), datetime.date(2000, 3, 31), datetime.date(1999, 12, 31),
    datetime.date.min, datetime.date.max, datetime.date(9899, 12, 31), datetime.datetime(2000, 1, 2),
    datetime.datetime(2000, 1, 2, 3, 4), datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC), datetime.time(12, 30),
)  # fmt: skip
BARE = re.compile(r"[A-Za-z0-9_-]+")


class Written(str):
    """A value as TOML writes it: a number so long that Python itself does not write it."""

    __slots__ = ()


@cache
def _document() -> Table:
    return schema()


class _Drawer:
    """Draws values after nodes of the schema, a share of them wild."""

    def __init__(self, random: Random, wild: float) -> None:
        self.random, self.wild = random, wild

    def text(self) -> str:
        """Any text that UTF-8 can write."""
        if self.random.random() < 0.7:
            return self.random.choice(NAMES + PAIRS + HOSTILE_NAMES)
        marks = (self.random.choice((self.random.randint(0, 127), self.random.randint(0, 0xD7FF))) for _ in range(9))
        return "".join(map(chr, marks))

    def number(self) -> Any:
        return self.random.choice(
            (
                self.random.choice(EDGES),
                self.random.choice(EDGES),
                self.random.randint(-100, 100),
                self.random.uniform(-2.0, 2.0),
                self.random.choice((-1.0, 1.0)) * 10.0 ** self.random.uniform(-320.0, 308.0),
                Written("0x" + "f" * 5_000),
            )
        )

    def anything(self, depth: int = 0) -> Any:
        """Whatever TOML can hold."""
        kind = self.random.randrange(6 if depth < 3 else 4)
        if kind == 4:
            return [self.anything(depth + 1) for _ in range(self.random.randint(0, 3))]
        if kind == 5:
            return {self.text(): self.anything(depth + 1) for _ in range(self.random.randint(0, 3))}
        return (self.number, self.text, lambda: self.random.choice((True, False)), self.date)[kind]()

    def date(self) -> Any:
        return self.random.choice(DATES)

    def after(self, node: Table) -> Any:
        """Value after a node of the schema."""
        return self.anything() if self.random.random() < self.wild else self._sound(node)

    def _sound(self, node: Table) -> Any:
        for key in ("anyOf", "oneOf"):
            if key in node:
                options = [option for option in node[key] if option.get("type") != "null"]
                return self.after(options[0] if self.random.random() < 0.6 else self.random.choice(options))
        if "$ref" in node:
            return self._sound(_document()["$defs"][node["$ref"].rpartition("/")[2]])
        if "const" in node or "enum" in node:
            return self.random.choice([node["const"]] if "const" in node else node["enum"])
        kinds = {"object": self.object, "array": self._array, "string": self._text, "boolean": self._flag}
        return kinds.get(node["type"], self._number)(node)

    def _flag(self, _: Table) -> bool:
        return self.random.random() < 0.5

    def _number(self, node: Table) -> Any:
        low = node.get("minimum", node.get("exclusiveMinimum", -1e3))
        high = node.get("maximum", 1e3)
        if node["type"] == "integer":
            return self.random.choice((low, high, self.random.randint(low, high)))
        return self.random.choice((low, high, self.random.uniform(low, high), self.random.uniform(low, min(high, 2.0))))

    def _text(self, node: Table) -> Any:
        if node.get("format") == "date":
            return FIRST + datetime.timedelta(days=self.random.randint(0, 89))
        return self.random.choice(NAMES[:6]) if "pattern" in node else self.text()

    def _array(self, node: Table) -> list[Any]:
        least = node.get("minItems", 0)
        return [self.after(node["items"]) for _ in range(self.random.randint(least, least + 2))]

    def object(self, node: Table) -> Table:
        """Table, at times with a key that is not known, or without one that is needed."""
        if "properties" not in node:
            return self._keyed(node)
        needed = node.get("required", [])
        table = {
            key: self.after(value)
            for key, value in node["properties"].items()
            if key in needed or self.random.random() < 0.3
        }
        if self.random.random() < self.wild:
            table[self.text()] = self.anything()
        if table and self.random.random() < self.wild:
            del table[self.random.choice(list(table))]
        return table

    def _keyed(self, node: Table) -> Table:
        rows = [node.get("additionalProperties"), *node.get("patternProperties", {}).values()][-1]
        fronts = "-[a-z]" in node["propertyNames"]["pattern"]
        names = (
            PAIRS[: self.random.choice((2, 2, 6))]
            if fronts
            else self.random.sample(NAMES[:6], self.random.randint(0, 3))
        )
        if node.get("minProperties") and not fronts:
            names = NAMES[: self.random.choice((2, 3, 3))]
        return {self.text() if self.random.random() < self.wild else name: self.after(rows) for name in names}


WILD = (0.0, 0.002, 0.01, 0.05, 0.3)


def tables() -> st.SearchStrategy[Table]:
    """Draw the data of a scenario file, sound or not."""
    seeds = st.integers(0, 2**64 - 1)
    return st.builds(lambda seed, wild: _Drawer(Random(seed), wild).object(_document()), seeds, st.sampled_from(WILD))


def spoilt_scenarios() -> st.SearchStrategy[Table]:
    """Draw a valid scenario in which up to five values have become others, or are gone."""
    return st.builds(_spoil, scenario_data(max_actors=4), st.integers(0, 2**64 - 1), st.integers(0, 5))


def _spoil(data: Table, seed: int, times: int) -> Table:
    drawer = _Drawer(Random(seed), 0.0)
    for _ in range(times):
        places = list(_places(data))
        holder, key = places[drawer.random.randrange(len(places))]
        if drawer.random.random() < 0.2:
            del holder[key]
        elif isinstance(holder[key], (int, float)) and drawer.random.random() < 0.5:
            holder[key] = drawer.number()
        elif isinstance(holder[key], str) and drawer.random.random() < 0.5:
            holder[key] = drawer.random.choice([value[at] for value, at in places if isinstance(value[at], str)])
        else:
            holder[key] = drawer.anything()
    return data


def _places(holder: Any) -> Any:
    """Each table or list within, with each of its keys or positions."""
    keys = list(holder) if isinstance(holder, dict) else range(len(holder)) if isinstance(holder, list) else ()
    for key in keys:
        yield holder, key
        yield from _places(holder[key])


# ------------------------------------------------------------------------------------------------- as text


def as_toml(data: Table) -> str:
    """Text of a TOML file; tables are written in line."""
    return "".join(f"{_key(key)} = {_value(value)}\n" for key, value in data.items())


def _key(key: str) -> str:
    return key if BARE.fullmatch(key) else _quoted(key)


def _quoted(text: str) -> str:
    # With JSON's own escapes what lies beyond 16 bits would be two surrogates, which TOML refuses.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: Any) -> str:
    if isinstance(value, Written):
        return str(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(key)} = {_value(entry)}' for key, entry in value.items())}}}"
    return value.isoformat() if isinstance(value, (datetime.date, datetime.time)) else repr(value)
