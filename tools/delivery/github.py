"""The few calls to GitHub that telling people takes."""

import json
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

_PAGE = 100
_TIMEOUT = 30


class GitHubRefused(Exception):
    """GitHub did not do what it was asked; the message says what and why."""


@dataclass(frozen=True)
class GitHub:
    """One repository, as a workflow's token sees it."""

    api: str
    repository: str
    token: str

    @classmethod
    def of(cls, variables: Mapping[str, str]) -> "GitHub":
        """From what GitHub sets for each step of a workflow, and the token that the step is given."""
        try:
            return cls(variables["GITHUB_API_URL"], variables["GITHUB_REPOSITORY"], variables["GITHUB_TOKEN"])
        except KeyError as missing:
            raise GitHubRefused(f"{missing.args[0]} is not set; this runs in a workflow of GitHub's") from missing

    def comment(self, number: int, marker: str, body: str) -> None:
        """Write the comment that begins with the marker, or write over it."""
        if found := self._ours(f"issues/{number}/comments", marker):
            self._call("PATCH", f"issues/comments/{found['id']}", {"body": body})
        else:
            self._call("POST", f"issues/{number}/comments", {"body": body})

    def keep_issue(self, marker: str, title: str, body: str | None) -> None:
        """Open the issue that begins with the marker, or bring it up to date; without a body, close it."""
        found = self._ours("issues?state=open", marker)
        if body is None:
            if found:
                self._call("PATCH", f"issues/{found['number']}", {"state": "closed", "state_reason": "completed"})
        elif found:
            self._call("PATCH", f"issues/{found['number']}", {"body": body})
        else:
            self._call("POST", "issues", {"title": title, "body": body})

    def _ours(self, path: str, marker: str) -> dict[str, Any] | None:
        """Written by a workflow: what a person wrote is never changed, whatever it begins with."""
        found = (item for item in self._pages(path) if item["user"]["type"] == "Bot" and "pull_request" not in item)
        return next((item for item in found if (item["body"] or "").startswith(marker)), None)

    def _pages(self, path: str) -> Iterator[dict[str, Any]]:
        page = 1
        while True:
            items = self._call("GET", f"{path}{'&' if '?' in path else '?'}per_page={_PAGE}&page={page}")
            yield from items
            if len(items) < _PAGE:
                return
            page += 1

    def _call(self, method: str, path: str, content: Mapping[str, str] | None = None) -> Any:
        request = urllib.request.Request(  # noqa: S310  # GitHub itself says where it is
            f"{self.api}/repos/{self.repository}/{path}",
            method=method,
            data=None if content is None else json.dumps(content).encode(),
            headers={
                "Accept": "application/vnd.github+json",
                "Authorization": f"Bearer {self.token}",
                "Content-Type": "application/json",
                "X-GitHub-Api-Version": "2022-11-28",
            },
        )
        try:
            with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:  # noqa: S310
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise GitHubRefused(f"GitHub answered {error.code} to {method} {path}: {error.reason}") from error
        except OSError as error:
            raise GitHubRefused(f"GitHub was not reached for {method} {path}: {error}") from error
