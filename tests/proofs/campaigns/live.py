"""Two live quizzes at once, whose functions die at random calls."""

from typing import NamedTuple

import redis

from tests.proofs.campaigns.live_aws.services import NOWHERE, standing_in
from tests.proofs.campaigns.live_judging import ENDING, judged
from tests.proofs.campaigns.live_kills import Kills
from tests.proofs.campaigns.live_quiet import quiet
from tests.proofs.campaigns.live_rows import Evening, rows
from tests.proofs.live.evening import played
from tests.proofs.live.game import Game
from tests.proofs.live.place import Place, world_in
from tests.proofs.live.servers import Redis
from tests.proofs.live.world import Trouble, World
from tools.report import Row, Section


class Size(NamedTuple):
    """Of the big game; a small one is played beside it. `often` multiplies the odds of a kill."""

    players: int
    questions: int
    often: float = 1.0


SHORT = Size(200, 5, often=4)
FULL = Size(5_000, 30)

_TROUBLE = Trouble()
_THROTTLED = 0.002
# After each question somebody looks at the leaderboard.
_GLANCES_MS = (1_000, 3_000, 5_000, 7_000, 11_000)
_SHOWN = 300

_ABOUT = """Whole games through the real handlers in one process, each function in six execution environments with
caches of their own, up to 64 players acting at a time in threads, on a clock that the world moves. SQS delivers in any
order and {repeated:.0%} of the messages a second time; {throttled:.0%} of the posts meet a full buffer, and {refused}
of the calls to the database are refused after the SDK's own tries. Stream batches come again in part or whole; Redis
dies in the middle of the game and comes back empty. Players are late, send twice, change their minds, lose their
connections and come back; the host closes early, pauses, and sends somebody away. Functions die at calls of any number,
before or after they took effect, and lose their environment with all that it kept. Then the client sends again, or the
event comes again: to the broadcast workers after the queue's 30 seconds, to the others at once. (SQS would wait as long
with a trigger of the clock, and a question could pass unasked meanwhile; so could one for the players of a shard whose
worker died, and that they were told of it is not claimed.) Redis is a real one. DynamoDB with its stream, S3, SNS and
EventBridge are stood in for below the SDK's method calls: each call is atomic, conditions, updates and keys are
evaluated in full, pages end after 200 items, indexes follow at once. A test puts the same calls to the stand-in and to
an emulator. With fewer players, the same games are proved over the wire against the emulator every day."""


def run(size: Size, seed: int) -> Section:
    """Play both games, and judge them."""
    about = _ABOUT.format(repeated=_TROUBLE.repeated, throttled=_TROUBLE.throttled, refused=f"{_THROTTLED:.1%}")
    try:
        found = rows(_evening(size, seed), size.players, size.questions, seed)
    except Exception as error:  # noqa: BLE001  # whatever it is, the games did not come to their end
        told = f"seed {seed}: {type(error).__name__}: {error}"
        found = [Row((ENDING, told[:_SHOWN], "yes"), holds=False)]
    return Section("Live quizzes with kills", " ".join(about.split()), ("", "seen", "bound"), tuple(found))


def _evening(size: Size, seed: int) -> Evening:
    server = Redis()
    with quiet(), standing_in(seed) as aws, world_in((NOWHERE, server), seed, _TROUBLE) as (world, place):
        kills = Kills(world, seed, size.often)

        def opened(big: Game, small: Game) -> None:
            for game in (big, small):
                kills.afterwards.spare_the_host(game)
                for index in range(size.questions):
                    game.plan.setdefault(index, []).extend((after_ms, _glance) for after_ms in _GLANCES_MS)
            world.around, aws.throttled = kills, _THROTTLED

        server.start()
        try:
            games = played(world, place, size.players, size.questions, size.players, opened)
            world.around, aws.throttled = None, 0
            _a_minute_later(world, place)
            return Evening(world, kills, aws, judged(games))
        finally:
            server.kill()


def _a_minute_later(world: World, place: Place) -> None:
    """By the games' clock, which Redis does not know; then the last change of each game comes once more.

    Who died while restoring a board holds it until then, and until the next change it is read from the table.
    """
    with redis.Redis(port=place.redis.port, protocol=2) as client:
        for key in client.scan_iter("*:restoring"):
            client.delete(key)
    assert world.stream is not None
    for record in world.stream.last_of_each_game():
        assert world.take_up([record])


def _glance(game: Game) -> None:
    """Somebody looks at the leaderboard while the game is played."""
    path, asked = {"quiz_id": game.game_id}, {"top": "10"}
    route = "GET /leaderboard/{quiz_id}"
    status, told = game.world.request(
        route, "nobody", pathParameters=path, queryStringParameters=asked, rawQueryString="top=10"
    )
    assert status in (200, 503), told
