"""Imports write what is new, once, and say what they leave out."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import boto3
import pytest

from quiz.identity import content_hash
from quiz.keys import TrueFalse
from quiz.questions import Question
from tests.unit.builders import Calls
from tools.bank.__main__ import main
from tools.bank.formats import FORMATS
from tools.bank.store import read_question

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE = ["--table", "questions"]
GIFT = "// [id:one]\nOne?{T}\n\nTwo?{=a ~b}\n"


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., str]:
    """Writes a file and gives its path."""

    def written(text: str, name: str = "bank.gift", encoding: str = "utf-8") -> str:
        (tmp_path / name).write_text(text, encoding, newline="")
        return str(tmp_path / name)

    return written


def _stored(client: "DynamoDBClient") -> dict[str, Question]:
    items = client.scan(TableName="questions")["Items"]
    return {item["question_id"]["S"]: read_question(item) for item in items}


def test_an_import_stores_questions_as_the_api_does(tables: "DynamoDBClient", write: Callable[..., str]) -> None:
    assert main(["import", write(GIFT), *TABLE]) == 0
    stored = _stored(tables)
    assert stored["one"] == Question("one", "One?", TrueFalse(correct=True), text_format="moodle")
    [named] = stored.keys() - {"one"}
    item = tables.get_item(TableName="questions", Key={"question_id": {"S": named}})["Item"]
    assert item["bucket"] == {"S": "general#2"}
    assert named == f"q-{content_hash(stored[named])[:20]}"


def test_the_same_file_again_writes_nothing(
    tables: "DynamoDBClient",
    calls: Calls,
    write: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(boto3, "client", lambda service: tables)
    main(["import", write(GIFT), *TABLE])
    with calls.counted() as made:
        assert main(["import", write(GIFT), write(GIFT, "copy.gift"), *TABLE]) == 0
    assert made == ["BatchGetItem"]
    assert "imported 0, replaced 0, in the bank before 4, refused 0" in capsys.readouterr().err


def test_other_content_under_a_known_id_is_refused(
    tables: "DynamoDBClient", write: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", write(GIFT), *TABLE])
    before = _stored(tables)
    assert main(["import", write("\n" + GIFT.replace("{T}", "{F}")), *TABLE]) == 1
    assert "bank.gift:3 not imported: one is in the bank with other content" in capsys.readouterr().err
    assert _stored(tables) == before


def test_replacing_makes_the_next_version_and_leaves_what_others_keep(
    tables: "DynamoDBClient", write: Callable[..., str]
) -> None:
    main(["import", write(GIFT), *TABLE])
    tables.update_item(
        TableName="questions",
        Key={"question_id": {"S": "one"}},
        UpdateExpression="SET used_by = :q",
        ExpressionAttributeValues={":q": {"SS": ["quiz"]}},
    )
    assert main(["import", write(GIFT.replace("{T}", "{F}")), "--replace", *TABLE]) == 0
    item = tables.get_item(TableName="questions", Key={"question_id": {"S": "one"}})["Item"]
    assert item["used_by"] == {"SS": ["quiz"]}
    assert read_question(item).version == 2
    assert read_question(item).key == TrueFalse(correct=False)


def test_a_dry_run_writes_nothing(
    tables: "DynamoDBClient", write: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(GIFT), "--dry-run", *TABLE]) == 0
    assert "would be imported 2" in capsys.readouterr().err
    assert _stored(tables) == {}


def test_one_bad_question_stops_no_other(
    tables: "DynamoDBClient", write: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    bad = write('{"text": "?"}\n', "bad.jsonl")
    clash = write(GIFT.replace("One", "Another one"), "clash.gift")
    assert main(["import", "absent.gift", write("", "what.pdf"), bad, write(GIFT + "\nEssay?{}\n"), clash, *TABLE]) == 1
    said = capsys.readouterr().err
    for reason in (
        "absent.gift:1 not imported: [Errno 2]",
        "what.pdf:1 not imported: what.pdf could be anything",
        "bad.jsonl:1 not imported: Object missing required field `key`",
        "bank.gift:6 not imported: essay",
        "clash.gift:2 not imported: one is another question at bank.gift:2",
        "imported 2, replaced 0, in the bank before 1, refused 5",
    ):
        assert reason in said
    assert len(_stored(tables)) == 2


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ({"question_id": "a/b"}, "letters, digits"),
        ({"media_key": "elsewhere.png"}, "POST /media"),
        ({"points": "1." + "1" * 38}, "at most 38 digits"),
        ({"options": [{"id": f"o{i}", "text": "x" * 20_000} for i in range(20)]}, "bytes"),
    ],
)
def test_what_the_api_would_refuse_is_refused(
    line: dict[str, Any],
    reason: str,
    tables: "DynamoDBClient",
    write: Callable[..., str],
    capsys: pytest.CaptureFixture[str],
) -> None:
    text = json.dumps({"text": "?", "key": {"type": "true_false", "correct": True}, **line})
    assert main(["import", write(text, "bank.jsonl"), *TABLE]) == 1
    assert reason in capsys.readouterr().err
    assert _stored(tables) == {}


def test_all_questions_can_be_put_into_one_category(tables: "DynamoDBClient", write: Callable[..., str]) -> None:
    assert main(["import", write(GIFT), "--category", "sports", "--difficulty", "4", *TABLE]) == 0
    stored = _stored(tables)
    assert {(question.category, question.difficulty) for question in stored.values()} == {("sports", 4)}
    for named in stored.keys() - {"one"}:
        assert named == f"q-{content_hash(stored[named])[:20]}"


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_exported_can_be_imported_elsewhere(
    name: str, tables: "DynamoDBClient", write: Callable[..., str], tmp_path: Path
) -> None:
    main(["import", write(GIFT + "\n$CATEGORY: other\n\nThree?{=c}\n"), *TABLE])
    before = _stored(tables)
    file = str(tmp_path / f"bank{FORMATS[name].suffixes[0]}")
    assert main(["export", file, *TABLE]) == 0
    for question_id in before:
        tables.delete_item(TableName="questions", Key={"question_id": {"S": question_id}})
    assert main(["import", file, *TABLE]) == 0
    assert _stored(tables) == before


def test_an_export_holds_one_category_and_names_what_is_broken(
    tables: "DynamoDBClient", write: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["import", write(GIFT + "\n$CATEGORY: other\n\nThree?{=c}\n"), *TABLE])
    tables.put_item(TableName="questions", Item={"question_id": {"S": "broken"}, "category": {"S": "other"}})
    file = tmp_path / "bank.jsonl"
    assert main(["export", str(file), "--category", "other", *TABLE]) == 1
    assert "broken not exported: Object missing required field `text`" in capsys.readouterr().err
    assert [json.loads(line)["text"] for line in file.read_text().splitlines()] == ["Three?"]


def test_a_table_that_is_not_there_is_one_clear_sentence(
    tables: "DynamoDBClient", write: Callable[..., str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", write(GIFT), "--table", "absent"]) == 1
    assert "stopped" in capsys.readouterr().err
