"""What `pip install .` gives: a wheel that scores elsewhere, with the model it brings along."""

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

import scorer

ROOT = Path(__file__).resolve().parents[1]
pytestmark = pytest.mark.slow


def run(*command, cwd):
    """Run a command as a stranger would: in another folder, without the variables of this environment."""
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=kept,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def elsewhere(wheel, tmp_path_factory):
    """The folder of commands of an environment that has the wheel, and sees the dependencies that are installed here."""
    folder = tmp_path_factory.mktemp("elsewhere")
    run(sys.executable, "-m", "venv", "--without-pip", folder / "venv", cwd=folder)
    commands = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    python = commands / Path(sys.executable).name
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    # Only now, or pip would take the project that is installed here in place for the one it was asked for. A path in a
    # .pth file is not searched for .pth files in its turn, so that project is not seen there.
    packages = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return commands


def in_wheel(wheel, name):
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(name)


def test_the_wheel_holds_what_scoring_needs_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
        description = next(name for name in archive.namelist() if name.endswith("METADATA"))
        assert "score file.txt" in archive.read(description).decode()
    assert all(name.startswith("scorer/") for name in names)
    here = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "scorer").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    models = {f"scorer/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "models").rglob("*") if path.is_file()}
    assert "scorer/models/default/model.joblib" in models
    assert names == here | models | {"scorer/manifest.csv"}


def test_the_wheel_scores_elsewhere_with_its_own_model(wheel, elsewhere, tmp_path, samples):
    page = tmp_path / "page.txt"
    page.write_bytes((samples / "s4_agency_pool_gas.txt").read_bytes())
    record = json.loads(run(elsewhere / "score", "page.txt", "--format", "jsonl", cwd=tmp_path))
    assert record["headline"].startswith("Eleven treated after chlorine gas")
    assert record["sensationalism"] is not None and record["reliability"] is not None
    model = in_wheel(wheel, "scorer/models/default/model.joblib")
    assert record["model"]["sha256"] == hashlib.sha256(model).hexdigest()
    assert record["model"]["version"] == scorer.__version__
    assert "Sensationalism" in run(elsewhere / "score", "page.txt", cwd=tmp_path)


def test_code_lists_and_model_come_from_the_wheel(elsewhere, tmp_path):
    said = run(
        elsewhere / Path(sys.executable).name,
        "-c",
        "import scorer; from scorer import model, terms; print(scorer.__file__, model.DEFAULT, terms.LEXICONS, sep='\\n')",
        cwd=tmp_path,
    )
    places = [Path(line) for line in said.splitlines()]
    assert len(places) == 3
    for place in places:
        assert place.exists()
        assert place.is_relative_to(elsewhere.parent), place
        assert not place.is_relative_to(ROOT)


def test_the_other_command_works_too(elsewhere, tmp_path):
    assert "headline_hedges" in run(elsewhere / "scorer", "signals", cwd=tmp_path)
    assert "hauselin/domain-quality-ratings" in run(elsewhere / "scorer", "data", cwd=tmp_path)
    assert run(elsewhere / "scorer", "--version", cwd=tmp_path) == f"scorer {scorer.__version__}\n"


def test_the_versions_agree():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == scorer.__version__
    assert f"## {scorer.__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
