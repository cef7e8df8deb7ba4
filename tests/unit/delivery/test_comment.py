"""The comment says what a plan does, keeps secrets, and fits into what GitHub takes."""

from tools.delivery.changes import Changes, parse
from tools.delivery.comment import LIMIT, body, marker

Shown = tuple[str, str]


def _body(shown: Shown) -> str:
    return body("staging", parse(shown[0]), shown[1])


def test_each_change_is_counted_and_the_worst_comes_first(shown: Shown) -> None:
    changes = parse(shown[0])
    assert changes.headline == "1 to destroy, 1 to replace, 1 to change, 1 to add"
    assert changes.lines() == [
        "destroyed: `terraform_data.goes`",
        "replaced: `terraform_data.replaced`",
        "changed: `terraform_data.changed`",
        "added: `terraform_data.added`",
        "changed: output `address`",
    ]


def test_what_goes_away_is_told_before_the_plan(shown: Shown) -> None:
    text = _body(shown)
    assert text.startswith(f"{marker('staging')}\n### staging: 1 to destroy")
    before, _, plan = text.partition("<details>")
    assert "- destroyed: `terraform_data.goes`\n- replaced: `terraform_data.replaced`\n" in before
    assert "terraform_data.added" not in before
    assert "Plan: 2 to add, 1 to change, 2 to destroy." in plan


def test_secrets_are_in_neither_part(shown: Shown) -> None:
    text = _body(shown)
    assert "hunter2" not in text
    assert "(sensitive value)" in text
    assert "AKIA" not in text
    assert "(hidden)" in text


def test_the_plan_cannot_leave_its_block(shown: Shown) -> None:
    lines = _body(shown).splitlines()
    assert [line for line in lines if line.startswith("~~~")] == ["~~~~~~diff", "~~~~~~"]
    assert not any("~~~~~~~" in line for line in lines)


def test_signs_stand_where_they_give_colour(shown: Shown) -> None:
    resources = [line for line in _body(shown).splitlines() if ' resource "' in line]
    assert sorted(line.removesuffix(" {") for line in resources) == [
        '! ~ resource "terraform_data" "changed"',
        '!-/+ resource "terraform_data" "replaced"',
        '+   resource "terraform_data" "added"',
        '-   resource "terraform_data" "goes"',
    ]


def test_a_long_plan_is_cut_between_lines_and_says_so() -> None:
    nothing = Changes((), ())
    plan = "\n".join(f"line {number} 🎓" for number in range(20_000))
    text = body("staging", nothing, plan)
    assert LIMIT - 100 < len(text.encode()) <= LIMIT
    told = [line for line in text.splitlines() if line.startswith("line ")]
    assert told == plan.splitlines()[: len(told)]
    assert f"and {20_000 - len(told)} lines more" in text
    assert text.endswith("\n</details>\n")


def test_many_losses_leave_room_for_the_end() -> None:
    many = Changes(tuple((f"module.quiz.aws_dynamodb_table.table[{n}]", "destroy") for n in range(5_000)), ())
    text = body("staging", many, "")
    assert "- and 4940 more\n" in text
    assert len(text.encode()) < LIMIT


def test_what_is_only_read_is_no_change() -> None:
    read = '{"resource_changes": [{"address": "data.x.y", "change": {"actions": ["read"]}}]}'
    assert parse(read).headline == "no changes"
    assert parse('{"output_changes": {"url": {"actions": ["update"]}}}').headline == "1 outputs to change"
