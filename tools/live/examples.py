"""One example of each live message: of one game, in which Ada answers the first question."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from msgspec import Struct

from quiz.live import messages, wishes
from quiz.live.messages import Asked, You
from quiz.live.names import UserInfo
from quiz.live.standings import Counts, Row, ShownName

_QUIZ, _GAME, _CODE = "live-evening", "game-3f9a0c51d2e84b7796aa", "492817"
_ADA, _BEN = "8c1f0e52-6d0a-4c0e-9a55-1b7f2f3f5c01", "51d2c7aa-0b4e-4f39-8f6e-22aa90d7b702"
_MADE, _OPENS, _CLOSES = "2026-11-20T19:30:05.020Z", "2026-11-20T19:30:05.500Z", "2026-11-20T19:30:35.500Z"

_QUESTION = Asked(
    id="geo-001",
    type="single_choice",
    text="What is the capital of Australia?",
    text_format="plain",
    options=[{"id": "a", "text": "Sydney"}, {"id": "b", "text": "Melbourne"}, {"id": "c", "text": "Canberra"}],
    matches=(),
    multiple=False,
    time_limit=30,
    media_url=None,
)
_ROWS = (Row(1, _ADA, 944, ShownName("Ada")), Row(2, _BEN, 0, ShownName("Ben")))
_YOU = You(rank=1, score=944, earned=944, correct=True)
_COUNTS = Counts(players=2, answered=2, correct=1, answers={'"c"': 1, '"a"': 1})

EXAMPLES: Mapping[type[Struct], Any] = {
    wishes.JoinQuiz: wishes.JoinQuiz(request_id="1", quiz_id=_CODE, user_info=UserInfo("Ada")),
    wishes.GiveAnswer: wishes.GiveAnswer(request_id="2", quiz_id=_GAME, question_id="geo-001", answer="c"),
    wishes.Ping: wishes.Ping(request_id="3"),
    wishes.StartQuiz: wishes.StartQuiz(request_id="4", quiz_id=_GAME, version=1),
    wishes.NextQuestion: wishes.NextQuestion(request_id="5", quiz_id=_GAME, version=2),
    wishes.PauseQuiz: wishes.PauseQuiz(request_id="6", quiz_id=_GAME, version=4),
    wishes.ResumeQuiz: wishes.ResumeQuiz(request_id="7", quiz_id=_GAME, version=5),
    wishes.EndQuiz: wishes.EndQuiz(request_id="8", quiz_id=_GAME, version=6),
    wishes.Kick: wishes.Kick(request_id="9", quiz_id=_GAME, version=6, participant_id=_BEN),
    wishes.ShowLeaderboard: wishes.ShowLeaderboard(request_id="10", quiz_id=_GAME, top=10, around="me"),
    messages.QuizJoined: messages.QuizJoined(
        request_id="1",
        game_id=_GAME,
        quiz_id=_QUIZ,
        join_code=_CODE,
        title="A quiz for the evening",
        phase="open",
        version=2,
        index=0,
        total=10,
        paused=False,
        server_time="2026-11-20T19:30:09.120Z",
        participant_id=_ADA,
        name="Ada",
        score=0,
        question=_QUESTION,
        opens_at=_OPENS,
        closes_at=_CLOSES,
        answered=False,
    ),
    messages.NewQuestion: messages.NewQuestion(
        game_id=_GAME,
        version=2,
        question=_QUESTION,
        index=0,
        total=10,
        opens_at=_OPENS,
        closes_at=_CLOSES,
        server_time=_MADE,
    ),
    messages.QuestionClosing: messages.QuestionClosing(
        game_id=_GAME,
        version=3,
        index=0,
        closes_at="2026-11-20T19:30:17.240Z",
        server_time="2026-11-20T19:30:16.260Z",
    ),
    messages.AnswerAccepted: messages.AnswerAccepted(
        request_id="2",
        game_id=_GAME,
        question_id="geo-001",
        is_correct=True,
        score_earned=944,
        correct_answer="c",
        total_score=944,
    ),
    messages.QuestionClosed: messages.QuestionClosed(
        game_id=_GAME,
        version=4,
        question_id="geo-001",
        index=0,
        total=10,
        correct_answer="c",
        explanation="Canberra was founded in 1913 as a compromise between the rivals Sydney and Melbourne.",
        counts=_COUNTS,
        leaderboard=_ROWS,
        you=_YOU,
    ),
    messages.GameState: messages.GameState(
        request_id="5", game_id=_GAME, join_code=_CODE, phase="open", version=2, index=0, total=10, paused=False
    ),
    messages.QuizPaused: messages.QuizPaused(game_id=_GAME, version=5, paused=True),
    messages.QuizEnded: messages.QuizEnded(
        game_id=_GAME, version=7, players=2, leaderboard=_ROWS, you=You(rank=1, score=944, earned=0, correct=None)
    ),
    messages.Kicked: messages.Kicked(game_id=_GAME),
    messages.Leaderboard: messages.Leaderboard(request_id="10", game_id=_GAME, rows=_ROWS),
    messages.Pong: messages.Pong(request_id="3", server_time="2026-11-20T19:31:00.004Z"),
    messages.ErrorMessage: messages.ErrorMessage(request_id="2", error="too_late", message="the question is closed"),
}

# How Ada's points come about: the scoring section of the guide tells it in words.
SCORED = {"elapsed_ms": 3_360, "time_limit": 30, "points": 1000, "speed_weight": Decimal(1), "earned": 944}
