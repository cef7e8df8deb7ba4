"""What an import changes, decided before anything is written."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from quiz.errors import BrokenQuiz, Rejected
from quiz.identity import content_hash
from quiz.questions import Question
from tools.bank.results import Parsed, Refused
from tools.bank.store import first_version, next_version, read_question

_UNSTATED = {"N": "1"}


class Source(NamedTuple):
    """Where a question or a refusal comes from."""

    file: Path
    line: int


class Plan:
    """The questions of an import, by what becomes of them."""

    def __init__(self, replace: bool = False) -> None:
        self.new: list[Question] = []
        self.replaced: list[tuple[Source, Question]] = []
        self.unchanged = 0
        self.refused: list[tuple[Source, str]] = []
        self._replace = replace

    def refuse(self, file: Path, refused: Refused) -> None:
        """Note a refusal of a reader."""
        self.refused.append((Source(file, refused.line), refused.reason))

    def decide(self, parsed: Iterable[tuple[Path, Parsed]], stored: Mapping[str, dict[str, Any]]) -> None:
        """Find each question's place beside those before it in the files, and those that are stored."""
        before: dict[str, tuple[Source, str]] = {}
        for file, (line, question) in parsed:
            source, content = Source(file, line), content_hash(question)
            first, first_content = before.setdefault(question.question_id, (source, content))
            try:
                if first is not source:
                    self._decide_beside(question, first, same=first_content == content)
                elif question.question_id in stored:
                    self._decide_stored(source, question, content, stored[question.question_id])
                else:
                    self.new.append(first_version(question))
            except Rejected as error:
                self.refused.append((source, str(error)))

    def _decide_beside(self, question: Question, first: Source, same: bool) -> None:
        if not same:
            raise Rejected(f"{question.question_id} is another question at {first.file.name}:{first.line}")
        self.unchanged += 1

    def _decide_stored(self, source: Source, question: Question, content: str, item: dict[str, Any]) -> None:
        # The stored hash may be older than the stored question, so it is not asked.
        if _content_of(item) == content:
            self.unchanged += 1
        elif self._replace:
            self.replaced.append((source, next_version(question, int(item.get("version", _UNSTATED)["N"]))))
        else:
            raise Rejected(
                f"{question.question_id} is in the bank with other content; --replace makes this the next version"
            )


def _content_of(item: dict[str, Any]) -> str:
    try:
        return content_hash(read_question(item))
    except BrokenQuiz:
        return ""
