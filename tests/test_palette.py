"""The colours of the page: legible on paper and in the dark, and apart from each other for colour-blind eyes, too."""

import itertools
import re

import numpy as np
import pytest
from colorspacious import cspace_convert

from scorer.report import html
from scorer.report.wording import KINDS

CSS = html.part("article.css")
SCHEMES = [
    dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6}|\d+%)", part)) for part in re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)[:2]
]
BLINDNESS = (None, "protanomaly", "deuteranomaly", "tritanomaly")


def rgb(colour):
    return np.array([int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)])


def contrast(one, other):
    """WCAG 2.2, "contrast ratio", of two colours in sRGB."""
    linear = [np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4) for c in (one, other)]
    low, high = sorted(float(c @ (0.2126, 0.7152, 0.0722)) for c in linear)
    return (high + 0.05) / (low + 0.05)


def mixed(colour, share, paper):
    return share * rgb(colour) + (1 - share) * rgb(paper)


@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark"])
def test_text_and_marks_stand_out(scheme):
    """4.5 for what is read, also on the tint of a mark and of a lit one; 3 for what is drawn (WCAG 2.2, 1.4.3 and 1.4.11)."""
    for ground in ("paper", "panel"):
        for name in ("ink", "muted", "accent", "raises", "lowers"):
            assert contrast(rgb(scheme[name]), rgb(scheme[ground])) >= 4.5, (name, ground)
    for kind in KINDS:
        assert contrast(rgb(scheme[kind]), rgb(scheme["paper"])) >= 3, kind
        tint, lit = (mixed(scheme[kind], int(scheme[how].rstrip("%")) / 100, scheme["paper"]) for how in ("tint", "lit"))
        assert contrast(rgb(scheme["ink"]), lit) >= 4.5, kind
        for name in ("ink", "muted"):
            assert contrast(rgb(scheme[name]), tint) >= 4.5, (name, kind)


@pytest.mark.parametrize("blindness", BLINDNESS, ids=str)
@pytest.mark.parametrize("scheme", SCHEMES, ids=["light", "dark"])
def test_kinds_look_unlike(scheme, blindness):
    """At least ten apart in CAM02-UCS, where one is just to be seen; simulated as Machado and others (2009) do, in full."""
    seen = {}
    for name in (*KINDS, "raises", "lowers"):
        colour = rgb(scheme[name])
        if blindness:
            kind = {"name": "sRGB1+CVD", "cvd_type": blindness, "severity": 100}
            colour = cspace_convert(colour, kind, "sRGB1").clip(0, 1)
        seen[name] = cspace_convert(colour, "sRGB1", "CAM02-UCS")
    for one, other in [*itertools.combinations(KINDS, 2), ("raises", "lowers")]:
        assert np.linalg.norm(seen[one] - seen[other]) >= 10, (one, other)
