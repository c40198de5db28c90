"""Making a document from a template and data; pure, so that the same data always gives the same document."""

from reports.core.composing.report import ReportContext, compose

__all__ = ["ReportContext", "compose"]
