"""Who may call which route, what a function lets itself be called by, and what the access log must not hold."""

import json
import re

import pytest

from handlers.api.http import ROUTES
from handlers.intake import ledger
from tests.terraform.plans import Plan, Raw, Resources
from tests.terraform.resolved import address_of, arn

_AUTHORIZER = "module.api.aws_apigatewayv2_authorizer.users"
_API = "module.api.aws_apigatewayv2_api.http"

# Everybody may know these.
_PUBLIC = {"GET /health"}


@pytest.fixture(scope="module")
def routes(local: Resources) -> dict[str, Raw]:
    """Of the HTTP API, by route key."""
    found = local.of_type("aws_apigatewayv2_route").values()
    return {route["route_key"]: route for route in found if route["api_id"] == _API}


@pytest.fixture(scope="module")
def permissions(local: Resources) -> list[Raw]:
    return [one for one in local.of_type("aws_lambda_permission").values() if one["source_arn"].startswith(arn(_API))]


def _of_http(kind: str, found: Resources) -> list[Raw]:
    return [values for values in found.of_type(kind).values() if values["api_id"] == _API]


class TestRoutes:
    def test_of_the_http_function_are_those_that_its_code_answers(
        self, routes: dict[str, Raw], local: Resources
    ) -> None:
        targets = {key: address_of(route["target"].removeprefix("integrations/")) for key, route in routes.items()}
        own = {key for key, target in targets.items() if target == "module.api.aws_apigatewayv2_integration.http"}
        assert own == {route.key for route in ROUTES}

    def test_are_public_where_the_code_expects_nobody_in_particular(self, routes: dict[str, Raw]) -> None:
        assert {route.key for route in ROUTES if route.public} <= {
            key for key, route in routes.items() if route["authorization_type"] == "NONE"
        }

    def test_need_a_signed_in_user_but_for_a_few(self, routes: dict[str, Raw]) -> None:
        signed_in = {"authorization_type": "JWT", "authorizer_id": _AUTHORIZER}
        for key, route in routes.items():
            wanted = {"authorization_type": "NONE", "authorizer_id": None} if key in _PUBLIC else signed_in
            assert {name: route[name] for name in wanted} == wanted, key

    def test_of_the_intake_are_those_that_its_code_answers(self, routes: dict[str, Raw]) -> None:
        assert {key for key in routes if " /intake" in key} == {route.key for route in ledger.ROUTES}

    def test_take_no_preflight_request_of_a_browser(self, routes: dict[str, Raw]) -> None:
        """It brings no token: API Gateway answers it by itself, unless a route takes it."""
        assert not [key for key in routes if key.startswith(("ANY", "OPTIONS", "$default"))]

    def test_go_to_aliases_in_the_format_that_the_code_reads(self, local: Resources) -> None:
        for integration in _of_http("aws_apigatewayv2_integration", local):
            assert local.types[address_of(integration["integration_uri"])] == "aws_lambda_alias"
            assert integration["payload_format_version"] == "2.0"

    def test_that_are_public_get_less_than_the_rest(self, local: Resources) -> None:
        [stage] = _of_http("aws_apigatewayv2_stage", local)
        [rest] = stage["default_route_settings"]
        limits = {settings["route_key"]: settings["throttling_rate_limit"] for settings in stage["route_settings"]}
        assert all(0 < limits[key] < rest["throttling_rate_limit"] for key in _PUBLIC)
        # Whoever reports in a loop leaves the quizzes their share; of the rest, none has a limit of its own.
        intake = {key for key in limits if key.endswith(" /intake/{proxy+}")}
        assert set(limits) == _PUBLIC | intake
        assert sum(limits[key] for key in intake) < rest["throttling_rate_limit"]


class TestPermissions:
    def test_are_one_for_each_route_and_for_nothing_else(self, routes: dict[str, Raw], permissions: list[Raw]) -> None:
        wanted = {f"{arn(_API)}/*/{key.replace(' ', '')}" for key in routes}
        assert {permission["source_arn"] for permission in permissions} == wanted
        assert len(permissions) == len(wanted)

    def test_let_api_gateway_call_the_alias(self, permissions: list[Raw]) -> None:
        found = {(one["principal"], one["action"], one["qualifier"]) for one in permissions}
        assert found == {("apigateway.amazonaws.com", "lambda:InvokeFunction", "live")}


class TestTheAccessLog:
    def test_holds_no_header_and_no_query_string(self, local: Resources) -> None:
        [stage] = _of_http("aws_apigatewayv2_stage", local)
        logged = json.loads(stage["access_log_settings"][0]["format"])
        assert {"request_id", "route", "status", "latency_ms"} <= set(logged)
        secret = re.compile(r"header|query|requestOverride|\.(?:token|authorization)", re.IGNORECASE)
        assert not {name: variable for name, variable in logged.items() if secret.search(variable)}
        assert all(re.fullmatch(r"\$context\.[\w.]+", variable) for variable in logged.values())


class TestUsers:
    def test_hold_no_secret_and_tell_no_stranger_who_exists(self, default_plan: Plan) -> None:
        [client] = default_plan.resources.of_type("aws_cognito_user_pool_client").values()
        assert not client["generate_secret"]
        assert client["prevent_user_existence_errors"] == "ENABLED"
        assert client["enable_token_revocation"]

    def test_never_send_a_password_unless_an_environment_says_so(self, default_plan: Plan, local: Resources) -> None:
        [client] = default_plan.resources.of_type("aws_cognito_user_pool_client").values()
        assert client["explicit_auth_flows"] == ["ALLOW_USER_SRP_AUTH"]
        [laptop] = local.of_type("aws_cognito_user_pool_client").values()
        assert "ALLOW_USER_PASSWORD_AUTH" in laptop["explicit_auth_flows"]

    def test_rotate_refresh_tokens_or_renew_the_old_way_and_never_both(
        self, default_plan: Plan, local: Resources
    ) -> None:
        """Cognito refuses both together."""
        for found in (default_plan.resources, local):
            [client] = found.of_type("aws_cognito_user_pool_client").values()
            old_way = "ALLOW_REFRESH_TOKEN_AUTH" in client["explicit_auth_flows"]
            assert bool(client["refresh_token_rotation"]) != old_way


class TestBrowsers:
    def test_may_call_from_nowhere_unless_an_environment_says_so(self, default_plan: Plan) -> None:
        found = default_plan.resources
        assert not found.counts["aws_s3_bucket_cors_configuration"]
        assert {str(api["cors_configuration"]) for api in found.of_type("aws_apigatewayv2_api").values()} == {"[]"}

    def test_may_call_the_api_and_the_media_from_the_same_origins(self, local: Resources) -> None:
        api = local.by_address[_API]
        [media] = local.of_type("aws_s3_bucket_cors_configuration").values()
        assert set(api["cors_configuration"][0]["allow_origins"]) == set(media["cors_rule"][0]["allowed_origins"])

    def test_may_use_every_method_that_a_route_has(self, routes: dict[str, Raw], local: Resources) -> None:
        [cors] = local.by_address[_API]["cors_configuration"]
        assert set(cors["allow_methods"]) == {key.split()[0] for key in routes}
