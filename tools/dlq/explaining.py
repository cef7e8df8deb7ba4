"""What letters mean, what to do about them, and whether it would work now."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime

from rich.console import Console
from rich.markup import escape

from tools.dlq.calling import is_gone
from tools.dlq.letters import Kind, Letter
from tools.dlq.meanings import meaning
from tools.dlq.redacting import shown
from tools.dlq.showing import age, printable
from tools.dlq.survey import Group, Survey
from tools.dlq.verdicts import Fate, Verdict

Judge = Callable[[str], Verdict]


def groups(screen: Console, environment: str, seen: Survey, judge: Judge | None) -> None:
    """Each group with its meaning; `judge` knows what would become of a submission."""
    for group in seen.groups:
        what = meaning(group.code, group.kind, seen.box.name)
        number = group.kind.many(len(group.letters))
        screen.print(f"\n[bold]{escape(group.code)}[/]: {number}, the oldest {age(group.letters[0])} old")
        screen.print(f"  [dim]means[/]  {escape(what.meaning)}")
        screen.print(f"  [dim]acts[/]   {what.who}. {escape(what.action)}")
        for fate, times in _fates(group, judge).most_common():
            screen.print(f"  [dim]now[/]    {times} {escape(fate)}")
        screen.print(f"  [dim]then[/]   {escape(_command(environment, seen, group, what.command))}")


def one(screen: Console, box: str, letter: Letter, judge: Judge | None, show_answers: bool) -> None:
    """One letter, opened."""
    what = meaning(letter.code, letter.kind, box)
    told = {
        "message": letter.message_id,
        "set aside": f"{age(letter)} ago ({datetime.fromtimestamp(letter.sent_at, UTC):%Y-%m-%d %H:%M:%S} UTC)",
        "is": letter.kind,
        "code": f"{letter.code}: {what.meaning}",
        "reason": printable(letter.reason),
        "group": letter.group,
        **_of_failure(letter),
        "now": _fate(letter, judge, in_full=True),
        "acts": f"{what.who}. {what.action}",
    }
    width = max(map(len, told))
    for name, value in told.items():
        if value:
            screen.print(f"[dim]{escape(name):<{width}}[/]  {escape(value)}")
    beside = {name: letter.said(name) for name in sorted(letter.attributes)}
    for name, value in beside.items():
        screen.print(f"[dim]  {escape(name)}[/] {escape(printable(value))}")
    screen.print(escape(printable(shown(letter.body, show_answers))))


def _of_failure(letter: Letter) -> dict[str, str]:
    failure = letter.failure
    if failure is None:
        return {"function": letter.said("TARGET_ARN")}
    told = {"function": failure.request_context.function_arn}
    if part := failure.position:
        told["records"] = f"{part.batch_size} of {part.stream_arn.partition('table/')[2]}"
        told["arrived"] = f"{part.approximate_arrival_of_first_record} to {part.approximate_arrival_of_last_record}"
    return told


def _fates(group: Group, judge: Judge | None) -> Counter[str]:
    return Counter(filter(None, (_fate(letter, judge) for letter in group.letters)))


def _fate(letter: Letter, judge: Judge | None, *, in_full: bool = False) -> str:
    """What would become of it now, as far as that can be told without doing it."""
    if letter.kind is Kind.POSITION and letter.failure and is_gone(letter.failure, datetime.now(UTC)):
        return "gone: the stream kept the records for 24 hours only"
    if letter.kind is not Kind.MESSAGE or judge is None:
        return ""
    verdict = judge(letter.body)
    # Reasons quote what was sent: hardly two are alike.
    shorten = verdict.fate is Fate.REFUSED and not in_full
    reason = verdict.reason.partition(":")[0] if shorten else verdict.reason
    return f"{verdict.fate} ({reason})" if reason else verdict.fate


def _command(environment: str, seen: Survey, group: Group, verb: str) -> str:
    is_all = len(seen.groups) == 1 and verb == "redrive"
    code = "" if is_all else f" --code {group.code}"
    return f"python -m tools.dlq {verb} {seen.box.name}{code} --env {environment}"
