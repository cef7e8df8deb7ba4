"""A function runs from its zip alone."""

import sys
from pathlib import Path
from typing import Any

import pytest

from tests.unit.package.support import Endpoint, client_of, run_unpacked
from tools.package import imports, site
from tools.package.botocore_data import data_files
from tools.package.targets import LOCAL


@pytest.mark.parametrize("name", imports.handler_packages())
def test_every_module_imports_from_the_zip_alone(local_zips: Path, tmp_path: Path, name: str) -> None:
    modules = sorted(imports.reached_modules(name))
    loaded = run_unpacked(
        local_zips / f"{name}.zip",
        tmp_path,
        f"import importlib, sys\nfor name in {modules}: importlib.import_module(name)\n"
        "print([module.__file__ for module in sys.modules.values() if 'site-packages' in str(module)])",
    )
    assert loaded == "[]"


@pytest.mark.parametrize("name", [name for name in imports.handler_packages() if imports.services(name)])
def test_its_clients_call_aws(local_zips: Path, tmp_path: Path, endpoint: "Endpoint", name: str) -> None:
    calls = {
        "dynamodb": "list_tables()",
        "sqs": "list_queues()",
        "events": "list_event_buses()",
    }
    services = sorted(imports.services(name) & set(calls))
    script = "from adapters import clients\n"
    script += "\n".join(f"clients.make({service!r}).{calls[service]}" for service in services)
    run_unpacked(local_zips / f"{name}.zip", tmp_path, script, AWS_ENDPOINT_URL=endpoint.url)
    assert len(endpoint.targets) == len(services) > 0


def test_the_authorizer_checks_signatures(local_zips: Path, tmp_path: Path) -> None:
    """With nothing but its own package: PyJWT does without OpenSSL, and then knows no such signature."""
    script = """
import json, jwt, time
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from adapters import tokens
key = generate_private_key(65537, 2048)
described = {**json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(key.public_key())), "kid": "ours"}
tokens._fetch = lambda url: json.dumps({"keys": [described]}).encode()
claims = {"sub": "ann", "iss": "pool", "client_id": "app", "token_use": "access", "exp": int(time.time()) + 60}
token = jwt.encode(claims, key, "RS256", {"kid": "ours"})
print(tokens.Tokens(tokens.Keys("anywhere"), "pool", "app").verify(token).user_id)
"""
    assert run_unpacked(local_zips / "authorizer.zip", tmp_path, script) == "ann"


def test_tracing_starts(local_zips: Path, tmp_path: Path) -> None:
    script = "from adapters import observability\nprint(observability._recorder())"
    printed = run_unpacked(local_zips / "queue.zip", tmp_path, script, LAMBDA_TASK_ROOT="/var/task")
    assert "AWSXRayRecorder" in printed


def test_tracebacks_show_our_lines_and_no_build_path(local_zips: Path, tmp_path: Path) -> None:
    script = "import traceback\nfrom adapters import items\n"
    script += "try: items.to_item({'a': 0.5})\nexcept TypeError: traceback.print_exc(file=__import__('sys').stdout)"
    printed = run_unpacked(local_zips / "queue.zip", tmp_path, script)
    assert 'raise TypeError(f"{type(value).__name__} has no place in an item")' in printed


@pytest.mark.parametrize(
    ("service", "operation", "parameters"),
    [
        ("cloudwatch", "list_dashboards", {}),
        ("cognito-idp", "list_user_pools", {"MaxResults": 1}),
        ("dynamodb", "list_tables", {}),
        ("events", "list_event_buses", {}),
        ("s3", "get_object", {"Bucket": "a-bucket", "Key": "key"}),
        ("scheduler", "list_schedules", {}),
        ("sqs", "list_queues", {}),
    ],
)
def test_clients_from_the_pruned_data_are_like_any_other(
    tmp_path: Path, service: str, operation: str, parameters: dict[str, Any]
) -> None:
    directory = site.prepare(LOCAL, sys.executable).directory
    for name, content in data_files(directory, [service]).items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    for region in ("eu-central-1", "us-east-1", "us-gov-west-1", "cn-north-1", "eu-tomorrow-1"):
        whole, pruned = (client_of(base / "botocore/data", service, region) for base in (directory, tmp_path))
        assert pruned.meta.endpoint_url == whole.meta.endpoint_url
        assert pruned.meta.partition == whole.meta.partition
        # Goes through the endpoint rules, and through what botocore asks of its model on the way.
        signed = (client.generate_presigned_url(operation, Params=parameters) for client in (pruned, whole))
        assert len({url.partition("?")[0] for url in signed}) == 1
