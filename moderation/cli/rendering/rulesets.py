"""What processes decide by and verdicts that were made again, as JSON records and for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

import typer

from moderation.cli.rendering.listing import Record, local, print_table, rfc3339
from moderation.cli.rendering.words import WORDS
from moderation.review.replay import Found, Replay
from moderation.store.presence import Presence

SHORT = 19
"""Characters of a digest that a table shows."""

_TEXTS: Mapping[str, tuple[str, str]] = {
    "head": ("现行词表：第 {head} 版", "wordlists in force: version {head}"),
    "nobody": ("没有进程在服务", "no process serves"),
    "host": ("主机", "host"),
    "process": ("进程", "process"),
    "release": ("程序版本", "release"),
    "wordlists": ("词表版本", "wordlists"),
    "ruleset": ("规则集", "ruleset"),
    "since": ("自", "since"),
    "state": ("状态", "state"),
    "loading": ("正在加载", "loading"),
    "current": ("最新", "current"),
    "behind": ("落后", "behind"),
    "building": ("正在构建第 {version} 版", "builds version {version}"),
    "failed": (
        "第 {version} 版构建失败（{at}），仍用旧版：{reason}",
        "version {version} could not be built ({at}), the one before is served on: {reason}",
    ),
    "same": ("结果相同：{decision}，{count} 项发现", "the same verdict: {decision}, {count} findings"),
    "other": ("结果不同：当时 {then}，现在 {now}", "another verdict: {then} then, {now} now"),
    "others": ("结论相同（{decision}），但发现不同", "the same decision, {decision}, by other findings"),
    "made with": (
        "词表第 {version} 版，程序 {then} → {now}",
        "wordlists version {version}, release {then} → {now}",
    ),
    "assumed": (
        "该结果未记录词表版本与租户设置：按当时生效的词表、默认设置重做",
        "the verdict does not tell its wordlists and policy: those in force then and the default were taken",
    ),
    "same ruleset": ("规则集与当时相同", "the ruleset is the same as then"),
    "causes": ("与当时不同的：{causes}", "not as it was then: {causes}"),
    "cause release": ("程序版本", "release"),
    "cause rules": ("规则", "rules"),
    "cause model": ("模型", "model"),
    "cause profiles": ("通道要求", "profiles"),
    "cause wordlists": ("随附词表或方言文件", "shipped wordlists or dialect files"),
    "lost": ("只在当时", "then alone"),
    "gained": ("只在现在", "now alone"),
    "when": ("何时", "when"),
    "rule": ("规则", "rule"),
    "severity": ("级别", "severity"),
    "place": ("位置", "place"),
    "quote": ("原文", "quote"),
}


def presence_record(one: Presence) -> Record:
    """Return the record of a process."""
    record = asdict(one)
    moments = {name: rfc3339(record[name]) for name in ("started_at", "seen_at", "serving_since", "failed_at")}
    return record | moments


def print_processes(head: int, processes: Sequence[Presence], locale: str) -> None:
    """Write what each process serves as a table, and the version in force."""
    said = _said(locale)
    typer.echo(said["head"].format(head=head))
    if not processes:
        typer.echo(said["nobody"])
        return
    rows = (
        (
            one.host,
            str(one.pid),
            one.release,
            str(one.wordlists_version),
            one.ruleset[:SHORT] or "-",
            local(one.serving_since) if one.serving_since is not None else "-",
            _state(one, head, said),
        )
        for one in processes
    )
    columns = ("host", "process", "release", "wordlists", "ruleset", "since", "state")
    print_table([said[name] for name in columns], rows)


def replay_record(replay: Replay, *, is_assumed: bool) -> Record:
    """Return the record of a verdict that was made again."""
    kept = replay.kept
    return {
        "verdict_id": kept.verdict_id,
        "is_same": replay.is_same,
        "wordlists_version": replay.wordlists_version,
        "is_assumed": is_assumed,
        "then": {
            "decision": kept.decision.value,
            "risk_score": kept.risk_score,
            "ruleset": kept.ruleset,
            "release": kept.made.release if kept.made is not None else None,
        },
        "now": {
            "decision": replay.decision.value,
            "risk_score": replay.risk_score,
            "ruleset": replay.ruleset,
            "release": replay.release,
        },
        "lost": list(map(_found_record, replay.lost)),
        "gained": list(map(_found_record, replay.gained)),
        "causes": list(replay.causes),
    }


def print_replay(replay: Replay, locale: str, *, is_assumed: bool) -> None:
    """Write whether a verdict is the same now, what differs, and what is not as it was."""
    said, words, kept = _said(locale), WORDS[locale], replay.kept
    then, now = words[kept.decision], words[replay.decision]
    if replay.is_same:
        typer.echo(said["same"].format(decision=now, count=len(kept.reasons)))
    elif replay.decision is kept.decision:
        typer.echo(said["others"].format(decision=now))
    else:
        typer.echo(said["other"].format(then=then, now=now))
    release = kept.made.release if kept.made is not None else "?"
    told = {"version": replay.wordlists_version, "then": release, "now": replay.release}
    typer.echo(said["made with"].format(**told))
    if is_assumed:
        typer.echo(said["assumed"])
    named = "、" if locale == "zh" else ", "
    causes = named.join(said[f"cause {one}"] for one in replay.causes)
    typer.echo(said["causes"].format(causes=causes) if causes else said["same ruleset"])
    rows = [(said[name], *_row(one)) for name in ("lost", "gained") for one in getattr(replay, name)]
    if rows:
        print_table([said[name] for name in ("when", "rule", "severity", "place", "quote")], rows)


def _state(one: Presence, head: int, said: Mapping[str, str]) -> str:
    if one.failed_version is not None and one.failed_at is not None:
        return said["failed"].format(version=one.failed_version, at=local(one.failed_at), reason=one.failed_reason)
    if one.building_version is not None:
        return said["building"].format(version=one.building_version)
    if not one.ruleset:
        return said["loading"]
    return said["current"] if one.wordlists_version == head else said["behind"]


def _row(one: Found) -> tuple[str, str, str, str]:
    place = f"{one.span.start}–{one.span.end}" if one.span is not None else "-"
    return one.rule_id, one.severity, place, one.quote or "-"


def _found_record(one: Found) -> Record:
    span = {"start": one.span.start, "end": one.span.end} if one.span is not None else None
    return {"rule_id": one.rule_id, "severity": one.severity, "span": span, "quote": one.quote}


def _said(locale: str) -> Mapping[str, str]:
    return {name: texts[0 if locale == "zh" else 1] for name, texts in _TEXTS.items()}
