"""What is wrong with templates, lines and files that are checked, in the language of the reader."""

from __future__ import annotations

from moderation.cli.rendering.phrasebook import in_chinese, phrasebook
from moderation.cli.rendering.refusals import refusal
from moderation.cli.rendering.system import in_language
from moderation.review.desk import DeskError, DeskReason
from moderation.service.errors import STATUS_CODES, RequestError

_CHINESE = phrasebook(
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
    (r"internal error", "服务器内部错误；请稍后重试，或查看服务器日志"),
    (r"the deadline has passed", "服务器没有及时应答；请稍后重试"),
    (r"the call was cancelled", "检查被取消；请重试"),
    (r"too many calls at the same time", "服务器正忙；请稍后重试"),
    (r"holds U\+0000; leave it out", "含有 U+0000；请删去"),
    (r"(.+): no such file; check the path", r"\1：没有这个文件；请核对路径"),
    (
        r"(.+): unknown kind of file; name it (.+), or pipe it into --file -",
        r"\1：不知道文件的种类；请命名为 \2，或由管道送入 --file -",
    ),
    (r"(.+): no column text; begin with a header line such as (.+)", r"\1：没有 text 列；首行请写表头，例如 \2"),
    (
        r"(.+): is not text in UTF-8; .+",
        r"\1：不是 UTF-8 文本；请另存为 CSV UTF-8，首行为表头 id,text,type",
    ),
    (r"(.+): unknown or repeated column (.+); use (.+)", r"\1：列 \2 未知或重复；可用：\3"),
    (r"nothing to check; the input holds no template, write one a line", "没有可检查的内容；请每行写一条模板"),
    (
        r"(.+) is no bare host: no scheme, port, path, wildcard or dot at its ends(?:; write )?(.*)",
        r"\1 不是单独的域名：不带协议、端口、路径、通配符，首尾没有点；例如 \2",
    ),
    (r"(.+) is no domain; write one such as example\.cn", r"\1 不是域名；请写成例如 example.cn"),
    (
        r"(.+) is no domain that one can own, .+",
        r"\1 是公共后缀或虚构的域名，不能为个人所有；请写其下自己的域名，例如 example.cn",
    ),
)


def problem_in(locale: str, message: str) -> str:
    """Return a message about what is checked in a locale; one that is not known stays as it is."""
    if locale == "zh":
        message = in_chinese(message, _CHINESE) or message
    return in_language(locale, message)


def item_problem_in(locale: str, error: RequestError) -> str:
    """Return why a template got no verdict in a locale."""
    if (reason := error.reason.value) in set(DeskReason):
        return refusal(DeskError(DeskReason(reason), error.message, **error.metadata), locale)
    return problem_in(locale, error.message)


def is_of_template(error: RequestError) -> bool:
    """Return whether a template is at fault where it got no verdict, and not the server or its store."""
    return STATUS_CODES[error.reason] == "INVALID_ARGUMENT"
