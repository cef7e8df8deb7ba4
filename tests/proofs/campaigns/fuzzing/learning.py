"""What the answers teach: ids for later requests, and who may be told what by now."""

import json
from base64 import b64decode
from typing import Any

from adapters.live.games import Games
from quiz.errors import QuizError
from quiz.live.games import Game, Phase
from tests.proofs.campaigns.fuzzing import bank
from tests.proofs.campaigns.fuzzing.asked import Asked
from tests.proofs.campaigns.fuzzing.bank import SECRET
from tests.proofs.campaigns.fuzzing.memory import Drawn, Memory, Person, Practising
from tests.proofs.campaigns.fuzzing.place import Heard
from tests.proofs.campaigns.fuzzing.records import KEYS


class Learning:
    """Keeps the memory of a run up to date."""

    def __init__(self, memory: Memory, database: Any) -> None:
        self._memory = memory
        self._games = Games(database, "games")
        self._database = database
        # A question that somebody changed may hold words that first were another's.
        self._owners: dict[str, set[str]] = {}

    def learn(self, asked: Asked, response: Any, heard: Heard) -> None:
        """Take note of what a call has brought about."""
        memory = self._memory
        memory.keep(memory.triggers, heard.bodies("triggers"))
        for job in heard.bodies("jobs"):
            memory.keep(memory.jobs, [job])
            self._announced(job)
        for name, parameters in list(heard.calls):
            self._row(name, parameters)
        body = _told(response)
        if isinstance(body, dict) and asked.person is not None and response["statusCode"] < 400:
            self._answer(asked, asked.person, body)
            if body.get("next"):
                memory.keep(memory.pages, [body["next"]])

    def owners(self, secret: str) -> set[str]:
        """The questions whose key holds the word."""
        known = bank.owner(secret)
        return self._owners.get(secret, set()) | ({known} if known else set())

    def submitted(self, quiz_id: str) -> set[str]:
        """The questions of a quiz whose answers are in; none as long as they are not."""
        item = self._database.get_item(TableName="results", Key={"quiz_id": {"S": quiz_id}}, ConsistentRead=True)
        if item.get("Item", {}).get("state", {}).get("S") != "submitted":
            return set()
        return {each["S"] for each in item["Item"]["question_ids"]["L"]}

    def question_in(self, event: dict[str, Any]) -> str:
        """The question that an answer was given to."""
        body = b64decode(event["body"]) if event["isBase64Encoded"] else event["body"]
        return str(json.loads(body).get("question_id"))

    def is_closed(self, game_id: str, question_id: str) -> bool:
        """Whether nobody can answer the question any more."""
        game = self._game(game_id)
        if game is None or question_id not in game.question_ids:
            return False
        place = game.question_ids.index(question_id)
        return place < game.index or (place == game.index and game.phase is not Phase.OPEN) or game.phase is Phase.ENDED

    def is_told(self, game_id: str, question_id: str) -> bool:
        """Whether who has answered may know how."""
        game = self._game(game_id)
        return game is not None and (game.settings.reveal == "answer" or self.is_closed(game_id, question_id))

    def _game(self, game_id: str) -> Game | None:
        try:
            return self._games.fresh(game_id)
        except QuizError:
            return None

    def _announced(self, job: str) -> None:
        message = json.loads(job)["message"]
        if message["type"] == "new_question":
            self._memory.asked.pop(message["game_id"], None)
            self._memory.asked[message["game_id"]] = message["question"]["id"]

    def _row(self, operation: str, parameters: dict[str, Any]) -> None:
        written = [parameters] if operation == "PutItem" else []
        written += [each["Put"] for each in parameters.get("TransactItems", []) if "Put" in each]
        for each in written:
            if each["TableName"] in KEYS:
                self._memory.image(each["TableName"], each["Item"])
        if operation == "UpdateItem" and parameters["TableName"] in KEYS:
            table = parameters["TableName"]
            found = self._database.get_item(TableName=table, Key=parameters["Key"], ConsistentRead=True).get("Item")
            if found:
                self._memory.image(table, found)

    def _answer(self, asked: Asked, person: Person, body: dict[str, Any]) -> None:
        match asked.route:
            case "POST /quiz/generate":
                questions = tuple(each["question_id"] for each in body["questions"])
                self._memory.drawn[body["quiz_id"]] = Drawn(person, questions)
            case route if "/sessions" in route:
                self._session(asked, person, body)
            case "POST /questions" | "PUT /questions/{question_id}":
                self._memory.versions[body["question_id"]] = body["version"]
                for secret in SECRET.findall(json.dumps(body)):
                    self._owners.setdefault(secret, set()).add(body["question_id"])
            case "POST /live/{quiz_id}":
                self._memory.keep(self._memory.games, [body["game_id"], body["join_code"] or body["game_id"]])
            case "message" if body.get("type") in ("game_state", "quiz_joined"):
                self._memory.keep(self._memory.games, [body["game_id"]])

    def _session(self, asked: Asked, person: Person, body: dict[str, Any]) -> None:
        session_id = body.get("session_id") or asked.event["pathParameters"]["session_id"]
        shown = body.get("question") or {"question_id": "q1"}
        self._memory.sessions[session_id] = Practising(person, body["version"], shown["question_id"])


def _told(response: Any) -> Any:
    try:
        return json.loads(response["body"])
    except (TypeError, KeyError, ValueError):
        return None
