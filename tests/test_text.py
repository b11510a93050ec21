"""The fold keeps offsets; the matcher finds what stands there and nothing else."""

from hypothesis import given
from hypothesis import strategies as st

from scorer.terms import emission, lexicon, match, terms
from scorer.text import fold, words


@given(st.text())
def test_a_fold_is_one_byte_a_character(text):
    assert len(fold(text)) == len(text)


@given(st.text(alphabet=st.characters(codec="ascii")))
def test_plain_text_folds_to_lower_case_letters(text):
    kept = [c.lower() if c.isalnum() else None for c in text]
    assert all(k is None or k == chr(b) for k, b in zip(kept, fold(text), strict=True))


def test_alike_marks_and_letters_fold_alike():
    assert fold("Don’t ‘STOP’—now") == fold("don't 'stop'-NOW")
    assert fold("Viačorka’s résumé") == fold("viacorka's resume")
    assert fold("сhilling hоrrоr") == fold("chilling horror")  # Cyrillic es and o
    assert fold("ｃｈｉｌｌｉｎｇ") == b"chilling"


def found(text, name):
    _, hits = match(fold(text))
    return [text[s + a : s + b] for s, emission in hits for n, a, b in emission if n == name]


def test_matches_are_whole_words_where_they_stand():
    assert found("A Chilling tale, unchilling or chillingham: chilling!", "fear") == ["Chilling", "chilling"]
    assert found("chilling", "fear") == ["chilling"]


def test_a_phrase_survives_odd_white_space_and_invisible_characters():
    for text in (
        "some commentators",
        "some  commentators",
        "some\u00a0 commentators",
        "some\u200b commentators",
        "so\u00adme commentators",
    ):
        padded = f"He met {text}, then left. Some  time  later {text} left."
        assert found(padded, "vague_sources").count(text) == 2, text


def test_a_longer_term_does_not_hide_the_shorter_ones_inside_it():
    nested = [entry for entry in map(emission, range(len(terms().patterns))) if len({(a, b) for _, a, b in entry}) > 1]
    assert nested
    assert "says" in found("War is near, says expert", "cues_neutral")


def test_a_longer_term_that_breaks_off_within_a_word_gives_way_to_a_shorter_one():
    assert found("“No,” said Tom Ellery.", "cues_neutral") == ["said"]


def test_words():
    assert words(fold("Don’t: 23 per-cent, “yes”.")) == [b"don", b"t", b"23", b"per", b"cent", b"yes"]


def test_word_lists_say_what_they_are_and_are_in_order():
    from scorer.terms import LEXICONS

    for path in LEXICONS.glob("*.txt"):
        assert path.read_text().startswith("# "), path.name
        listed = lexicon(path.stem)
        assert list(listed) == sorted(set(listed)), path.name
        if path.stem != "acronyms":
            assert all(term == term.lower().strip() for term in listed), path.name
