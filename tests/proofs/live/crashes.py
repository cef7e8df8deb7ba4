"""A small game, in which one invocation ends early: after the call of a number, whatever function that is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from quiz.live.settings import LiveSettings
from tests.proofs.faults import Killed
from tests.proofs.live.calls import Crash
from tests.proofs.live.checker import Verdict, check
from tests.proofs.live.game import Game
from tests.proofs.live.place import Place
from tests.proofs.live.player import Habits
from tests.proofs.live.world import World

SETTINGS = LiveSettings(streak_bonus=100, expected_players=500)
# Everybody answers everything, once, and in time; what goes wrong is the crash.
CALM = Habits(silent=0, late=0, at_the_last_moment=0, twice=0, two_answers=0, drops=0, away=0)
QUESTIONS = 3

# What leaves nothing behind: a crash after it is a crash after the call before it.
_READS = {"BatchGetItem", "GetItem", "Query", "Scan", "HSCAN", "ZSCAN"}
_TOLD = ("new_question", "question_closing", "question_closed", "quiz_paused", "quiz_ended", "kicked")
_WISHES = ("tick", "start", "next", "pause", "resume", "end")
_numbers = count()


@dataclass(frozen=True)
class Point:
    """After which call of which invocation; `what` is the invocation for people, `call` the call."""

    invocation: int
    number: int
    what: str
    call: str


@dataclass
class Recorder:
    """Counts the invocations of a game, and lets one of them crash and then come again."""

    world: World
    at: Point | None = None
    made: list[tuple[str, list[str]]] = field(default_factory=list)
    crashed: bool = False

    def __call__(self, function: str, event: dict[str, Any], make: Callable[[], Any]) -> Any:
        dies = self.at is not None and self.at.invocation == len(self.made)
        crash = Crash(self.at.number if self.at and dies else None)
        self.made.append((f"{function} {_what(event)}", crash.names))
        with self.world.calls.crashing(crash):
            try:
                return make()
            except Killed:
                self.crashed = True
        # Another environment gets the same event.
        self.world.restart()
        return make()


def play(world: World, place: Place, at: Point | None = None) -> tuple[Game, Recorder]:
    """The whole game: three players, a kick, a question closed early, a pause, and an end in the middle of one."""
    recorder = Recorder(world, at)
    game = Game(world, place, f"quiz-{next(_numbers)}", QUESTIONS, SETTINGS, luck="the same")
    game.plan |= {
        0: [
            (1_000, lambda game: game.kick(game.players[2])),
            (15_000, Game.next),
            (19_000, lambda game: game.say("pause_quiz")),
        ],
        1: [(12_000, lambda game: game.say("end_quiz"))],
    }
    world.begin_again(1)
    world.restart()
    world.around = recorder
    try:
        game.open()
        game.admit(["ada", "bob", "cyd"], CALM, 500, tabs=0)
        world.at(world.time.now + 1_000, lambda: game.players[0].drop(500))
        world.at(world.time.now + 2_000, game.start)
        world.at(world.time.now + 30_000, lambda: game.say("resume_quiz"))
        world.run()
        world.project()
    finally:
        world.around = None
    return game, recorder


def judged(game: Game) -> Verdict:
    """Every invariant holds, and everybody who stayed has answered everything that they were asked."""
    verdict = check(game)
    asked = len(game.windows())
    answered = [len({one.question_id for one in player.attempts}) for player in game.players]
    assert asked == 2, f"{asked} questions were asked"
    assert answered[:2] == [asked, asked], f"questions were missed: {answered}"
    return verdict


def points(recorder: Recorder, *, every: bool) -> Iterator[Point]:
    """Where a crash can come; usually only after calls that changed something, and once for what is alike."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for invocation, (what, names) in enumerate(recorder.made):
        alike = what, frozenset(names)
        if alike in seen and not every:
            continue
        seen.add(alike)
        for number, name in enumerate(names):
            in_a_row = name in names[number - 1 : number] and name in names[number + 1 : number + 2]
            if every or not (name in _READS or in_a_row):
                yield Point(invocation, number, what, name)


def _what(event: dict[str, Any]) -> str:
    """What kind of event it is."""
    if "Records" not in event:
        return str(event.get("routeKey") or event["requestContext"]["routeKey"])
    return ", ".join(sorted({_kind(record) for record in event["Records"]}))


def _kind(record: dict[str, Any]) -> str:
    body = str(record.get("body", ""))
    wishes = [wish for wish in _WISHES if f'"action":"{wish}"' in body]
    told = [kind for kind in _TOLD if f'"type":"{kind}"' in body]
    return next(iter([*wishes, *told]), "changes")
