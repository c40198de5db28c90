"""The three readers of the same content: a browser, the PDF writer, Word."""

from enum import StrEnum


class Medium(StrEnum):
    SCREEN = "screen"
    PDF = "pdf"
    WORD = "word"
