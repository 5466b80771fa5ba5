"""The page in a real browser; collected only by `make app-test`, which sets up what it needs."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from driving import Visitor

HERE = Path(__file__).parent
collect_ignore_glob = ["driving.py", "looks.py", "offline/*", "serving.py", "viz.py"]
if "ESCALATION_APP_TEST" not in os.environ:
    collect_ignore_glob = ["*.py"]
sys.path.insert(0, str(HERE))


@pytest.fixture(scope="session")
def offline(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """File in which it is written down what the servers would have asked of other machines."""
    return tmp_path_factory.mktemp("offline") / "log"


def started(words: list[str], offline: Path, url: str, log: Path) -> subprocess.Popen[bytes]:
    """Start a server that can reach no other machine, and wait until it answers."""
    path = os.pathsep.join(filter(None, [str(HERE / "offline"), os.environ.get("PYTHONPATH", "")]))
    environ = os.environ | {"PYTHONPATH": path, "ESCALATION_OFFLINE_LOG": str(offline)}
    with log.open("wb") as stream:
        server = subprocess.Popen([sys.executable, *words], env=environ, stdout=stream, stderr=subprocess.STDOUT)
    end = time.monotonic() + 120.0
    while not answers(url):
        assert server.poll() is None, log.read_text()
        assert time.monotonic() < end, log.read_text()
        time.sleep(0.1)
    return server


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=5.0).close()
    except OSError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def page(tmp_path_factory: pytest.TempPathFactory, offline: Path) -> Iterator[str]:
    """Address of the page, served as a user would serve it."""
    log, port = tmp_path_factory.mktemp("server") / "log", free_port()
    url = f"http://127.0.0.1:{port}"
    words = ["-m", "escalation", "app", "two-state-deterrence", "--port", str(port), "--no-browser"]
    server = started(words, offline, url, log)
    yield url
    server.send_signal(2)  # Ctrl-C
    assert server.wait(20.0) == 0, log.read_text()
    said = log.read_text()
    assert f"The page is at {url}" in said
    assert "The page is closed." in said
    assert "Traceback" not in said, said


@pytest.fixture(scope="session")
def viz(tmp_path_factory: pytest.TempPathFactory, offline: Path) -> Iterator[str]:
    """Address of Mesa's own page on the model."""
    log, port = tmp_path_factory.mktemp("viz") / "log", free_port()
    url = f"http://127.0.0.1:{port}"
    server = started([str(HERE / "serving.py"), str(port), str(HERE / "viz.py")], offline, url, log)
    yield url
    server.terminate()
    server.wait(20.0)


@pytest.fixture
def visit(tmp_path: Path, offline: Path) -> Iterator[Callable[..., Visitor]]:
    """Open a browser on an address; at the end none has complained, and nothing has left this machine."""
    from driving import Visitor

    visitors: list[Visitor] = []

    def come(url: str, *, width: int = 1280) -> Visitor:
        visitors.append(Visitor(url, tmp_path / f"visitor{len(visitors)}", width=width))
        return visitors[-1]

    yield come
    for visitor in visitors:
        visitor.close()
    assert visitors
    for visitor in visitors:
        assert [url for url in visitor.requests if "127.0.0.1" in url], "the browser noted no request at all"
        assert visitor.foreign() == []
        assert visitor.complaints == []
    assert not offline.exists() or offline.read_text() == ""


@pytest.fixture(scope="module")
def shared_visitor(tmp_path_factory: pytest.TempPathFactory, page: str) -> Iterator[Visitor]:
    """A visitor on the page whom the tests of a module share."""
    from driving import Visitor

    visitor = Visitor(page, tmp_path_factory.mktemp("visitor")).open()
    yield visitor
    visitor.close()
    assert visitor.complaints == []


@pytest.fixture
def visitor(visit: Callable[..., Visitor], page: str) -> Visitor:
    """A visitor on the page."""
    return visit(page).open()
