"""Spikes of rejects: whether more of what is checked now is rejected than of what was checked before.

Shares are compared, not counts, so that a tenant that sends its day's templates at once is no spike. If nothing has
changed, the rejects of now and of before fall upon the templates of now and of before as these are many; the chance
that so many fall upon those of now is a binomial tail, which knows how little a short past tells. Since shares vary by
more than chance, for templates come in campaigns, all numbers are divided by how many times their variance is that of
chance (a quasi-likelihood). A spike must also be a multiple of the usual share, or far above it, and have a least
number of rejects.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

CHANCE = 1e-7
"""How seldom what has not changed may look like a spike: some 10^5 windows are compared in a day."""

FAR_ABOVE = 0.3
"""A share so much above the usual one is a spike whatever multiple it is: a half can only double."""

LEAST_BEFORE = 200
"""Templates that must have been checked before: who has no past has no usual share."""

TRIMMED = 0.05
"""Of the windows before, those with the highest shares that are left out, so that a spike hides no later one."""

BASELINE = timedelta(hours=24)
"""How far back the usual share is looked for."""


@dataclass(frozen=True, slots=True)
class Window:
    """What was checked in a stretch of time, and how much of it was rejected."""

    rejects: int
    checked: int


@dataclass(frozen=True, slots=True)
class SpikeLimits:
    """How long a window is, what makes a spike, and for how long no other alert follows of the same thing."""

    window: timedelta = timedelta(minutes=5)
    least: int = 20
    ratio: float = 3.0
    pause: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Spike:
    """The shares of rejects now and before."""

    share: float
    usual: float


def spike_in(now: Window, before: Sequence[Window], limits: SpikeLimits) -> Spike | None:
    """Return the spike that the rejects of a window are, beside the windows before; None where they are none."""
    if now.rejects < limits.least or now.checked <= 0:
        return None
    kept = _kept(before)
    usual = Window(sum(one.rejects for one in kept), sum(one.checked for one in kept))
    if usual.checked < LEAST_BEFORE:
        return None
    share, before_share = now.rejects / now.checked, usual.rejects / usual.checked
    if share < min(limits.ratio * before_share, before_share + FAR_ABOVE):
        return None
    part = now.checked / (now.checked + usual.checked)
    uneven = _unevenness(kept, before_share)
    least = int(now.rejects / uneven)
    if tail(least, max(round((now.rejects + usual.rejects) / uneven), least), part) >= CHANCE:
        return None
    return Spike(share, before_share)


def tail(least: int, trials: int, chance: float) -> float:
    """Return the probability of at least so many successes; 1.0 where that is no more than their mean."""
    if least <= trials * chance:
        return 1.0
    logarithm = (
        math.lgamma(trials + 1)
        - math.lgamma(least + 1)
        - math.lgamma(trials - least + 1)
        + least * math.log(chance)
        + (trials - least) * math.log1p(-chance)
    )
    term = total = math.exp(logarithm)
    for count in range(least, trials):
        term *= (trials - count) / (count + 1) * chance / (1.0 - chance)
        total += term
        if term < total * 1e-12:
            break
    return min(total, 1.0)


def _kept(before: Sequence[Window]) -> Sequence[Window]:
    """Return the windows before in which anything was checked, without those of the highest shares."""
    known = sorted((one for one in before if one.checked), key=lambda one: (one.rejects / one.checked, one.rejects))
    return known[: len(known) - int(len(known) * TRIMMED)]


def _unevenness(windows: Sequence[Window], share: float) -> float:
    """Return how many times the variance of rejects is that of chance, at least 1: Pearson's statistic by degree."""
    if len(windows) < 2 or not 0.0 < share < 1.0:
        return 1.0
    deviations = ((one.rejects - share * one.checked) ** 2 / one.checked for one in windows)
    return max(sum(deviations) / (share * (1.0 - share)) / (len(windows) - 1), 1.0)
