"""What tests share: where the labelled data lies, if it is there."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_collection_modifyitems(items):
    if SHARED.is_dir():
        return
    for item in items:
        if item.get_closest_marker("shared"):
            item.add_marker(pytest.mark.skip(reason="needs the labelled data in ../shared"))


@pytest.fixture(scope="session")
def shared():
    return SHARED


@pytest.fixture(scope="session")
def samples():
    return Path(__file__).resolve().parents[1] / "data" / "samples"


@pytest.fixture(scope="session")
def small_model(tmp_path_factory):
    """The folder of a model made by hand (see small_model.py)."""
    from small_model import write

    return write(tmp_path_factory.mktemp("models") / "small")
