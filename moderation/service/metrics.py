"""What a server counts and times, for Prometheus; texts and tenants are in none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from wsgiref.simple_server import WSGIServer

from prometheus_client import CollectorRegistry, Counter, Histogram, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric

from moderation.review.alerts import AlertKind
from moderation.review.hits import HitKind, Subject
from moderation.service.listening import require_free
from moderation.service.verdict_cache import VerdictCache

SECONDS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5)


class Metrics:
    """The counters of one server process, and the page that shows them."""

    def __init__(self, cache: VerdictCache, versions: Callable[[], Mapping[str, int]] = dict) -> None:
        self.registry = CollectorRegistry()
        self._calls = Counter(
            "moderation_calls", "Calls that ended, by method and status.", ("method", "code"), registry=self.registry
        )
        self._seconds = Histogram(
            "moderation_call_seconds", "How long calls took.", ("method",), buckets=SECONDS, registry=self.registry
        )
        self._verdicts = Counter(
            "moderation_verdicts", "Verdicts given, by decision.", ("decision",), registry=self.registry
        )
        self._rejects = Counter(
            "moderation_rule_rejects", "Templates rejected, by the rules that did.", ("rule",), registry=self.registry
        )
        self._rule_hits = Counter(
            "moderation_trial_rule_hits", "Templates in which a rule on trial held.", ("rule",), registry=self.registry
        )
        self._entry_hits = Counter(
            "moderation_entry_hits", "Hits of entries on trial or new.", ("mode",), registry=self.registry
        )
        self._alerts = Counter("moderation_alerts", "Alerts raised here, by kind.", ("kind",), registry=self.registry)
        self._cache = cache
        self._versions = versions
        self.registry.register(self)
        self._page: WSGIServer | None = None

    def call(self, method: str, code: str, seconds: float) -> None:
        """Count a call that ended."""
        self._calls.labels(method, code).inc()
        self._seconds.labels(method).observe(seconds)

    def verdict(self, decision: str) -> None:
        """Count a verdict that is given."""
        self._verdicts.labels(decision).inc()

    def rejected_by(self, rules: Iterable[str]) -> None:
        """Count a rejection under each rule that it rests on."""
        for rule_id in rules:
            self._rejects.labels(rule_id).inc()

    def hit(self, subject: Subject) -> None:
        """Count a hit of something on trial or new."""
        if subject.kind is HitKind.RULE:
            self._rule_hits.labels(subject.name).inc()
        else:
            self._entry_hits.labels(subject.mode.lower()).inc()

    def alert(self, kind: AlertKind) -> None:
        """Count an alert."""
        self._alerts.labels(kind.value).inc()

    def collect(self) -> Iterator[Metric]:
        """Yield what the cache of verdicts has counted itself, and which versions of the wordlists there are."""
        asked = CounterMetricFamily("moderation_verdict_cache", "Templates looked up in the cache.", labels=("result",))
        asked.add_metric(["hit"], self._cache.counts.hits)
        asked.add_metric(["miss"], self._cache.counts.misses)
        yield asked
        yield GaugeMetricFamily("moderation_verdict_cache_bytes", "Room that kept verdicts take.", self._cache.size)
        yield GaugeMetricFamily("moderation_verdict_cache_entries", "Verdicts that are kept.", len(self._cache))
        versions = GaugeMetricFamily(
            "moderation_wordlists_version",
            "Version of the wordlists: in force, served here, and failed to be built.",
            labels=("which",),
        )
        for which, number in self._versions().items():
            versions.add_metric([which], number)
        yield versions

    def serve(self, host: str, port: int) -> None:
        """Show the counters at /metrics of a port from now on; raise StartError where that cannot be."""
        require_free(host, port, "metrics_port")
        self._page, _ = start_http_server(port, host, self.registry)

    @property
    def port(self) -> int:
        """The port of the page; 0 where there is none."""
        return self._page.server_port if self._page is not None else 0

    def close(self) -> None:
        """Take the page away."""
        if self._page is not None:
            self._page.shutdown()
            self._page.server_close()
