"""Which questions a student gets: the best source first, and the next one wherever it gives too little."""

from collections.abc import Sequence

from msgspec import Struct

from adapters.observability import count, logger
from adapters.recommendations import Recommendations
from adapters.results import Results
from adapters.samples import Samples
from quiz.errors import NotFound, Unavailable
from quiz.generation import PERSONALISED, Drawing, Generate, Past, no_questions, weakest
from quiz.public import Chance
from quiz.questions import Question

# Each costs a read in a cold environment; over many quizzes every category has its turn.
_MOST_CATEGORIES = 10


class Chooser(Struct, frozen=True):
    """Draws the questions of a quiz."""

    samples: Samples
    results: Results
    recommendations: Recommendations | None
    chance: Chance

    def choose(self, asked: Generate, user_id: str) -> Sequence[Question]:
        """As many questions as were asked for, or all that there are; NotFound if there are none."""
        drawing = Drawing(self.samples, asked.count, self.chance)
        if asked.quiz_type == PERSONALISED:
            self._personalise(drawing, asked, user_id)
        else:
            drawing.draw([asked.quiz_type], asked.difficulty)
        if not drawing.questions:
            self.samples.forget(asked.quiz_type)
            raise NotFound(no_questions(asked, self.samples.categories()))
        return drawing.questions

    def _personalise(self, drawing: Drawing, asked: Generate, user_id: str) -> None:
        if self.recommendations is not None:
            # Twice as many as needed make up for questions that the bank has lost since.
            drawing.add(self._recommended(self.recommendations, user_id, 2 * asked.count))
            if not drawing.missing:
                return
            count("PersonalizeFallback")
        past = self._past(user_id)
        avoided = {question_id for quiz in past for question_id in quiz.question_ids}
        drawing.draw(weakest(past), asked.difficulty, avoided)
        if not drawing.missing:
            return
        count("HistoryFallback")
        known = self.samples.categories()
        some = self.chance.sample(known, min(len(known), _MOST_CATEGORIES))
        for shunned in (avoided, ()):
            drawing.draw(some, asked.difficulty, shunned)
            # The other categories matter only where those are nearly empty.
            drawing.draw(known, asked.difficulty, shunned)

    def _recommended(self, recommendations: Recommendations, user_id: str, number: int) -> Sequence[str]:
        try:
            return recommendations.questions_for(user_id, number)
        except Unavailable as error:
            logger().warning("no recommendations", reason=str(error))
            return []

    def _past(self, user_id: str) -> Sequence[Past]:
        try:
            return self.results.past(user_id)
        except Unavailable as error:
            logger().warning("no history", reason=str(error))
            return []
