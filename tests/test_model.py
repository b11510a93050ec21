"""The artifact: saved and loaded, exact in its sums, and harmless whoever wrote it."""

import math
import os
import pickle
import struct
import subprocess
import sys
import textwrap
from collections import Counter

import joblib
import numpy as np
import pytest
import small_model as by_hand

import scorer
from scorer import model as models
from scorer.model import DEFAULT, FILE_NAME, FORMAT, LARGEST_FILE, Curve, ModelError, load
from scorer.types import TARGETS

# ---- save and load


def test_what_was_saved_is_loaded(small_model):
    model = load(small_model)
    assert model.name == "small"
    assert model.version == scorer.__version__
    assert set(model.targets) == set(TARGETS)
    for name, target in by_hand.TARGETS.items():
        loaded = model.targets[name]
        assert loaded.intercept == target.intercept and loaded.centre == target.centre and loaded.scope == target.scope
        assert loaded.curves == target.curves
        assert dict(loaded.terms) == dict(target.terms)


def test_a_folder_and_its_file_are_the_same_model(small_model):
    assert load(small_model) == load(small_model / FILE_NAME) == load(str(small_model))


def test_identity_is_of_the_bytes(small_model, tmp_path):
    import hashlib

    data = (small_model / FILE_NAME).read_bytes()
    assert load(small_model).identity["sha256"] == hashlib.sha256(data).hexdigest()
    changed = dict(by_hand.TARGETS, reliability=by_hand.TARGETS["reliability"]._replace(intercept=0.5))
    by_hand.save(changed, tmp_path / "small")
    assert load(tmp_path / "small").identity != load(small_model).identity


def test_a_file_that_was_replaced_is_loaded_again(tmp_path):
    by_hand.save(by_hand.TARGETS, tmp_path)
    assert load(tmp_path).targets["reliability"].intercept == 0.25
    changed = dict(by_hand.TARGETS, reliability=by_hand.TARGETS["reliability"]._replace(intercept=0.5))
    by_hand.save(changed, tmp_path)
    os.utime(tmp_path / FILE_NAME, ns=(1, 1))
    assert load(tmp_path).targets["reliability"].intercept == 0.5


def test_the_file_is_a_plain_pickle_that_names_no_class(small_model):
    """Any version of any library reads it: joblib is needed to write it, not to load it."""
    import pickletools

    codes = {code.name for code, _, _ in pickletools.genops((small_model / FILE_NAME).read_bytes())}
    assert not codes & {"GLOBAL", "STACK_GLOBAL", "REDUCE", "BUILD", "NEWOBJ", "INST", "OBJ", "PERSID", "BINPERSID"}
    assert pickle.loads((small_model / FILE_NAME).read_bytes())["format"] == FORMAT


# ---- curves


def test_a_curve_is_linear_between_knots_and_flat_outside():
    curve = Curve([1.0, 2.0, 4.0], [-1.0, 3.0, 2.0], 0.125)
    for x, expected in [(1.0, -1.0), (2.0, 3.0), (4.0, 2.0), (1.5, 1.0), (3.0, 2.5), (1.25, 0.0)]:
        assert curve.at(x) == expected, x
    assert curve.at(0.999) == curve.at(-1e9) == curve.at(-math.inf) == -1.0
    assert curve.at(4.001) == curve.at(1e9) == curve.at(math.inf) == 2.0
    assert curve.at(math.nan) == 0.125


def test_a_curve_of_one_knot_is_constant():
    curve = Curve([2.0], [0.5], -0.5)
    assert [curve.at(x) for x in (-1.0, 2.0, 3.0, math.nan)] == [0.5, 0.5, 0.5, -0.5]


def test_the_logistic_function_does_not_overflow():
    assert [models.logistic(x) for x in (-1e4, 0.0, 1e4)] == [0.0, 0.5, 1.0]
    assert models.logistic(-3.0) == pytest.approx(1.0 - models.logistic(3.0), abs=1e-15)


# ---- sums


@pytest.fixture(params=["small", "default"])
def any_model(request, small_model):
    return small_model if request.param == "small" else DEFAULT


def test_contributions_add_up_to_the_log_odds(any_model, samples):
    judged = 0
    for path in sorted(samples.glob("*.txt")):
        score = scorer.score(path, model=any_model)
        for target in TARGETS:
            value = getattr(score, target)
            if value is not None:
                total = score.intercepts[target] + sum(score.contributions[target].values())
                assert total == pytest.approx(math.log(value / (1.0 - value)), abs=1e-9), (path.name, target)
                judged += 1
    assert judged > 12  # five of the samples are scored on all or some targets


def test_words_add_up_to_the_contribution_of_the_learned_words(any_model, samples):
    model = load(any_model)
    judged = 0
    for path in sorted(samples.glob("*.txt")):
        score = scorer.score(path, model=any_model)
        for target, additive in model.targets.items():
            if additive.terms and score.words[target]:
                said = sum(score.words[target].values()) - additive.centre
                assert score.contributions[target][models.LEARNED_WORDS] == pytest.approx(said, abs=1e-12)
                judged += 1
    assert judged > 2


HEADLINE = {"this": 1.5, "is": 0.25, "this is": 0.625, "is *": -0.125}


def test_a_sum_by_hand(small_model):
    """Every number of one headline, without the code under test: 'This is horror' of three words, the last not known."""
    score = scorer.score("This is horror", model=small_model)
    words = {term: weight * math.sqrt(1 / 3) for term, weight in HEADLINE.items()}
    expected = {"headline_second_person": -0.1, "headline_length": 0.2, "learned_words": sum(words.values()) - 0.03}
    assert score.contributions["clickbait_strength"] == pytest.approx(expected, abs=1e-12)
    assert {word.decode(): added for word, added in score.words["clickbait_strength"].items()} == pytest.approx(words)
    assert score.clickbait_strength == pytest.approx(1 / (1 + math.exp(1.0 - sum(expected.values()))), abs=1e-12)


def test_a_text_without_words_gets_nothing_from_the_learned_words():
    target = by_hand.TARGETS["clickbait_strength"]
    values = dict.fromkeys(target.curves, math.nan)
    assert models.contributions(target, values, Counter(), 0)[models.LEARNED_WORDS] == 0.0


# ---- what is no model


def content(**changes):
    """A small valid artifact as it lies in a file, with changes."""
    target = {"intercept": 0.5, "centre": 0.0, "scope": "article", "terms": "a\nb", "weights": [1.0, 2.0], "widths": []}
    target["curves"] = {"fear_words": {"knots": [0.0, 1.0], "values": [0.0, 1.0], "missing": 0.0}}
    whole = {"format": FORMAT, "name": "x", "version": "1", "about": {"a": "b"}}
    return {**whole, "targets": {name: {**target} for name in TARGETS}, **changes}


def with_target(**changes):
    whole = content()
    whole["targets"]["reliability"].update(changes)
    return whole


def with_curve(**changes):
    whole = content()
    curve = {"knots": [0.0, 1.0], "values": [0.0, 1.0], "missing": 0.0, **changes}
    whole["targets"]["reliability"]["curves"] = {"fear_words": curve}
    return whole


def without(key):
    whole = content()
    del whole[key]
    return whole


def without_in_target(key):
    whole = content()
    del whole["targets"]["reliability"][key]
    return whole


def refusal(path):
    """The message with which `path` is refused, after checking that it is one clear line that names the file."""
    with pytest.raises(ModelError) as caught:
        load(path)
    message = str(caught.value)
    assert message.startswith(f"{path}") and message.isprintable() and len(message) < len(str(path)) + 300, message
    assert len(message) > len(str(path)) + 15, message
    return message


def written(tmp_path, data):
    path = tmp_path / FILE_NAME
    path.write_bytes(data if isinstance(data, bytes) else pickle.dumps(data, protocol=4))
    return path


def test_the_content_that_these_tests_break_is_accepted_whole(tmp_path):
    assert load(written(tmp_path, content())).targets["reliability"].terms == {b"a": 1.0, b"b": 2.0}


def nested(depth):
    inner = []
    for _ in range(depth):
        inner = [inner]
    return inner


MALFORMED = {
    "a list": [1, 2],
    "a text": "model",
    "nothing": None,
    "empty": {},
    "no format": without("format"),
    "format as text": content(format="1"),
    "no targets": without("targets"),
    "no name": without("name"),
    "no version": without("version"),
    "no about": without("about"),
    "about as text": content(about="b"),
    "targets as list": content(targets=[1]),
    "a target missing": content(targets={"reliability": content()["targets"]["reliability"]}),
    "a target as number": content(targets=dict.fromkeys(TARGETS, 1.0)),
    **{f"no {key} in a target": without_in_target(key) for key in ("intercept", "centre", "scope", "terms", "weights", "curves")},
    "NaN intercept": with_target(intercept=math.nan),
    "infinite intercept": with_target(intercept=math.inf),
    "intercept as text": with_target(intercept="0.5"),
    "intercept of 400 digits": with_target(intercept=10**400),
    "NaN weight": with_target(weights=[1.0, math.nan]),
    "infinite weight": with_target(weights=[1.0, -math.inf]),
    "weight as text": with_target(weights=[1.0, "2"]),
    "a weight too few": with_target(weights=[1.0]),
    "a weight too many": with_target(weights=[1.0, 2.0, 3.0]),
    "weights without terms": with_target(terms="", weights=[1.0]),
    "terms as list": with_target(terms=["a", "b"]),
    "curves as list": with_target(curves=[1]),
    "a curve without knots": with_curve(knots=[], values=[]),
    "a curve with a value too few": with_curve(values=[0.0]),
    "knots that fall": with_curve(knots=[1.0, 0.0]),
    "knots that stand": with_curve(knots=[1.0, 1.0]),
    "NaN knot": with_curve(knots=[0.0, math.nan]),
    "NaN value": with_curve(values=[0.0, math.nan]),
    "NaN for missing": with_curve(missing=math.nan),
    "None for missing": with_curve(missing=None),
    "a lone surrogate as a term": with_target(terms="a\n\ud800"),
    "deeply nested": content(about={"a": nested(50_000)}, targets=nested(50_000)),
    "a format of 5,000 digits": content(format=10**5000),
    "line feeds in what is wrong": with_target(intercept="1\n2\x1b[31m" + "x" * 5000),
    "an unknown scope": with_target(scope="sentence"),
    "a signal named by a number": with_target(curves={1: content()["targets"]["reliability"]["curves"]["fear_words"]}),
    "line feeds in a missing key": content(targets={"a\nb": 1}),
}


def pickled(value):
    """A pickle of anything, also of lists nested deeper than `pickle` goes down."""
    limit = sys.getrecursionlimit()
    try:
        return pickle.dumps(value, protocol=4)
    except RecursionError:
        deep = b"]" * 100 + b"a" * 99
        return pickle.dumps(content(), protocol=4)[:-1] + b"0" + deep * (limit // 50) + b"."


@pytest.mark.parametrize("value", MALFORMED.values(), ids=MALFORMED)
def test_malformed_content_is_refused(tmp_path, value):
    refusal(written(tmp_path, pickled(value)))


def test_a_newer_format_says_what_to_do(tmp_path):
    message = refusal(written(tmp_path, content(format=FORMAT + 1)))
    assert f"format {FORMAT + 1}" in message and "update" in message


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\x80",
        b"\x80\x04.",
        b".",
        b"hello, this is no model\n",
        b"<!doctype html><title>404</title>",
        b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
        bytes(range(256)) * 16,
        pickle.dumps(content(), protocol=4)[::-1],
    ],
    ids=["empty", "line feed", "one byte", "stop", "dot", "words", "web page", "pointer", "all bytes", "backwards"],
)
def test_what_is_no_pickle_of_ours_is_refused(tmp_path, data):
    refusal(written(tmp_path, data))


def test_random_bytes_are_refused(tmp_path):
    random = np.random.default_rng(5)
    for _ in range(300):
        data = random.bytes(int(random.integers(1, 200)))
        refusal(written(tmp_path, data))


def test_a_file_cut_short_anywhere_is_refused(tmp_path, small_model):
    data = (small_model / FILE_NAME).read_bytes()
    for length in range(0, len(data), 7):
        refusal(written(tmp_path, data[:length]))


def test_a_missing_file_a_missing_folder_and_a_folder_without_a_model(tmp_path):
    assert "No such file" in refusal(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="No such file"):
        load(tmp_path)


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    path = written(tmp_path, content())

    def refuse(*_arguments, **_named):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(path), "open", refuse)
    assert "Permission denied" in refusal(path)


def test_a_huge_file_is_refused_unread(tmp_path):
    path = written(tmp_path, content())
    with path.open("r+b") as file:
        file.truncate(LARGEST_FILE + 1)
    assert "larger than" in refusal(path)
    with path.open("r+b") as file:
        file.truncate(1 << 40)  # sparse: a terabyte that nobody could read
    assert "larger than" in refusal(path)


# ---- what would run code


class Creates:
    """A pickle of this creates the file `path` when it is loaded."""

    def __init__(self, path, how):
        self.path, self.how = path, how

    def __reduce__(self):
        return {
            "open": (open, (str(self.path), "w")),
            "system": (os.system, (f"touch '{self.path}'",)),
            "eval": (eval, (f"open({str(self.path)!r}, 'w')",)),
            "popen": (subprocess.Popen, (["touch", str(self.path)],)),
            "mkdir": (os.mkdir, (str(self.path),)),
        }[self.how]


HOWS = ("open", "system", "eval", "popen", "mkdir")


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("protocol", range(6))
@pytest.mark.parametrize("place", ["alone", "in about", "as a weight"])
def test_a_hostile_pickle_runs_nothing(tmp_path, how, protocol, place):
    mark = tmp_path / "was-here"
    attack = Creates(mark, how)
    value = {"alone": attack, "in about": content(about={"a": attack}), "as a weight": with_target(weights=[1.0, attack])}[place]
    message = refusal(written(tmp_path, pickle.dumps(value, protocol=protocol)))
    assert "refused" in message
    assert not mark.exists()


@pytest.mark.parametrize("how", ["open", "system"])
def test_the_attack_is_real(tmp_path, how):
    """Loaded without care, the same bytes do create the file: else the test above would prove nothing."""
    mark = tmp_path / "was-here"
    made = pickle.loads(pickle.dumps(Creates(mark, how)))
    if how == "open":
        made.close()
    assert mark.exists()


def test_a_dump_of_joblib_with_an_array_is_refused(tmp_path):
    path = tmp_path / FILE_NAME
    joblib.dump(with_target(weights=np.array([1.0, 2.0])), path)
    assert "plain numbers and text only" in refusal(path)


@pytest.mark.parametrize("number", [np.float64(1.0), np.array(1.0)])
def test_numbers_of_numpy_are_refused(tmp_path, number):
    refusal(written(tmp_path, with_target(intercept=number)))


@pytest.mark.parametrize("method", ["zlib", "gzip", "bz2", "lzma"])
def test_a_compressed_dump_is_refused(tmp_path, method):
    path = tmp_path / FILE_NAME
    joblib.dump(content(), path, compress=(method, 3))
    refusal(path)


def test_a_persistent_id_is_refused(tmp_path):
    assert "outside the file" in refusal(written(tmp_path, b"Pname\n."))
    assert "outside the file" in refusal(written(tmp_path, b"\x80\x04\x8c\x01xQ."))


def test_what_a_hostile_file_asks_for_is_shown_on_one_line(tmp_path):
    name = "system\n\x1b[2Jscore: all is well" * 1000
    data = pickle.dumps("os")[:-1] + pickle.dumps(name)[2:-1] + b"\x93."
    assert "refused" in refusal(written(tmp_path, data))


def test_a_registered_extension_is_refused(tmp_path):
    """`copyreg` gives names numbers; such a number must not get by the names."""
    import copyreg

    copyreg.add_extension("os", "system", 250)
    try:
        assert "refused" in refusal(written(tmp_path, b"\x80\x04\x82\xfa\x8c\x04true\x85R."))
    finally:
        copyreg.remove_extension("os", "system", 250)


# ---- what would take the machine's memory or time

PROGRAM = textwrap.dedent("""
    import resource, sys
    from scorer.model import ModelError, load
    resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]) << 20, int(sys.argv[2]) << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        load(sys.argv[1])
    except ModelError as error:
        after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print((after - before) >> 10, error)
""")


def bomb_of_lists():
    """A list of ten times a list of ten times ...: 300 bytes, and as text more than any memory holds."""
    inner = ["x"]
    for _ in range(30):
        inner = [inner] * 10
    return inner


BOMBS = {
    "lists in about": pickle.dumps(content(about={"a": bomb_of_lists()}), protocol=4),
    "lists as a name": pickle.dumps(content(name=bomb_of_lists()), protocol=4),
    "lists as a scope": pickle.dumps(with_target(scope=bomb_of_lists()), protocol=4),
    "lists as a number": pickle.dumps(with_target(intercept=bomb_of_lists()), protocol=4),
    "a memo of a gigabyte": b"\x80\x04K\x01r" + struct.pack("<I", 0x4000000) + b".",
    "the same in words": b"I1\np67108864\n.",
    "lists as a persistent id": pickle.dumps(bomb_of_lists(), protocol=4)[:-1] + b"Q.",
    "a text of 10 GB": b"\x80\x04\x8d" + struct.pack("<Q", 10 << 30) + b"x.",
    "bytes of 10 GB": b"\x80\x05\x96" + struct.pack("<Q", 10 << 30) + b"x.",
    "a frame of 10 GB": b"\x80\x04\x95" + struct.pack("<Q", 10 << 30) + b"x.",
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits memory as Linux does")
@pytest.mark.parametrize("data", BOMBS.values(), ids=BOMBS)
def test_a_small_file_does_not_take_the_memory(tmp_path, data):
    path = written(tmp_path, data)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(path), "4000"], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-500:]
    megabytes, _, message = done.stdout.strip().partition(" ")
    assert message.startswith(str(path)), done.stdout[:500]
    assert int(megabytes) < 100
