"""Bodies of requests that make sense here: known ids, answers to questions that were asked, versions that were read."""

from decimal import Decimal
from random import Random
from typing import Any

import msgspec

from quiz.bank import QuestionDraft
from tests.proofs.campaigns.fuzzing import bank
from tests.proofs.campaigns.fuzzing.memory import STUDENTS, Memory, Person, answer_to
from tests.proofs.campaigns.fuzzing.operations import COMPONENTS, Operation
from tests.proofs.campaigns.fuzzing.schemas import Maker

_QUESTIONS = bank.questions()
_LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Bodies:
    """Makes them by route; the schema says what is not said here."""

    def __init__(self, chance: Random, memory: Memory) -> None:
        self._chance = chance
        self._memory = memory

    def make(self, operation: Operation, places: dict[str, str], person: Person | None) -> Any:
        """The body of a request that should succeed, more often than not."""
        match operation.key:
            case "POST /quiz/submit":
                return self._submit(person)
            case "POST /sessions/{session_id}/answer":
                return self._session_answer(places["session_id"])
            case "POST /answer":
                game, question_id = self._memory.question(self._chance)
                return {"quiz_id": game, "question_id": question_id, "answer": answer_to(question_id, self._chance)}
            case "POST /questions" | "PUT /questions/{question_id}" if self._chance.random() < 0.8:
                return self._question(places.get("question_id"))
            case "POST /live/{quiz_id}" if self._chance.random() < 0.8:
                return {
                    "action": self._chance.choice(("open", "start", "start", "start", "next", "next", "pause", "end"))
                }
            case "POST /sessions" if self._chance.random() < 0.8:
                return self._session()
        return Maker(COMPONENTS, self._chance, self.known).value(operation.body or {})

    def known(self, name: str) -> Any:
        """A value for a field that is called so."""
        match name:
            case "question_id":
                return self._chance.choice(list(self._memory.versions))
            case "quiz_id":
                return self._chance.choice((bank.LMS_QUIZ, *bank.LIVE_QUIZZES, f"new-{self._chance.randrange(99)}"))
            case "category" | "quiz_type":
                return self._chance.choice((*bank.CATEGORIES, *bank.CATEGORIES, "personalized", "nothing"))
            case "difficulty":
                return self._chance.choice((2, 2, 2, 3, 1))
            case "option_id" | "id":
                return self._chance.choice("abcd")
            case "user_id":
                return self._chance.choice((*[one.user_id for one in STUDENTS], None, None))
            case "time_limit":
                return self._chance.choice((None, 60))
        return None

    def known_place(self, name: str, key: str, person: Person | None) -> str:
        """A value for a parameter in the path of a route."""
        match name:
            case "session_id":
                return self._own(self._memory.sessions, person) or "none"
            case "quiz_id" if "/quiz/" in key:
                return self._own(self._memory.drawn, person) or "none"
            case "quiz_id" if "/quizzes/" not in key:
                return self._game()
            case "user_id":
                return self._chance.choice((person or STUDENTS[0], *STUDENTS)).user_id
        return str(self.known(name) or "x")

    def known_query(self, name: str, schema: dict[str, Any]) -> str:
        """A value for a parameter of the query."""
        match name:
            case "next":
                return self._chance.choice(self._memory.pages)
            case "category":
                return self._chance.choice(bank.CATEGORIES)
            case "tag":
                return bank.word(3, 2)
            case "around":
                return "me"
        return str(Maker(COMPONENTS, self._chance, self.known).value(schema))

    def _game(self) -> str:
        return str(self._chance.choice(self._memory.games))

    def _own(self, things: dict[str, Any], person: Person | None) -> str | None:
        recent = list(things)[-8:]
        own = [each for each in recent if things[each].person == person]
        return self._chance.choice(own or recent) if recent else None

    def _submit(self, person: Person | None) -> dict[str, Any]:
        quiz_id = self._own(self._memory.drawn, person)
        if quiz_id is None:
            return {"quiz_id": "none", "answers": []}
        answers = {each: answer_to(each, self._chance) for each in self._memory.drawn[quiz_id].questions}
        in_order = self._chance.random() < 0.5
        return {"quiz_id": quiz_id, "answers": list(answers.values()) if in_order else answers}

    def _session_answer(self, session_id: str) -> dict[str, Any]:
        session = self._memory.sessions.get(session_id)
        question_id = session.question if session else "q1"
        given = answer_to(question_id, self._chance)
        return {
            "question_id": question_id,
            "selected_answers": given if isinstance(given, list) else [given],
            "version": (session.version if session else 1) - (self._chance.random() < 0.1),
            "time_spent": self._chance.randrange(60),
        }

    def _session(self) -> dict[str, Any]:
        scope = {"quiz_id": bank.LMS_QUIZ} if self._chance.random() < 0.4 else {"category": self.known("category")}
        return {**scope, "policy": self._chance.choice(("classic", "classic", "spaced"))}

    def _question(self, question_id: str | None) -> dict[str, Any]:
        """A question of an instructor's own, with secrets in it that are like those of the bank."""
        draft = self._chance.choice(_QUESTIONS)
        made = msgspec.to_builtins(QuestionDraft(**msgspec.structs.asdict(draft)), builtin_types=(Decimal,))
        secret = "sesame" + "x" + "".join(self._chance.choices(_LETTERS, k=7))
        new = question_id or f"n{self._chance.randrange(60)}"
        plain: dict[str, Any] = {**made, "points": 2, "question_id": new, "explanation": secret, "category": "general"}
        return {name: _without_decimals(value) for name, value in plain.items() if name != "version"}


def _without_decimals(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dict):
        return {name: _without_decimals(part) for name, part in value.items()}
    return [_without_decimals(part) for part in value] if isinstance(value, list | tuple) else value
