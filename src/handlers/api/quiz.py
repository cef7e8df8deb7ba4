"""Taking a quiz: it is generated for one student, submitted once, and its result can be read again."""

import os
import random
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from msgspec import Struct

from adapters import dynamo, media, recommendations, settings
from adapters.correlation import about
from adapters.gateway.routing import Request, Routes
from adapters.media import MediaStore
from adapters.recommendations import Recommendations
from adapters.results import Results, unknown
from adapters.samples import Samples
from handlers.api.choosing import Chooser
from quiz.callers import Caller
from quiz.errors import ConflictingSubmission, Forbidden, NotFound, TooLate
from quiz.generation import Generate, describe
from quiz.public import Chance, PublicQuestion, arranged, public
from quiz.questions import Question
from quiz.results import Result, result
from quiz.sittings import Sitting, Submit, begin, fitting, submit

routes = Routes("quizzes")


class Settings(Struct, frozen=True):
    """Environment variables of these routes."""

    questions_table: str
    results_table: str
    results_bucket: str
    media_bucket: str
    personalize_recommender_arn: str = ""
    personalize_campaign_arn: str = ""


class Generated(Struct, frozen=True, omit_defaults=True):
    """A new quiz. With a time limit, answers count until `closes_at`."""

    quiz_id: str
    questions: tuple[PublicQuestion, ...]
    message: str
    closes_at: str | None = None


class Quizzes(Struct, frozen=True):
    """What the routes work with."""

    chooser: Chooser
    results: Results
    results_bucket: str
    chance: Chance
    media_url: Callable[[str], str]
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def generate(self, asked: Generate, user_id: str) -> Generated:
        """Draw and store a quiz, and show it without its keys."""
        drawn = self.chooser.choose(asked, user_id)
        shown = [arranged(question, self.chance) for question in fitting(drawn)]
        if not shown:
            raise NotFound("the questions that were drawn are too long for a quiz; try again")
        sitting = begin(uuid.uuid4().hex, user_id, asked, shown, self.now())
        about(quiz_id=sitting.quiz_id)
        self.results.create(sitting)
        return Generated(
            quiz_id=sitting.quiz_id,
            questions=tuple(self._public(question) for question in shown),
            message=describe(asked, drawn, shown),
            closes_at=sitting.closes_at,
        )

    def submit(self, sent: Submit, caller: Caller) -> Result:
        """Score the answers once; the same ones again get the same result."""
        before = self._of(sent.quiz_id, caller)
        after = submit(before, sent.answers, self.now())
        if after is not before:
            after = self.results.finish(before, after)
        return result(after, self.results_bucket)

    def result(self, quiz_id: str, caller: Caller) -> Result:
        """The stored result, for whoever may see it."""
        return result(self._of(quiz_id, caller, or_instructor=True), self.results_bucket)

    def _of(self, quiz_id: str, caller: Caller, or_instructor: bool = False) -> Sitting:
        sitting = self.results.get(quiz_id)
        if sitting.user_id != caller.user_id and not (or_instructor and caller.is_instructor):
            # As if it did not exist: nobody finds out which ids others have.
            raise unknown(quiz_id)
        return sitting

    def _public(self, question: Question) -> PublicQuestion:
        return public(question, self.chance, self.media_url(question.media_key) if question.media_key else None)


@cache
def bootstrap() -> Quizzes:
    """Everything that lives as long as the environment does."""
    configured = settings.read(Settings, os.environ)
    # The system's own randomness cannot be foreseen, and two environments from one snapshot do not share it.
    chance = random.SystemRandom()
    results = Results(dynamo.client(), configured.results_table)
    samples = Samples(dynamo.client(), configured.questions_table, chance)
    return Quizzes(
        chooser=Chooser(samples, results, _recommendations(configured), chance),
        results=results,
        results_bucket=configured.results_bucket,
        chance=chance,
        media_url=MediaStore(media.client, configured.media_bucket).read_url,
    )


def _recommendations(configured: Settings) -> Recommendations | None:
    recommender, campaign = configured.personalize_recommender_arn, configured.personalize_campaign_arn
    return Recommendations(recommendations.client, recommender, campaign) if recommender or campaign else None


@routes(
    "POST",
    "/quiz/generate",
    "Generate a quiz for a student",
    takes=Generate,
    gives=Generated,
    errors=(Forbidden, NotFound),
)
def generate(request: Request[Generate]) -> Generated:
    """Questions come without their keys; those stay on the server until the quiz is submitted."""
    user_id = request.body.user_id or request.caller.user_id
    if user_id != request.caller.user_id:
        request.caller.require_instructor()
    return bootstrap().generate(request.body, user_id)


@routes(
    "POST",
    "/quiz/submit",
    "Submit the answers to a generated quiz",
    takes=Submit,
    gives=Result,
    errors=(NotFound, ConflictingSubmission, TooLate),
)
def submit_answers(request: Request[Submit]) -> Result:
    """A quiz is scored once. Sending the same answers again is harmless."""
    return bootstrap().submit(request.body, request.caller)


@routes("GET", "/quiz/{quiz_id}/results", "Read the result of a submitted quiz", gives=Result, errors=(NotFound,))
def results(request: Request[None]) -> Result:
    """For the student whose quiz it is, and for instructors."""
    return bootstrap().result(request.path["quiz_id"], request.caller)
