"""Moodle XML: what Moodle exports and imports whole."""

from tools.bank.formats.moodle_xml.read import read
from tools.bank.formats.moodle_xml.write import write

__all__ = ["read", "write"]
