"""Small worlds with one batch of each kind waiting, for tests that go through every call of one invocation."""

from collections.abc import Callable, Mapping

from tests.proofs.checker import check
from tests.proofs.environment import Platform
from tests.proofs.lms import Work
from tests.proofs.poisons import POISONS
from tests.proofs.world import World

RIGHT, WRONG = (0, 0, 0, 0), (1, 1, 2, None)


def _work(student: str, submission: str = "s1", quiz: str = "exam") -> Work:
    return Work(student, submission, quiz, RIGHT)


def _other(student: str, submission: str = "s1") -> Work:
    return Work(student, submission, "exam", WRONG)


def _fresh(world: World) -> None:
    world.send(_work("ada"))


def _duplicate(world: World) -> None:
    _stored(world, "ada")
    world.advance(301)
    world.send(_work("ada"))
    world.send(_work("ada"), style=2)


def _conflict(world: World) -> None:
    _stored(world, "ada")
    world.send(_other("ada"))


def _poison(world: World) -> None:
    for kind in POISONS:
        world.poison(kind, "ada")


def _two_students(world: World) -> None:
    for submission in ("s1", "s2", "s3"):
        world.send(_work("ada", submission))
        world.send(_other("bob", submission))


def _mixed(world: World) -> None:
    """Neighbours of every kind; bob's two versions race in two groups, cyd is too early for a quiz."""
    _stored(world, "ada")
    world.poison("not JSON", "ada")
    world.send(_other("ada"))
    world.send(_work("ada", "s2"))
    world.send(_work("bob"))
    world.send(_other("bob"), group="everyone")
    world.poison("unknown quiz", "everyone")
    world.send(_work("cyd", quiz="late"))
    world.send(_work("cyd", "s2"), style=3)
    world.send(_work("cyd", "s2"), style=1)


def _stored(world: World, student: str) -> None:
    world.send(_work(student))
    world.deliver()
    world.restart()


SCENARIOS: Mapping[str, Callable[[World], None]] = {
    "fresh": _fresh,
    "duplicate": _duplicate,
    "conflict": _conflict,
    "poison": _poison,
    "two students": _two_students,
    "mixed": _mixed,
}


def prepared(kind: str, platform: Platform | None = None) -> World:
    """A world with a cold function, in which the next delivery holds a batch of that kind."""
    world = World(platform)
    SCENARIOS[kind](world)
    return world


def come_to_rest(world: World) -> None:
    """Let everything settle, judge it, redrive what was set aside, and judge again."""
    world.drain()
    check(world.history)
    world.move_back()
    world.drain()
    check(world.history, redriven=True)
