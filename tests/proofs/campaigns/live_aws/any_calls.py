"""Calls of every kind that the handlers make, with few keys, so that they meet each other."""

from collections.abc import Callable
from random import Random
from typing import Any

from adapters.items import to_item

Call = tuple[str, dict[str, Any]]


def key(chance: Random) -> dict[str, Any]:
    return to_item({"participant_id": chance.choice("abc"), "game_id": chance.choice("gh")})


def put(chance: Random) -> Call:
    item = {"game_shard": f"s{chance.randrange(2)}", "rank_score": chance.randint(-5, 99), "answers": {}, "score": 0}
    item |= {"kicked": False, "streak": {"index": -1, "run": 0}, "running": frozenset(["x"])}
    wanted: dict[str, Any] = {"Item": to_item(item) | key(chance)}
    if chance.random() < 0.7:
        wanted |= {"ConditionExpression": "attribute_not_exists(participant_id)"}
    return "PutItem", wanted


def answer(chance: Random) -> Call:
    values = {":record": {"points": 5}, ":gain": chance.randint(0, 10**20), ":no": False, ":last": "a"}
    values |= {":before": {"index": -1, "run": 0}, ":after": {"index": chance.randint(-1, 0), "run": 0}}
    return "UpdateItem", {
        "Key": key(chance),
        "UpdateExpression": "SET answers.#q = :record, last_answer = :last, streak = :after ADD rank_score :gain",
        "ConditionExpression": "attribute_exists(participant_id) AND attribute_not_exists(answers.#q) "
        "AND kicked = :no AND streak = :before",
        "ExpressionAttributeNames": {"#q": f"q{chance.randrange(3)}"},
        "ExpressionAttributeValues": to_item(values),
        "ReturnValues": chance.choice(["UPDATED_NEW", "ALL_NEW", "NONE"]),
        "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
    }


def kick(chance: Random) -> Call:
    return "UpdateItem", {
        "Key": key(chance),
        "UpdateExpression": "SET kicked = :yes, rank_score = :nothing - rank_score",
        "ConditionExpression": "kicked = :no OR rank_score < :nothing",
        "ExpressionAttributeValues": to_item({":yes": True, ":no": False, ":nothing": 0}),
        "ReturnValues": "ALL_NEW",
    }


def learn(chance: Random) -> Call:
    return "UpdateItem", {
        "Key": key(chance),
        "UpdateExpression": chance.choice(
            [
                "SET #due = if_not_exists(#due, :one) ADD attempts :one, running :more",
                "DELETE running :more SET #due = :one, attempts = :one",
                "REMOVE #due SET attempts = :one ADD running :more",
            ]
        ),
        "ExpressionAttributeNames": {"#due": "due"},
        "ExpressionAttributeValues": to_item(
            {":one": chance.randint(1, 3), ":more": frozenset(chance.choice(["x", "y"]))}
        ),
        "ReturnValues": "ALL_NEW",
    }


def delete(chance: Random) -> Call:
    wanted = {"Key": key(chance), "ReturnValues": "ALL_OLD"}
    if chance.random() < 0.5:
        values = {":user": chance.randint(0, 5)}
        wanted |= {"ConditionExpression": "score = :user", "ExpressionAttributeValues": to_item(values)}
    return "DeleteItem", wanted


def get(chance: Random) -> Call:
    return "GetItem", {"Key": key(chance), "ConsistentRead": True}


def ranking(chance: Random) -> Call:
    than, values = chance.choice(
        [
            ("> :low", {":low": 0}),
            ("< :low", {":low": 0}),
            ("BETWEEN :low AND :high", {":low": 0, ":high": 50}),
            ("<= :low", {":low": 10}),
        ]
    )
    return "Query", {
        "IndexName": "by_score",
        "KeyConditionExpression": f"game_shard = :shard AND rank_score {than}",
        "ExpressionAttributeValues": to_item({":shard": f"s{chance.randrange(2)}", **values}),
        "ScanIndexForward": chance.random() < 0.5,
        **chance.choice([{}, {"Limit": 1}, {"Limit": 2}, {"Select": "COUNT"}]),
    }


def rows(chance: Random) -> Call:
    return "Query", {
        "KeyConditionExpression": "participant_id = :id",
        "FilterExpression": "attribute_exists(due)",
        "ProjectionExpression": "game_id, due",
        "ExpressionAttributeValues": to_item({":id": chance.choice("abc")}),
        "ConsistentRead": True,
    }


def together(chance: Random) -> Call:
    kinds = {"PutItem": "Put", "UpdateItem": "Update", "DeleteItem": "Delete"}
    actions = []
    for make in chance.sample([put, answer, learn, delete], 2):
        operation, wanted = make(chance)
        wanted = {name: value for name, value in wanted.items() if name != "ReturnValues"}
        actions.append({kinds[operation]: {"TableName": "participants", **wanted}})
    return "TransactWriteItems", {"TransactItems": actions}


MAKERS: list[Callable[[Random], Call]] = [put, answer, kick, learn, delete, get, ranking, rows, together]
