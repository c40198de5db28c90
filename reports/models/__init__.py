"""Tables of the reports that were made."""

from reports.models.runs import ReportDocument, ReportFigure, ReportRun

__all__ = ["ReportDocument", "ReportFigure", "ReportRun"]
