"""Requests to the HTTP API: every operation of its description, sensible, mutated and malformed."""

import base64
import json
from random import Random
from typing import Any, NamedTuple
from urllib.parse import urlencode

from tests.proofs.campaigns.fuzzing import envelopes, hostile, spoiling
from tests.proofs.campaigns.fuzzing.asked import Asked
from tests.proofs.campaigns.fuzzing.bodies import Bodies
from tests.proofs.campaigns.fuzzing.memory import STUDENTS, TEACHER, Memory, Person
from tests.proofs.campaigns.fuzzing.operations import OPENING, OPERATIONS, Operation

_SPOILED, _MUTATED = 0.13, 0.43
_TYPES = ("application/json", "text/plain", "multipart/form-data; boundary=x", "", "application/json; charset=utf-16")
_FUNCTIONS = {"leaderboard": "leaderboard", "intake": "intake"}


class _Query(NamedTuple):
    raw: str
    parsed: dict[str, str]


class Requests:
    """Makes requests out of chance and of what was learnt from the answers."""

    def __init__(self, chance: Random, memory: Memory) -> None:
        self._chance = chance
        self._memory = memory
        self._bodies = Bodies(chance, memory)

    def make(self, number: int) -> Asked:
        """Any request; as long as there is nothing to ask about, one that makes something."""
        is_new = not (self._memory.drawn and self._memory.sessions)
        operation = self._chance.choice(OPENING if is_new and self._chance.random() < 0.5 else OPERATIONS)
        person = self._person(operation)
        segment = operation.key.split("/")[1]
        event = self._event(operation, person, number)
        return Asked(f"/{segment}", _FUNCTIONS.get(segment, "http"), event, operation.key, person)

    def _person(self, operation: Operation) -> Person | None:
        kind = self._chance.random()
        if kind < 0.03 or operation.key == "GET /health":
            return None
        wants = 0.85 if operation.is_for_instructors else 0.1
        return TEACHER if self._chance.random() < wants else self._chance.choice(STUDENTS)

    def _event(self, operation: Operation, person: Person | None, number: int) -> dict[str, Any]:
        chance, event = self._chance, envelopes.envelope(envelopes.HTTP)
        method, template = operation.key.split(" ")
        places = {name: self._place(name, operation.key, person) for name in operation.places}
        query = self._query(operation)
        event["routeKey"] = operation.key
        event["rawPath"] = template.replace("+}", "}").format_map(places)
        event["rawQueryString"] = query.raw
        event["headers"] = self._headers(operation)
        context = event["requestContext"]
        context |= {"routeKey": operation.key, "requestId": f"request-{number}="}
        context["http"] = {"method": method, "path": event["rawPath"], "sourceIp": "192.0.2.1"}
        context.pop("authorizer", None)
        if person is not None:
            context["authorizer"] = {"jwt": {"claims": self._claims(person), "scopes": None}}
        for name, value in (("pathParameters", places), ("queryStringParameters", query.parsed)):
            # What a request lacks, API Gateway leaves out.
            event.pop(name, None)
            if value or chance.random() < 0.1:
                event[name] = value or None
        return self._with_body(event, self._body(operation, places, person))

    def _with_body(self, event: dict[str, Any], body: str | None) -> dict[str, Any]:
        event.pop("body", None)
        event["isBase64Encoded"] = False
        if body is None:
            return event
        if self._chance.random() < 0.15:
            raw = spoiling.spoiled_bytes(body, self._chance)
            encoded = base64.b64encode(raw).decode()
            return event | {"isBase64Encoded": True, "body": encoded if self._chance.random() < 0.95 else f"{encoded}!"}
        return event | {"body": body}

    def _body(self, operation: Operation, places: dict[str, str], person: Person | None) -> str | None:
        if operation.body is None:
            return None if self._chance.random() < 0.9 else hostile.text(self._chance)
        value, kind = self._bodies.make(operation, places, person), self._chance.random()
        if kind < _SPOILED:
            return spoiling.spoiled(spoiling.dumped(value, self._chance), self._chance)
        if kind < _MUTATED:
            for _ in range(self._chance.choice((1, 1, 1, 2, 5))):
                value = hostile.mutated(value, self._chance)
        return spoiling.dumped(value, self._chance)

    def _place(self, name: str, key: str, person: Person | None) -> str:
        if self._chance.random() < 0.12 or name == "proxy":
            found = hostile.whole(hostile.text(self._chance)) or "x"
            return found if name == "proxy" else found.replace("/", "|")
        return str(self._bodies.known_place(name, key, person))

    def _headers(self, operation: Operation) -> dict[str, str]:
        chance = self._chance
        headers = {"content-type": chance.choice((*_TYPES[:1] * 9, *_TYPES))}
        if operation.wants_version and chance.random() < 0.93:
            number = chance.choice((1, 1, 2, 3))
            sane = chance.choice((f'"{number}"', str(number), f'W/"{number}"'))
            headers[chance.choice(("if-match", "If-Match"))] = (
                sane if chance.random() < 0.8 else hostile.whole(str(hostile.scalar(chance)))
            )
        if chance.random() < 0.2:
            headers["x-correlation-id"] = chance.choice(("mine-1=", hostile.text(chance), "x" * 65))
        if chance.random() < 0.1:
            headers[chance.choice(("x-forwarded-for", "cookie", "accept-language", "X-" + "y" * 500))] = hostile.text(
                chance
            )
        return headers

    def _query(self, operation: Operation) -> _Query:
        chance, pairs = self._chance, []
        for name, schema in operation.query.items():
            if chance.random() < 0.5:
                value = self._bodies.known_query(name, schema)
                pairs.append((name, value if chance.random() < 0.75 else str(hostile.scalar(chance))))
        if chance.random() < 0.04:
            pairs.append(chance.choice(((hostile.text(chance), "1"), *[(name, "2") for name, _ in pairs])))
        sent = [(hostile.whole(name), hostile.whole(value)) for name, value in pairs]
        joined: dict[str, str] = {}
        for name, value in sent:
            joined[name] = f"{joined[name]},{value}" if name in joined else value
        return _Query(urlencode(sent), joined)

    def _claims(self, person: Person) -> dict[str, str]:
        groups = f"[{' '.join(person.groups)}]"
        claims = {"sub": person.user_id, "token_use": "access", "scope": "aws.cognito.signin.user.admin"}
        # A person in no group has no such claim.
        return {**claims, "cognito:groups": groups} if person.groups else claims


def told(event: dict[str, Any]) -> str:
    """An event as it is printed, cut where it is endless."""
    text = json.dumps(event)
    return text if len(text) < 4_000 else f"{text[:3_900]}… ({len(text)} characters)"
