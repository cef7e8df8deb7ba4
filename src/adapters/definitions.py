"""Quiz definitions with the keys to their questions, read from the bank and kept for a minute."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from threading import Lock
from typing import TYPE_CHECKING, Any

from adapters.bank import read_question, read_quiz
from adapters.failures import as_unavailable
from adapters.items import to_item
from quiz.errors import BrokenQuiz, Unavailable, UnknownQuiz
from quiz.questions import Definition, Question

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

# A corrected key reaches every warm environment within this time.
_MAX_AGE_SECONDS = 60.0


class Definitions:
    """Reads each quiz at most once a minute; threads that ask meanwhile share the read, or its failure."""

    def __init__(
        self,
        client: "DynamoDBClient",
        quizzes_table: str,
        questions_table: str,
        clock: Callable[[], float] = time.monotonic,
        max_age: float = _MAX_AGE_SECONDS,
    ) -> None:
        self._client = client
        self._quizzes_table = quizzes_table
        self._questions_table = questions_table
        self._clock = clock
        self._max_age = max_age
        self._lock = Lock()
        self._reads: dict[str, tuple[float, Future[Definition]]] = {}

    def get(self, quiz_id: str) -> Definition:
        """The quiz with its questions. A read that failed, or found no such quiz, is kept for nobody who asks later."""
        read, begun_here = self._join_read(quiz_id)
        if begun_here:
            try:
                read.set_result(self._read(quiz_id))
            except BaseException as error:  # noqa: BLE001  # whatever it is, the others wait for it too
                read.set_exception(error)
        return read.result()

    def _join_read(self, quiz_id: str) -> tuple["Future[Definition]", bool]:
        """The read that answers for the quiz now, and whether it was begun by this call."""
        with self._lock:
            begun_at, read = self._reads.get(quiz_id, (float("-inf"), None))
            fresh = self._clock() - begun_at <= self._max_age
            if read is not None and fresh and not (read.done() and read.exception()):
                return read, False
            read = Future()
            self._reads[quiz_id] = (self._clock(), read)
            return read, True

    def _read(self, quiz_id: str) -> Definition:
        with as_unavailable():
            found = self._client.get_item(
                TableName=self._quizzes_table, Key={"quiz_id": {"S": quiz_id}}, ConsistentRead=True
            )
        if "Item" not in found:
            raise UnknownQuiz(f"there is no quiz {quiz_id!r}")
        quiz = read_quiz(found["Item"])
        questions = {question.question_id: question for question in self._questions(quiz.question_ids)}
        if missing := [wanted for wanted in quiz.question_ids if wanted not in questions]:
            raise BrokenQuiz(f"quiz {quiz_id!r} names questions that the bank lacks: {', '.join(missing[:10])}")
        return Definition(quiz, tuple(questions[question_id] for question_id in quiz.question_ids))

    def _questions(self, question_ids: tuple[str, ...]) -> Iterable[Question]:
        # A quiz holds fewer questions than one call may ask for.
        return map(read_question, self._batch_get(question_ids))

    def _batch_get(self, question_ids: tuple[str, ...]) -> Iterable[dict[str, Any]]:
        keys = [to_item({"question_id": question_id}) for question_id in question_ids]
        with as_unavailable():
            answer = self._client.batch_get_item(RequestItems={self._questions_table: {"Keys": keys}})
        # Left-overs mean throttling or a full page; the next delivery of the message asks again.
        if answer["UnprocessedKeys"]:
            raise Unavailable("the question bank answered only in part")
        return answer["Responses"][self._questions_table]
