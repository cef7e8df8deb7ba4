"""Two tabs that answer in the same moment, in real threads, either of which may meet an environment that dies."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from random import Random
from threading import Barrier

from tests.proofs.campaigns.practice_mortal import Deaths, Mortal
from tests.proofs.practice.model import Model
from tests.proofs.practice.place import MOST_QUESTIONS
from tests.proofs.practice.wire import RIGHT, WRONG, Told, questions
from tests.proofs.violation import Violation


def race(deaths: Deaths, races: int, luck: str, told: Counter[str]) -> None:
    """So many times; `told` counts what the two were told. One wins each version, and the model says what follows."""
    chance = Random(f"{luck} races")
    with ThreadPoolExecutor(2) as pool:
        server, model = _begin(deaths, luck)
        for number in range(races):
            if model.state.question_id is None:
                model.check_books(server.books())
                server, model = _begin(deaths, f"{luck} {number}")
            told.update(_raced(pool, deaths, server, model, Random(chance.random())))
    model.check_books(server.books())


def _begin(deaths: Deaths, luck: str) -> tuple[Mortal, Model]:
    asked = questions(MOST_QUESTIONS)
    server = deaths.serve(asked, 0, "classic", "", luck)
    return server, Model({one.question_id: len(one.options) for one in asked}, server.read())


def _raced(pool: ThreadPoolExecutor, deaths: Deaths, server: Mortal, model: Model, chance: Random) -> list[str]:
    wrong = RIGHT if chance.random() < 0.5 else chance.choice(WRONG)
    answers, start = [RIGHT, wrong], Barrier(2)
    lucks = [Random(chance.random()) for _ in answers]
    question_id, version = model.state.question_id or "", model.state.version

    def send(answer: str, luck: Random) -> Told:
        start.wait()
        return deaths.survived("race", luck, lambda: server.directly(question_id, version, answer))

    told = list(pool.map(send, answers, lucks))
    _judge(model, answers, told)
    return [one.verdict for one in told]


def _judge(model: Model, answers: list[str], told: list[Told]) -> None:
    won = [i for i, one in enumerate(told) if one.verdict == "accepted"]
    both = answers[0] == answers[1]
    if len(won) != (2 if both else 1) or (both and told[0] != told[1]):
        raise Violation(f"rule 5: two tabs sent {answers} at once and were told {told}")
    model.accepted(told[won[0]], answers[won[0]] == RIGHT)
    for one in told:
        if one.verdict != "accepted":
            if one.state is None:
                raise Violation("rule 5: an answer that lost was refused and not told what is asked now")
            model.unchanged(one.state)
