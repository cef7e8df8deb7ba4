"""What the documents say to type exists, and is either run by a test or said to need AWS."""

import re
import subprocess

import botocore.session
import pytest
from botocore import xform_name

from tests.unit.docs.guides import ON_STACK, Command, all_commands, blocks, commands, guides, kind
from tests.unit.runbooks import aws, tools
from tools import module_docs
from tools.markdown import Document
from tools.paths import ROOT

GUIDES = guides()
each = pytest.mark.parametrize("document", GUIDES, ids=lambda document: document.name)
_LANGUAGES = {"", "csv", "gift", "hcl", "js", "json", "mermaid", "python", "sh", "text", "xml"}
_PROGRAMS = {
    "$EDITOR",
    "aws",
    "cd",
    "curl",
    "cut",
    "gh",
    "git",
    "jq",
    "make",
    "openssl",
    "python",
    "tail",
    "terraform",
    "tr",
    "wc",
}
_SHELL = {"cat", "date", "done", "echo", "export", "for", "read", "rm", "shift", "sleep", "sort", "}"}
# Commands of the AWS CLI that are no operation of a service.
CLI_ALONE = re.compile(r"s3 (cp|ls|rm|sync)\b|logs tail\b")


def targets() -> set[str]:
    """What make can do."""
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def _aws_problems(words: Command) -> list[str]:
    if CLI_ALONE.match(" ".join(words[1:3])):
        return []
    if words[2] == "wait":
        return [] if words[3] in _waiters(words[1]) else [f"aws {words[1]} waits for no {words[3]}"]
    return aws.problems(words)


def _waiters(service: str) -> set[str]:
    return {xform_name(name, "-") for name in botocore.session.get_session().get_waiter_model(service).waiter_names}


@each
def test_every_block_says_what_it_is(document: Document) -> None:
    assert {block.language for block in document.blocks} <= _LANGUAGES


@each
def test_nothing_to_type_is_called_text(document: Document) -> None:
    plain = [block.text for block in document.blocks if block.language in ("", "text")]
    assert not re.findall(
        r"^(?:\$ |(?:aws|curl|git|jq|make|npm|npx|python|terraform) ).*", "\n".join(plain), re.MULTILINE
    )


@each
def test_every_block_is_run_or_needs_aws(document: Document) -> None:
    assert {kind(document, block) for block in blocks(document)} <= {"aws", "stack", "here"}


@pytest.mark.parametrize("name", ON_STACK)
def test_every_document_that_the_stack_suite_runs_has_something_to_run(name: str) -> None:
    [document] = [document for document in GUIDES if document.name == name]
    assert "stack" in {kind(document, block) for block in blocks(document)}


@each
def test_every_block_can_be_read_by_a_shell(document: Document) -> None:
    for block in blocks(document):
        done = subprocess.run(["bash", "-n"], input=block.text, text=True, capture_output=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), block.text


@each
def test_every_program_is_one_that_readers_have(document: Document) -> None:
    own = set(re.findall(r"^ *(\w+)\(\) \{", "\n".join(block.text for block in blocks(document)), re.MULTILINE))
    # The function of api.md, which other guides use.
    known = _PROGRAMS | _SHELL | own | {"api"}
    assert not [words for block in blocks(document) for words in commands(block) if words[0] not in known]


@each
def test_every_command_of_aws_is_known_to_its_models(document: Document) -> None:
    assert not [problem for words in all_commands(document, "aws") for problem in _aws_problems(words)]


@each
def test_every_tool_takes_its_arguments(document: Document) -> None:
    typed = list(all_commands(document, "python"))
    ours = [words[2] for words in typed if words[2].startswith("tests.")]
    assert all(list(ROOT.glob(f"{name.replace('.', '/')}*")) for name in ours)
    assert not [problem for words in typed if words[2] not in ours for problem in tools.problems(words)]


@each
def test_every_target_of_make_is_there(document: Document) -> None:
    named = {word for words in all_commands(document, "make") for word in words[1:] if "=" not in word}
    assert named <= targets()


@each
def test_every_output_is_there(document: Document) -> None:
    own = document.path.parent / "outputs.tf"
    outputs = {block.name for block in module_docs.read(own if own.exists() else ROOT / "outputs.tf")}
    asked = {words[-1] for words in all_commands(document, "terraform") if words[1] == "output"}
    assert asked <= outputs


@each
def test_every_program_in_python_is_one(document: Document) -> None:
    for block in document.blocks:
        if block.language == "python":
            compile(block.text, f"{document.name}:{block.line}", "exec")
