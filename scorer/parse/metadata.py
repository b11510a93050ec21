"""stub."""

from __future__ import annotations


class Metadata:
    headline = ""
    date = ""
    byline = ""


class Marks:
    def __init__(self) -> None:
        self.meta: dict[str, str] = {}
        self.titles: list[str] = []
        self.json_ld: list[str] = []
        self.items: list[tuple[str, str]] = []
        self.ranges: list[tuple[str, int, int]] = []
        self.times: list[tuple[str, int, bool]] = []


def read_metadata(*a) -> None: ...
