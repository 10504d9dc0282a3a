"""What ``send`` says on a terminal, as lines: nothing is printed here."""

from collections.abc import Iterator, Mapping, Sequence

from pipeline.deliver.dispatch import Delivered
from pipeline.deliver.message import Letter
from pipeline.deliver.outbox import Entry, Event, Standing
from pipeline.letterbox import FOLDER, RECORD
from pipeline.mailing import REMIND, SUMMARY
from pipeline.model.finding import some
from pipeline.sending import WORDS, Prepared

OUTCOMES: Mapping[Event, str] = {
    Event.ACCEPTED: "已发",
    Event.REFUSED: "被拒收",
    Event.DEFERRED: "没发成",
    Event.UNKNOWN: "结果不明",
}
BY_NOW: Mapping[Standing, str] = {
    Standing.SENT: "已经发出",
    Standing.DUE: "还没有发出",
    Standing.REFUSED: "被拒收",
    Standing.UNKNOWN: "结果不明",
}
NOTHING_DUE = "没有要发的信。"


def plan_lines(plan: Prepared) -> Iterator[str]:
    """What stands in the way of letters, and which went, were refused or are unknown from before."""
    yield from (f"没有发给{name}：{why}。" for name, why in plan.held)
    before = plan.those(Standing.SENT)
    if before:
        yield f"以前已经发过、不再发的 {len(before)} 封。"
    due = {letter.key for letter in plan.due}
    for letter in plan.due:
        if entry := plan.earlier(letter):
            yield f"{_whom(letter)} 在 {entry.at[:10]} 发过另一份报告，这次是改过的，请另外说明改了什么。"
    for letter in plan.those(Standing.REFUSED):
        if letter.key not in due:
            words = plan.record[letter.key].words
            yield f"以前被拒收、不再自动发：{_whom(letter)}（{words}）。"
            yield f"  查明原因后加 --only {letter.to.address} 再发。"


def standing_lines(plan: Prepared) -> Iterator[str]:
    """Where an errand's letters stand by now, whichever day they went: the same for the same result."""
    yield from (finding.message for finding in plan.findings)
    yield from (f"没有发给{name}：{why}。" for name, why in plan.held)
    told = []
    for standing, word in BY_NOW.items():
        names = [letter.to.name or letter.to.address for letter in plan.those(standing)]
        whose = "" if standing is Standing.SENT else f"（{some(names, counted='家')}）"
        told += [f"{word} {len(names)} 封{whose}"] * bool(names)
    if told:
        yield f"{WORDS[plan.errand.what]}：{'，'.join(told)}。"


def draft_lines(plan: Prepared, names: Sequence[str], kept: Sequence[str]) -> Iterator[str]:
    """Who would get what, and that nothing has left."""
    yield from (f"原来的样信有人改过，已另存为 {name}。" for name in kept)
    due = plan.due
    if not due:
        yield NOTHING_DUE
        return
    alike = len({letter.enclosures for letter in due}) == 1
    if alike:
        yield f"每封的附件：{_files(due[0])}。"
    for letter, name in zip(due, names, strict=True):
        yield f"  {_whom(letter)}　{'' if alike else f'{_files(letter)}　'}→ {FOLDER}/{name}"
    yield f"共 {len(names)} 封{WORDS[plan.errand.what]}，样信在 {FOLDER} 文件夹里，可以用邮件程序打开看。"
    yield "一封也没有发出去；确认无误后加 --confirm 发送。"


def waiting_line(letters: int, seconds: float, words: str) -> str:
    """Why nothing seems to happen."""
    return f"  还有 {letters} 封没发成（{words}），{seconds:.0f} 秒后再试……"


def delivered_line(one: Delivered) -> str:
    """What became of a letter."""
    words = "" if one.answer.event is Event.ACCEPTED else f"（{one.answer.words}）"
    return f"  {OUTCOMES[one.answer.event]}　{_whom(one.letter)}{words}"


def sent_lines(plan: Prepared, results: Sequence[Delivered], unknown: Sequence[Entry]) -> Iterator[str]:
    """The tally, and what to do about the rest."""
    if not plan.due:
        yield NOTHING_DUE
        yield from unknown_lines(unknown)
        return
    counts = {event: sum(one.answer.event is event for one in results) for event in OUTCOMES}
    told = [f"{word} {counts[event]}" for event, word in OUTCOMES.items() if counts[event]]
    yield f"应发 {len(plan.due)} 封：{'，'.join(told) or '一封也没有发'}。"
    rest = len(plan.those(Standing.DUE)) - sum(
        plan.standing(one.letter) is Standing.DUE and one.answer.event is not Event.DEFERRED
        for one in results
    )
    if rest > 0:
        yield f"还有 {rest} 封没有发出，再运行一次接着发，发过的不会再发。"
    yield from unknown_lines(unknown)
    yield f"每一封的经过记在 {FOLDER}/{RECORD}，请不要删改。"


def unknown_lines(unknown: Sequence[Entry]) -> Iterator[str]:
    """Messages a person has to look after."""
    for one in unknown:
        yield f"结果不明：{one.at} 发给{one.name} <{one.address}>，可能收到了，也可能没有，请打电话问一问。"
    if unknown:
        yield "  收到了的，加 --arrived 邮箱 记下；没有收到的，加 --retry-unknown 再发。"
    if any(one.what in (SUMMARY, REMIND) for one in unknown):
        yield "  催报单和运行摘要不再发，也加 --arrived 邮箱 记下：到下一次再催，摘要在 outputs 的 日志 里。"


def _files(letter: Letter) -> str:
    return "、".join(file.name for file in letter.enclosures)


def _whom(letter: Letter) -> str:
    return f"{letter.to.name} <{letter.to.address}>".strip()
