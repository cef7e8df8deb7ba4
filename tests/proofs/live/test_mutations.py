"""Wrong versions of the code under test. The proof has to catch each, by the invariant that is there for it."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from adapters.cache import scripts
from adapters.live import board, connections, listeners, players, posting
from adapters.live.posting import Outcome
from handlers.api.live import answering
from handlers.scheduler.turning import Turning
from quiz.live.clock import Trigger
from quiz.live.games import Game as Stored
from quiz.live.settings import LiveSettings
from tests.proofs.live.checker import check
from tests.proofs.live.conftest import Servers
from tests.proofs.live.crashes import judged, play, points
from tests.proofs.live.game import Game
from tests.proofs.live.place import world_in
from tests.proofs.live.player import Habits
from tests.proofs.live.world import Trouble
from tests.proofs.violation import Violation

Mutant = Callable[[pytest.MonkeyPatch], None]

RESTLESS = Habits(twice=0.6, late=0.2, two_answers=0.2)
SETTINGS = LiveSettings(streak_bonus=100, expected_players=500)
_ADD = "redis.call('ZADD', KEYS[1], 'GT', unpack(ARGV, 5, 4 + 2 * n))"
_INCREASE = "for i = 1, n do redis.call('ZINCRBY', KEYS[1], ARGV[3 + 2 * i], ARGV[4 + 2 * i]) end"


def count_every_answer(patch: pytest.MonkeyPatch) -> None:
    unguarded = players._COUNTS.replace(" AND attribute_not_exists(answers.#question)", "")
    assert unguarded != players._COUNTS
    patch.setattr(players, "_COUNTS", unguarded)


def take_any_image(patch: pytest.MonkeyPatch) -> None:
    assert _ADD in scripts.WRITE
    patch.setattr(board, "WRITE", scripts.WRITE.replace("'GT', ", ""))


def add_images_up(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(board, "WRITE", scripts.WRITE.replace(_ADD, _INCREASE))


def forget_the_deaf(patch: pytest.MonkeyPatch) -> None:
    meaning = posting._meaning
    patch.setattr(posting, "_meaning", lambda status: Outcome.GONE if status == 429 else meaning(status))


def tell_every_game(patch: pytest.MonkeyPatch) -> None:
    for module in (connections, listeners):
        patch.setattr(module, "shard_key", lambda game_id, shard: f"#{shard}")


def take_late_answers(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(answering, "require_open", lambda game, question_id, now: None)


def take_everything_for_announced(patch: pytest.MonkeyPatch) -> None:
    found = Turning._found

    def believe(turning: Turning, trigger: Trigger) -> Stored | None:
        game = found(turning, trigger)
        return game and replace(game, announced=game.version)

    patch.setattr(Turning, "_found", believe)


MUTANTS: dict[str, tuple[Mutant, str]] = {
    "an answer counts without a condition": (count_every_answer, "and should have|count, of"),
    "Redis takes images in any order": (take_any_image, "Redis shows"),
    "Redis adds images up": (add_images_up, "Redis shows"),
    "throttling deletes a connection": (forget_the_deaf, "missed"),
    "connections are listed without their game": (tell_every_game, "heard of"),
    "late answers count": (take_late_answers, "came after|was told that"),
}


def play_badly(servers: Servers) -> None:
    """Two games with much trouble, judged."""
    with world_in(servers, 1, Trouble(repeated=0.3, throttled=0.2), environments=2) as (world, place):
        pair = [Game(world, place, quiz_id, 4, SETTINGS) for quiz_id in ("one", "other")]
        for game in pair:
            game.open()
            game.admit([f"player-{number}" for number in range(8)], RESTLESS, 1_000)
            world.at(world.time.now + 2_000, game.start)
            game.plan |= {index: [(20_000, lambda game: game.world.project())] for index in range(4)}
        world.run()
        world.project()
        assert world.stream is not None
        world.stream.deliver_again(world.take_up)
        for game in pair:
            check(game)


def test_without_a_mutant_it_holds(servers: Servers) -> None:
    play_badly(servers)


@pytest.mark.parametrize("mutant", MUTANTS)
def test_the_checker_catches(mutant: str, servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    change, complaint = MUTANTS[mutant]
    change(monkeypatch)
    with pytest.raises(Violation, match=complaint):
        play_badly(servers)


def test_the_checker_catches_a_clock_that_does_not_look_back(servers: Servers, monkeypatch: pytest.MonkeyPatch) -> None:
    with world_in(servers, 1, environments=1, at_a_time=1) as (world, place):
        _, peaceful = play(world, place)
        take_everything_for_announced(monkeypatch)
        judged(play(world, place)[0])
        [point, *_] = [
            one for one in points(peaceful, every=False) if (one.what, one.call) == ("clock start", "UpdateItem")
        ]
        with pytest.raises(Violation, match="never ended"):
            judged(play(world, place, point)[0])
