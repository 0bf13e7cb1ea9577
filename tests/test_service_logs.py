"""Logs: JSON lines with ids, codes and durations, and never a text."""

from __future__ import annotations

import logging

from serving import SECRET, batch, captured_logs, failure, log_lines, real_engine, request, serving

from moderation.v1 import rule_service_pb2


async def test_logs_hold_no_template_text() -> None:
    text = f"【优选商城】{SECRET}全国第一 拒收请回复R"
    with captured_logs() as stream:
        async with serving(real_engine()) as client:
            await client.check.Check(request(text, type="TEMPLATE_TYPE_MARKETING"))
            await client.check.CheckBatch(batch(text, ""))
            await failure(client.check.Check(request(text, profile=SECRET)))
            await failure(client.rules.ExplainRule(rule_service_pb2.ExplainRuleRequest(rule=SECRET)))
    assert SECRET not in stream.getvalue()
    calls = [line for line in log_lines(stream) if line["event"] == "call"]
    assert [(line["method"], line["code"]) for line in calls] == [
        ("Check", "OK"),
        ("CheckBatch", "OK"),
        ("Check", "INVALID_ARGUMENT"),
        ("ExplainRule", "NOT_FOUND"),
    ]
    assert all(0 <= float(line["seconds"]) < 60 for line in calls)


def test_a_librarys_exception_is_logged_without_its_text() -> None:
    with captured_logs() as stream:
        try:
            raise ValueError(SECRET)
        except ValueError:
            logging.getLogger("library").exception("failed for %s", SECRET)
    (line,) = log_lines(stream)
    assert (line["event"], line["error_type"], line["logger"]) == ("failed for %s", "ValueError", "library")
    assert SECRET not in stream.getvalue()
