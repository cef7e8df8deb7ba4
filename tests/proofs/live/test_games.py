from random import SystemRandom

from tests.proofs.live.checker import check
from tests.proofs.live.conftest import COUNTS, PLAYERS, SCALE, Servers
from tests.proofs.live.evening import check_all_ways_to_read, played, rebuild
from tests.proofs.live.outcomes import check_board, participants
from tests.proofs.live.place import world_in
from tests.proofs.live.world import Trouble

QUESTIONS = 20
# More may come.
EXPECTED = 1_000


def test_two_games_at_once(servers: Servers) -> None:
    seed = 1 if SCALE == 1 else SystemRandom().randrange(10**9)
    with world_in(servers, seed, Trouble()) as (world, place):
        big, small = played(world, place, PLAYERS, QUESTIONS, EXPECTED)
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
