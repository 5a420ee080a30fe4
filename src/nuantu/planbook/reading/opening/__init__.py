"""From the bytes of a file to pieces of text: plain text, Markdown, Word, PDF, web page."""

from nuantu.planbook.reading.opening.door import BYTES_LIMIT, open_document

__all__ = ["BYTES_LIMIT", "open_document"]
