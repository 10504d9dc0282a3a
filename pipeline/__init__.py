"""make-report: the statutory government-information-disclosure annual report, from agencies' workbooks."""

__version__ = "0.5.0"
