"""How the page holds up when a room uses it: sessions on one server that step, and one in three that runs 2,000 runs.

Run ``python benchmarks/page_load.py`` with the extra ``app`` installed; ``--minutes 30`` is the full measure. It starts
``escalation app`` on this machine, opens the sessions on it over loopback, and ends it. Linux alone, for memory and
processor time are read from ``/proc``.

A session is no browser. It opens a websocket of its own, with a cookie of its own, and speaks the protocol of the
page's script. It receives all that a browser would be sent, keeps the widgets' states, and sends what a click sends. So
this measures the server: the time from a click until the date and what happened on the day have arrived. The reason of
a choice comes later, for the run is replayed; that replay is part of the load. Not measured is how long a browser takes
to draw, a network, and loading the page's scripts. What the sessions themselves take of the processor is taken from the
server, where both share the cores.

A session steps through a run of its own seed, and waits a while after each step, as somebody does who reads. One in
three goes to Many runs from time to time, runs 2,000, and comes back. After each step and each study what has arrived
is compared with what the library says of that seed, so that nothing of another session's can be shown unnoticed.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import os
import re
import socket
import statistics
import struct
import subprocess
import sys
import time
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect

import escalation as esc
from escalation.app import figures, markup
from escalation.app.address import TABS
from escalation.app.viewing import Viewing
from escalation.world.plain_words import event_words

RUNS = 2_000
WITHIN = 2.0
PATIENCE = 60.0
MOST_SESSIONS, MOST_MINUTES = 100, 60.0


class Expected:
    """What the library says of one seed: the days of its run, and the estimates of many."""

    def __init__(self, scenario: esc.Scenario, seed: int, *, many: bool) -> None:
        self.seed = seed
        self.viewing = Viewing.of_run(scenario, seed=seed, run=seed)
        self.many = ""
        if many:
            ensemble = esc.run(scenario, runs=RUNS, seed=seed, progress=False)
            words = {event: event_words(event, scenario) for event in ensemble.events}
            self.many = markup.estimates_table(ensemble, words)

    @property
    def link(self) -> str:
        """Query of the address that opens the run on its first day."""
        name = self.viewing.scenario.name
        return f"scenario={name}&tab=days&seed={self.seed}&run={self.seed}&runs={RUNS}"

    def day(self, period: int) -> tuple[str, str]:
        """Parts of the page that only this period of this run has."""
        viewing = self.viewing
        date = f"day {viewing.day(period):g} of {viewing.scenario.horizon:g}"
        if period == 0:
            return date, "The crisis begins tomorrow."
        colours = figures.rung_colours(viewing.scenario)
        return date, markup.happening_list(viewing.on(period), colours, dated=False, none="Nothing happened.")


@dataclass
class Tally:
    """What all sessions have met."""

    steps: list[float] = field(default_factory=list)
    studies: list[float] = field(default_factory=list)
    unanswered: int = 0
    unstudied: int = 0
    foreign: list[str] = field(default_factory=list)
    messages: int = 0


class Session:
    """A visitor without a browser.

    Parameters
    ----------
    link
        The connection.
    expected
        What it ought to be shown.
    tally
        Where what it meets is noted.
    """

    def __init__(self, link: ClientConnection, expected: Expected, tally: Tally) -> None:
        self.link, self.expected, self.tally = link, expected, tally
        self.models: dict[str, dict[str, Any]] = {}
        self._news = asyncio.Event()
        self._disabled: set[str] = set()
        self._control = uuid.uuid4().hex

    async def open(self) -> None:
        """Ask for the page, as its script does."""
        path = f"/?{self.expected.link}"
        await self._send("comm_open", self._control, {}, target_name="solara.control", target_module=None)
        themes: dict[str, dict[str, str]] = {"light": {}, "dark": {}}
        run = {"method": "run", "args": {"path": path, "appName": "", "dark": False, "themes": themes}}
        await self._send("comm_msg", self._control, run)
        await self.drawn(0)

    async def listen(self) -> None:
        """Take in what arrives, until the connection ends."""
        async for frame in self.link:
            self._take(frame if isinstance(frame, str) else _unpacked(frame))
            self._news.set()

    def _take(self, text: str) -> None:
        self.tally.messages += 1
        others = {found for found in re.findall(r"[?&]seed=(\d+)", text) if int(found) != self.expected.seed}
        if others:
            self.tally.foreign.append(f"seed {self.expected.seed} was sent an address of seed {', '.join(others)}")
        message = json.loads(text)
        content, kind = message["content"], message["header"]["msg_type"]
        if kind == "comm_open":
            self.models[content["comm_id"]] = dict(content["data"].get("state", {}))
        elif kind == "comm_close":
            self.models.pop(content["comm_id"], None)
        elif kind == "comm_msg" and content["data"].get("method") == "update":
            state = content["data"]["state"]
            self.models.setdefault(content["comm_id"], {}).update(state)
            if state.get("disabled"):
                self._disabled.add(content["comm_id"])

    async def until(self, met: Callable[[], Any], *, patience: float = PATIENCE) -> bool:
        """Wait until something is so, at most for so many seconds; whether it came to be."""
        try:
            async with asyncio.timeout(patience):
                while not met():
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return False
        return True

    async def drawn(self, period: int) -> None:
        """Wait until the page shows a period of the run; no browser sends a click before it has drawn the button."""
        date, _ = self.expected.day(period)
        await self.until(lambda: self.player() is not None and self.shows(date))

    def player(self) -> str | None:
        """The widget that asks for a step."""
        return next((key for key, state in self.models.items() if {"period", "last", "playing"} <= state.keys()), None)

    def shows(self, words: str) -> bool:
        """Whether some words are on the page, as HTML."""
        values = (value for state in self.models.values() for value in state.values())
        return any(words in value for value in values if isinstance(value, str))

    async def step(self, period: int) -> None:
        """Ask for a period, and wait until the page shows it."""
        player = self.player()
        if player is None:  # it is still on its way
            self.tally.unanswered += 1
            await self.until(lambda: self.player() is not None)
            return
        date, happened = self.expected.day(period)
        began = time.perf_counter()
        await self._send("comm_msg", player, _event("go", {"to": period, "ticked": False}))
        if not await self.until(lambda: self.shows(date)):
            self.tally.unanswered += 1
            return
        complete = await self.until(lambda: self.shows(happened))
        self.tally.steps.append(time.perf_counter() - began)
        if not complete:
            self.tally.foreign.append(f"seed {self.expected.seed}, period {period}: not what the library says")

    async def study(self, period: int) -> None:
        """Run many, compare what comes of it, and go back to a period of the run."""
        await self._tab("runs")
        await self.until(lambda: self._button("Run") is not None)
        began = time.perf_counter()
        button = self._button("Run")
        if button is None:
            self.tally.unstudied += 1
            await self._tab("days")
            await self.drawn(period)
            return
        self._disabled.discard(button)
        await self._send("comm_msg", button, _event("click", {}))
        # Where it is over before the page is drawn anew, its beginning is not seen.
        await self.until(lambda: button in self._disabled, patience=5.0)
        if await self.until(lambda: self.shows(f"{RUNS:,} runs, seed ") and not self._state(button).get("disabled")):
            self.tally.studies.append(time.perf_counter() - began)
            if not self.shows(self.expected.many):
                self.tally.foreign.append(f"seed {self.expected.seed}: not the estimates of the library")
        else:
            self.tally.unstudied += 1
        await self._tab("days")
        await self.drawn(period)

    def _state(self, key: str) -> dict[str, Any]:
        return self.models.get(key, {})

    def _button(self, label: str) -> str | None:
        return next((key for key, state in self.models.items() if label in (state.get("children") or ())), None)

    async def _tab(self, name: str) -> None:
        tabs = next(key for key, state in self.models.items() if {"names", "value"} <= state.keys())
        await self._send("comm_msg", tabs, _event("changed", TABS.index(name)))

    async def _send(self, kind: str, comm: str, data: dict[str, Any], **more: Any) -> None:
        header = {
            "msg_id": uuid.uuid4().hex, "msg_type": kind, "username": "", "session": self._control, "version": "5.2",
            "date": "2000-01-01T00:00:00Z",
        }  # fmt: skip
        content = {"comm_id": comm, "data": data, **more}
        message = {
            "header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell",
            "buffers": [],
        }  # fmt: skip
        await self.link.send(json.dumps(message))


def _event(name: str, data: Any) -> dict[str, Any]:
    return {"method": "custom", "content": {"event": name, "data": data}}


def _unpacked(frame: bytes) -> str:
    """The message of a binary frame, without its buffers."""
    (count,) = struct.unpack("!i", frame[:4])
    start, *rest = struct.unpack("!" + "I" * count, frame[4 : 4 * (count + 1)])
    return frame[start : rest[0] if rest else None].decode()


# ---------------------------------------------------------------------------------------------------- the server


@contextlib.contextmanager
def server(scenario: str) -> Iterator[tuple[int, int]]:
    """The page, as a user starts it: its port, and the id of its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    words = [sys.executable, "-m", "escalation", "app", scenario, "--port", str(port), "--no-browser"]
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while process.poll() is None and not _answers(port):
            time.sleep(0.2)
        yield port, process.pid
    finally:
        process.terminate()
        process.wait(20.0)


def _answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5.0).close()
    except OSError:
        return False
    return True


def processes(pid: int) -> list[int]:
    """A process, and those that it has started, and so on."""
    found = [pid]
    for each in found:
        with contextlib.suppress(OSError):  # one of them, or a thread, has ended meanwhile
            for thread in Path(f"/proc/{each}/task").iterdir():
                found += [k for k in map(int, (thread / "children").read_text().split()) if k not in found]
    return found


def processor_seconds(pid: int) -> float:
    """Seconds that all cores together have given to a process and those that it has started."""
    ticks = 0
    for each in processes(pid):
        fields = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def resident(pid: int) -> float:
    """Memory that a process and those that it has started have, in MiB; what they share is counted for each."""
    pages = sum(int(Path(f"/proc/{each}/statm").read_text().split()[1]) for each in processes(pid))
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


# ---------------------------------------------------------------------------------------------------- the room


async def visit(session: Session, options: argparse.Namespace, ends: asyncio.Event, *, many: bool) -> None:
    """One visitor: a step, a pause, and so on; from time to time a study."""
    period, last = 0, session.expected.viewing.periods
    # Not all at the same time, nor all after the same time.
    due = time.monotonic() + options.every * (0.2 + 0.8 * (session.expected.seed % 10) / 10.0)
    while not ends.is_set():
        if many and time.monotonic() >= due:
            await session.study(period)
            due = time.monotonic() + options.every
        period = period + 1 if period < last else 0
        await session.step(period)
        await asyncio.sleep(options.pause * (0.75 + 0.5 * ((7 * session.expected.seed + 3 * period) % 10) / 9.0))


async def room(options: argparse.Namespace, port: int, pid: int, expected: list[Expected]) -> None:
    """Open all sessions, let them go on for so long, and print what they met."""
    tally, ends = Tally(), asyncio.Event()
    sessions, tasks = [], []
    for each in expected:
        cookie = {"Cookie": f"solara-session-id={uuid.uuid4()}"}
        url = f"ws://127.0.0.1:{port}/jupyter/api/kernels/{uuid.uuid4()}/channels?session_id={uuid.uuid4()}"
        link = await connect(
            url, additional_headers=cookie, origin=f"http://127.0.0.1:{port}", max_size=None, ping_timeout=None
        )
        session = Session(link, each, tally)
        tasks.append(asyncio.create_task(session.listen()))
        await session.open()
        sessions.append(session)
    print(f"{len(sessions)} sessions are open; the server has {resident(pid):.0f} MiB", flush=True)
    visits = [asyncio.create_task(visit(each, options, ends, many=bool(each.expected.many))) for each in sessions]
    tally.messages, began = 0, time.monotonic()
    busy, own = processor_seconds(pid), time.process_time()
    memory: list[tuple[float, float]] = []
    while (gone := time.monotonic() - began) < 60.0 * options.minutes:
        memory.append((gone / 60.0, resident(pid)))
        if int(gone) // 60 != int(gone - 5.0) // 60 and gone > 5.0:
            print(f"  minute {gone / 60.0:.0f}: {len(tally.steps):,} steps, {memory[-1][1]:.0f} MiB", flush=True)
        await asyncio.wait(visits, timeout=5.0, return_when=asyncio.FIRST_EXCEPTION)
        for task in visits:
            if task.done():
                task.result()
    wall, busy, own = time.monotonic() - began, processor_seconds(pid) - busy, time.process_time() - own
    ends.set()
    report(tally, memory, wall=wall, server=busy, own=own)
    for task in visits:
        task.cancel()
    await asyncio.gather(*visits, return_exceptions=True)
    for session in sessions:
        await session.link.close()
    await asyncio.gather(*tasks, return_exceptions=True)


def report(tally: Tally, memory: list[tuple[float, float]], *, wall: float, server: float, own: float) -> None:
    """Print the figures."""
    steps = sorted(tally.steps)
    asked = len(steps) + tally.unanswered
    quick = sum(seconds <= WITHIN for seconds in steps)
    print(f"steps: {asked:,} in {wall / 60.0:.1f} minutes, {asked / wall:.1f} a second; {tally.messages:,} messages")
    share = 100.0 * quick / max(asked, 1)
    print(f"  within {WITHIN:g} s: {share:.2f} %, unanswered after {PATIENCE:g} s: {tally.unanswered}")
    if len(steps) > 1:
        cuts = statistics.quantiles(steps, n=100)
        print(f"  seconds: median {cuts[49]:.2f}, 95 % {cuts[94]:.2f}, 99 % {cuts[98]:.2f}, longest {steps[-1]:.2f}")
    if tally.studies:
        median, longest = statistics.median(tally.studies), max(tally.studies)
        print(f"studies of {RUNS:,} runs: {len(tally.studies)}, seconds: median {median:.1f}, longest {longest:.1f}")
    if tally.unstudied:
        print(f"studies without a result after {PATIENCE:g} s: {tally.unstudied}")
    print(f"shown of another session: {len(tally.foreign)}", *tally.foreign[:5], sep="\n  ")
    print(f"processor: the server had {server / wall:.2f} of {os.cpu_count()} cores, the sessions {own / wall:.2f}")
    later = [row for row in memory if row[0] >= memory[-1][0] / 3.0]
    slope = statistics.linear_regression(*zip(*later, strict=True)).slope if len(later) > 2 else 0.0
    sizes = [size for _, size in later]
    first, start, last = memory[0][1], sizes[0], sizes[-1]
    print(f"memory: {first:.0f} MiB at first, {start:.0f} after a third of the time, {last:.0f} at the end")
    print(f"  most {max(sizes):.0f}; {slope:+.2f} MiB a minute in the last two thirds")


def main() -> None:
    """Open the room, and print what it met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scenario", default="haniyeh-2024", help="a scenario of the library")
    parser.add_argument("--sessions", type=int, default=30, help=f"at most {MOST_SESSIONS}")
    parser.add_argument("--minutes", type=float, default=3.0, help=f"at most {MOST_MINUTES:g}")
    parser.add_argument("--pause", type=float, default=3.0, help="seconds from a step to the next, on average")
    parser.add_argument("--every", type=float, default=60.0, help="seconds from a study to the next")
    options = parser.parse_args()
    if not (1 <= options.sessions <= MOST_SESSIONS and 0.0 < options.minutes <= MOST_MINUTES):
        parser.error(f"at most {MOST_SESSIONS} sessions and {MOST_MINUTES:g} minutes, and more than none")
    if options.pause <= 0.0 or options.every <= 0.0:
        parser.error("a pause and the time between studies are more than 0 seconds")
    scenario = esc.load(options.scenario)
    expected = [Expected(scenario, k, many=k % 3 == 0) for k in range(2, options.sessions + 2)]
    days = {each.day(period)[1] for each in expected for period in range(1, each.viewing.periods + 1)}
    print(f"{scenario.name}: {len(expected)} runs, which show {len(days):,} different days", flush=True)
    with server(scenario.name) as (port, pid):
        asyncio.run(room(options, port, pid, expected))


if __name__ == "__main__":
    main()
