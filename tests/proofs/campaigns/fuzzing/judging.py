"""What each function may answer, and what it must not."""

import json
from typing import Any, NamedTuple

import msgspec

from quiz.live import messages
from tests.proofs.campaigns.fuzzing.asked import Asked
from tests.proofs.campaigns.fuzzing.operations import BY_KEY
from tests.proofs.campaigns.fuzzing.place import Heard

DONE, REFUSED, FAILED, RAISED, WRONG, LEAKED = "done", "refused", "5xx", "raised", "wrong", "leaked"
FAULTS = (FAILED, RAISED, WRONG, LEAKED)

_TOLD: "msgspec.json.Decoder[Any]" = msgspec.json.Decoder(
    messages.QuizJoined
    | messages.AnswerAccepted
    | messages.GameState
    | messages.Leaderboard
    | messages.Pong
    | messages.ErrorMessage
)
_OUR_FAULT = ("internal_error", "unavailable")


class Verdict(NamedTuple):
    """How a call ended: `kind` counts in the table, `why` is for whoever reads of a fault."""

    kind: str
    why: str = ""


def judge(asked: Asked, response: Any, heard: Heard) -> Verdict:
    """The verdict on what a function returned."""
    match asked.function:
        case "http" | "leaderboard" | "intake" if asked.route in BY_KEY:
            return _of_http(asked, response)
        case "socket" | "leaderboard":
            return _of_socket(asked, response)
        case "authorizer":
            return _of_authorizer(asked, response)
        case "submissions":
            return _of_submissions(asked, response, heard)
        case "clock" | "broadcast" | "stream" | "projector" if "Records" in asked.event:
            return _of_batch(asked, response, heard)
    return _of_event(asked, response, heard)


def _of_http(asked: Asked, response: Any) -> Verdict:
    status = response["statusCode"]
    if not all(isinstance(value, str) for value in response["headers"].values()):
        return Verdict(WRONG, "a header is no text")
    body = json.loads(response["body"]) if "body" in response else None
    if status >= 500:
        return Verdict(FAILED, f"{status} {response.get('body')}")
    if fault := BY_KEY[asked.route].fault(status, body):
        return Verdict(WRONG, f"{fault}: {status} {str(response.get('body'))[:500]}")
    return Verdict(DONE if status < 400 else REFUSED)


def _of_socket(asked: Asked, response: Any) -> Verdict:
    if response["statusCode"] != 200:
        return Verdict(FAILED, f"{response['statusCode']}")
    if asked.route != "message":
        return Verdict(DONE)
    try:
        told = _TOLD.decode(response["body"])
    except msgspec.MsgspecError as error:
        return Verdict(WRONG, f"{error}: {response['body'][:500]}")
    if not isinstance(told, messages.ErrorMessage):
        return Verdict(DONE)
    return Verdict(FAILED, response["body"]) if told.error in _OUR_FAULT else Verdict(REFUSED)


def _of_authorizer(asked: Asked, response: Any) -> Verdict:
    [statement] = response["policyDocument"]["Statement"]
    if statement["Effect"] != asked.expected or statement["Resource"] != asked.event["methodArn"]:
        return Verdict(WRONG, f"{asked.expected} was expected, {statement} came")
    if ("context" in response) != (asked.expected == "Allow"):
        return Verdict(WRONG, "who is denied has no context, and who is allowed has one")
    return Verdict(DONE if "context" in response else REFUSED)


def _of_submissions(asked: Asked, response: Any, heard: Heard) -> Verdict:
    """Every record is either stored, or in the dead-letter queue by now; nothing comes again."""
    if response != {"batchItemFailures": []}:
        return Verdict(WRONG, f"records come again though nothing was in the way: {response}")
    records = {record["messageId"]: record["body"] for record in asked.event["Records"]}
    aside = heard.bodies("dead.fifo")
    stored = sum(name == "PutItem" and each["TableName"] == "submissions" for name, each in heard.calls)
    missing = [good for good in asked.good if records[good] in aside]
    if missing:
        return Verdict(WRONG, f"good records were set aside: {missing}")
    # One that is stored with other answers has been tried before it is set aside.
    if stored < len(asked.good) or stored + len(aside) < len(records) or len(aside) > len(records) - len(asked.good):
        return Verdict(WRONG, f"of {len(records)} records {stored} were stored and {len(aside)} set aside")
    return Verdict(REFUSED if aside else DONE)


def _of_batch(asked: Asked, response: Any, heard: Heard) -> Verdict:
    """A bad record may come again where its queue or stream sets it aside in the end, a good one never."""
    if not isinstance(response, dict) or response.keys() != {"batchItemFailures"}:
        return Verdict(WRONG, f"no partial batch response: {response}")
    failed = [each["itemIdentifier"] for each in response["batchItemFailures"]]
    known = {record.get("messageId") or record["dynamodb"]["SequenceNumber"] for record in asked.event["Records"]}
    if not set(failed) <= known or set(failed) & asked.good:
        return Verdict(WRONG, f"good records come again, or records that never came: {failed}")
    return Verdict(REFUSED if failed or _was_rejected(heard) else DONE)


def _of_event(asked: Asked, response: Any, heard: Heard) -> Verdict:
    if asked.function == "intake":
        return (
            Verdict(DONE)
            if response.keys() == {"message", "request_id", "timestamp"}
            else Verdict(WRONG, str(response))
        )
    if response is not None:
        return Verdict(WRONG, f"an answer that nobody waits for: {response}")
    return Verdict(REFUSED if _was_rejected(heard) else DONE)


def _was_rejected(heard: Heard) -> bool:
    lines = heard.lines.getvalue()
    return "ControlRejected" in lines or "cannot be" in lines or '"level":"ERROR"' in lines
