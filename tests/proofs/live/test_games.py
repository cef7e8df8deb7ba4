from decimal import Decimal
from random import SystemRandom

from quiz.live.settings import LiveSettings
from tests.proofs.live.checker import check
from tests.proofs.live.conftest import COUNTS, PLAYERS, SCALE, Servers
from tests.proofs.live.game import Game, Plan
from tests.proofs.live.outcomes import check_board, expected_order, participants, read_board
from tests.proofs.live.place import Place, world_in
from tests.proofs.live.player import Habits
from tests.proofs.live.world import Trouble, World
from tools.leaderboard import __main__ as tool

QUESTIONS = 20
BIG = LiveSettings(streak_bonus=100, expected_players=1_000)
SMALL = LiveSettings(pacing="manual", time_limit=30, speed_weight=Decimal("0.5"), reveal="answer", expected_players=300)


def pause(game: Game) -> None:
    game.say("pause_quiz")
    game.later(60_000, lambda game: game.say("resume_quiz"))


def lose_redis(game: Game) -> None:
    game.place.redis.kill()


def host_of_the_big_game() -> Plan:
    """Closes early, sends somebody away, pauses. Meanwhile the projector follows; Redis dies, and comes back empty."""
    plan: Plan = {index: [(9_000, lambda game: game.world.project())] for index in range(QUESTIONS)}
    plan[3] += [(4_000, Game.next)]
    plan[5] += [(2_500, lambda game: game.kick(game.players[7]))]
    plan[8] += [(6_000, pause)]
    plan[9] += [(500, lose_redis)]
    plan[12] += [(500, lambda game: game.place.redis.start())]
    return plan


def host_of_the_small_game() -> Plan:
    """Ends it in the middle of a question."""
    return {4: [(3_000, Game.next)], 9: [(8_000, lambda game: game.say("end_quiz"))]}


def played(world: World, place: Place) -> tuple[Game, Game]:
    """Two games at once; half of the small one's players play the big one as well."""
    big = Game(world, place, "big", QUESTIONS, BIG, host_of_the_big_game())
    small = Game(world, place, "small", QUESTIONS, SMALL, host_of_the_small_game())
    names = [f"player-{number}" for number in range(PLAYERS)]
    for game in (big, small):
        game.open()
    big.admit(names[: PLAYERS * 9 // 10], Habits(), 10_000)
    # The rest comes when it is under way.
    late = names[PLAYERS * 9 // 10 :]
    world.at(world.time.now + 60_000, lambda: big.admit(late, Habits(), 200_000))
    small.admit([f"guest-{number}" for number in range(PLAYERS // 20)] + names[: PLAYERS // 20], Habits(), 10_000)
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
    prefix, port = game.place.prefix, game.place.redis.port
    named = ["--games-table", f"{prefix}games", "--participants-table", f"{prefix}participants"]
    assert tool.main(["rebuild", game.game_id, *named, "--redis-url", f"redis://127.0.0.1:{port}/0"]) == 0


def test_two_games_at_once(servers: Servers) -> None:
    seed = 1 if SCALE == 1 else SystemRandom().randrange(10**9)
    with world_in(servers, seed, Trouble()) as (world, place):
        big, small = played(world, place)
        verdicts = {game.quiz_id: check(game) for game in (big, small)}
        check_all_ways_to_read(big)
        for game in (big, small):
            rebuild(game)
            check_board(game, participants(game))
        check_all_ways_to_read(small)
    COUNTS.extend(f"{quiz}: {verdict}" for quiz, verdict in verdicts.items())
    COUNTS.append(f"seed {seed}, {world.wire.posts} posts, invocations: {dict(world.invocations)}")
    # An adversary that never struck would prove nothing.
    seen = verdicts["big"]
    assert seen.players == PLAYERS
    assert seen.counted > 14 * PLAYERS
    assert min(seen.late, seen.repeated, seen.conflicts) > PLAYERS // 4
    assert min(world.wire.refused, world.wire.gone, world.stream_repeats()) > PLAYERS // 10
