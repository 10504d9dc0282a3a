"""A real mail server on the loopback that does as it is told: accepts, refuses, defers, drops, keeps silent."""

import asyncio
import ssl
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from msgspec import Struct, field

USER, PASSWORD = "clerk", "geheim-Mi9+x"

DROP_IN_TEXT, DROP_BEFORE_ANSWER, SILENT = "drop in the text", "drop before the answer", "silent"
SLOW, SECONDS = "slow", 1.2
RSET, DROP = "RSET", "drop"
"""In place of an address: what to do at the next RSET."""
AT_RCPT, AT_DATA = "rcpt ", "data "
"""What a server may be told for an address: one of the above, or where to answer what: ``rcpt 550 …``."""


class Mailroom(Struct):
    """What a server was told, by address: one order a message, then it accepts; and what it took."""

    orders: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    taken: list[tuple[str, bytes]] = field(default_factory=list)
    connections: int = 0
    watch: Callable[[str, str], None] = lambda stage, address: None
    """Told of each step before it is answered: ``rcpt``, ``data`` (the text is asked for), ``text`` (it is here)."""
    port: int = 0

    def received(self, address: str = "") -> list[EmailMessage]:
        """The messages taken, parsed by the standard library."""
        return [
            message_from_bytes(content, policy=policy.default)
            for to, content in self.taken
            if address in ("", to)
        ]

    @property
    def addresses(self) -> list[str]:
        """To whom, in order."""
        return [to for to, _ in self.taken]

    def order(self, address: str, place: str = "") -> str:
        """The next order for an address, taken off the list; "" where it has none for this place."""
        orders = self.orders[address]
        return orders.pop(0) if orders and orders[0].startswith(place) else ""


class Told(SMTP):
    """The server's side of a connection."""

    async def smtp_RSET(self, arg: str) -> None:
        if self.event_handler.room.order(RSET, DROP):
            self.transport.abort()
            return
        await super().smtp_RSET(arg)

    async def smtp_DATA(self, arg: str) -> None:
        address = self.envelope.rcpt_tos[0] if self.envelope.rcpt_tos else ""
        self.event_handler.room.watch("data", address)
        if self.event_handler.room.order(address, DROP_IN_TEXT):
            await self.push("354 go on")
            await self._reader.read(1)
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Clerk:
    """What the server does with a message."""

    def __init__(self, room: Mailroom) -> None:
        self.room = room
        self.closing: asyncio.Event | None = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.room.watch("rcpt", address)
        order = self.room.order(address, AT_RCPT)
        if order:
            return order.removeprefix(AT_RCPT)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        (address,) = envelope.rcpt_tos
        refused = self.room.order(address, AT_DATA)
        if refused:
            return refused.removeprefix(AT_DATA)
        self.room.taken.append((address, envelope.content))
        self.room.watch("text", address)
        if self.room.order(address, DROP_BEFORE_ANSWER):
            server.transport.abort()
        if self.room.order(address, SLOW):
            await asyncio.sleep(SECONDS)
        if self.room.order(address, SILENT):
            self.closing = asyncio.Event()
            await self.closing.wait()
        return "250 OK"


class Post(Controller):
    """The server, in a thread of its own."""

    def __init__(self, room: Mailroom, wrapped: ssl.SSLContext | None, **told: object) -> None:
        self.room, self.told = room, told
        super().__init__(Clerk(room), hostname="127.0.0.1", port=room.port, ssl_context=wrapped)

    def _trigger_server(self) -> None:
        self.room.port = self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()

    def factory(self) -> SMTP:
        self.room.connections += 1
        return Told(self.handler, enable_SMTPUTF8=False, hostname="post.example.cn", **self.told)


@cache
def authority() -> trustme.CA:
    """An authority of our own."""
    return trustme.CA()


def authority_file(folder: Path) -> Path:
    """Its certificate, for ``ca_file``."""
    path = folder / "ca.pem"
    authority().cert_pem.write_to_path(str(path))
    return path


def certified(name: str = "127.0.0.1") -> ssl.SSLContext:
    """A server's certificate for this name."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority().issue_cert(name).configure_cert(context)
    return context


@contextmanager
def mailroom(
    security: str = "none", *, login: bool = False, name: str = "127.0.0.1", port: int = 0, **told: object
) -> Iterator[Mailroom]:
    """A server on a free port (or a given one), that ends with the block."""
    room = Mailroom(port=port)
    wrapped = certified(name) if security == "tls" else None
    if security == "starttls":
        told |= {"tls_context": certified(name), "require_starttls": True}
    if login:
        later = security == "starttls"  # aiosmtpd does not know that it is wrapped, and would warn
        told |= {"authenticator": _knows, "auth_required": later, "auth_require_tls": later}
    post = Post(room, wrapped, **told)
    post.start()
    room.connections = 0
    try:
        yield room
    finally:
        if post.handler.closing:
            post.loop.call_soon_threadsafe(post.handler.closing.set)
        post.stop()


def _knows(server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object) -> AuthResult:
    known = (
        getattr(given, "login", b"") == USER.encode() and getattr(given, "password", b"") == PASSWORD.encode()
    )
    return AuthResult(success=known, handled=known)
