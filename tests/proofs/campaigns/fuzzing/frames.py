"""Connections and messages of the WebSocket API, and the tokens that open connections."""

import base64
from random import Random
from typing import Any

from tests.proofs.campaigns.fuzzing import bank, envelopes, hostile, passports, spoiling
from tests.proofs.campaigns.fuzzing.asked import Asked
from tests.proofs.campaigns.fuzzing.memory import STUDENTS, TEACHER, Memory, Person, answer_to

_SPOILED, _MUTATED = 0.15, 0.45
_OF_HOSTS = ("start_quiz", "next_question", "next_question", "pause_quiz", "resume_quiz", "end_quiz", "kick")
_OF_PLAYERS = ("join_quiz", "join_quiz", "answer", "answer", "answer", "ping")
_TABS = 3
ALLOWED, DENIED = "Allow", "Deny"


class Frames:
    """Makes what comes over WebSockets."""

    def __init__(self, chance: Random, memory: Memory) -> None:
        self._chance = chance
        self._memory = memory

    def message(self, number: int) -> Asked:
        """What somebody says over a connection."""
        person = self._chance.choice((*STUDENTS, *STUDENTS, TEACHER))
        if self._chance.random() < 0.15:
            return self._asked("leaderboard", person, self._leaderboard(), number)
        hosts = person.is_instructor or self._chance.random() < 0.1
        return self._asked(
            "socket", person, self._said(self._chance.choice(_OF_HOSTS if hosts else _OF_PLAYERS)), number
        )

    def arrival(self, number: int) -> Asked:
        """A connection that begins or ends."""
        name = self._chance.choice((envelopes.CONNECT, envelopes.DISCONNECT))
        event, person = envelopes.envelope(name), self._chance.choice((*STUDENTS, TEACHER))
        route = "$connect" if name == envelopes.CONNECT else "$disconnect"
        event["requestContext"] |= {"routeKey": route, "connectionId": self._connection(person)}
        offered = self._chance.choice(("bearer, x", "x, bearer", "", "bearer", hostile.text(self._chance)))
        event["headers"] = {self._chance.choice(("Sec-WebSocket-Protocol", "sec-websocket-protocol")): offered}
        event["multiValueHeaders"] = self._chance.choice((None, {"Sec-WebSocket-Protocol": [offered, "y"]}))
        return Asked("WebSocket connections", "socket", event, route, person)

    def passport(self, number: int) -> Asked:
        """A token at the door."""
        chance, event = self._chance, envelopes.envelope(envelopes.CONNECT)
        is_good = chance.random() < 0.3
        person = chance.choice((*STUDENTS, TEACHER))
        token = passports.good(person.user_id, list(person.groups)) if is_good else passports.bad(chance)
        event["methodArn"] = "arn:aws:execute-api:eu-central-1:123456789012:api/live/$connect"
        event["requestContext"] |= {"routeKey": "$connect", "connectionId": f"c{number}="}
        # Only what can stand in a header comes in one; in a query everything can.
        in_header = chance.random() < 0.5 and not set(token) & set(", \r\n\t")
        offered = chance.choice((f"bearer, {token}", f"bearer,{token}", f"chat, bearer, {token}"))
        event["headers"] = {"Sec-WebSocket-Protocol": offered} if in_header else {}
        event["multiValueHeaders"] = {"Sec-WebSocket-Protocol": [offered]} if in_header else chance.choice((None, {}))
        event["queryStringParameters"] = None if in_header else {"token": token}
        return Asked("authorizer", "authorizer", event, "$connect", expected=ALLOWED if is_good else DENIED)

    def _asked(self, function: str, person: Person, said: dict[str, Any], number: int) -> Asked:
        chance, event = self._chance, envelopes.envelope(envelopes.MESSAGE)
        kind = chance.random()
        for _ in range(chance.choice((1, 1, 3)) if kind < _MUTATED else 0):
            said = hostile.mutated(said, chance)
        body = spoiling.dumped(said, chance)
        body = spoiling.spoiled(body, chance) if kind < _SPOILED else body
        if chance.random() < 0.1:
            event |= {"isBase64Encoded": True, "body": base64.b64encode(spoiling.spoiled_bytes(body, chance)).decode()}
        else:
            event |= {"isBase64Encoded": False, "body": body}
        identity = {"principalId": person.user_id, "user_id": person.user_id, "groups": " ".join(person.groups)}
        event["requestContext"] |= {
            "routeKey": "leaderboard" if function == "leaderboard" else "$default",
            "messageId": f"message-{number if chance.random() < 0.95 else number // 9}",
            "connectionId": self._connection(person),
            "authorizer": identity,
        }
        return Asked("WebSocket messages", function, event, "message", person)

    def _said(self, action: str) -> dict[str, Any]:
        chance, said = self._chance, {"action": action}
        if chance.random() < 0.5:
            said["request_id"] = f"r{chance.randrange(99)}"
        match action:
            case "ping":
                return said
            case "join_quiz":
                names = ("Ann", "Ann", "Bob", "Çé\u200d", hostile.text(chance))
                info = {"user_info": {"name": chance.choice(names)}}
                return {**said, "quiz_id": self._game(), **(info if chance.random() < 0.8 else {})}
            case "answer":
                game, question_id = self._memory.question(chance)
                return {**said, "quiz_id": game, "question_id": question_id, "answer": answer_to(question_id, chance)}
            case "kick":
                return {**said, "quiz_id": self._game(), "participant_id": chance.choice(("cleo", "nobody"))}
        return {**said, "quiz_id": self._game(), **({"version": chance.randrange(9)} if chance.random() < 0.2 else {})}

    def _leaderboard(self) -> dict[str, Any]:
        said = {"action": "leaderboard", "quiz_id": self._game(), "top": self._chance.randrange(101)}
        return {**said, "around": "me"} if self._chance.random() < 0.5 else said

    def _game(self) -> str:
        return str(self._chance.choice((*list(self._memory.asked)[-2:], *self._memory.games[-3:], *bank.LIVE_QUIZZES)))

    def _connection(self, person: Person) -> str:
        return f"{person.user_id}-{self._chance.randrange(_TABS)}="
