"""The run as a whole: what was spoilt is found and named, what is right is not, and each part fails for itself."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest

from adapters import dynamo
from adapters.items import to_item
from adapters.live.participants import participant_item
from handlers.scheduler import reconcile
from quiz.errors import Unavailable
from quiz.inline import inline_definition
from quiz.operations.announcing import START, mark_of_quiz, mark_of_submission
from quiz.operations.canary import STUDENT_ID
from tests.unit.builders import Calls, definition, question, refused
from tests.unit.operations.rows import Item, answered, kicked, player, sitting_row, submission_row
from tests.unit.operations.world import Told, World, ago

Tell = Callable[[], Told]

QUIZ = definition(question(points=2), question(question_id="q2", points=3))
SECRET = "SECRET-ANSWER"
WELL = {"ScoreDrift": 0, "LeaderboardDrift": 0, "UnannouncedResults": 0}


@pytest.fixture
def world(aws: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    yield World(monkeypatch)
    reconcile.bootstrap.cache_clear()


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Tell:
    return lambda: Told(capsys.readouterr().out)


@pytest.fixture
def platform(world: World) -> World:
    """A little of everything, all of it right."""
    world.bank(QUIZ)
    world.put("submissions", *(submission(i) for i in range(12)))
    world.put("results", *(result(i) for i in range(4)))
    world.mark(*(mark_of_quiz(f"quiz-{i}") for i in range(4)))
    world.mark(*(mark_of_submission(f"student-{i}", f"sub-{i}") for i in range(12)))
    world.play(*(player([("a", 100 * i), ("b", 50)], f"player-{i}") for i in range(8)))
    return world


def submission(number: int, **age: float) -> Item:
    answers = {"q1": True, "q2": number % 2 == 0, "q9": SECRET}
    ids = {"student_id": f"student-{number}", "submission_id": f"sub-{number}"}
    return submission_row(QUIZ, answers, ago(**(age or {"hours": 2})), **ids)


def result(number: int, **age: float) -> Item:
    asked = [question(points=2), question(question_id="q2")]
    return sitting_row(asked, {"q1": True, "q2": SECRET}, f"quiz-{number}", ago(**(age or {"hours": 2})))


def test_an_empty_platform_is_well(world: World, told: Tell) -> None:
    world.run()
    assert told().metrics() == {**WELL, "ResultsReconciled": 0}


def test_a_platform_that_is_well_says_so_by_zeros(platform: World, told: Tell) -> None:
    platform.run()
    assert told().metrics() == {**WELL, "ResultsReconciled": 24}
    assert platform.slept == []


class TestScores:
    def test_one_wrong_submission_among_many_is_named(self, platform: World, told: Tell) -> None:
        platform.change("submissions", submission(7), score={"N": "4"})
        platform.run()
        log = told()
        assert log.metrics() == {**WELL, "ScoreDrift": 1, "ResultsReconciled": 24}
        [line] = log.errors("a score has drifted")
        assert (line["student_id"], line["submission_id"], line["differs"]) == ("student-7", "sub-7", ["score"])

    def test_so_are_a_wrong_result_and_a_wrong_player(self, platform: World, told: Tell) -> None:
        platform.change("results", result(3), percentage={"N": "99"})
        one = player([("a", 100), ("a", 200)], "player-3")
        platform.play(one)
        platform.change("participants", participant_item(one), score={"N": str(one.score + 1)})
        platform.run()
        log = told()
        assert log.metrics()["ScoreDrift"] == 2
        lines = log.errors("a score has drifted")
        assert [line["differs"] for line in lines] == [["percentage"], ["score"]]
        assert lines[0]["quiz_id"] == "quiz-3"
        assert (lines[1]["participant_id"], lines[1]["game_id"]) == ("player-3", one.game_id)

    def test_no_line_holds_an_answer_or_a_key(self, platform: World, told: Tell) -> None:
        platform.change("submissions", submission(7), score={"N": "4"})
        platform.change("results", result(3), fingerprint={"S": "f"})
        platform.run()
        assert SECRET not in told().text

    @pytest.mark.parametrize(
        "spoilt",
        [{"score": {"S": "much"}}, {"answers": {"S": "{"}}, {"shares": {"L": []}}, {"fingerprint": {"B": b"1"}}],
    )
    def test_what_cannot_be_read_is_wrong(self, platform: World, told: Tell, spoilt: Item) -> None:
        platform.change("submissions", submission(7), **spoilt)
        platform.run()
        assert told().metrics()["ScoreDrift"] == 1

    def test_where_everything_is_wrong_not_everything_is_told(self, platform: World, told: Tell) -> None:
        for number in range(30):
            platform.change("submissions", submission(number), score={"N": "4.5"})
        platform.run()
        log = told()
        assert log.metrics()["ScoreDrift"] == 30
        assert len(log.errors("a score has drifted")) == 20

    def test_what_is_right_when_it_is_read_again_is_right(
        self, platform: World, told: Tell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # GIVEN a scan that shows halves of changes, as no table does
        halves = [{**submission(7), "score": {"N": "4"}}]
        monkeypatch.setattr(reconcile.bootstrap().sampling, "draw", lambda table, in_time: halves)
        reconcile.bootstrap().scores.drifted(reconcile.bootstrap().kinds["submissions"], halves)
        assert told().errors("a score has drifted") == []

    def test_one_that_was_removed_meanwhile_is_not_wrong(self, platform: World) -> None:
        gone = {**submission(99), "score": {"N": "4"}}
        scores, kinds = reconcile.bootstrap().scores, reconcile.bootstrap().kinds
        assert scores.drifted(kinds["submissions"], [gone]) == 0

    def test_edited_questions_and_missing_quizzes_are_nobodys_fault(self, platform: World, told: Tell) -> None:
        # GIVEN a key that was corrected, a quiz that was deleted and one that came with its key
        platform.bank(definition(question(points=Decimal(4), question_id="q1")))
        platform.client.delete_item(TableName="quizzes", Key=to_item({"quiz_id": "quiz"}))
        inline = inline_definition("inline", {"q1": "yes", "q2": "no"})
        platform.put("submissions", submission_row(inline, {"q1": "yes"}, ago(days=3), submission_id="inline"))
        platform.run()
        assert told().metrics()["ScoreDrift"] == 0

    def test_quizzes_that_are_too_many_are_not_read(self, world: World, calls: Calls) -> None:
        for number in range(60):
            one = inline_definition(f"quiz-{number}", {"q1": "yes"})
            world.put("submissions", submission_row(one, {"q1": "yes"}, ago(days=3), submission_id=f"sub-{number}"))
        calls.watch(dynamo.client())
        world.run()
        assert calls.names.count("GetItem") == 50

    def test_a_quiz_that_was_not_submitted_has_no_score(self, world: World, told: Tell) -> None:
        open_ = {name: value for name, value in result(1).items() if name not in ("score", "submitted_at", "shares")}
        world.put("results", {**open_, "state": {"S": "open"}})
        world.run()
        assert told().metrics() == {**WELL, "ResultsReconciled": 1}


class TestAnnouncements:
    def test_results_without_a_mark_are_named(self, platform: World, told: Tell) -> None:
        platform.put("submissions", submission(40, minutes=11), submission(41, hours=22.9))
        platform.put("results", result(40, minutes=11))
        platform.run()
        log = told()
        assert log.metrics()["UnannouncedResults"] == 3
        lines = log.errors("a result was not announced")
        assert [line.get("submission_id", line.get("quiz_id")) for line in lines] == ["quiz-40", "sub-40", "sub-41"]

    @pytest.mark.parametrize("age", [{"minutes": 9}, {"hours": 23.1}, {"days": 300}])
    def test_too_young_and_too_old_ones_are_not_missed(self, world: World, told: Tell, age: dict[str, float]) -> None:
        world.put("submissions", submission(1, **age))
        world.put("results", result(1, **age))
        world.run()
        assert told().metrics()["UnannouncedResults"] == 0

    def test_the_canary_is_not_missed(self, world: World, told: Tell) -> None:
        world.put("submissions", {**submission(1), "student_id": {"S": STUDENT_ID}})
        world.run()
        assert told().metrics()["UnannouncedResults"] == 0

    def test_the_first_run_of_all_misses_nothing(self, world: World, told: Tell) -> None:
        world.client.delete_item(TableName="announcements", Key=to_item({"result": START}))
        world.put("submissions", submission(1))
        for _ in range(3):
            world.run()
            assert told().metrics()["UnannouncedResults"] == 0
        [item] = world.client.scan(TableName="announcements")["Items"]
        assert item.keys() == {"result", "since"}


class TestBoards:
    def test_a_rank_that_the_table_does_not_hold_is_named(self, platform: World, told: Tell) -> None:
        one = player([("a", 300), ("b", 50)], "player-3")
        platform.cache.boards[one.game_id]["player-3"] += 1
        platform.run()
        log = told()
        assert log.metrics() == {**WELL, "LeaderboardDrift": 1, "ResultsReconciled": 24}
        [line] = log.errors("a board shows what the table does not hold")
        assert (line["participant_id"], line["game_id"]) == ("player-3", one.game_id)
        assert platform.slept == [5, 5, 5]

    def test_so_are_who_is_missing_and_who_should_be_gone(self, platform: World, told: Tell) -> None:
        gone = player([("a", 1), ("a", 2)], "gone")
        platform.play(gone)
        platform.put("participants", participant_item(kicked(gone)))
        del platform.cache.boards[gone.game_id]["player-3"]
        platform.cache.boards[gone.game_id]["ghost"] = 10**7
        platform.run()
        named = {line["participant_id"] for line in told().errors("a board shows what the table does not hold")}
        assert named == {"gone", "player-3", "ghost"}

    def test_a_board_that_does_not_hold_everybody_is_not_compared(self, platform: World, told: Tell) -> None:
        game = next(iter(platform.cache.boards))
        platform.cache.incomplete.add(game)
        platform.cache.boards[game].clear()
        platform.run()
        assert told().metrics()["LeaderboardDrift"] == 0

    def test_one_that_is_lost_while_it_is_looked_at_is_not_either(self, platform: World, told: Tell) -> None:
        game = next(iter(platform.cache.boards))
        platform.cache.boards[game]["player-3"] += 1
        platform.asleep = lambda: platform.cache.incomplete.add(game)
        platform.run()
        assert told().metrics()["LeaderboardDrift"] == 0

    def test_a_board_that_is_late_is_waited_for(self, platform: World, told: Tell) -> None:
        late = player([("a", 300), ("b", 50)], "player-3")
        now = answered(late, "a", 10)
        platform.put("participants", participant_item(now))
        arriving: Iterator[Any] = iter([late, late, now])
        platform.asleep = lambda: platform.cache.show(next(arriving))
        platform.run()
        assert (told().metrics()["LeaderboardDrift"], platform.slept) == (0, [5, 5, 5])

    def test_a_game_that_goes_on_and_on_is_not_wrong(self, platform: World, told: Tell) -> None:
        # GIVEN somebody who answers whenever one looks, on a board that is behind by one answer
        states = [player([("a", 300), ("b", 50)], "player-3")]

        def answer() -> None:
            platform.cache.show(states[-1])
            states.append(answered(states[-1], "a", 10))
            platform.put("participants", participant_item(states[-1]))

        platform.cache.before = answer
        platform.asleep = answer
        platform.run()
        assert told().metrics()["LeaderboardDrift"] == 0

    def test_players_of_long_ago_are_not_asked_for(self, world: World) -> None:
        now = int(ago(days=0).timestamp() * 1000)
        old = player([], "old", "game-" + "1" * 20, now - 3 * 86_400_000)
        new = player([], "new", "game-" + "2" * 20, now - 86_400_000)
        world.play(old, new)
        world.run()
        assert world.cache.asked[0]["games"] == {new.game_id: ["new"]}
        assert world.cache.asked[0]["drawn"] > 0


class TestTrouble:
    def test_redis_away_stops_nothing_else(self, platform: World, told: Tell) -> None:
        platform.change("submissions", submission(7), score={"N": "4"})
        platform.cache.reachable = False
        with pytest.raises(Unavailable, match=r"not reconciled: boards$"):
            platform.run()
        log = told()
        assert log.metrics() == {"ScoreDrift": 1, "UnannouncedResults": 0, "ResultsReconciled": 24}
        assert [line["part"] for line in log.errors("a part of the reconciliation failed")] == ["boards"]

    @pytest.mark.parametrize(
        ("table", "lost", "metrics"),
        [
            ("submissions", ["sample of submissions"], {**WELL, "ResultsReconciled": 12}),
            (
                "participants",
                ["sample of participants", "boards"],
                {"ScoreDrift": 0, "UnannouncedResults": 0, "ResultsReconciled": 16},
            ),
            ("announcements", ["announcements"], {"ScoreDrift": 0, "LeaderboardDrift": 0, "ResultsReconciled": 24}),
            ("quizzes", ["scores of submissions"], {**WELL, "ResultsReconciled": 24}),
        ],
    )
    def test_a_table_away_stops_nothing_else(
        self, platform: World, told: Tell, table: str, lost: list[str], metrics: dict[str, float]
    ) -> None:
        platform.client.delete_table(TableName=table)
        with pytest.raises(Unavailable, match=f"not reconciled: {', '.join(lost)}$"):
            platform.run()
        assert told().metrics() == metrics

    def test_everything_away_is_told(self, platform: World, told: Tell, calls: Calls) -> None:
        calls.watch(dynamo.client())
        for name in ("Scan", "BatchGetItem", "GetItem"):
            calls.answers[name] = lambda _: refused("ThrottlingException")
        with pytest.raises(Unavailable):
            platform.run()
        assert told().metrics() == {"ResultsReconciled": 0}

    def test_without_time_everything_is_told_to_be_missing(self, platform: World) -> None:
        with pytest.raises(Unavailable, match="sample of submissions, sample of results, sample of participants"):
            platform.run(remaining_ms=1_000)

    def test_boards_are_not_waited_for_without_time(self, platform: World, told: Tell) -> None:
        platform.cache.boards[player().game_id]["player-3"] += 1
        boards, sample = reconcile.bootstrap().boards, [participant_item(player([("a", 300), ("b", 50)], "player-3"))]
        with pytest.raises(Unavailable):
            boards.drifted(sample, lambda: False)
        assert platform.slept == []
