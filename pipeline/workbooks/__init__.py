"""Workbooks out (blank, ledger, upward) and in (submissions, roster, last year's ledger)."""
