"""Reading: every encoding a scraper produces, and one clear line for what holds no text."""

import os
from pathlib import Path

import pytest

from scorer.read import LARGEST_FILE, Unreadable, decode, read, read_file
from scorer.types import Page

TEXT = "Café “closed” – owner’s plea\n\nThe owner said £8 was too little.\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_encodings(encoding):
    text, notes = decode(TEXT.encode(encoding))
    assert text == TEXT
    declared = encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-32")
    assert bool(notes) != declared, notes


@pytest.mark.parametrize(
    ("data", "expected", "note"),
    [
        (b"a\r\nb\rc", "a\nb\nc", None),
        (b"no final newline", "no final newline", None),
        (b"", "", None),
        (b"nul\x00 here", "nul here", "NUL"),
        ("it’s £8".encode().decode("cp1252").encode(), "itâ€™s Â£8", "mojibake"),
        (b"caf\xe9 au lait", "café au lait", "Windows-1252"),
        ("good “text” – “more” ".encode() + b"\xff", "good “text” – “more” \ufffd", "not valid UTF-8"),
    ],
)
def test_what_scrapers_leave(data, expected, note):
    text, notes = decode(data)
    assert text == expected
    assert (note is None and notes == ()) or any(note in n for n in notes), notes


def test_mojibake_names_the_line():
    _, notes = decode("fine\nit’s".encode().decode("cp1252").encode())
    assert "line 2" in notes[0]


def test_binary_is_refused_with_a_reason():
    text, notes = decode(bytes(range(256)) * 20)
    assert text is None
    assert "binary" in notes[0]


def test_a_folder_is_read_in_order_of_name(tmp_path):
    for name in ("b.txt", "a.txt", "sub/c.txt", "picture.png", ".hidden.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(name)
    assert [Path(page.path).name for page in read([tmp_path])] == ["a.txt", "b.txt", "c.txt"]


def test_what_cannot_be_read_is_passed_on_and_nothing_else_is_lost(tmp_path):
    good = tmp_path / "good.txt"
    good.write_text("text")
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "nowhere")
    found = list(read([tmp_path, tmp_path / "missing.txt"]))
    assert [p.path for p in found if isinstance(p, Page)] == [str(good)]
    reasons = {Path(u.path).name: u.reason for u in found if isinstance(u, Unreadable)}
    assert set(reasons) == {"pipe.txt", "dangling.txt", "missing.txt"}
    assert "regular file" in reasons["pipe.txt"]
    assert "No such file" in reasons["missing.txt"]


def test_a_name_that_is_not_utf8(tmp_path):
    path = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    Path(os.fsdecode(path)).write_text("text")
    (page,) = read([tmp_path])
    assert page.content == "text"


def test_a_huge_file_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    unreadable = read_file(str(path))
    assert isinstance(unreadable, Unreadable)
    assert "MiB" in unreadable.reason
