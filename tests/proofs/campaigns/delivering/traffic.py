"""What the LMS sends, day by day: submissions, the same again, other answers under a known id, and poison."""

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import NamedTuple

from tests.proofs.lms import EXAM, Work, body
from tests.proofs.poisons import POISONS, poison

QUIZZES = tuple(f"exam-{number}" for number in range(5))
LATE_QUIZ = "late"
SCHOOL_DAYS = 4

_POISON_OF = 50
_EARLY = 0.003
_CONFLICTS = 0.01
_SPELLINGS = 4

# What others put into a queue that is not theirs, with the reason that it is refused for. Each carries a number, as
# SQS would take the same for the same message.
_FOREIGN: Mapping[str, tuple[Callable[[int], str], str]] = {
    "hello": (lambda number: f"Hello from SQS! {number}", "malformed_json"),
    "S3": (lambda number: json.dumps({"Event": "s3:TestEvent", "RequestId": str(number)}), "invalid_input"),
    "SNS": (lambda number: json.dumps({"Type": "Notification", "MessageId": str(number)}), "invalid_input"),
    "list": (lambda number: json.dumps([number]), "invalid_input"),
    "number": (str, "invalid_input"),
    "huge": (lambda number: json.dumps({"answers": "x" * 255_000, "number": number}), "too_large"),
}


class Letter(NamedTuple):
    """One sending of someone's work in some spelling, or of poison of some kind."""

    group: str
    work: Work | None = None
    spelling: int = 0
    kind: str = ""
    serial: int = 0

    def body(self) -> str:
        """As it is sent."""
        if self.work:
            return body(self.work, self.spelling)
        if self.kind in _FOREIGN:
            return _FOREIGN[self.kind][0](self.serial)
        return poison(self.kind, self.group, self.serial)

    def codes(self) -> frozenset[str]:
        """Why it may be refused, if it is poison."""
        if self.work:
            return frozenset()
        return frozenset([_FOREIGN[self.kind][1]] if self.kind in _FOREIGN else POISONS[self.kind][1])


class _Writer:
    """Fills a calendar, in which the number of a submission is its time."""

    def __init__(self, submissions: int, students: int, seed: int) -> None:
        self._random = Random(seed)
        self._day = submissions // SCHOOL_DAYS
        self._calendar: list[tuple[float, Letter]] = []
        poisoned = set(self._random.sample(range(submissions), submissions // _POISON_OF))
        kinds = [*POISONS, *_FOREIGN]
        for number, student in enumerate(self._students(students, submissions)):
            if number in poisoned:
                kind = self._random.choice(kinds)
                self._calendar.append((number, Letter(student, kind=kind, serial=number)))
            else:
                self._submit(number, student)

    def days(self) -> list[list[Letter]]:
        """What is sent, in order; the last day is for what is sent again after all lessons."""
        found: list[list[Letter]] = [[] for _ in range(SCHOOL_DAYS + 1)]
        for time, letter in sorted(self._calendar, key=lambda entry: entry[0]):
            found[min(int(time // self._day), SCHOOL_DAYS)].append(letter)
        return found

    def _students(self, students: int, submissions: int) -> list[str]:
        """Everybody in turn, each handing in up to three at a time."""
        order: list[str] = []
        names = [f"student-{number}" for number in range(students)]
        while len(order) < submissions:
            self._random.shuffle(names)
            order += [name for name in names for _ in range(self._random.randint(1, 3))]
        return order[:submissions]

    def _work(self, student: str, submission: str, quiz: str) -> Work:
        chosen = (self._random.choice([None, *range(len(asked.answers))]) for asked in EXAM.values())
        return Work(student, submission, quiz, tuple(chosen), self._random.random() < 0.1)

    def _submit(self, number: int, student: str) -> None:
        early = self._random.random() < _EARLY
        work = self._work(student, f"s{number}", LATE_QUIZ if early else self._random.choice(QUIZZES))
        letter = Letter(student, work, self._random.randrange(_SPELLINGS))
        self._calendar.append((number, letter))
        if again := _drawn(_AGAIN, self._random.random()):
            self._calendar.append(again(self, number, letter))
        if self._random.random() < _CONFLICTS:
            other = self._work(student, work.submission, self._random.choice(QUIZZES))
            changed = self._random.choice([self._respelled, self._elsewhere, self._days_later])
            self._calendar.append(changed(number, letter._replace(work=other)))

    def _at_once(self, number: int, letter: Letter) -> tuple[float, Letter]:
        """The very same, so soon that SQS takes it for the same message."""
        return number + self._random.uniform(0.5, 50), letter

    def _respelled(self, number: int, letter: Letter) -> tuple[float, Letter]:
        """The same in another spelling, which is another message to SQS."""
        return number + self._random.uniform(0.5, 500), self._other_spelling(letter)

    def _elsewhere(self, number: int, letter: Letter) -> tuple[float, Letter]:
        """In another message group at nearly the same time, so that two workers may race for it."""
        group = f"resends-{self._random.randrange(5)}"
        return number + self._random.uniform(0.1, 9), self._other_spelling(letter)._replace(group=group)

    def _days_later(self, number: int, letter: Letter) -> tuple[float, Letter]:
        """The very same, when SQS has forgotten it."""
        return number + self._day * self._random.randint(1, SCHOOL_DAYS), letter

    def _other_spelling(self, letter: Letter) -> Letter:
        return letter._replace(spelling=(letter.spelling + self._random.randint(1, _SPELLINGS - 1)) % _SPELLINGS)


_Again = Callable[[_Writer, int, Letter], tuple[float, Letter]]
# How a submission may be sent once more, by how often that happens.
_AGAIN: tuple[tuple[float, _Again], ...] = (
    (0.06, _Writer._at_once),
    (0.10, _Writer._respelled),
    (0.03, _Writer._elsewhere),
    (0.12, _Writer._days_later),
)


def _drawn(rates: tuple[tuple[float, _Again], ...], number: float) -> _Again | None:
    for rate, again in rates:
        number -= rate
        if number < 0:
            return again
    return None


def days(submissions: int, students: int, seed: int) -> list[list[Letter]]:
    """Everything that is ever sent."""
    return _Writer(submissions, students, seed).days()
