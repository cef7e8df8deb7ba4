"""What the emulator cannot do, and how its README says that the example is to be worded there instead."""

from dataclasses import dataclass

# As the examples say.
ACCOUNT = "123456789012"
REGION = "eu-central-1"


@dataclass(frozen=True)
class Wording:
    """Why an example stops according to its README, and what takes the place of its arguments."""

    why: str
    instead: str


def _without_rotation(sign_in: str) -> Wording:
    return Wording(
        why="it forgets that refresh tokens rotate, and the provider takes that for an error.",
        instead=f'module "api" {{\n  sign_in = {{ {sign_in}rotate_refresh_tokens = false }}\n}}\n',
    )


# By module.
WORDINGS = {
    "api": _without_rotation('mfa = "OPTIONAL", threat_protection = "ENFORCED", '),
    "scheduler": _without_rotation(""),
}


@dataclass(frozen=True)
class Stop:
    """What stops an example as it stands: to be noticed once it does not."""

    resource: str
    error: tuple[str, ...]


# That of the scheduler stops at the same.
STOPS = {
    "api": Stop(
        "module.api.aws_cognito_user_pool_client.app",
        (
            "Provider produced inconsistent result after apply",
            "When applying changes to module.api.aws_cognito_user_pool_client.app,",
            "unexpected new value: .refresh_token_rotation: block count changed from 1 to 0.",
        ),
    )
}
