"""Large files made to take long, or much memory; run as a script it reads them all, and tells what each took.

``python tests/hard_use/hostile.py 1048576`` makes each as large as it says, in bytes, which no file may exceed.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator

from escalation.errors import ScenarioError
from escalation.files import loads

__all__ = ["FILES", "Taken"]

MOST_MEMORY = 2 << 30
BASE = 'name = "q"\n[actors.a]\n[actors.b]\n[fronts.a-b]\n[fronts.b-a]\n'
SIGNAL = '[signals.s{k}]\nkind = "{kind}"\ndate = 1\nsender = "{sender}"\nreceivers = [{receivers}]\n'
EVENT = '[events.e]\nkind = "provocation"\ndate = 1\n'
TAKES_ONE = EVENT + 'victims = [{ actor = "b", severity = 1 }]\n'

Taken = dict[str, dict[str, float | str]]


def signal(k: int, kind: str, *, sender: str = "a", receivers: str = '"b"', subject: str = "") -> str:
    text = SIGNAL.format(k=k, kind=kind, sender=sender, receivers=receivers)
    return f'{text}subject = "{subject}"\n' if subject else text


def filled(size: int, start: str, row: Callable[[int], str], end: str = "") -> str:
    """Text of nearly a size: as many rows as fit."""
    parts, length = [start], len(start) + len(end)
    for k in range(size):
        part = row(k)
        length += len(part)
        if length > size:
            break
        parts.append(part)
    return "".join((*parts, end))


FILES: dict[str, Callable[[int], str]] = {
    "a key of many parts": lambda size: filled(size, "a", lambda _: ".a", " = 1"),
    "a table of many parts": lambda size: filled(size, "[a", lambda _: ".a", "]"),
    "deeper and deeper": lambda size: filled(size, "", lambda k: f"[[a{'.a' * k}]]\n"),
    "lists in lists": lambda size: "a = " + "[" * (size // 2 - 4) + "]" * (size // 2 - 4),
    "tables in tables": lambda size: "a = " + "{a = " * (size // 6 - 4) + "1" + "}" * (size // 6 - 4),
    "tables of dotted keys": lambda size: filled(size, "", lambda k: f"{'a.' * 15}a{k} = 1\n"),
    "keys that are not known": lambda size: filled(size, 'name = "q"\n', lambda k: f"k{k} = 1\n"),
    "keys of an actor": lambda size: filled(size, f"{BASE}[actors.c]\n", lambda k: f"k{k} = 1\n"),
    "one key": lambda size: '"' + "k" * (size - 9) + '" = 1\n',
    "one name": lambda size: 'name = "' + "k" * (size - 12) + '"\n',
    "one actor": lambda size: 'name = "q"\n[actors."' + "k" * (size - 40) + '"]\nx = 1\ny = 2\n',
    "actors": lambda size: filled(size, 'name = "q"\n', lambda k: f"[actors.a{k}]\n"),
    "fronts": lambda size: filled(size, BASE, lambda k: f"[fronts.a-c{k}]\n"),
    "receivers": lambda size: filled(size, BASE + signal(0, "vow")[: -len("]\n")], lambda k: f', "x{k}"', "]\n"),
    "the same receiver": lambda size: BASE + signal(0, "vow", receivers='"b", ' * ((size - 200) // 5)),
    "warnings": lambda size: filled(
        size,
        f"{BASE}[actors.c]\n",
        lambda k: (
            f'[commitments.p{k}]\npatron = "c"\nprotege = "b"\n' + signal(k, "warning", sender="c", subject=f"p{k}")
        ),
    ),
    "denials": lambda size: filled(size, BASE + signal(0, "vow"), lambda k: signal(k + 1, "denial", subject="s0")),
    "denials of nothing": lambda size: filled(size, BASE, lambda k: signal(k, "denial", subject=f"x{k}")),
    "commitments to nobody": lambda size: filled(
        size, BASE, lambda k: f'[commitments.p{k}]\npatron = "a"\nprotege = "x{k}"\n'
    ),
    "acts of nobody": lambda size: filled(size, BASE, lambda k: f'[[observed]]\ndate = 1\nactor = "x{k}"\n'),
    "acts without anything": lambda size: filled(size, BASE, lambda _: "[[observed]]\n"),
    "rungs": lambda size: filled(size, BASE, lambda _: '[[ladder.rungs]]\nname = "x"\n'),
    "sources": lambda size: filled(size, f"{BASE}[sources]\n", lambda k: f"k{k} = 1\n"),
    "victims": lambda size: filled(size, f"{BASE}{EVENT}victims = [", lambda _: '{actor = "b", severity = 1},', "]\n"),
    "suspects": lambda size: filled(size, f"{BASE}{TAKES_ONE}suspects = [", lambda _: '{actors = ["a"]},', "]\n"),
    "one suspect": lambda size: filled(size, f"{BASE}{TAKES_ONE}suspects = [{{ actors = [", lambda _: '"a",', "]}]\n"),
    "lines": lambda size: "\n" * size,
    "a comment": lambda size: "#" * size,
    "quotes": lambda size: '"' * size,
    "an open quote": lambda size: 'x = """' + '\\"""' * (size // 4 - 2),
    "brackets in text": lambda size: filled(size, f'{BASE}note = """', lambda _: "[{\n", '"""\n'),
    "escapes": lambda size: filled(size, 'title = "', lambda _: "\\\\", '"\nx = 1\n'),
    "a table in line": lambda size: filled(size, "x = {", lambda k: f"k{k} = 1, ", "z = 1}\n"),
    "numbers": lambda size: filled(size, BASE, lambda k: f"k{k} = 0x{'f' * 5_000}\n"),
    "a number": lambda size: f"horizon = 0x{'f' * (size - 20)}\n",
    "tables of one name": lambda size: filled(size, "", lambda _: "[[a]]\n"),
}
"""Texts of about a size, by what there is much of."""


def read(size: int) -> Iterator[tuple[str, dict[str, float | str]]]:
    for name, make in FILES.items():
        text = make(size)
        assert 0.9 * size < len(text) <= size, (name, len(text))
        begun = time.process_time()
        try:
            loads(text, file="f")
        except ScenarioError as error:
            said = str(error)
        else:
            said = ""
        yield name, {"seconds": time.process_time() - begun, "said": said}


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    sys.stdout.write(json.dumps(dict(read(int(sys.argv[1])))))
