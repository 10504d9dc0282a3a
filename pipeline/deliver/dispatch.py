"""Many letters, one after the other: in rounds, with pauses between, each step recorded."""

import datetime
from collections.abc import Callable, Generator, Iterator, Sequence

from msgspec import Struct

from pipeline.deliver.message import Letter, wire
from pipeline.deliver.outbox import Entry, Event
from pipeline.deliver.smtp import Answer, Connection, UnreachableError

PAUSES = (5.0, 20.0, 60.0, 180.0)
"""Seconds before the second, third … round: a server down for three tries is reached by the fourth."""


class Pace(Struct, frozen=True):
    """How fast: ``clock`` in seconds that never go back, ``rate`` letters a minute (0: as they come)."""

    clock: Callable[[], float]
    sleep: Callable[[float], None]
    rate: int = 0
    pauses: Sequence[float] = PAUSES
    tell: Callable[[int, float, str], None] = lambda *_: None
    """Told of a pause before it begins: how many letters wait, how long, and in words why."""


class Delivered(Struct, frozen=True):
    """A letter and what became of it in the end."""

    letter: Letter
    answer: Answer


class Post(Struct, frozen=True):
    """How letters leave: over which connections, how fast, what keeps the record, what time it is."""

    connect: Callable[[], Connection]
    pace: Pace
    record: Callable[[Entry], None]
    now: Callable[[], datetime.datetime]


def entry(letter: Letter, event: Event, at: datetime.datetime, words: str = "") -> Entry:
    """The record's line about a letter."""
    return Entry(
        at=at.isoformat(timespec="seconds"),
        event=event,
        key=letter.key,
        message_id=letter.message_id,
        what=letter.what,
        name=letter.to.name,
        address=letter.to.address,
        files=tuple((file.name, file.sha256) for file in letter.enclosures),
        words=words,
    )


def dispatch(letters: Sequence[Letter], post: Post) -> Iterator[Delivered]:
    """Send the letters; what became of each, as it is settled.

    One that was deferred comes again after a pause, until there are no more pauses. After one whose outcome
    nobody knows nothing further is sent: a server that leaves one unanswered may leave all, and each would
    wait for a person; the rest are not told of and stay due.
    """
    rounds = _Rounds(post)
    waiting: Sequence[Letter] = letters
    try:
        for pause in (0.0, *post.pace.pauses):
            if pause:
                rounds.close()  # no server likes a caller who says nothing for a minute
                post.pace.tell(len(waiting), pause, rounds.last[waiting[0].key].words)
                post.pace.sleep(pause)
            waiting = yield from rounds.round(waiting)
            if not waiting or rounds.stopped:
                break
        yield from (Delivered(letter, rounds.last[letter.key]) for letter in waiting)
    finally:
        rounds.close()


class _Rounds:
    """The state between letters: the connection, when the last one left, and what was said of each."""

    def __init__(self, post: Post) -> None:
        self._post = post
        self._connection: Connection | None = None
        self._left: float | None = None
        self.last: dict[str, Answer] = {}
        self.stopped = False

    def round(self, letters: Sequence[Letter]) -> Generator[Delivered, None, list[Letter]]:
        """Try each letter once; gives those to be tried again. A server out of reach ends the round."""
        again: list[Letter] = []
        for number, letter in enumerate(letters):
            try:
                answer = self._hand_in(letter)
            except UnreachableError as error:
                away = Answer(Event.DEFERRED, f"连不上邮件服务器：{error}")
                self.last.update({one.key: away for one in letters[number:]})
                return [*again, *letters[number:]]
            self.last[letter.key] = answer
            if answer.event is Event.DEFERRED:
                again.append(letter)
                continue
            yield Delivered(letter, answer)
            if answer.event is Event.UNKNOWN:
                self.stopped = True
                break
        return again

    def _hand_in(self, letter: Letter) -> Answer:
        post, connection = self._post, self._open()
        self._keep_pace()
        at = post.now()
        pieces = wire(letter, at)
        answer = connection.deliver(
            letter.sender.address,
            letter.to.address,
            pieces,
            lambda: post.record(entry(letter, Event.BEGUN, at)),
        )
        post.record(entry(letter, answer.event, post.now(), answer.words))
        return answer

    def _open(self) -> Connection:
        if self._connection is None or not self._connection.is_open:
            self._connection = self._post.connect()
        return self._connection

    def _keep_pace(self) -> None:
        pace = self._post.pace
        if pace.rate and self._left is not None:
            rest = self._left + 60 / pace.rate - pace.clock()
            if rest > 0:
                pace.sleep(rest)
        self._left = pace.clock()

    def close(self) -> None:
        """Take leave of the server."""
        if self._connection:
            self._connection.close()
        self._connection = None
