from collections import Counter
from typing import Any

from adapters import clients
from tests.proofs.faults import Killed
from tests.proofs.live.calls import Crash
from tests.proofs.live.conftest import COUNTS, SCALE, Servers
from tests.proofs.live.crashes import SETTINGS, judged, play, points
from tests.proofs.live.events import HOST
from tests.proofs.live.place import Place, world_in
from tests.proofs.live.world import World
from tests.proofs.violation import Violation


def test_killed_after_each_call(servers: Servers) -> None:
    """Whatever function it was, it gets the event again, and then nothing is lost, doubled or missed."""
    killed: Counter[str] = Counter()
    with world_in(servers, 1, environments=1, at_a_time=1) as (world, place):
        game, peaceful = play(world, place)
        judged(game)
        for point in points(peaceful, every=SCALE > 1):
            game, recorder = play(world, place, point)
            assert recorder.crashed, f"nothing happened at {point}"
            killed[point.what] += 1
            try:
                judged(game)
            except (AssertionError, Violation) as error:
                error.add_note(f"killed after {point.call}, call {point.number} of {point.what}")
                raise
    COUNTS.append(f"{sum(killed.values())} crash points: {dict(killed)}")
    # An adversary that never struck would prove nothing.
    assert {what.split()[0] for what in killed} == {"broadcast", "clock", "http", "projector", "socket"}
    assert sum(killed.values()) > 60


def start(world: World, quiz_id: str, crash: Crash) -> str | None:
    """A host starts a quiz of which no game is open; the game's id, if that was answered."""
    host = world.connect(HOST, lambda connection, told: None)
    with world.calls.crashing(crash):
        try:
            answer = world.send(host, "start_quiz", f'{{"action":"start_quiz","quiz_id":"{quiz_id}"}}', "the wish")
        except Killed:
            world.restart()
            return None
    return str(answer["game_id"])


def games_of(place: Place, quiz_id: str) -> list[dict[str, Any]]:
    items: Any = clients.make("dynamodb").scan(TableName=f"{place.prefix}games")["Items"]
    return [item for item in items if item.get("quiz_id") == {"S": quiz_id}]


def test_killed_while_a_game_is_opened_and_started(servers: Servers) -> None:
    """The host tries again, and gets one game, which has begun once."""
    with world_in(servers, 1, environments=1, at_a_time=1) as (world, place):
        peaceful = Crash()
        place.publish("peaceful", 2, SETTINGS)
        start(world, "peaceful", peaceful)
        assert len(peaceful.names) >= 6
        for number in range(len(peaceful.names)):
            quiz_id = f"quiz-{number}"
            place.publish(quiz_id, 2, SETTINGS)
            assert start(world, quiz_id, Crash(number)) is None
            game_id = start(world, quiz_id, Crash())
            world.run()
            [game] = games_of(place, quiz_id)
            # Two questions, each opened and closed once, and the end.
            told = game["game_id"], game["phase"], game["version"]
            assert told == ({"S": game_id}, {"S": "ended"}, {"N": "6"}), peaceful.names[number]
