"""Who may sign in: jobs of GitHub's whose token says exactly what a role expects."""

import pytest

from tests.proofs.bootstrap.account import REPOSITORY, Account
from tests.proofs.bootstrap.refusals import refused


@pytest.mark.parametrize(
    ("role", "subject"),
    [
        ("quiz-apply-staging", f"repo:{REPOSITORY}:environment:production"),
        ("quiz-apply-staging", f"repo:{REPOSITORY}:environment:staging-2"),
        ("quiz-apply-staging", f"repo:{REPOSITORY}:pull_request"),
        ("quiz-apply-staging", f"repo:{REPOSITORY}:ref:refs/heads/main"),
        ("quiz-apply-staging", "repo:others/quiz-platform:environment:staging"),
        ("quiz-plan", f"repo:{REPOSITORY}:ref:refs/heads/feature"),
        ("quiz-plan", f"repo:{REPOSITORY}:environment:staging"),
    ],
)
def test_other_subjects_are_refused(account: Account, role: str, subject: str) -> None:
    refused(lambda: account.sign_in(role, subject))


def test_a_token_for_somebody_else_is_refused(account: Account) -> None:
    subject = f"repo:{REPOSITORY}:environment:staging"
    refused(lambda: account.sign_in("quiz-apply-staging", subject, "https://github.com/my-company"))
