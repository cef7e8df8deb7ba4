"""Two games at once, of any size: a big one with all that a host can do, and a small one that shares its players."""

from collections.abc import Callable
from decimal import Decimal

from msgspec.structs import replace

from quiz.live.settings import LiveSettings
from tests.proofs.live.game import Game, Plan
from tests.proofs.live.outcomes import expected_order, participants, read_board
from tests.proofs.live.place import Place
from tests.proofs.live.player import Habits
from tests.proofs.live.world import World
from tools.leaderboard import __main__ as tool

BIG = LiveSettings(streak_bonus=100)
SMALL = LiveSettings(pacing="manual", time_limit=30, speed_weight=Decimal("0.5"), reveal="answer", expected_players=300)


def pause(game: Game) -> None:
    game.say("pause_quiz")
    game.later(60_000, lambda game: game.say("resume_quiz"))


def lose_redis(game: Game) -> None:
    game.place.redis.kill()


def host_of_the_big_game(questions: int) -> Plan:
    """Closes early, sends somebody away, pauses. Meanwhile the projector follows; Redis dies, and comes back empty."""
    plan: Plan = {index: [(9_000, lambda game: game.world.project())] for index in range(questions)}
    plan[questions * 15 // 100] += [(4_000, Game.next)]
    plan[questions * 25 // 100] += [(2_500, lambda game: game.kick(game.players[7]))]
    plan[questions * 40 // 100] += [(6_000, pause)]
    plan[questions * 45 // 100] += [(500, lose_redis)]
    plan[questions * 60 // 100] += [(500, lambda game: game.place.redis.start())]
    return plan


def host_of_the_small_game(questions: int) -> Plan:
    """Ends it in the middle of a question."""
    return {
        questions * 20 // 100: [(3_000, Game.next)],
        questions * 60 // 100: [(8_000, lambda game: game.say("end_quiz"))],
    }


def played(
    world: World,
    place: Place,
    players: int,
    questions: int,
    expected: int,
    opened: Callable[[Game, Game], None] = lambda big, small: None,
) -> tuple[Game, Game]:
    """Half of the small game's players play the big one as well; `opened` is told before anybody comes."""
    big = Game(world, place, "big", questions, replace(BIG, expected_players=expected), host_of_the_big_game(questions))
    small = Game(world, place, "small", questions, SMALL, host_of_the_small_game(questions))
    names = [f"player-{number}" for number in range(players)]
    for game in (big, small):
        game.open()
    opened(big, small)
    big.admit(names[: players * 9 // 10], Habits(), 10_000)
    # The rest comes when it is under way.
    late = names[players * 9 // 10 :]
    world.at(world.time.now + 60_000, lambda: big.admit(late, Habits(), 10_000 * questions))
    small.admit([f"guest-{number}" for number in range(players // 20)] + names[: players // 20], Habits(), 10_000)
    for game in (big, small):
        world.at(world.time.now + 12_000, game.start)
    world.run()
    world.project()
    return big, small


def check_all_ways_to_read(game: Game) -> None:
    """Redis, and the table without it, show the same rows; and so does a Redis that was restored."""
    place, world = game.place, game.world
    order = expected_order(participants(game))
    callers = [order[0], order[len(order) // 2], order[-1]]
    by_redis = [read_board(game, caller.participant_id) for caller in callers]
    best = read_board(game)
    assert [(row["rank"], row["participant_id"], row["score"]) for row in best] == [
        (rank, one.participant_id, one.score) for rank, one in enumerate(order[:100], 1)
    ]
    place.redis.kill()
    world.restart()
    assert [read_board(game, caller.participant_id) for caller in callers] == by_redis
    assert read_board(game) == best
    place.redis.start()
    world.restart()


def rebuild(game: Game) -> None:
    """Restore the board as an operator does."""
    prefix, port = game.place.prefix, game.place.redis.port
    named = ["--games-table", f"{prefix}games", "--participants-table", f"{prefix}participants"]
    assert tool.main(["rebuild", game.game_id, *named, "--redis-url", f"redis://127.0.0.1:{port}/0"]) == 0
