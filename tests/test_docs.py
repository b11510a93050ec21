"""What we write for readers: it is current, its commands exist, and it judges no story."""

import ast
import html
import os
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from scorer.cli import score_app, verbs_app

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = {path.name: path.read_text(encoding="utf-8") for path in sorted((ROOT / "docs").glob("*.md"))}


def kept_files():
    """Every file that belongs to the project: all but what .gitignore names and the folders of tools."""
    ignored = [line.rstrip("/") for line in (ROOT / ".gitignore").read_text(encoding="utf-8").split() if line]
    assert ".venv" in ignored
    for parent, folders, names in os.walk(ROOT):
        folders[:] = [name for name in folders if name != ".git" and not any(fnmatch(name, pattern) for pattern in ignored)]
        for name in names:
            if not any(fnmatch(name, pattern) for pattern in ignored):
                yield Path(parent, name)


def texts():
    """The texts among them, by path."""
    for path in kept_files():
        data = path.read_bytes()
        if b"\x00" not in data[:4096]:
            yield path.relative_to(ROOT).as_posix(), data.decode("utf-8", "replace")


# ---- current


def test_the_catalogue_is_what_the_signals_say():
    done = CliRunner().invoke(verbs_app, ["signals", "--markdown"])
    assert done.exit_code == 0
    assert done.stdout == PAGES["signals.md"], "stale: make docs"


def test_the_excerpt_in_the_readme_is_what_is_printed(monkeypatch):
    monkeypatch.chdir(ROOT)
    command, excerpt = re.search(r"`score (data/samples/\S+)`\):\n\n((?:    .*\n)+)", README).groups()
    printed = CliRunner().invoke(score_app, [command]).stdout
    lines = [line[4:].rstrip() for line in excerpt.splitlines()]
    assert len(lines) >= 3
    missing = [line for line in lines if line not in [printed_line.rstrip() for printed_line in printed.splitlines()]]
    assert not missing, f"stale lines in README.md (make docs): {missing}"


def test_links_lead_somewhere():
    wrong = [
        f"{name}: {target}"
        for name, text in [
            ("README.md", README),
            ("CONTRIBUTING.md", CONTRIBUTING),
            *((f"docs/{n}", t) for n, t in PAGES.items()),
        ]
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
        if "://" not in target and not (ROOT / name).parent.joinpath(target).exists()
    ]
    named = set(
        re.findall(r"(?<![\w/.])(?:docs|models|data|scorer|tests)/[\w/]+\.(?:md|py|json|csv|txt|joblib)", README + CONTRIBUTING)
    )
    assert len(named) > 5
    wrong += [f"no file {name}" for name in sorted(named) if not (ROOT / name).exists()]
    assert not wrong, wrong


def test_both_are_short():
    for name, text in (("README.md", README), ("CONTRIBUTING.md", CONTRIBUTING)):
        assert len(text.splitlines()) < 130, name


# ---- commands exist


def commands_said():
    """Every command line of ours in the documents: indented, fenced, or in backquotes."""
    for name, text in [("README.md", README), ("CONTRIBUTING.md", CONTRIBUTING), *PAGES.items()]:
        if name == "signals.md":
            continue
        lines = [line.strip() for line in text.splitlines() if line.startswith("    ")] + re.findall(r"`([^`\n]+)`", text)
        for line in lines:
            words = line.split("#")[0].split()
            # "score PATH...", "scorer VERB": patterns, not commands.
            if len(words) > 1 and words[0] in ("make", "score", "scorer") and words[1] not in ("PATH...", "VERB"):
                yield name, words


def command(app):
    return typer.main.get_command(app)


def options_of(of):
    return {option for parameter in of.params for option in parameter.opts if option.startswith("-")} | {"--help"}


def test_the_commands_in_the_documents_exist():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    verbs = command(verbs_app).commands
    wrong, n_said = [], 0
    for name, (program, *words) in commands_said():
        n_said += 1
        options = {word.split("=")[0] for word in words if word.startswith("--")}
        if program == "make":
            known = words[0] in targets
        elif program == "score":
            known = options <= options_of(command(score_app))
        else:
            said = verbs.get(words[0])
            if len(words) > 1 and words[1] in getattr(said, "commands", ()):
                said = said.commands[words[1]]
            known = words[0] == "--version" or (said is not None and options <= options_of(said))
        if not known:
            wrong.append(f"{name}: {program} {' '.join(words)}")
    assert n_said > 15
    assert not wrong, "\n".join(wrong)


def test_what_the_makefile_runs_exists():
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    scripts = re.findall(r"\$\(BIN\)/python ((?!-)\S+\.py)", makefile)
    missing = [script for script in scripts if not (ROOT / script).exists()]
    assert not missing, f"Makefile runs {missing}"
    verbs = set(re.findall(r"\$\(BIN\)/scorer (\w+)", makefile))
    assert verbs and verbs <= set(command(verbs_app).commands)


@pytest.mark.parametrize("program", ["demo", "test"])
def test_the_two_commands_stand_first(program):
    assert f"make {program}" in "\n".join(README.splitlines()[:12])


def test_every_option_of_score_is_documented():
    everything = README + "".join(PAGES.values())
    missing = {option for option in options_of(command(score_app)) if option not in everything} - {"--help", "--version"}
    assert not missing, f"in neither README.md nor docs/: {sorted(missing)}"


def test_every_verb_is_documented():
    everything = README + CONTRIBUTING + "".join(PAGES.values())
    missing = [verb for verb in command(verbs_app).commands if f"scorer {verb}" not in everything]
    assert not missing, f"nowhere said: {missing}"


# ---- no verdicts

VERDICT = re.compile(
    r"\b(?:fake\w*|false(?:ly|hoods?)?|untrue|untruths?|misinformation|disinformation|misinform\w*|debunk\w*|hoax\w*|"
    r"liars?|lying|lies about|fact[- ]check\w*|fabricat\w*|untrustworthy|conspirac\w*)\b",
    re.IGNORECASE,
)
# What we say about saying it. Each is one sentence of ours, and no other wording passes.
DENIALS = (
    "We never say that a story is true or false, and no text of ours may suggest it.",
    "No text of ours says or implies that a story is false.",
)
# The word has other work, too: false alarms are counted, JSON holds "true or false", a card lists the weights of words.
NOT_A_VERDICT = re.compile(r"false (?:alarm|positive)s?|true or false|[\w' ]+ [+-]\d+\.\d", re.IGNORECASE)


def verdicts(text):
    text = " ".join(text.split())
    for denial in DENIALS:
        text = text.replace(denial, "")
    return [text[max(0, m.start() - 40) : m.end() + 40] for m in VERDICT.finditer(NOT_A_VERDICT.sub("", text))]


def without_sources_and_examples(catalogue):
    """The catalogue without the titles of papers and the example sentences, which speak of what they quote."""
    catalogue = re.sub(r"\*\*Source\*\*.*?(?=\n\n|\Z)", "", catalogue, flags=re.DOTALL)
    return re.sub(r"^- .*$", "", catalogue, flags=re.MULTILINE)


def strings_of(path):
    """The texts a program may print: its string constants that are no docstrings and no names."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings and " " in node.value:
            yield node.value


DOCUMENTS = [path.relative_to(ROOT).as_posix() for path in kept_files() if path.suffix == ".md" and path.parent.name != "docs"]


@pytest.mark.parametrize("name", sorted(DOCUMENTS))
def test_no_document_calls_a_story_false(name):
    assert not verdicts((ROOT / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", sorted(PAGES))
def test_no_page_of_the_docs_calls_a_story_false(name):
    text = without_sources_and_examples(PAGES[name]) if name == "signals.md" else PAGES[name]
    assert not verdicts(text)


def test_no_report_and_no_message_calls_a_story_false():
    wrong = []
    for path in sorted((ROOT / "scorer").rglob("*.py")):
        parts = path.relative_to(ROOT / "scorer").parts
        if parts[0] != "signals":  # word lists of theirs name what texts say; their docstrings are in the catalogue
            wrong += [f"{path.name}: {found}" for text in strings_of(path) for found in verdicts(text)]
    assert not wrong, "\n".join(wrong)


def test_no_page_in_the_browser_calls_a_story_false():
    wrong, n_files = [], 0
    for path in sorted((ROOT / "scorer").rglob("*")):
        if path.suffix in (".html", ".js"):
            n_files += 1
            text = path.read_text(encoding="utf-8")
            # Of a script its texts; of a page what stands between the tags.
            spoken = (
                re.findall(r'"[^"\n]*\s[^"\n]*"|`[^`]*\s[^`]*`', text)
                if path.suffix == ".js"
                else [re.sub(r"<[^>]*>", " ", text)]
            )
            spoken = [re.sub(r"= false(?=[;,)])", "", html.unescape(one)) for one in spoken]
            wrong += [f"{path.name}: {found}" for one in spoken for found in verdicts(one)]
    assert n_files > 2
    assert not wrong, "\n".join(wrong)


def test_the_help_and_the_reports_call_no_story_false(samples):
    for app, arguments in [(score_app, ["--help"]), (verbs_app, ["--help"]), (score_app, [str(samples)])]:
        assert not verdicts(CliRunner().invoke(app, arguments).stdout)


@pytest.mark.parametrize(
    "said",
    [
        "This is fake news",
        "a false story",
        "It is false, ",
        "It is false.",
        "likely misinformation",
        "It debunks a hoax",
        "Untrue.",
    ],
)
def test_a_verdict_would_be_found(said):
    assert verdicts(said)


# ---- nothing of this machine


def joined(*pieces):
    """A name in pieces, so that this file does not hold it."""
    return "".join(pieces)


# A file of nobody's, in a test of URLs that are none.
EXAMPLES = ("file:///home/x.html",)
PLACES = (
    joined("/wo", "rk/"),
    joined("/ro", "ot/"),
    joined("/ho", "me/"),
    joined("/Use", "rs/"),
    joined("C:", "\\Users"),
    joined("/private", "/var/"),
)
HOSTS = (
    joined("py", "pi.org"),
    joined("py", "pi.python.org"),
    joined("python", "hosted.org"),
    joined("ana", "conda.org"),
    joined("npm", "js.org"),
    joined("npm", "js.com"),
    joined("yarn", "pkg.com"),
    joined("deb", ".debian.org"),
    joined("proxy.", "golang.org"),
    joined("crates", ".io"),
    joined("jsde", "livr.net"),
    joined("un", "pkg.com"),
    joined("cdn", "js.cloudflare.com"),
)
SETTINGS = re.compile(joined("--(?:extra-)?", "index-url") + "|" + joined("--find", "-links") + "|" + joined("PIP_", "INDEX_URL"))


def test_no_file_names_a_place_on_a_machine():
    """A path of the root's or a user's folder; a host of our own pages may have such a path behind its name."""
    wrong = [
        f"{name}: {place} in {text[max(0, text.find(place) - 30) : text.find(place) + 40]!r}"
        for name, whole in texts()
        for text in [re.sub("|".join(map(re.escape, EXAMPLES)), "", whole)]
        for place in PLACES
        if re.search(r"(?<![\w.~:-])" + re.escape(place), text)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_file_names_a_package_index():
    wrong = [f"{name}: {host}" for name, text in texts() for host in HOSTS if host in text.lower()]
    wrong += [f"{name}: {found.group()}" for name, text in texts() for found in SETTINGS.finditer(text)]
    assert not wrong, "\n".join(wrong)


def test_the_pinned_versions_have_digests_and_no_address():
    pinned = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "://" not in pinned
    names = re.findall(r"^([\w.-]+)==", pinned, re.MULTILINE)
    assert len(names) > 20
    for block in re.split(r"^(?=[\w.-]+==)", pinned, flags=re.MULTILINE)[1:]:
        assert "--hash=sha256:" in block, block[:60]
