"""Messages of queues, events of buses and schedules, and notifications: good ones in between, so that they are seen."""

import json
import re
from random import Random
from typing import Any

from tests.proofs.campaigns.fuzzing import bank, envelopes, hostile, spoiling
from tests.proofs.campaigns.fuzzing.asked import Asked
from tests.proofs.campaigns.fuzzing.memory import Memory, answer_to

_BATCH = (1, 1, 2, 3, 5, 10)
# What SQS refuses to take: these signs, and more than the queues hold.
_FORBIDDEN = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MOST_BYTES = 252 * 1024


class Messages:
    """Makes events of functions that nobody waits for."""

    def __init__(self, chance: Random, memory: Memory) -> None:
        self._chance = chance
        self._memory = memory

    def submissions(self, number: int) -> Asked:
        """A batch of what an LMS posted; a group is a student."""
        records, good = [], set()
        for position in range(self._chance.choice(_BATCH)):
            message_id, student = f"m{number}-{position}", f"student-{self._chance.randrange(30)}"
            body = self._submission(f"s{number}-{position}", student)
            if self._chance.random() < 0.4:
                good.add(message_id)
                text = json.dumps(body)
            else:
                text = self._spoiled(body)
            records.append(self._record(envelopes.FIFO, message_id, text, student))
        return Asked("LMS submissions", "submissions", {"Records": records}, good=frozenset(good))

    def triggers(self, number: int) -> Asked:
        """What the clock finds in its queue."""
        return self._batch("game triggers", "clock", self._memory.triggers, number)

    def jobs(self, number: int) -> Asked:
        """What the broadcast workers find in theirs."""
        return self._batch("broadcast jobs", "broadcast", self._memory.jobs, number)

    def control(self, number: int) -> Asked:
        """An event of the bus or of a schedule."""
        chance, event = self._chance, envelopes.envelope(envelopes.SCHEDULE)
        quiz_id, action = chance.choice(bank.LIVE_QUIZZES), chance.choice(("start", "start", "next", "pause", "end"))
        said: dict[str, Any] = {"quiz_id": quiz_id, "action": action}
        said |= {"lobby_seconds": chance.choice((0, 30))} if chance.random() < 0.3 else {}
        event |= {"id": f"event-{number}", "source": "quiz.platform", "detail-type": "Quiz Control", "detail": said}
        if chance.random() < 0.6:
            event["detail"] = hostile.mutated(said, chance)
        if chance.random() < 0.2:
            event[chance.choice(("source", "detail-type", "time", "resources"))] = hostile.text(chance)
        return Asked("control events", "clock", event)

    def schedule(self, number: int) -> Asked:
        """The daily event of the request ledger."""
        event = envelopes.envelope(envelopes.SCHEDULE) | {"id": f"daily-{number}"}
        event |= {"source": "quiz.platform", "detail-type": "Daily Record"}
        # It comes from a schedule of our own, so that it is at least an event.
        for name in ("detail", "resources"):
            if self._chance.random() < 0.4:
                event[name] = hostile.whole(hostile.text(self._chance))
        return Asked("daily event", "intake", event)

    def notice(self, number: int) -> Asked:
        """What comes to the alerts topic, or straight to the function."""
        chance = self._chance
        event = envelopes.envelope(chance.choice((envelopes.NOTICE, envelopes.ALARM, envelopes.ALARM)))
        sns = event["Records"][0]["Sns"]
        sns["MessageId"] = f"notice-{number}"
        kind = chance.random()
        if kind < 0.5:
            sns["Message"] = self._notification(sns["Message"])
        if kind < 0.15:
            event["Records"][0]["Sns"] = hostile.whole(hostile.mutated(sns, chance))
        return Asked(
            "alert notifications", "notify", event if kind < 0.95 else {"by": "hand", "x": hostile.scalar(chance)}
        )

    def _notification(self, text: str) -> str:
        try:
            message = json.loads(text)
        except ValueError:
            return hostile.whole(hostile.text(self._chance)) or "{}"
        for _ in range(self._chance.choice((1, 2, 5))):
            message = hostile.mutated(message, self._chance)
        return str(hostile.whole(spoiling.dumped(message, self._chance)))

    def _submission(self, submission_id: str, student: str) -> dict[str, Any]:
        if self._memory.submissions and self._chance.random() < 0.1:
            return {**json.loads(self._chance.choice(self._memory.submissions)), "student_id": student}
        asked = [f"q{number}" for number in range(14)]
        body = {
            "schema_version": 1,
            "submission_id": submission_id,
            "student_id": student,
            "quiz_id": bank.EXAM,
            "answers": {each: self._answer(each) for each in self._chance.sample(asked, 5)},
            "submitted_at": "2026-11-20T08:00:00+01:00",
        }
        self._memory.keep(self._memory.submissions, [json.dumps(body)])
        return body

    def _answer(self, question_id: str) -> Any:
        """One that can be stored: what cannot belongs to those that are spoiled."""
        answer = answer_to(question_id, self._chance)
        is_sane = isinstance(answer, str | bool | list) and len(text := json.dumps(answer)) < 50 and "\\ud" not in text
        return answer if is_sane else "a"

    def _batch(self, row: str, function: str, waiting: list[str], number: int) -> Asked:
        records, good = [], set()
        for position in range(self._chance.choice(_BATCH)):
            message_id = f"m{number}-{position}"
            is_good = bool(waiting) and self._chance.random() < 0.6
            text = waiting.pop(0) if is_good else self._strange(waiting)
            good |= {message_id} if is_good else set()
            records.append(self._record(envelopes.QUEUE, message_id, text, None))
        return Asked(row, function, {"Records": records}, good=frozenset(good))

    def _strange(self, waiting: list[str]) -> str:
        body = json.loads(self._chance.choice(waiting)) if waiting else {"game_id": "g", "action": "next"}
        return self._spoiled(body)

    def _spoiled(self, body: dict[str, Any]) -> str:
        value: Any = body
        for _ in range(self._chance.choice((1, 1, 2, 4))):
            value = hostile.mutated(value, self._chance)
        text = spoiling.dumped(value, self._chance)
        return spoiling.spoiled(text, self._chance) if self._chance.random() < 0.35 else text

    def _record(self, name: str, message_id: str, body: str, group: str | None) -> dict[str, Any]:
        text = _FORBIDDEN.sub("?", body).encode()[:_MOST_BYTES].decode(errors="ignore") or "?"
        record: dict[str, Any] = envelopes.envelope(name)["Records"][0] | {"messageId": message_id, "body": text}
        if group is not None:
            # Any sender chooses it, and attributes of their own.
            record["attributes"] |= {"MessageGroupId": group, "MessageDeduplicationId": message_id}
        if self._chance.random() < 0.2:
            given = {"stringValue": hostile.text(self._chance), "dataType": "String"}
            record["messageAttributes"] = {self._chance.choice(("correlation_id", "error_code", "x")): given}
        return record
