"""What the demo shows of a student who practises, and that its student gets to the end by the platform's own rules."""

import io
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec import structs
from rich.console import Console

from quiz.practice.policies import Pick
from quiz.practice.practising import NextAction, chosen, named, practise
from quiz.practice.progress import selected
from quiz.practice.sessions import CreateSession, Session, new_session
from quiz.questions import Question
from quiz.scoring import ALL, grade
from tools.api_client import Reply
from tools.demo import practice
from tools.demo.practice_board import Course, Screen, Step, picture, plot, progress_line, table
from tools.demo.practice_student import Student
from tools.stack import bank

_BANK = bank.read().by_id()
_IDS = [each.question_id for each in _BANK.values() if each.category == practice.CATEGORY]


class StandIn:
    """One session by the rules of the platform, without a platform."""

    def __init__(self, ids: list[str], *, prefetches: bool = True) -> None:
        self.ids, self.prefetches = ids, prefetches
        self.session: Session | None = None
        self.calls: list[str] = []
        self.clients = 0

    def connect(self) -> "StandIn":
        self.clients += 1
        return self

    def call(self, method: str, path: str, body: Any = None) -> Reply:
        self.calls.append(f"{method} {path}")
        match method, path.split("/")[1:]:
            case "POST", ["sessions"]:
                return self._create()
            case "GET", ["sessions", "s-1", "question"]:
                return Reply(200, self._shown(), {})
            case "POST", ["sessions", "s-1", "answer"]:
                return self._answer(body)
        return Reply(404, {"error": "not_found"}, {})

    @property
    def state(self) -> Session:
        assert self.session is not None
        return self.session

    def _create(self) -> Reply:
        made = new_session(CreateSession(quiz_id="q"), "s-1", "ada", "seed", "list", len(self.ids), 0, now=0)
        self.session = self._next(*chosen(made))
        return Reply(201, {"session_id": "s-1", "version": 1, "total_questions": len(self.ids)}, {})

    def _next(self, session: Session, pick: Pick | None) -> Session:
        return named(session, pick, self.ids[pick.place] if pick else "")

    def _shown(self) -> dict[str, Any]:
        assert self.state.asked is not None
        return {"question": {"question_id": self.state.asked.question_id}, "version": self.state.version}

    def _answer(self, body: Mapping[str, Any]) -> Reply:
        asked = self.state.asked
        assert asked is not None
        assert (body["version"], body["question_id"]) == (self.state.version, asked.question_id)
        question = _BANK[asked.question_id]
        practised = practise(self.state, asked, grade(question, selected(question, body["selected_answers"])) == ALL)
        self.session = practised.session
        if practised.correct:
            self.session = self._next(*chosen(practised.session, asked.place))
        told: dict[str, Any] = {"correct": practised.correct, "next_action": str(practised.next_action)}
        told["progress"] = {
            "remaining": self.state.remaining,
            "wrong_pool": len(self.state.wrong_pool),
            "mastered": self.state.mastered,
        }
        told["version"] = self.state.version
        if self.prefetches and practised.next_action is not NextAction.COMPLETE:
            told |= self._shown()
        return Reply(200, told, {})


def _console(is_terminal: bool = False) -> Console:
    return Console(file=io.StringIO(), force_terminal=is_terminal, width=100)


def _screen(console: Console) -> Screen:
    screen = Screen(console, "26 questions")
    screen.seconds_a_step = 0
    return screen


def _played(server: StandIn, talent: float = practice.TALENT, console: Console | None = None) -> Course:
    student = Student(_BANK, talent, practice.CATEGORY)
    with _screen(console or _console()) as screen:
        return practice.Practice(server.connect, student, screen).play({"quiz_id": "q"})


@pytest.mark.parametrize("prefetches", [True, False])
def test_a_student_gets_to_the_end_and_everything_is_mastered(prefetches: bool) -> None:
    server = StandIn(_IDS, prefetches=prefetches)
    course = _played(server)
    assert course.mastered == course.total == len(_IDS)
    assert server.state.is_complete
    assert len(course.steps) == server.state.answered
    assert course.asked_again == len(course.steps) - len(_IDS)
    assert 0 < course.first_time < len(_IDS)
    assert max(step.wrong_pool for step in course.steps) > 0
    assert course.steps[-1].wrong_pool == course.steps[-1].remaining == 0


def test_it_fits_into_some_seconds() -> None:
    # A call takes up to 20 ms, and a step is shown for twice as long where somebody watches.
    assert len(_played(StandIn(_IDS)).steps) < 150


def test_a_new_client_goes_on_in_the_middle() -> None:
    server = StandIn(_IDS)
    course = _played(server)
    assert server.clients == 2
    assert 0 < course.dropped_at < len(course.steps)
    assert server.calls.count("GET /sessions/s-1/question") == 2


def test_whoever_knows_everything_is_asked_everything_once() -> None:
    course = _played(StandIn(_IDS), talent=1)
    assert (len(course.steps), course.first_time, course.asked_again) == (len(_IDS), len(_IDS), 0)


@pytest.mark.parametrize("question", _BANK.values(), ids=lambda question: question.question_id)
def test_a_student_of_full_talent_knows_every_question_of_the_bank(question: Question) -> None:
    given = Student(_BANK, 1, "any").answer(question.question_id)
    assert grade(question, selected(question, given)) == ALL


def test_a_session_whose_last_question_is_withdrawn_is_at_its_end() -> None:
    class Withdrawing(StandIn):
        def _answer(self, body: Mapping[str, Any]) -> Reply:
            reply = super()._answer(body)
            reply.body["question"] = None
            return reply

        def _shown(self) -> dict[str, Any]:
            return super()._shown() if self.state.version == 1 else {"question": None, "version": 2}

    course = _played(Withdrawing(["sci-001"]), talent=0)
    assert (len(course.steps), course.mastered) == (1, 0)


def test_the_same_student_needs_the_same_answers_whatever_the_order() -> None:
    one, other = _played(StandIn(_IDS)), _played(StandIn(_IDS[::-1]))
    assert one.steps != other.steps
    assert (len(one.steps), one.first_time) == (len(other.steps), other.first_time)


def test_a_refusal_is_told_with_its_route() -> None:
    with pytest.raises(practice.PracticeFailed, match=r"GET /nowhere answered 404: .*not_found"):
        practice.asked(StandIn([]), "GET", "/nowhere")


def test_a_session_that_stands_elsewhere_after_the_drop_is_a_failure() -> None:
    class Forgetful(StandIn):
        def connect(self) -> "StandIn":
            if self.session:
                self.session = structs.replace(self.session, version=self.session.version - 1)
            return super().connect()

    with pytest.raises(practice.PracticeFailed, match="a new client found it at"):
        _played(Forgetful(_IDS))


def test_a_session_without_end_is_given_up() -> None:
    class Endless(StandIn):
        def _answer(self, body: Mapping[str, Any]) -> Reply:
            counts = {"remaining": 9, "wrong_pool": 0, "mastered": 0}
            return Reply(
                200, {"correct": False, "next_action": "NEXT_QUESTION", "progress": counts, **self._shown()}, {}
            )

    with pytest.raises(practice.PracticeFailed, match="still not at the end"):
        _played(Endless(_IDS[:3]), talent=0)


def _step(correct: bool = True, **changes: Any) -> Step:
    return Step(**{"question_id": "q", "correct": correct, "remaining": 0, "wrong_pool": 0, "mastered": 1, **changes})


def test_counts_of_the_platform_are_compared_with_what_happened() -> None:
    course = Course(1, 0, (_step(correct=False, mastered=0), _step()))
    same = {"answered": 2, "correct": 1, "mastered": 1}
    assert practice.Practised(course, same).differing == {}
    assert practice.Practised(course, {**same, "answered": 3}).differing == {"answered": (2, 3)}
    assert practice.Practised(course, {}).differing.keys() == same.keys()


def test_a_plot_has_its_highest_column_full_and_hides_nothing() -> None:
    assert plot([0, 1, 8, 16], 16, rows=2) == ["   █", " ▁██"]
    assert plot([0, 1, 1000], 1000, rows=1) == [" ▁█"]
    assert plot([], 0, rows=1) == [""]
    assert plot([0, 0], 0, rows=1) == ["  "]
    assert plot(list(range(1000)), 999, width=10, rows=1) == [" ▁▂▂▃▄▅▆▆▇"]


def test_the_table_tells_what_it_took() -> None:
    console = _console()
    console.print(table(Course(2, 1, (_step(correct=False, mastered=0), _step(), _step(question_id="r", mastered=2)))))
    row = console.file.getvalue().splitlines()[-2]  # type: ignore[attr-defined]
    assert [cell.strip() for cell in row.split("│")[1:-1]] == ["2", "3", "1", "1", "2", "1.50"]


def test_before_anything_happened_there_is_something_to_show() -> None:
    console = _console()
    console.print(picture((), "nothing"), table(Course(0, 0, ())))
    assert "0 answers, 0 mastered" in console.file.getvalue()  # type: ignore[attr-defined]


def test_progress_is_told_in_a_line() -> None:
    told = progress_line({"answered": 9, "correct": 6, "mastered": 2, "accuracy": 0.6667, "streak": 1})
    assert told == "progress: 9 answered, 6 correct, 2 mastered, accuracy 0.6667, streak 1"


@pytest.mark.parametrize("is_terminal", [False, True])
def test_only_a_terminal_gets_escape_codes(is_terminal: bool) -> None:
    console = _console(is_terminal)
    course = _played(StandIn(_IDS), console=console)
    _screen(console).finish(course, {"answered": len(course.steps)})
    text = console.file.getvalue()  # type: ignore[attr-defined]
    assert ("\x1b" in text) == is_terminal
    assert "wrong-answer pool" in text
    assert "the id of the session" in text
    assert "asked per mastered" in text
