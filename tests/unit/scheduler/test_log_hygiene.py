"""A whole game, also one in which everything goes wrong, leaves no answer and no key in the log."""

import json

import pytest

from quiz.keys import ShortText, TextAnswer
from quiz.live.games import Phase
from quiz.questions import Question
from tests.unit.canaries import ANSWER, KEY, found_in
from tests.unit.log_support import lines
from tests.unit.scheduler.workers import Workers, job
from tests.unit.scheduler.world import World

_FAILING = ("GetItem", "UpdateItem", "Query", "BatchGetItem", "SendMessage", "PutObject", "Publish", "PutEvents")


@pytest.mark.parametrize("failing", [*_FAILING, ""])
def test_no_game_is_logged(capsys: pytest.CaptureFixture[str], failing: str, world: World) -> None:
    key = ShortText((TextAnswer(KEY, feedback=KEY),))
    world.bank_of(Question(question_id="q0", text="Say it.", key=key, explanation=KEY), lobby_seconds=0)
    world.event("start")
    world.join("ann")
    world.step()
    world.answer("ann", ANSWER)
    assert world.game().phase is Phase.OPEN
    lines(capsys)
    for error in (ValueError(f"{ANSWER} is not {KEY}"), KeyError(KEY)):
        world.refuse = {failing: error} if failing else {}
        world.deliver(world.waiting[0][1])
        world.send("end", trigger_id="t")
        world.deliver(json.dumps({"game_id": world.game().game_id, "action": "end", "answer": ANSWER}))
        world.deliver(f"{ANSWER} {KEY}")
    world.refuse = {}
    world.run()
    assert found_in(capsys, least=5) == []


def test_no_message_to_players_is_logged(capsys: pytest.CaptureFixture[str], workers: Workers) -> None:
    lines(capsys)
    message = json.dumps({"type": "question_closed", "correct_answer": KEY, "version": 7}).encode()
    workers.listen("one")
    workers.work_on(
        json.dumps({"game_id": "g", "shard": 0, "version": 7, "made_at": 1, "message": json.loads(message)}),
        json.dumps({"message": {"correct_answer": KEY}, "answer": ANSWER}),
        f"{KEY}",
    )
    workers.work(job(useless_after=1))
    assert found_in(capsys, least=3) == []
