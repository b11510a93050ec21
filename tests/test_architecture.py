"""The house: imports point down, the scoring path starts light, and no file is a drawer."""

import ast
import re
import subprocess
import sys
from itertools import chain
from pathlib import Path

import pytest

PACKAGE = Path(__file__).resolve().parents[1] / "scorer"

# From the ground up. A file imports from the floors below its own and, if it lies in a folder, from that folder.
# A new file gets its place here; "scorer" is what `import scorer` gives.
FLOORS = (
    ("types", "version"),
    ("text",),
    ("read", "hosts", "language"),
    ("terms",),
    ("joined",),
    ("parse", "counting", "credits", "genres", "sources"),
    ("headline_claims", "learned", "abstention", "places"),
    ("signals",),
    ("features", "catalogue"),
    ("model",),
    ("config",),
    ("pipeline",),
    ("report", "article_signals"),
    ("scorer",),
    ("table",),
    ("where",),
    ("batch", "spark", "datatrove"),
    ("datasets", "learn", "recipe", "artifact"),
    ("vocabulary", "figures", "perturbations", "upstream", "own_table"),
    ("labelled",),
    ("train",),
    ("unseen", "families", "robustness"),
    ("page_metrics",),
    ("evaluate", "evaluate_attributions", "evaluate_pages", "mine", "own_labels"),
    ("card", "floors", "train_pages"),
    ("web", "own_card"),
    ("cli",),
)
FLOOR = {name: number for number, names in enumerate(FLOORS) for name in names}

# What `score file.txt` may import: all up to the reports, and the command itself.
# The transformer is a class of scikit-learn's; `import scorer` imports it only when it is asked for.
SCORING = {*chain.from_iterable(FLOORS[: FLOOR["scorer"] + 1]), "cli"} - {"article_signals"}
HEAVY = ("pandas", "numpy", "sklearn", "joblib", "scipy")

DRAWERS = {"util", "utils", "misc", "helper", "helpers", "base", "core", "common", "manager", "handler"}


def modules():
    """Every module of the package by its dotted name, `scorer` being its own __init__."""
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


MODULES = dict(modules())


def part_of(module):
    """The file or folder right under scorer/ that a module belongs to."""
    return module.split(".")[1] if "." in module else "scorer"


def imports(path, *, at_start_only=False):
    """Yield (line, dotted name) of what a file imports; names below `if TYPE_CHECKING` and in functions on demand."""
    pending = list(ast.parse(path.read_text(encoding="utf-8")).body)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: relative imports hide the direction"
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield node.lineno, inner if inner in MODULES else str(node.module)
        elif at_start_only and isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        elif at_start_only and isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            pending.extend(node.orelse)
        else:
            pending.extend(ast.iter_child_nodes(node))


def ours(path):
    return [(line, name) for line, name in imports(path) if name.split(".")[0] == "scorer"]


def test_every_file_has_a_floor():
    missing = {part_of(module) for module in MODULES} - set(FLOOR)
    assert not missing, f"put {sorted(missing)} on a floor in {Path(__file__).name}"


def test_imports_point_down():
    wrong = [
        f"{path.relative_to(PACKAGE.parent)}:{line} imports {name}"
        for module, path in MODULES.items()
        for line, name in ours(path)
        if not (part_of(module) == part_of(name) != "scorer" or FLOOR[part_of(name)] < FLOOR[part_of(module)])
    ]
    assert not wrong, "\n".join(wrong)


def test_no_circle_of_files():
    """Also none within a folder, and none hidden by an import inside a function."""
    below = {module: {name for _, name in ours(path) if name in MODULES} for module, path in MODULES.items()}
    left = set(below)
    while True:
        imported = set().union(*(below[module] & left for module in left))
        inner = {module for module in left if below[module] & left and module in imported}
        if inner == left:
            break
        left = inner
    assert not left, f"these import each other: {sorted(left)}"


def test_nothing_heavy_is_imported_at_the_start_of_the_scoring_path():
    wrong = [
        f"{path.relative_to(PACKAGE.parent)}:{line} imports {name} at its top"
        for module, path in MODULES.items()
        if part_of(module) in SCORING
        for line, name in imports(path, at_start_only=True)
        if name.split(".")[0] in HEAVY
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("arguments", [[], ["--format", "jsonl"], ["--format", "csv"]], ids=["report", "jsonl", "csv"])
def test_score_runs_without_loading_anything_heavy(samples, small_model, arguments):
    program = (
        "import sys\n"
        "from scorer.cli import score_main\n"
        "try:\n    score_main()\n"
        "except SystemExit as stop:\n    code = stop.code\n"
        "print('loaded:', *sorted(sys.modules), file=sys.stderr)\n"
        "sys.exit(code)"
    )
    page = str(samples / "s4_agency_pool_gas.txt")
    done = subprocess.run(
        [sys.executable, "-c", program, page, "--model", str(small_model), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "chlorine" in done.stdout
    loaded = done.stderr.split("loaded:")[1].split()
    assert "scorer.pipeline" in loaded
    assert not {name.split(".")[0] for name in loaded} & set(HEAVY)


def named_things():
    """Every folder, file and class of ours with its place."""
    for path in sorted(PACKAGE.rglob("*")):
        if "__pycache__" not in path.parts:
            yield path.stem, path.relative_to(PACKAGE.parent)
    for path in MODULES.values():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                yield node.name, f"{path.relative_to(PACKAGE.parent)}:{node.lineno}"


def test_no_name_is_a_drawer():
    wrong = [
        f"{place}: {name}"
        for name, place in named_things()
        if DRAWERS & {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}
    ]
    assert not wrong, "\n".join(wrong)


def test_only_read_opens_an_input():
    """A page's bytes come from one folder; the others may open only what is ours: lists, models, tables, outputs."""
    may_open = {"read", "text", "model", "cli", *chain.from_iterable(FLOORS[FLOOR["scorer"] + 1 :])}
    wrong = [
        f"{path.relative_to(PACKAGE.parent)}:{node.lineno}"
        for module, path in MODULES.items()
        if part_of(module) not in may_open
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "id", "") or getattr(node.func, "attr", "")) in ("open", "read_bytes")
    ]
    assert not wrong, "\n".join(wrong)
