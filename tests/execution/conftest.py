"""Here processes are what is tested."""

import pytest


@pytest.fixture(autouse=True)
def by_processes(processes: None) -> None:
    """Every test has them."""
