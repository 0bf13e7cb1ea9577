"""Spikes are told from steady traffic, also where there is little of it, and from busy hours."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from datetime import timedelta

import pytest

from moderation.review.spikes import SpikeLimits, Window, spike_in, tail

LIMITS = SpikeLimits()
DAY = 288
"""Windows of a day."""


def steady(rejects: int, checked: int, windows: int = DAY) -> list[Window]:
    return [Window(rejects, checked)] * windows


SPIKES = {
    "eight times the usual share": (Window(40, 100), steady(5, 100), True),
    "three times the usual share": (Window(45, 100), steady(10, 100), True),
    "hardly more than usual": (Window(25, 100), steady(15, 100), False),
    "twice a third is far above": (Window(95, 100), steady(40, 100), True),
    "the first rejects after many templates": (Window(20, 40), steady(0, 50), True),
    "a busy hour with the usual share": (Window(500, 10_000), steady(5, 100), False),
    "fewer than the least number": (Window(19, 19), steady(0, 50), False),
    "no past": (Window(100, 100), [], False),
    "too little of a past": (Window(100, 100), steady(0, 10, 19), False),
    "a quiet night is no usual share": (Window(20, 2000), [*steady(5, 500), *steady(0, 0)], False),
    "a spike in the past does not hide the next": (
        Window(40, 100),
        [*steady(100, 100, 10), *steady(5, 100, 278)],
        True,
    ),
    "what has lasted for hours is the usual": (Window(40, 100), [*steady(40, 100, 144), *steady(5, 100, 144)], False),
    "nothing is checked": (Window(0, 0), steady(5, 100), False),
    "a window after a short past": (Window(30, 30), steady(2, 100, 2), True),
}


@pytest.mark.parametrize("name", SPIKES)
def test_what_is_a_spike(name: str) -> None:
    now, before, is_spike = SPIKES[name]
    assert (spike_in(now, before, LIMITS) is not None) is is_spike


def test_a_spike_tells_the_shares() -> None:
    spike = spike_in(Window(40, 80), steady(5, 100), LIMITS)
    assert spike is not None
    assert (spike.share, spike.usual) == (0.5, 0.05)


@pytest.mark.parametrize(("ratio", "is_spike"), [(3.0, True), (9.0, False)])
def test_the_ratio_is_a_setting(ratio: float, is_spike: bool) -> None:
    limits = SpikeLimits(ratio=ratio, window=timedelta(minutes=1))
    assert (spike_in(Window(32, 100), steady(4, 100), limits) is not None) is is_spike


@pytest.mark.parametrize(
    ("least", "trials", "chance"), [(3, 10, 0.1), (8, 8, 0.5), (40, 100, 0.2), (1, 5, 0.01), (30, 900, 0.01)]
)
def test_the_tail_is_that_of_the_binomial_distribution(least: int, trials: int, chance: float) -> None:
    exact = sum(
        math.comb(trials, count) * chance**count * (1 - chance) ** (trials - count)
        for count in range(least, trials + 1)
    )
    assert tail(least, trials, chance) == pytest.approx(exact, rel=1e-9)


def test_the_tail_of_no_more_than_the_mean_is_no_wonder() -> None:
    assert tail(10, 100, 0.1) == 1.0
    assert tail(500_000, 1_000_000, 0.4) == 0.0


@pytest.mark.parametrize(
    ("share", "mean"), [(0.002, 30), (0.01, 400), (0.05, 40), (0.05, 2000), (0.3, 60), (0.3, 500), (0.9, 100)]
)
def test_steady_traffic_gives_no_alarm(share: float, mean: int) -> None:
    """In a day of Poisson traffic for each share and volume, each window compared with the 24 hours before it."""
    source = random.Random(f"{share} {mean}")
    windows = [traffic(source, share, mean) for _ in range(2 * DAY)]
    assert not alarms(windows, 1)


@pytest.mark.parametrize(("share", "mean"), [(0.02, 500), (0.05, 200), (0.1, 200), (0.3, 100)])
def test_traffic_in_campaigns_gives_hardly_any_alarm(share: float, mean: int) -> None:
    """Shares vary from window to window much more than by chance; without heeding that there would be more."""
    source = random.Random(f"campaigns {share} {mean}")
    windows = [traffic(source, source.betavariate(share * 100, (1 - share) * 100), mean) for _ in range(2 * DAY)]
    assert len(alarms(windows, 1)) <= 1


def test_a_spike_in_campaigns_is_seen() -> None:
    source = random.Random(3)
    windows = [traffic(source, source.betavariate(5, 95), 200) for _ in range(DAY)]
    assert spike_in(Window(100, 200), windows, LIMITS) is not None
    assert spike_in(Window(25, 200), windows, LIMITS) is None


def test_steady_traffic_would_give_alarms_without_the_chance(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the simulation would see: with a lax test there are alarms, so that none is no accident."""
    monkeypatch.setattr("moderation.review.spikes.CHANCE", 0.5)
    source = random.Random(1)
    limits = SpikeLimits(least=1, ratio=1.2)
    assert alarms([traffic(source, 0.05, 40) for _ in range(2 * DAY)], 1, limits)


def test_a_spike_in_steady_traffic_is_seen_once_it_has_enough_rejects() -> None:
    source = random.Random(2)
    windows = [traffic(source, 0.05, 100) for _ in range(DAY)]
    rejects = [rejected for rejected in range(101) if spike_in(Window(rejected, 100), windows, LIMITS) is not None]
    assert rejects
    assert rejects == list(range(rejects[0], 101))
    assert 20 <= rejects[0] <= 30


def traffic(source: random.Random, share: float, mean: int) -> Window:
    """Return a window of steady traffic; a normal approximation serves for large means."""
    checked = max(round(source.gauss(mean, math.sqrt(mean))), 0)
    return Window(sum(source.random() < share for _ in range(checked)), checked)


def alarms(windows: Sequence[Window], step: int, limits: SpikeLimits = LIMITS) -> list[int]:
    places = range(DAY, len(windows), step)
    return [place for place in places if spike_in(windows[place], windows[place - DAY : place], limits) is not None]
