"""What the log looks like: readable lines on a desk, one JSON object per line on a server."""

from typing import Any

import structlog

# They report every step of every chart and document.
_TALKATIVE = ("fontTools", "kaleido", "pikepdf", "weasyprint")
# They print a traceback for a message that arrives in two halves; a chart that fails for it is drawn again.
_ALARMIST = ("choreographer", "logistro")


def logging_settings(*, as_json: bool, level: str) -> dict[str, Any]:
    """Configure structlog and return Django's LOGGING, so that our lines and those of libraries look alike."""
    shared: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    renderer = structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer(colors=False)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "monitor": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "monitor"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django.server": {"handlers": ["console"], "level": level, "propagate": False},
            **{name: {"level": "ERROR"} for name in _TALKATIVE},
            **{name: {"level": "CRITICAL"} for name in _ALARMIST},
        },
    }
