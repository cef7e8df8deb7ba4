"""Synthetic students, and thirty days of their practice by a policy. The model is explained in README.md."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from statistics import fmean
from typing import NamedTuple

from quiz.practice.memory import Memory, strength
from quiz.practice.practising import chosen, named, practise
from quiz.practice.progress import answered
from quiz.practice.sessions import CreateSession, PolicyName, Session, new_session
from quiz.questions import Question
from tests.proofs.practice.wire import questions

DAY = 86_400
START = 1_772_600_000
_SECONDS = 20

_GUESSED = 0.25
_KNOWN_BEFORE = 0.2
_SLIP = 0.03
_MEDIAN_LOG = 1.4
_FRESH_HOURS = 12
_GROWTH = 4.0
_LOSS = 0.5
_KNOWN = 0.8


@dataclass
class Trace:
    """What a learner has of one question: how long until half is forgotten, and since when."""

    half_life: float
    seen: int | None = None

    def recall(self, now: float) -> float:
        """How likely it is known."""
        if self.seen is None:
            return 0.0
        return float(0.5 ** ((now - self.seen) / DAY / self.half_life))


@dataclass
class Learner:
    """Forgets each question at its own pace, and slower after each success that came late."""

    chance: Random
    traces: list[Trace] = field(default_factory=list)

    def meet(self, count: int) -> None:
        """Questions differ in how hard they are to keep; some were known all along."""
        for _ in range(count):
            trace = Trace(half_life=self.chance.lognormvariate(_MEDIAN_LOG, 0.5))
            if self.chance.random() < _KNOWN_BEFORE:
                trace.seen, trace.half_life = START - DAY, 20 * trace.half_life
            self.traces.append(trace)

    def answer(self, place: int, now: int) -> bool:
        """Whether the answer is right; either way the learner has then seen what is."""
        trace = self.traces[place]
        recall = trace.recall(now)
        knows = self.chance.random() < recall * (1 - _SLIP)
        is_right = knows or self.chance.random() < _GUESSED
        if knows:
            # What was nearly forgotten and came to mind gains most; a repetition minutes later gains nothing.
            trace.half_life *= 1 + _GROWTH * (1 - recall)
        elif trace.seen is not None and now - trace.seen > _FRESH_HOURS * 3600:
            trace.half_life = max(0.5, trace.half_life * _LOSS)
        trace.seen = now
        return is_right

    def retention(self, now: int) -> float:
        """The part of the questions that is known."""
        return fmean(trace.recall(now) for trace in self.traces)


class Outcome(NamedTuple):
    """What came of it."""

    asked: int
    asked_until: int | None
    mastered: int
    known: int
    days: int | None
    at_end: float
    a_month_later: float


class Practising:
    """One learner with a policy: at most so many answers a day."""

    def __init__(self, policy: PolicyName, count: int, seed: int) -> None:
        self.policy: PolicyName = policy
        self.questions: list[Question] = questions(count)
        self.learner = Learner(Random(seed))
        self.learner.meet(count)
        self.memories: dict[int, Memory] = {}
        self.mastered: set[int] = set()
        self.asked = 0
        # How many answers and days it took until each question had been mastered.
        self.done: tuple[int, int] | None = None
        self._seed = seed
        self._session: Session | None = None
        self._places: list[int] = []

    def run(self, days: int, budget: int) -> Outcome:
        """Practise every day."""
        for day in range(days):
            self._practise_on(START + day * DAY, budget)
        end = START + days * DAY
        known = sum(trace.recall(end) >= _KNOWN for trace in self.learner.traces)
        later = self.learner.retention(end + 30 * DAY)
        asked, day_done = self.done or (None, None)
        return Outcome(self.asked, asked, len(self.mastered), known, day_done, self.learner.retention(end), later)

    def _practise_on(self, morning: int, budget: int) -> None:
        for now in range(morning, morning + budget * _SECONDS, _SECONDS):
            if self._session is None or self._session.asked is None or self._is_of_yesterday(morning):
                self._begin(now)
            if self._session is None:
                return
            self._answer(self._session, now)

    def _is_of_yesterday(self, morning: int) -> bool:
        # What is due is known only when a session is made, so that who is spaced makes one each day.
        return self.policy == "spaced" and self._session is not None and self._session.created_at < morning

    def _begin(self, now: int) -> None:
        new, due = self._to_practise(now)
        self._places, self._session = new + due, None
        if not self._places:
            return
        wanted = CreateSession(category="music", policy=self.policy)
        seed = f"{self._seed} {now}"
        self._session = self._choose(new_session(wanted, "s", "u", seed, "l", len(new), len(due), now), None)

    def _to_practise(self, now: int) -> tuple[list[int], list[int]]:
        everything = range(len(self.questions))
        if self.policy == "classic":
            return list(everything), []
        due = [place for place, memory in self.memories.items() if memory.due <= now]
        due.sort(key=lambda place: strength(self.memories[place], now))
        return [place for place in everything if place not in self.memories], due

    def _answer(self, session: Session, now: int) -> None:
        asked = session.asked
        assert asked is not None
        place = self._places[asked.place]
        practised = practise(session, asked, self.learner.answer(place, now))
        entry = answered(practised, self.questions[place], self.memories.get(place), "u", _SECONDS, now)
        if entry.memory is not None and (self.policy == "spaced" or entry.is_new_memory):
            self.memories[place] = entry.memory
        if practised.is_mastered:
            self.mastered.add(place)
        self.asked += 1
        if self.done is None and len(self.mastered) == len(self.questions):
            self.done = self.asked, (now - START) // DAY + 1
        after = practised.session
        self._session = after if after.asked else self._choose(after, asked.place)

    def _choose(self, session: Session, but: int | None) -> Session:
        after, pick = chosen(session, but)
        return named(after, pick, "" if pick is None else self.questions[self._places[pick.place]].question_id)


def outcomes(policy: PolicyName, learners: int, count: int, days: int, budget: int) -> Iterator[Outcome]:
    """Of several learners."""
    return (Practising(policy, count, seed).run(days, budget) for seed in range(learners))
