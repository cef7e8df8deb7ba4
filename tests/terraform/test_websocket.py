"""Who may connect to live quizzes, where their messages go, and what the access log must not hold."""

import json
import re

import pytest

from tests.terraform import sandbox
from tests.terraform.examples import examples_in
from tests.terraform.plans import Raw, Resources
from tests.terraform.policies import Function, functions, statements
from tests.terraform.resolved import address_of, arn, resolve
from tests.terraform.sandbox import Sandbox
from tools import terraform
from tools.paths import ROOT
from tools.terraform.offline import OFFLINE

_API = "module.api.aws_apigatewayv2_api.websocket"
_AUTHORIZER = "module.api.aws_apigatewayv2_authorizer.connect"
_ONE_WAY = {"$connect", "$disconnect"}
_OWN = {
    "$default",
    "answer",
    "end_quiz",
    "join_quiz",
    "kick",
    "next_question",
    "pause_quiz",
    "ping",
    "resume_quiz",
    "start_quiz",
}


@pytest.fixture(scope="module")
def example(box: Sandbox) -> Resources:
    """The module's example with all that AWS would tell."""
    [found] = examples_in(ROOT / "modules" / "api" / "README.md")
    directory = box.beside("websocket")
    for name in ("api", "authorizer", "ranking", "tables"):
        sandbox.write_package(directory / "build" / "lambda" / f"{name}.zip")
    (directory / "main.tf").write_text(found.code)
    (directory / "provider.tf").write_text(OFFLINE)
    terraform.run(["get"], directory)
    return resolve(directory, sandbox.plan(directory), files=[])


@pytest.fixture(scope="module")
def deployed(example: Resources) -> dict[str, Function]:
    return functions(example)


@pytest.fixture(scope="module")
def routes(example: Resources) -> dict[str, Raw]:
    """By route key."""
    found = example.of_type("aws_apigatewayv2_route").values()
    return {route["route_key"]: route for route in found if route["api_id"] == _API}


def _called(example: Resources, address: str) -> str:
    """The alias that an address invokes."""
    match = re.fullmatch(r"arn:aws:apigateway:eu-central-1:lambda:path/2015-03-31/functions/(.+)/invocations", address)
    assert match is not None, address
    alias = address_of(match[1])
    assert example.types[alias] == "aws_lambda_alias"
    return alias


class TestRoutes:
    def test_are_the_contract_and_what_other_modules_add(self, routes: dict[str, Raw]) -> None:
        assert set(routes) == _ONE_WAY | _OWN | {"ranking"}

    def test_go_to_the_alias_of_their_function(self, routes: dict[str, Raw], example: Resources) -> None:
        for key, route in routes.items():
            integration = example.by_address[address_of(route["target"].removeprefix("integrations/"))]
            wanted = "module.ranking" if key == "ranking" else "module.api.module.socket"
            assert _called(example, integration["integration_uri"]) == f"{wanted}.aws_lambda_alias.live", key

    def test_answer_every_message_and_nothing_else(self, routes: dict[str, Raw], example: Resources) -> None:
        two_way = {key for key, route in routes.items() if route["route_response_selection_expression"] == "$default"}
        assert two_way == set(routes) - _ONE_WAY
        responses = example.of_type("aws_apigatewayv2_route_response").values()
        answered = {response["route_id"] for response in responses if response["route_response_key"] == "$default"}
        assert answered == {f'module.api.aws_apigatewayv2_route.socket["{key}"]' for key in two_way}


class TestConnecting:
    def test_asks_the_authorizer(self, routes: dict[str, Raw]) -> None:
        """AWS knows no authorizer for any other route."""
        assert routes["$connect"]["authorization_type"] == "CUSTOM"
        assert routes["$connect"]["authorizer_id"] == _AUTHORIZER
        assert {route["authorization_type"] for key, route in routes.items() if key != "$connect"} == {"NONE"}

    def test_asks_it_about_everybody(self, example: Resources) -> None:
        """With an identity source, API Gateway would refuse whoever brings the token in the other way."""
        authorizer = example.by_address[_AUTHORIZER]
        assert authorizer["authorizer_type"] == "REQUEST"
        assert not authorizer["identity_sources"]
        assert _called(example, authorizer["authorizer_uri"]) == "module.api.module.authorizer.aws_lambda_alias.live"

    def test_gives_the_authorizer_the_users_and_no_grant(self, deployed: dict[str, Function]) -> None:
        authorizer = deployed["handlers.authorizer.token.handler"]
        assert set(authorizer.grants) == {"Logs", "Tracing"}
        assert authorizer.settings["USER_POOL_ID"] == "test_users"
        assert authorizer.settings["USER_POOL_CLIENT_ID"] == "module.api.aws_cognito_user_pool_client.app"


class TestPermissions:
    def test_are_one_for_each_route_and_one_for_the_authorizer(
        self, routes: dict[str, Raw], example: Resources
    ) -> None:
        sources = [one["source_arn"] for one in example.of_type("aws_lambda_permission").values()]
        found = [source for source in sources if source.startswith(arn(_API))]
        wanted = {f"{arn(_API)}/live/{key}" for key in routes} | {f"{arn(_API)}/authorizers/{_AUTHORIZER}"}
        assert set(found) == wanted
        assert len(found) == len(wanted)

    def test_let_api_gateway_call_the_function_behind_the_route(self, example: Resources) -> None:
        permissions = example.of_type("aws_lambda_permission").items()
        for address, one in ((address, one) for address, one in permissions if one["source_arn"].startswith(arn(_API))):
            assert (one["principal"], one["action"]) == ("apigateway.amazonaws.com", "lambda:InvokeFunction"), address
            assert one["qualifier"] == "live", address
            wanted = "ranking" if address.endswith('["ranking"]') else "authorizer" if "auth" in address else "socket"
            assert one["function_name"] == f"quiz-prod-{wanted}", address


class TestTheStage:
    def test_logs_no_header_and_no_query_string(self, example: Resources) -> None:
        [log] = example.by_address["module.api.aws_apigatewayv2_stage.live"]["access_log_settings"]
        assert address_of(log["destination_arn"]) == "module.api.aws_cloudwatch_log_group.websocket_access"
        logged = json.loads(log["format"])
        assert {"request_id", "route", "connection_id", "status"} <= set(logged)
        secret = re.compile(r"header|query|requestOverride|\.(?:token|authorization)", re.IGNORECASE)
        assert not {name: variable for name, variable in logged.items() if secret.search(variable)}
        assert all(re.fullmatch(r"\$context\.[\w.]+", variable) for variable in logged.values())

    def test_logs_to_a_group_that_needs_no_policy(self, example: Resources) -> None:
        group = example.by_address["module.api.aws_cloudwatch_log_group.websocket_access"]
        assert group["name"] == "/aws/vendedlogs/quiz-prod-websocket"

    def test_logs_under_a_role_that_api_gateway_alone_may_take(self, example: Resources) -> None:
        [trust] = statements(example.by_address["module.api.aws_iam_role.logs[0]"]["assume_role_policy"])
        assert trust.principals == {"Service": {"apigateway.amazonaws.com"}}
        account = example.by_address["module.api.aws_api_gateway_account.logs[0]"]
        assert address_of(account["cloudwatch_role_arn"]) == "module.api.aws_iam_role.logs[0]"


class TestTheSocketFunction:
    def test_is_told_what_the_root_says_and_where_the_media_are(self, deployed: dict[str, Function]) -> None:
        settings = deployed["handlers.api.socket.handler"].settings
        assert settings["MEDIA_BUCKET"] == "quiz-prod-123456789012-media"
        assert settings["TRIGGERS_QUEUE_URL"] == "aws_sqs_queue.triggers"

    def test_may_read_media_and_what_the_root_grants(self, deployed: dict[str, Function]) -> None:
        grants = set(deployed["handlers.api.socket.handler"].grants)
        assert grants == {"ConnectionsListen", "GamesRead", "Logs", "MediaGet", "Tracing", "TriggersSend"}
