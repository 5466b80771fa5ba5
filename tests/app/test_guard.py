"""The guard lets the page through and nobody else's."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from escalation.app.guard import PEER, Guard, allowed

HERE = "127.0.0.1:8765"


@pytest.mark.parametrize(
    ("host", "origin", "loopback", "passes"),
    [
        (HERE, None, True, True),
        (HERE, f"http://{HERE}", True, True),
        ("localhost:8765", "http://localhost:8765", True, True),
        ("[::1]:8765", "http://[::1]:8765", True, True),
        (HERE, "http://127.0.0.1:9999", True, False),
        (HERE, "https://example.org", True, False),
        (HERE, "null", True, False),
        ("example.org:8765", "http://example.org:8765", True, False),
        ("example.org", None, True, False),
        ("", None, True, False),
        ("lab.example.org:8765", "http://lab.example.org:8765", False, True),
        ("lab.example.org:8765", "http://example.org", False, False),
    ],
)
def test_who_passes(host: str, origin: str | None, loopback: bool, passes: bool) -> None:
    assert allowed(host, origin, loopback=loopback) is passes


def answers(scope: dict[str, Any]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []

    async def application(_: Any, __: Any, send: Any) -> None:
        await send({"type": "through"})

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    async def receive() -> None:
        return None

    asyncio.run(Guard(application, loopback=True)(scope, receive, send))
    return sent


def scope(kind: str, origin: str) -> dict[str, Any]:
    return {"type": kind, "headers": [(b"host", HERE.encode()), (b"origin", origin.encode())]}


def test_what_is_allowed_goes_through() -> None:
    for kind in ("http", "websocket"):
        assert answers(scope(kind, f"http://{HERE}")) == [{"type": "through"}]
    assert answers({"type": "lifespan"}) == [{"type": "through"}]


def test_the_rest_is_refused_in_its_own_way() -> None:
    assert answers(scope("websocket", "https://example.org")) == [{"type": "websocket.close", "code": 1008}]
    start, body = answers(scope("http", "https://example.org"))
    assert (start["status"], body["type"]) == (403, "http.response.body")


def test_where_a_request_comes_from_is_what_the_server_saw() -> None:
    found: list[dict[str, Any]] = []

    async def application(scope: Any, _: Any, __: Any) -> None:
        found.append(scope)

    async def nothing(*_: Any) -> None:
        return None

    forged = [(b"host", HERE.encode()), (b"X-Escalation-Peer", b"9.9.9.9")]
    asked = {"type": "websocket", "headers": forged, "client": ("10.1.2.3", 5555)}
    asyncio.run(Guard(application, loopback=True)(asked, nothing, nothing))
    assert [value for name, value in found[0]["headers"] if name.lower() == PEER.encode()] == [b"10.1.2.3"]
    assert asked["headers"] == forged
