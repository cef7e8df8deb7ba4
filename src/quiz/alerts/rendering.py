"""A message as mail and as chat."""

import re

from quiz.alerts.messages import Link, Message
from quiz.alerts.wording import cut, one_line, printable

# A topic takes fewer than 100 characters, which must be ASCII and begin with a letter, a digit or a mark.
_LONGEST_SUBJECT = 99
_ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
# Would end a link of a chat before its time.
_UNSAFE = str.maketrans({"<": "%3C", ">": "%3E", "|": "%7C", '"': "%22", " ": "%20"})


def subject(message: Message) -> str:
    """One line for a list of mails: ASCII, and never empty."""
    text = f"{message.title} - {message.summary}" if message.summary else message.title
    plain = re.sub(r"[^\x20-\x7e]", "?", one_line(text))
    return cut(plain, _LONGEST_SUBJECT) or "Alert"


def plain(message: Message) -> str:
    """The text of a mail. Each link has a line of its own, which no reader breaks."""
    facts = [f"{label}: {text}" for label, text in message.facts]
    links = [f"{link.label}: {_address(link)}" for link in message.links]
    blocks = [
        [message.title],
        [message.summary],
        facts,
        _listed(message.heading, message.items),
        _listed("Latest errors:", message.errors),
        links,
    ]
    return printable("\n\n".join("\n".join(lines) for lines in blocks if any(lines)))


def chat(message: Message) -> str:
    """The text of a chat message, with links as Slack, Mattermost and Google Chat take them."""
    lines = [f"*{_escaped(message.title)}*", _escaped(message.summary)]
    lines += [f"*{label}:* {_escaped(text)}" for label, text in message.facts]
    lines += [_escaped(line) for line in _listed(message.heading, message.items)]
    # As code: what a log holds mentions nobody and formats nothing.
    lines += ["Latest errors:"] * bool(message.errors)
    lines += [f"`{_escaped(line.replace('`', chr(39)))}`" for line in message.errors]
    lines.append(" | ".join(f"<{_escaped(_address(link))}|{_escaped(link.label)}>" for link in message.links))
    return printable("\n".join(line for line in lines if line))


def _listed(heading: str, items: tuple[str, ...]) -> list[str]:
    return [heading, *(f"- {item}" for item in items)] if items else []


def _address(link: Link) -> str:
    return one_line(link.url).translate(_UNSAFE)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)
