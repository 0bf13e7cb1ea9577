"""What is wrong with a line, in the language of a report; scripts and standard error keep the English words."""

from __future__ import annotations

import re

_CHINESE = tuple(
    (re.compile(english, re.DOTALL), chinese)
    for english, chinese in (
        (r"is missing; every template needs one", "缺少内容；每条模板都须填写"),
        (r"must not be empty", "不能为空；请填写内容"),
        (r"is not a string; put it into quotes", "不是字符串；请加引号"),
        (r"(.+) is no template type; use (.+)", r"\1 不是模板类型；可用：\2"),
        (r"(.+) is no industry; use (.+)", r"\1 不是行业；可用：\2"),
        (r"(.+) is no RFC 3339 time; write (.+)", r"\1 不是 RFC 3339 时间；请写成 \2"),
        (r"(.+) has no offset; write (.+)", r"\1 缺少时区；请写成 \2"),
        (r"unknown field (.+); use (.+)", r"没有字段 \1；可用：\2"),
        (r"the key (.+) stands twice; delete one of them", r"键 \1 重复；请删去其一"),
        (r"not UTF-8 at character (\d+); save the file as UTF-8", r"第 \1 个字符不是 UTF-8；请将文件另存为 UTF-8"),
        (r"lone surrogate (\S+) at character (\d+); .+", r"第 \2 个字符是不成对的代理项 \1；请写完整的字符"),
        (r"the line has (\d+) characters; keep it within (\d+)", r"该行有 \1 个字符；请控制在 \2 个以内"),
        (r"length is (\d+), limit is (\d+)", r"长度为 \1，上限为 \2；请缩短"),
        (r"(\d+) cells, the header has (\d+); .+", r"有 \1 个单元格，表头有 \2 个；含逗号的单元格请加引号"),
        (r"not a JSON object; write (.+)", r"不是 JSON 对象；请写成 \1"),
        (r"not JSON: (.+); write one object a line, such as (.+)", r"不是 JSON（\1）；请每行写一个对象，例如 \2"),
        (
            r"(.+); close quotes, and double those inside a quoted cell",
            r"引号有误（\1）；请成对书写，单元格内的引号写两次",
        ),
        (r"no profile has this name; known are (.+)", r"没有这个运营商配置；可用：\1"),
        (r"must lie in the years 1970 to 9999", "时间须在 1970 至 9999 年之间"),
        (r"internal error", "内部错误"),
    )
)


def problem_in(locale: str, message: str) -> str:
    """Return a message about a line in a locale; one that is not known stays as it is."""
    if locale == "zh":
        for pattern, chinese in _CHINESE:
            if found := pattern.fullmatch(message):
                return found.expand(chinese)
    return message
