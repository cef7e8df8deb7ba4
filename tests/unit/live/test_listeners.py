"""Who listens to a game, who plays it, and what is sent to the workers about it."""

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from msgspec import Raw
from msgspec.structs import replace

from adapters.items import to_item
from adapters.live.connections import Connections
from adapters.live.joining import Joining
from adapters.live.listeners import Connection, Listeners
from adapters.live.participants import read_participant
from adapters.live.players import Players
from adapters.live.queues import Jobs, Triggers
from adapters.live.standings import Standings
from quiz.errors import Unavailable
from quiz.live.broadcasts import Job
from quiz.live.clock import Action, Trigger
from quiz.live.games import Phase, shard_of
from quiz.live.messages import You
from quiz.live.standings import ordered
from tests.unit.builders import Calls, accepted, refused
from tests.unit.live.support import NOW, game
from tests.unit.live.test_players import given

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_sqs import SQSClient

GAME = replace(game(), shards=3)
OTHER = replace(game(game_id="game-" + "1" * 20), shards=3)


@pytest.fixture
def connections(live: "DynamoDBClient") -> Connections:
    return Connections(live, "connections")


@pytest.fixture
def listeners(live: "DynamoDBClient") -> Listeners:
    return Listeners(live, "connections")


def listening(listeners: Listeners, game_id: str = GAME.game_id) -> set[Connection]:
    return {one for shard in range(3) for one in listeners.of_shard(game_id, shard)}


def test_a_connection_listens_to_its_game_alone(connections: Connections, listeners: Listeners) -> None:
    for _ in range(2):
        connections.add(GAME, "c1", "ada")
    connections.add(OTHER, "c2", "ada")
    assert listening(listeners) == {Connection("c1", "ada")}
    assert set(listeners.of_shard(GAME.game_id, shard_of("ada", 3))) == {Connection("c1", "ada")}


def test_a_closed_connection_listens_to_nothing(connections: Connections, listeners: Listeners) -> None:
    connections.add(GAME, "c1", "ada")
    connections.add(OTHER, "c1", "ada")
    connections.add(GAME, "c2", "ada")
    connections.remove_everywhere("c1")
    connections.remove_everywhere("unknown")
    assert listening(listeners) == {Connection("c2", "ada")}
    assert listening(listeners, OTHER.game_id) == set()


def test_one_connection_is_removed_from_one_game(connections: Connections, listeners: Listeners) -> None:
    connections.add(GAME, "c1", "ada")
    connections.add(OTHER, "c1", "ada")
    for _ in range(2):
        listeners.remove(GAME.game_id, shard_of("ada", 3), "c1")
    assert listening(listeners) == set()
    assert listening(listeners, OTHER.game_id) == {Connection("c1", "ada")}


def paged(calls: Calls, items: list[Any]) -> list[Any]:
    """Answer queries one item at a time."""
    starts: list[Any] = []

    def page(call: Any) -> Any:
        starts.append(call.get("ExclusiveStartKey"))
        index = int(starts[-1]["n"]["N"]) + 1 if starts[-1] else 0
        last = {} if index + 1 == len(items) else {"LastEvaluatedKey": {"n": {"N": str(index)}}}
        return accepted(Items=[items[index]], **last)

    calls.answers["Query"] = page
    return starts


def test_a_crowded_shard_is_read_page_by_page(listeners: Listeners, calls: Calls) -> None:
    starts = paged(calls, [to_item({"connection_id": f"c{n}", "participant_id": "ada"}) for n in range(3)])
    assert [one.connection_id for one in listeners.of_shard(GAME.game_id, 0)] == ["c0", "c1", "c2"]
    assert starts == [None, {"n": {"N": "0"}}, {"n": {"N": "1"}}]


def test_everybody_stands_where_their_answers_put_them(
    live: "DynamoDBClient", joining: Joining, players: Players
) -> None:
    it = replace(GAME, phase=Phase.OPEN, index=0, opened_at=NOW, closes_at=NOW + 20_000)
    for number in range(12):
        joining.join(it, f"p{number}", f"P {number}")
        players.answer(it, f"p{number}", given(it, late=number * 1000))
    joining.join(OTHER, "p0", "Elsewhere")
    players.kick(it, "p3")
    standings = Standings(live, "participants")
    found = ordered(standings.all(it))
    assert [one.participant_id for one in found] == [f"p{number}" for number in range(12) if number != 3]
    assert (found[0].name, found[0].score, found[0].last_index, found[0].last_answer) == ("P 0", 1000, 0, '"a"')
    assert {one.last_share for one in found} == {Decimal(1)}
    table = {one.participant_id: one for one in standings.players(it, [f"p{number}" for number in range(12)])}
    assert {name: one.score for name, one in table.items() if not one.kicked} == {
        one.participant_id: one.score for one in found
    }
    assert table["p3"].kicked


def test_standings_are_read_page_by_page(live: "DynamoDBClient", calls: Calls) -> None:
    item = {"name": "A", "score": 0, "rank_score": Decimal("1E+30")}
    paged(calls, [to_item({"participant_id": f"p{n}", **item}) for n in range(3)])
    found = Standings(live, "participants").all(game(expected_players=1))
    assert [one.participant_id for one in found] == ["p0", "p1", "p2"]
    assert {one.rank_score for one in found} == {Decimal(10) ** 30}


def test_players_that_did_not_fit_are_asked_for_again(live: "DynamoDBClient", joining: Joining, calls: Calls) -> None:
    for number in range(3):
        joining.join(GAME, f"p{number}", "A")
    items = live.scan(TableName="participants")["Items"]
    asked: list[int] = []

    def partly(call: Any) -> Any:
        keys = call["RequestItems"]["participants"]["Keys"]
        asked.append(len(keys))
        [found] = [item for item in items if item["participant_id"] == keys[0]["participant_id"]]
        left = {"participants": {"Keys": keys[1:]}} if keys[1:] else {}
        return accepted(Responses={"participants": [found]}, UnprocessedKeys=left)

    calls.answers["BatchGetItem"] = partly
    found = list(Standings(live, "participants").players(GAME, ["p0", "p1", "p2"]))
    assert found == [read_participant(item) for item in sorted(items, key=lambda item: item["participant_id"]["S"])]
    assert asked == [3, 2, 1]


def test_players_that_never_fit_are_missed(live: "DynamoDBClient", calls: Calls) -> None:
    calls.answers["BatchGetItem"] = lambda call: accepted(
        Responses={"participants": []}, UnprocessedKeys=call["RequestItems"]
    )
    with pytest.raises(Unavailable, match="only in part"):
        list(Standings(live, "participants").players(GAME, ["p0"]))


def test_a_hundred_players_are_asked_for_at_once(live: "DynamoDBClient", calls: Calls) -> None:
    with calls.counted() as made:
        assert list(Standings(live, "participants").players(GAME, (f"p{n}" for n in range(250)))) == []
    assert made == ["BatchGetItem"] * 3


@pytest.fixture
def queue(sqs: "SQSClient") -> str:
    return sqs.create_queue(QueueName="jobs")["QueueUrl"]


def received(sqs: "SQSClient", queue: str) -> list[Any]:
    bodies = []
    while messages := sqs.receive_message(QueueUrl=queue, MaxNumberOfMessages=10).get("Messages"):
        bodies += [json.loads(message["Body"]) for message in messages]
    return bodies


def test_a_trigger_is_as_short_as_it_can_be(sqs: "SQSClient", queue: str) -> None:
    triggers = Triggers(lambda: sqs, queue)
    triggers.send(Trigger("g", Action.TICK))
    triggers.send(Trigger("g", Action.NEXT, "t1", 3))
    assert sorted(received(sqs, queue), key=len) == [
        {"game_id": "g", "action": "tick"},
        {"game_id": "g", "action": "next", "trigger_id": "t1", "version": 3},
    ]


def test_a_long_delay_is_cut_to_what_a_queue_can_wait(calls: Calls, sqs: "SQSClient", queue: str) -> None:
    calls.watch(sqs)
    for delay in (0, 30, 5_000):
        Triggers(lambda: sqs, queue).send(Trigger("g", Action.TICK), delay)
    assert [call["DelaySeconds"] for _, call in calls.made] == [0, 30, 900]


def job(number: int, size: int = 0, players: int = 0) -> Job:
    you = {f"{n:036d}": You(n, 1_000_000, 1_000, True) for n in range(players)}
    message = Raw(json.dumps({"type": "x", "text": "\u0416" * size}, ensure_ascii=False).encode())
    return Job(game_id="g", shard=number, version=1, made_at=NOW, message=message, you=you)


def test_no_jobs_are_no_call(calls: Calls, sqs: "SQSClient", queue: str) -> None:
    calls.watch(sqs)
    Jobs(lambda: sqs, queue).send([])
    assert calls.made == []


@pytest.mark.parametrize("number", [1, 4, 5, 23])
def test_every_job_goes_once(calls: Calls, sqs: "SQSClient", queue: str, number: int) -> None:
    calls.watch(sqs)
    Jobs(lambda: sqs, queue).send(map(job, range(number)), 3)
    assert {call["DelaySeconds"] for name, call in calls.made if name == "SendMessage"} == {3}
    assert len(calls.made) == number


def test_a_job_with_a_full_shard_of_players_fits(sqs: "SQSClient", queue: str) -> None:
    Jobs(lambda: sqs, queue).send([job(4, players=1_500)])
    assert [len(body["you"]) for body in received(sqs, queue)] == [1_500]


@pytest.mark.parametrize("number", [1, 23])
def test_what_the_queue_did_not_take_is_told(calls: Calls, sqs: "SQSClient", queue: str, number: int) -> None:
    calls.watch(sqs)
    calls.answers["SendMessage"] = lambda _: refused("ThrottlingException")
    with pytest.raises(Unavailable):
        Jobs(lambda: sqs, queue).send(map(job, range(number)))
