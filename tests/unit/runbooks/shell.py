"""The commands in a piece of shell, without running any: words as the command would get them, variables unfilled."""

import re

# They begin a command and are none.
_RESERVED = {"!", "do", "else", "if", "then", "until", "while", "{"}
_ASSIGNMENT = re.compile(r"\w+=")
_ENDS_COMMAND = "\n;|&"
_ENDS_WORD = " \t\n;|&()<>"


def commands(text: str) -> list[list[str]]:
    """Every command of the text, those in $(...) before the one that they are for."""
    reader = _Reader(text)
    reader.read(closing="")
    return reader.found


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text.replace("\\\n", " ")
        self._at = 0
        self.found: list[list[str]] = []

    def read(self, closing: str) -> None:
        """Commands until the closing bracket, or until the end."""
        words: list[str] = []
        while self._next and self._next != closing:
            self._step(words)
        self._end(words)
        self._at += 1

    def _step(self, words: list[str]) -> None:
        if self._next in " \t":
            self._at += 1
        elif self._next == "#":
            self._at = self._until("\n")
        elif self._next in _ENDS_COMMAND:
            self._end(words)
            self._at += 1
        elif self._next == "(":
            self._end(words)
            self._at += 1
            self.read(")")
        elif self._next in "<>":
            self._redirection()
        else:
            words.append(self._word())
            if words[-1].isdigit() and self._next in tuple("<>"):
                words.pop()

    def _redirection(self) -> None:
        match = re.compile(r"[<>&]+ *").match(self._text, self._at)
        assert match
        self._at = match.end()
        self._word()

    def _word(self) -> str:
        word = ""
        while self._next and self._next not in _ENDS_WORD:
            word += self._part()
        return word

    def _part(self) -> str:
        """A quoted piece without its quotes, a piece to fill in, or one character."""
        if self._next == "'":
            end = self._text.index("'", self._at + 1)
            piece, self._at = self._text[self._at + 1 : end], end + 1
            return piece
        if self._next == '"':
            return self._double_quoted()
        return self._character()

    def _double_quoted(self) -> str:
        piece = ""
        self._at += 1
        while self._next != '"':
            assert self._next, "a quote is not closed"
            piece += self._character()
        self._at += 1
        return piece

    def _character(self) -> str:
        rest = self._text[self._at :]
        if arithmetic := re.match(r"\$\(\(.*?\)\)", rest):
            # What it calls is found; the rest is numbers.
            self.found += commands("\n".join(re.findall(r"\$\(([^()]+)\)", arithmetic[0])))
            self._at += arithmetic.end()
            return "1"
        if rest.startswith("$("):
            self._at += 2
            self.read(")")
            return "$()"
        length = 2 if rest[0] == "\\" else 1
        self._at += length
        return rest[length - 1]

    def _end(self, words: list[str]) -> None:
        while words and (words[0] in _RESERVED or _ASSIGNMENT.match(words[0])):
            words.pop(0)
        if words:
            self.found.append([*words])
        words.clear()

    def _until(self, character: str) -> int:
        end = self._text.find(character, self._at)
        return len(self._text) if end < 0 else end

    @property
    def _next(self) -> str:
        return self._text[self._at : self._at + 1]
