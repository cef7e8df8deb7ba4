"""Bring messages back to the queue that they came from: sent first, deleted after that, so that none is ever lost.

Between the two a message is in both queues. Whoever is interrupted there does it again: within five minutes SQS
recognises the same message by its de-duplication id, and later on its result is recognised by what it says.
"""

import hashlib
import random
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from quiz.errors import Rejected
from tools.dlq.edits import edited
from tools.dlq.letters import REASONS, Letter
from tools.submit.messages import batches

_MOST_TRIES = 6


class Outgoing(Struct, frozen=True):
    """A letter as it goes back: in its group, without the reason why it was set aside."""

    letter: Letter
    body: str
    group: str

    @property
    def deduplication_id(self) -> str:
        """Equal for the same letter with the same body, however often it is sent."""
        return hashlib.sha256(f"{self.letter.message_id}\n{self.body}".encode()).hexdigest()

    @property
    def attributes(self) -> dict[str, Any]:
        """What stays beside it, such as the id that ties its log lines together."""
        return {name: value for name, value in self.letter.attributes.items() if name not in REASONS}

    @property
    def size(self) -> int:
        """Bytes of everything that SQS counts."""
        beside = sum(len(name) + len(str(value)) for name, value in self.attributes.items())
        return len(self.body.encode()) + beside

    def entry(self, number: int, is_fifo: bool) -> dict[str, Any]:
        """Its part of a call."""
        ordered = {"MessageGroupId": self.group, "MessageDeduplicationId": self.deduplication_id} if is_fifo else {}
        beside = {"MessageAttributes": self.attributes} if self.attributes else {}
        return {"Id": str(number), "MessageBody": self.body, **beside, **ordered}


class Mover:
    """Sends letters to a queue, corrected if so wanted."""

    def __init__(self, client: Any, url: str, merge_patch: Mapping[str, Any] | None = None) -> None:
        self._client = client
        self._url = url
        self._is_fifo = url.endswith(".fifo")
        self._patch = merge_patch
        self.made: set[str] = set()

    def prepare(self, letters: Iterable[Letter]) -> tuple[list[Outgoing], dict[str, str]]:
        """What would be sent, and why the rest has to stay, by the letters' ids."""
        ready: list[Outgoing] = []
        refused: dict[str, str] = {}
        for letter in letters:
            try:
                ready.append(self._outgoing(letter))
            except Rejected as error:
                refused[letter.message_id] = f"{error.code}: {error}"
        return ready, refused

    def settle(self, letters: list[Letter]) -> Mapping[str, str]:
        """Send them, each student's in their order; where one fails, those behind it wait."""
        ready, staying = self.prepare(letters)
        stuck: set[str] = set()
        for turn in self._turns(ready):
            going = [message for message in turn if message.group not in stuck]
            staying |= {message.letter.message_id: "one before it stays" for message in turn if message not in going}
            for batch in batches(going):
                for message, reason in self._send(batch):
                    staying[message.letter.message_id] = reason
                    stuck |= {message.group} if self._is_fifo else set()
        return staying

    def _outgoing(self, letter: Letter) -> Outgoing:
        if not self._patch:
            return Outgoing(letter, letter.body, letter.group)
        body, submission = edited(letter.body, self._patch)
        return Outgoing(letter, body, submission.student_id if "student_id" in self._patch else letter.group)

    def _turns(self, ready: Sequence[Outgoing]) -> list[list[Outgoing]]:
        """The first of each group, then the second: SQS takes the messages of a call in any order."""
        if not self._is_fifo:
            return [list(ready)]
        turns: list[list[Outgoing]] = []
        places: dict[str, int] = {}
        for message in ready:
            place = places.get(message.group, 0)
            places[message.group] = place + 1
            turns += [[]] if place == len(turns) else []
            turns[place].append(message)
        return turns

    def _send(self, batch: list[Outgoing]) -> list[tuple[Outgoing, str]]:
        """Send one call, again for what was throttled; returns what could not be sent, and why."""
        refused: list[tuple[Outgoing, str]] = []
        reason = ""
        for tried in range(_MOST_TRIES):
            if tried:
                time.sleep(random.uniform(0, 0.2 * 2**tried))  # noqa: S311  # jitter, no secret
            entries: Any = [message.entry(number, self._is_fifo) for number, message in enumerate(batch)]
            answer = self._client.send_message_batch(QueueUrl=self._url, Entries=entries)
            self.made |= {entry["MessageId"] for entry in answer.get("Successful", [])}
            failed = answer.get("Failed", [])
            reasons = {int(entry["Id"]): entry.get("Message", entry["Code"]) for entry in failed}
            ours = {int(entry["Id"]) for entry in failed if entry["SenderFault"]}
            refused += [(batch[number], reasons[number]) for number in sorted(ours)]
            batch = [batch[number] for number in sorted(reasons.keys() - ours)]
            reason = next(iter(reasons.values()), "")
            if not batch:
                return refused
        return refused + [(message, f"not taken in {_MOST_TRIES} tries: {reason}") for message in batch]
