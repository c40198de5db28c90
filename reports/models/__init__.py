"""Tables of the reports that were made."""

from reports.models.runs import ReportDocument, ReportRun

__all__ = ["ReportDocument", "ReportRun"]
