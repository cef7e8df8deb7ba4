"""The price file, the arithmetic of bills, and what they have to hold."""

import json
import re
from datetime import date

import msgspec
import pytest

from tools.cost import __main__ as tool
from tools.cost import counting, idle, originals, scenarios, tables
from tools.cost import usage as used
from tools.cost.assumed import memory
from tools.cost.inventory import environments
from tools.cost.prices import Line, Prices, prices
from tools.paths import ROOT

HCL = sorted([*ROOT.glob("*.tf"), *ROOT.glob("modules/*/*.tf")])


def test_every_price_says_when_and_where_it_was_found() -> None:
    assert prices().region == "us-east-1"
    assert date(2026, 11, 1) <= prices().date
    assert all(price.checked for price in prices().price.values())


@pytest.mark.parametrize("wrong", ["usd = 0", "usd = -1", 'usd = "1"', "usd = 1\nevery = 2"])
def test_a_price_that_makes_no_sense_is_refused(wrong: str) -> None:
    text = f'region = "r"\ndate = 2026-11-20\n[price.a]\nservice = "S"\nunit = "u"\nper = 1\nchecked = "c"\n{wrong}\n'
    with pytest.raises(msgspec.ValidationError):
        msgspec.toml.decode(text, type=Prices)


def test_a_line_is_its_count_times_its_price() -> None:
    assert Line("apigateway_http", 2_500_000).usd == pytest.approx(2.5)
    assert Line("s3_put", 1_000).usd == pytest.approx(0.005)
    assert Line("elasticache_t4g_small", 2 * 730).usd == pytest.approx(37.376)


def test_lines_of_one_price_are_one_line_and_what_counts_nothing_is_none() -> None:
    bill = counting.bill("b", [Line("s3_put", 1), Line("s3_put", 2), Line("sns_publish", 0)])
    assert [(line.price, line.count) for line in bill.lines] == [("s3_put", 3)]


def test_the_dearest_lines_come_first() -> None:
    for bill in [make() for make in scenarios.SCENARIOS]:
        costs = [line.usd for line in bill.dearest_first()]
        assert costs == sorted(costs, reverse=True)
        assert sum(costs) == pytest.approx(bill.usd)


def test_nothing_is_free_to_begin_with() -> None:
    one, thousand = scenarios.submissions(1), scenarios.submissions(1_000)
    assert thousand.usd == pytest.approx(1_000 * one.usd)


def test_a_submission_is_sent_once_and_received_and_deleted_ten_at_a_time() -> None:
    [queue] = [line for line in scenarios.submissions(1_000).lines if line.price == "sqs_fifo"]
    assert queue.count == 1_000 + 100 + 100


def test_messages_of_a_game_are_those_that_players_send_and_get() -> None:
    [messages] = [line for line in scenarios.live(1_000).lines if line.price == "apigateway_message"]
    # To each 20 questions, 20 reveals and the end; from each the joining and 20 answers, with a reply to each.
    assert messages.count == 1_000 * (41 + 2 * 21)


def test_shards_are_rounded_up() -> None:
    assert [scenarios.shards(players) for players in (1, 250, 251, 10_000)] == [1, 1, 2, 40]


def test_memory_is_what_the_modules_give() -> None:
    assert len(memory()) == 13
    assert (memory()["projector"], memory()["http"], memory()["notify"]) == (1769, 1024, 512)


def test_another_number_of_calls_changes_the_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    before = tables.BLOCKS["submissions"]()
    batch = used.usage().work["lms_batch"]
    more = msgspec.structs.replace(batch, writes={**batch.writes, "submissions": batch.writes["submissions"] + 1})
    changed = msgspec.structs.replace(used.usage(), work={**used.usage().work, "lms_batch": more})
    for module in (counting, scenarios):
        monkeypatch.setattr(module, "usage", lambda: changed)
    assert tables.BLOCKS["submissions"]() != before


def test_the_guides_hold_every_table_as_it_is_now() -> None:
    texts = [guide.read_text() for guide in tables.GUIDES]
    assert [tables.rendered(text) for text in texts] == texts
    missing = [name for name in tables.BLOCKS if not any(f"BEGIN GENERATED {name} -->" in text for text in texts)]
    assert not missing


def test_every_type_of_resource_is_paid_for_or_said_to_cost_nothing() -> None:
    kinds = {kind for file in HCL for kind in re.findall(r'^resource "(\w+)"', file.read_text(), re.M)}
    assert kinds > set(idle.PAID)
    unknown = {kind for kind in kinds if kind not in idle.PAID and not any(map(kind.startswith, idle.FREE))}
    assert not unknown


def test_what_is_paid_for_is_on_the_bill() -> None:
    lines = {line.price for line in idle.idle("production").lines}
    by_use = {"apigateway_http", "sns_publish"}
    for price in set(idle.PAID.values()) - by_use:
        assert any(line.startswith(price.rstrip("*")) for line in lines), price


def test_a_nat_gateway_would_be_on_the_bill(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "nat_hour" not in {line.price for line in idle.idle("production").lines}
    one = msgspec.structs.replace(environments()["production"], nat_gateways=1)
    monkeypatch.setattr(idle, "environments", lambda: {"production": one})
    assert "nat_hour" in {line.price for line in idle.idle("production").lines}


def test_the_original_live_quiz_pays_for_its_nat_gateway() -> None:
    lines = {line.price: line.usd for line in originals.idle("001 live quiz").lines}
    assert lines["nat_hour"] == pytest.approx(32.85)


def test_machines_get_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert tool.main(["--json", "--environment", "staging"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["platform"][-1]["usd"] == pytest.approx(idle.idle("staging").usd)
    assert len(told["originals"]) == 7
    assert tool.main([]) == 0
    assert "10,000 players" in capsys.readouterr().out
