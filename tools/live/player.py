"""A player who is not there: knows some answers, takes some time to think, and remembers what became of each."""

import asyncio
import random
from collections.abc import Callable, Mapping
from typing import Any

from quiz.live.messages import Asked, QuestionClosed, ServerMessage
from quiz.questions import Question
from tools.demo.school_class import answer_of
from tools.live.client import LiveClient
from tools.live.connection import Refused

Mind = Callable[[Asked], Any]


def knows(bank: Mapping[str, Question], talent: float, seed: str) -> Mind:
    """Somebody between 0 (guesses) and 1 (knows everything), the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  # a simulation
    return lambda asked: answer_of(bank[asked.id], chance, talent)


class SimulatedPlayer:
    """Answers each question once through a client, a while after it has opened."""

    def __init__(self, client: LiveClient, mind: Mind, delays: tuple[float, float], seed: str = "") -> None:
        self.client = client
        self._mind = mind
        self._delays = delays
        self._chance = random.Random(seed)  # noqa: S311  # a simulation
        self._thinking: set[asyncio.Task[None]] = set()
        # By question: what was sent, what it earned once that is known, and why it did not count.
        self.sent: dict[str, Any] = {}
        self.earned: dict[str, int | None] = {}
        self.refused: dict[str, str] = {}
        self._revealed: dict[str, int] = {}
        client.listen(self._look)
        self._consider()

    @property
    def participant_id(self) -> str:
        """Who this is to the server."""
        joined = self.client.joined
        return (joined and joined.participant_id) or ""

    @property
    def total(self) -> int:
        """The points of all answers that were accepted."""
        return sum(points or 0 for points in self.earned.values())

    async def settle(self) -> None:
        """Find out what every accepted answer has earned: sent again, it is answered as before."""
        await asyncio.gather(*self._thinking)
        for question_id, earned in self.earned.items():
            if earned is None:
                again = await self.client.answer(question_id, self.sent[question_id])
                self.earned[question_id] = again.score_earned

    async def stop(self) -> None:
        """Stop thinking."""
        for task in self._thinking:
            task.cancel()
        await asyncio.gather(*self._thinking, return_exceptions=True)

    def _look(self, message: ServerMessage, is_news: bool) -> None:
        if isinstance(message, QuestionClosed) and message.you:
            self._revealed[message.question_id] = message.you.earned
            if message.question_id in self.earned:
                self.earned[message.question_id] = message.you.earned
        if is_news:
            self._consider()

    def _consider(self) -> None:
        view = self.client.view
        if view.question is None or view.answered or view.opens_at is None or view.question.id in self.sent:
            return
        self.sent[view.question.id] = self._mind(view.question)
        wait = self.client.clock.until(view.opens_at) + self._chance.uniform(*self._delays)
        task = asyncio.create_task(self._answer(view.question, wait))
        self._thinking.add(task)
        task.add_done_callback(self._thinking.discard)

    async def _answer(self, asked: Asked, wait: float) -> None:
        await asyncio.sleep(wait)
        try:
            accepted = await self.client.answer(asked.id, self.sent[asked.id])
        except Refused as error:
            self.refused[asked.id] = error.code
            return
        # The reveal may have overtaken this line, if not the answer itself.
        known = accepted.score_earned is not None
        self.earned[asked.id] = accepted.score_earned if known else self._revealed.get(asked.id)
