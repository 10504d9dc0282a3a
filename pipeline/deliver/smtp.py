"""The conversation with a mail server: one connection, many messages, each answer sorted by its meaning."""

import smtplib
import socket
import ssl
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Literal, TypeAlias

from msgspec import Struct

from pipeline.deliver.message import size
from pipeline.deliver.outbox import Event
from pipeline.deliver.secret import Secret
from pipeline.errors import ExitCode, OperatorError

Security: TypeAlias = Literal["none", "starttls", "tls"]
FINAL = 10
"""How many times longer than for another answer one waits after a message's end (RFC 5321, 4.5.3.2)."""
LOGINS = frozenset({"CRAM-MD5", "PLAIN", "LOGIN"})
"""How smtplib can log in."""
LONGEST_SIZE = 18
"""Digits of the largest message a server may say it takes: more are no number of bytes."""
UNTIMELY = (9, 10)
"""OpenSSL's codes of a certificate that is not valid yet, or no longer."""
LONGEST_ANSWER = 300
"""Characters of a server's answer that are kept."""


class Server(Struct, frozen=True):
    """Where letters are handed in. ``timeout`` in seconds; ``trusted`` made once for all connections."""

    host: str
    port: int
    security: Security = "starttls"
    user: str = ""
    timeout: float = 60
    trusted: ssl.SSLContext | None = None


class Answer(Struct, frozen=True):
    """What became of a message, and the server's words or ours."""

    event: Event
    words: str


class UnreachableError(Exception):
    """The server cannot be spoken to for now; later it may."""


def trusted(ca_file: str = "") -> ssl.SSLContext:
    """What certificates are believed: the system's authorities, and an office's own in a PEM file.

    OperatorError (input) where the file is none.
    """
    context = ssl.create_default_context()
    if ca_file:
        try:
            context.load_verify_locations(ca_file)
        except (OSError, ssl.SSLError) as error:
            raise OperatorError(
                ExitCode.INPUT, f"[mail] 的 ca_file 指的 {ca_file} 不是证书文件（PEM），请检查。"
            ) from error
    return context


class Connection:
    """An open connection, logged in. Whether it still holds is ``is_open``."""

    def __init__(self, server: Server, password: Secret | None) -> None:
        """Connect: UnreachableError where a later try may help, OperatorError (undelivered) where not."""
        self._server, self._password = server, password
        self.is_open = False
        try:
            self._smtp = self._connected()
            self._secured_and_known()
        except ssl.SSLCertVerificationError as error:
            raise self._hopeless(_untrusted(error)) from error
        except smtplib.SMTPResponseException as error:
            raise self._turned_away(error) from error
        except smtplib.SMTPNotSupportedError as error:
            what = "用户名登录" if self._is_safe() else "STARTTLS 加密"
            raise self._hopeless(f"不支持{what}，请改 [mail] 的 security、port 或 user") from error
        except (OSError, smtplib.SMTPException, ValueError) as error:
            if getattr(error, "reason", "") == "WRONG_VERSION_NUMBER":
                raise self._hopeless("在这个端口不说 TLS，请核对 port 和 security") from error
            self._drop()
            raise UnreachableError(self._shown(_why(error))) from error
        self.is_open = True

    def _connected(self) -> smtplib.SMTP:
        server = self._server
        if server.security == "tls":
            return smtplib.SMTP_SSL(
                server.host,
                server.port,
                local_hostname=_own_name(),
                timeout=server.timeout,
                context=server.trusted,
            )
        return smtplib.SMTP(server.host, server.port, _own_name(), server.timeout)

    def _secured_and_known(self) -> None:
        server, smtp = self._server, self._smtp
        if server.security == "starttls":
            smtp.starttls(context=server.trusted)
        smtp.ehlo_or_helo_if_needed()
        if server.user and self._password:
            offered = smtp.esmtp_features.get("auth", "").split()
            if offered and not LOGINS & set(offered):
                raise self._hopeless(
                    f"只认 {self._shown(' '.join(offered))} 登录，本程序不会，请问邮件服务器的管理员"
                )
            smtp.login(server.user, self._password.reveal())

    def _is_safe(self) -> bool:
        return self._server.security != "starttls" or isinstance(self._smtp.sock, ssl.SSLSocket)

    def _turned_away(self, error: smtplib.SMTPResponseException) -> Exception:
        self._drop()
        words = self._shown(_text(error.smtp_code, error.smtp_error))
        if 400 <= error.smtp_code < 500 or error.smtp_code < 0:
            return UnreachableError(words)
        if isinstance(error, smtplib.SMTPAuthenticationError):
            return self._hopeless(f"不认这个用户名或密码（{words}），请检查 user 和密码，QQ、163 要用授权码")
        return self._hopeless(f"拒绝连接（{words}）")

    def _hopeless(self, why: str) -> OperatorError:
        self.close()
        return OperatorError(
            ExitCode.UNDELIVERED,
            f"邮件服务器 {self._server.host}:{self._server.port} {why}。"
            "没有发出的信，改好后再运行 send 接着发。",
        )

    def deliver(
        self, sender: str, address: str, pieces: Sequence[bytes], before_text: Callable[[], None]
    ) -> Answer:
        """Hand in one message; ``before_text`` is called when the server wants its text and none has gone.

        Accepted by a 2xx at the end; refused by a 5xx; deferred by a 4xx, or where the connection was lost
        before the end was sent; unknown where it was lost, or nothing came, after that.
        OperatorError (undelivered) where the server takes nothing from this sender at all.
        """
        try:
            refused = self._envelope(sender, address, size(pieces))
        except (OSError, smtplib.SMTPException) as error:
            return self._cut_off(error)
        if refused:
            return refused
        try:
            before_text()
            return self._handed_in(pieces)
        except BaseException:  # in the midst of a text nothing can be said, not even QUIT
            self._drop()
            raise

    def _handed_in(self, pieces: Sequence[bytes]) -> Answer:
        """Send the text and its end; the answer."""
        try:
            for piece in pieces:
                self._smtp.send(piece)
        except (OSError, smtplib.SMTPException) as error:
            return self._cut_off(error)
        try:
            self._wait(self._server.timeout * FINAL)
            self._smtp.send(b".\r\n")
            answer = self._sorted(*self._smtp.getreply())
            self._wait(self._server.timeout)
            return answer
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return Answer(Event.UNKNOWN, self._shown(f"信发出去了，没有等到服务器的回话（{_why(error)}）"))

    def _cut_off(self, error: Exception) -> Answer:
        """The connection was lost before the text's end was sent."""
        self._drop()
        return Answer(Event.DEFERRED, self._shown(f"连接断了，信没有发完（{_why(error)}）"))

    def _envelope(self, sender: str, address: str, octets: int) -> Answer | None:
        """Sender, recipient and size, up to the server's 354; its answer where it does not want the text."""
        smtp = self._smtp
        allowed = smtp.esmtp_features.get("size", "").strip()
        if allowed.isdecimal() and len(allowed) <= LONGEST_SIZE and 0 < int(allowed) < octets:
            return Answer(Event.REFUSED, f"信有 {octets} 字节，服务器最多收 {allowed} 字节")
        sized = [f"size={octets}"] if smtp.has_extn("size") else []
        code, words = smtp.mail(sender, sized)
        if 500 <= code < 600 and code != 552:  # 552 is about this message's size, the rest about the sender
            raise self._hopeless(f"不收发件人 {sender} 的信（{self._shown(_text(code, words))}）")
        if code == 250:
            code, words = smtp.rcpt(address)
            stranger = not self._server.user and code // 100 == 5 and b"relay" in words.lower()
            if code == 530 or stranger:
                raise self._hopeless(f"不替您转信（{self._shown(_text(code, words))}），多半要写 user 和密码")
        if code in (250, 251, 252):
            code, words = smtp.docmd("DATA")
            if code == 354:
                return None
        answer = self._sorted(code, words)
        try:
            if self.is_open:
                smtp.rset()
        except (OSError, smtplib.SMTPException):
            self._drop()  # the answer holds all the same
        # Nothing of the text has gone: whatever was said, a later try sends nothing twice.
        settled = answer.event is Event.REFUSED
        return answer if settled else Answer(Event.DEFERRED, answer.words)

    def _sorted(self, code: int, words: bytes | str) -> Answer:
        kinds = {2: Event.ACCEPTED, 4: Event.DEFERRED, 5: Event.REFUSED}
        answer = Answer(kinds.get(code // 100, Event.UNKNOWN), self._shown(_text(code, words)))
        if code == 421 or answer.event is Event.UNKNOWN:
            self._drop()
        return answer

    def _shown(self, words: str) -> str:
        words = self._password.hidden_in(words) if self._password else words
        return " ".join(words.split())[:LONGEST_ANSWER]

    def _wait(self, seconds: float) -> None:
        if self._smtp.sock:
            self._smtp.sock.settimeout(seconds)

    def close(self) -> None:
        """Take leave; what goes wrong at that is of no account."""
        if self.is_open:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()
        self._drop()

    def _drop(self) -> None:
        """Let go of a connection with which nothing can be said any more."""
        self.is_open = False
        with suppress(OSError):
            if hasattr(self, "_smtp"):
                self._smtp.close()


def _own_name() -> str:
    """What this computer calls itself to the server: a Chinese computer name cannot be said in SMTP."""
    name = socket.getfqdn()
    return name if name.isascii() and "." in name else "[127.0.0.1]"


def _untrusted(error: ssl.SSLCertVerificationError) -> str:
    """Why a certificate is not believed, and what to do."""
    if error.verify_code in UNTIMELY:
        return "证书过期了或还没有生效。请先看这台电脑的日期对不对，日期对的请告诉邮件服务器的管理员"
    return f"证书不可信（{error.verify_message}）。请核对 host，或把本单位的根证书写进 ca_file"


def _why(error: Exception) -> str:
    """What went wrong with a connection, in words."""
    # smtplib tells a reply that did not come as a lost connection; what happened is behind it.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "等了太久没有回话"
    if isinstance(error, ConnectionRefusedError):
        return "这个端口没有邮件服务，请核对 host 和 port"
    if isinstance(error, socket.gaierror):
        return "找不到这台服务器，请核对 host 和网络"
    if isinstance(error, smtplib.SMTPServerDisconnected | ConnectionError):
        return "服务器断开了连接"
    if isinstance(error, ValueError) and not isinstance(error, OSError):
        return "服务器的回话不合规矩，看不懂"
    return str(error) or type(error).__name__


def _text(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"
