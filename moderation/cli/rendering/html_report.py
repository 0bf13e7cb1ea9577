"""Verdicts as one HTML file that needs nothing else: the words marked, reasons below, a filter by decision."""

from __future__ import annotations

from collections import Counter
from html import escape
from typing import TextIO

from moderation.cli.reading import Line
from moderation.cli.rendering.report import WORDS, Record, laws_of, marks, recorded, summary

STYLE = """
:root{color-scheme:light dark}
body{font:16px/1.6 system-ui,"PingFang SC","Microsoft YaHei",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
article{border:1px solid #8886;border-left-width:.4rem;border-radius:.3rem;padding:.6rem 1rem;margin:1rem 0}
.REJECT{border-left-color:#c62828}.REVIEW{border-left-color:#ef8f00}.PASS{border-left-color:#2e7d32}
.bad{border-left-color:#6a1b9a}
.text{white-space:pre-wrap;overflow-wrap:anywhere;font-size:1.1em}
mark{padding:0 .1em;border-radius:.2em;color:#000}
mark.REJECT{background:#ff8a80}mark.REVIEW{background:#ffd54f}mark.ADVICE{background:#80deea}
small,.law{opacity:.75}ul{padding-left:1.2rem}
#show-PASS:checked~main article:not(.PASS),#show-REVIEW:checked~main article:not(.REVIEW),
#show-REJECT:checked~main article:not(.REJECT){display:none}
"""


class HtmlReport:
    """Writes each verdict as it comes; the counts stand at the end."""

    def __init__(self, stream: TextIO, locale: str) -> None:
        self._stream = stream
        self._words = WORDS[locale]
        self._locale = locale
        self._counts: Counter[str] = Counter()
        self._ruleset = ""
        self._write_head()

    def add_verdict(self, line: Line, record: Record) -> None:
        """Write one verdict with its reasons."""
        decision = record["decision"]
        self._counts[decision] += 1
        self._ruleset = record["ruleset"]
        facts = [
            escape(str(record["id"])),
            f"{self._words['risk']} {record['risk_score']:.2f}",
            *(value for value in (record["type"], record["industry"]) if value),
            f"{self._words['segments']} {record['segments']}",
            *map(escape, record["tags"]),
        ]
        reasons = "".join(self._reason(finding) for finding in record["findings"])
        self._stream.write(
            f'<article class="{decision}"><strong>{self._words[decision]}</strong> <small>{" · ".join(facts)}</small>'
            f'<p class="text">{_marked(line.template.text, record)}</p>'
            + (f"<ul>{reasons}</ul>" if reasons else "")
            + self._suggestion(record)
            + (f"<small>{escape(kept)}</small>" if (kept := recorded(record, self._locale)) else "")
            + "</article>\n"
        )

    def add_problem(self, line: Line, message: str, field: str, *, is_checked: bool = True) -> None:
        """Write that a line is no sound template, or was not checked."""
        kind = "bad" if is_checked else "unchecked"
        self._counts[kind] += 1
        where = self._words["line"].format(number=line.number)
        told = escape(f"{field}: {message}" if field else message)
        self._stream.write(f'<article class="bad"><strong>{self._words[kind]}</strong> {where}: {told}</article>\n')

    def close(self) -> None:
        """Write the counts and the ruleset."""
        self._stream.write(
            f"</main><footer><p>{escape(summary(self._counts, self._locale))}</p>"
            f"<p><small>{self._words['ruleset']} {escape(self._ruleset)}</small></p></footer></body></html>\n"
        )

    def _write_head(self) -> None:
        words = self._words
        choices = "".join(
            f'<input type="radio" name="show" id="show-{key}"{" checked" if key == "all" else ""}>'
            f'<label for="show-{key}">{words[key]}</label> '
            for key in ("all", "REJECT", "REVIEW", "PASS")
        )
        language = "zh-CN" if self._locale == "zh" else "en"
        policy = "default-src 'none'; style-src 'unsafe-inline'"
        self._stream.write(
            f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
            f'<meta name="viewport" content="width=device-width">'
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
            f"<title>{words['title']}</title><style>{STYLE}</style></head>"
            f"<body><h1>{words['title']}</h1>{choices}<main>\n"
        )

    def _suggestion(self, record: Record) -> str:
        if not record["suggested_text"]:
            return ""
        told = f"{self._words['suggested']} ({self._words[record['suggested_decision']]})"
        return f'<p class="text"><small>{told}</small><br>{escape(record["suggested_text"])}</p>'

    def _reason(self, finding: Record) -> str:
        law = f' <span class="law">{escape(laws_of(finding))}</span>' if finding["law"] else ""
        return (
            f"<li><strong>{finding['rule_id']}</strong> {finding['rule_name']}: {escape(finding['message'])}{law}<br>"
            f"<small>{self._words['advice']}: {escape(finding['advice'])}</small></li>"
        )


def _marked(text: str, record: Record) -> str:
    pieces: list[str] = []
    position = 0
    for mark in marks(record["findings"]):
        title = " ".join(mark.rules)
        pieces.append(escape(text[position : mark.start]))
        pieces.append(f'<mark class="{mark.severity}" title="{title}">{escape(text[mark.start : mark.end])}</mark>')
        position = mark.end
    return "".join(pieces) + escape(text[position:])
