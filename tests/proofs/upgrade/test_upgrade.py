"""An environment that the previous release made keeps everything that cannot be made again."""

import re
from pathlib import Path

from tests.proofs.upgrade.changes import STATEFUL, Changes, changes

_MOVED = "moved {\n  from = aws_dynamodb_table.this\n  to   = aws_dynamodb_table.kept\n}\n"


def test_nothing_that_holds_something_is_deleted_or_replaced(upgrade: Changes) -> None:
    assert not upgrade.lost, upgrade.page


def test_the_release_had_something_of_every_kind_to_lose(upgrade: Changes) -> None:
    """A fixture of something else would prove nothing."""
    made = set(upgrade.by_action.get("create", ()))
    kept = {kind for address, kind in upgrade.types.items() if address not in made}
    assert kept >= STATEFUL


def test_what_moved_is_not_made_anew(upgrade: Changes) -> None:
    moved = set(upgrade.by_action.get("moved", ()))
    assert moved >= {
        f'module.scheduler.aws_lambda_function_recursion_config.this["{name}"]' for name in ("clock", "broadcast")
    }
    assert not moved & {*upgrade.by_action.get("create", ()), *upgrade.by_action.get("replace", ())}


def test_a_table_that_is_renamed_without_a_move_is_noticed_and_with_one_kept(other: Path) -> None:
    module = other / "modules" / "tables"
    for file in module.glob("*.tf"):
        file.write_text(re.sub(r'(aws_dynamodb_table)(\.|" ")this\b', r"\1\2kept", file.read_text()))
    lost = changes(other).lost
    assert lost['module.tables.aws_dynamodb_table.this["quizzes"]'] == "delete"
    with (module / "migrations.tf").open("a") as migrations:
        migrations.write(_MOVED)
    assert not changes(other).lost


def test_another_name_of_a_table_is_noticed(other: Path) -> None:
    file = other / "modules" / "tables" / "tables.tf"
    text = file.read_text()
    file.write_text(text.replace('"${var.name_prefix}-${each.key}"', '"${var.name_prefix}-table-${each.key}"', 1))
    assert file.read_text() != text
    assert changes(other).lost['module.tables.aws_dynamodb_table.this["quizzes"]'] == "replace"
