"""Works out the results of a finished game from its questions and its players."""

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from msgspec import Raw

from quiz.feedback import correct_answer
from quiz.live.games import Game, wire_time
from quiz.live.participants import AnswerRecord, Participant
from quiz.live.results import AnswerCount, GameResults, GivenAnswer, PlayerResult, QuestionResult, Summary
from quiz.live.standings import Standing, ordered
from quiz.numbers import exact
from quiz.questions import Question


def game_results(game: Game, questions: Sequence[Question], participants: Sequence[Participant]) -> GameResults:
    """The results of those who played to the end; a question that was not reached is left out."""
    reached = questions[: game.index + 1]
    players = _players(reached, participants)
    return GameResults(
        game_id=game.game_id,
        quiz_id=game.quiz_id,
        quiz_version=game.quiz_version,
        title=game.title,
        host_id=game.host_id,
        created_at=wire_time(game.created_at),
        ended_at=wire_time(game.ended_at),
        settings=game.settings,
        total_questions=game.total,
        summary=_summary(players, len(reached)),
        players=players,
        questions=tuple(_question(number, one, participants) for number, one in enumerate(reached, start=1)),
    )


def standing_of(participant: Participant) -> Standing:
    """The player as the index by score will show them."""
    return Standing(
        participant_id=participant.participant_id,
        name=participant.name,
        score=participant.score,
        rank_score=participant.rank_score,
        last_index=participant.last_index,
        last_answer=participant.last_answer,
        last_points=participant.last_points,
        last_share=participant.last_share,
    )


def _players(reached: Sequence[Question], participants: Sequence[Participant]) -> tuple[PlayerResult, ...]:
    by_id = {one.participant_id: one for one in participants}
    best_first = ordered(map(standing_of, participants))
    return tuple(_player(rank, by_id[one.participant_id], reached) for rank, one in enumerate(best_first, start=1))


def _player(rank: int, player: Participant, reached: Sequence[Question]) -> PlayerResult:
    # In the order of the questions, whatever order they were stored in.
    records = {one.question_id: player.answers[one.question_id] for one in reached if one.question_id in player.answers}
    return PlayerResult(
        rank=rank,
        participant_id=player.participant_id,
        name=player.name,
        score=player.score,
        correct=player.correct,
        answered=len(records),
        accuracy=_accuracy(list(records.values())),
        answers={question_id: _given(record) for question_id, record in records.items()},
    )


def _question(number: int, question: Question, participants: Sequence[Participant]) -> QuestionResult:
    records = [one.answers[question.question_id] for one in participants if question.question_id in one.answers]
    times = [record.elapsed_ms for record in records]
    return QuestionResult(
        number=number,
        question_id=question.question_id,
        text=question.text,
        correct_answer=correct_answer(question.key),
        players=len(participants),
        answered=len(records),
        correct=sum(record.share == 1 for record in records),
        accuracy=_accuracy(records),
        average_time_ms=round(Fraction(sum(times), len(times))) if times else None,
        distribution=_distribution(Counter(record.answer for record in records)),
    )


def _distribution(given: Mapping[str, int]) -> tuple[AnswerCount, ...]:
    commonest_first = sorted(given.items(), key=lambda item: (-item[1], item[0]))
    return tuple(AnswerCount(Raw(answer.encode()), number) for answer, number in commonest_first)


def _summary(players: Sequence[PlayerResult], questions: int) -> Summary:
    number = max(1, len(players))
    took_part = sum(one.answered > 0 for one in players)
    completed = sum(one.answered == questions > 0 for one in players)
    return Summary(
        players=len(players),
        questions=questions,
        participation_rate=exact(Fraction(took_part, number), 4),
        completion_rate=exact(Fraction(completed, number), 4),
        average_score=exact(Fraction(sum(one.score for one in players), number), 2),
    )


def _given(record: AnswerRecord) -> GivenAnswer:
    return GivenAnswer(Raw(record.answer.encode()), record.points, record.share, record.elapsed_ms)


def _accuracy(records: Sequence[AnswerRecord]) -> Decimal | None:
    if not records:
        return None
    return exact(sum((Fraction(record.share) for record in records), Fraction(0)) / len(records), 4)
