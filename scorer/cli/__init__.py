"""`score PATH...` and `scorer VERB`: a thin skin over the Python interface, a file a group of commands."""

from scorer.cli.ending import ALL_SCORED, OVER_THRESHOLD, SOME_FAILED, USAGE
from scorer.cli.score import score_app
from scorer.cli.verbs import verbs_app

__all__ = ["ALL_SCORED", "OVER_THRESHOLD", "SOME_FAILED", "USAGE", "score_app", "score_main", "verbs_app", "verbs_main"]


def score_main() -> None:
    """The command `score`."""
    score_app(prog_name="score")


def verbs_main() -> None:
    """The command `scorer`."""
    verbs_app(prog_name="scorer")
