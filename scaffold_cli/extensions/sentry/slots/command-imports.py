from . import error_reports
