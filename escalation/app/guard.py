"""A guard before the server: what is not asked for by the page itself is turned away."""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

__all__ = ["PEER", "Guard", "allowed", "is_loopback"]

PEER = "x-escalation-peer"
"""Header that says where a request comes from; what a browser says of itself there is left out."""

Scope = Mapping[str, Any]
Receive = Callable[[], Awaitable[Any]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Any, Receive, Send], Awaitable[None]]


def is_loopback(host: str) -> bool:
    """Whether a host can be reached from this machine alone.

    Examples
    --------
    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def allowed(host: str, origin: str | None, *, loopback: bool) -> bool:
    """Whether a request may pass.

    A page of another site must not open a connection to this one, which a browser would let it do; nor, where the
    server listens to this machine alone, may a name of the outside lead here.

    Parameters
    ----------
    host
        What the request calls this server, with its port.
    origin
        Site of the page that sent it, where it says so.
    loopback
        Whether the server listens to this machine alone.

    Examples
    --------
    >>> allowed("127.0.0.1:8765", "http://127.0.0.1:8765", loopback=True)
    True
    >>> allowed("127.0.0.1:8765", "https://example.org", loopback=True)
    False
    >>> allowed("example.org:8765", None, loopback=True)
    False
    """
    if loopback and not is_loopback(urlsplit(f"//{host}").hostname or ""):
        return False
    return origin is None or urlsplit(origin).netloc == host


class Guard:
    """An ASGI application that passes on what is allowed, and refuses the rest.

    Parameters
    ----------
    application
        What is guarded.
    loopback
        Whether the server listens to this machine alone.
    """

    def __init__(self, application: Application, *, loopback: bool) -> None:
        self._application, self._loopback = application, loopback

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope.get("headers", ())}
        kind = scope["type"]
        asked = kind in ("http", "websocket")
        if asked and not allowed(headers.get("host", ""), headers.get("origin"), loopback=self._loopback):
            if kind == "websocket":
                await send({"type": "websocket.close", "code": 1008})
            else:
                await send({"type": "http.response.start", "status": 403, "headers": []})
                await send({"type": "http.response.body", "body": b"Not from there."})
            return
        await self._application(_from_peer(scope) if asked else scope, receive, send)


def _from_peer(scope: Scope) -> Scope:
    """A request with the address that it comes from as a header."""
    client = scope.get("client")
    others = [(name, value) for name, value in scope.get("headers", ()) if name.lower() != PEER.encode()]
    return {**scope, "headers": [*others, (PEER.encode(), str(client[0] if client else "").encode())]}
