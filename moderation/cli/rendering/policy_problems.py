"""What is wrong in a policy file, in the language of the reader; what is not known stays English."""

from __future__ import annotations

from moderation.cli.rendering.phrasebook import in_chinese, phrasebook
from moderation.match.listing import Diagnostic

_SAID = phrasebook(
    (r"(\w+): is missing", r"\1：缺少"),
    (r"(\w+): there is no reason", r"\1：没有写明原因"),
    (r"(\w+): there is none", r"\1：没有词"),
    (r"(\w+): there is no such key", r"\1：没有这个键"),
    (r"(\w+): found (.+)", r"\1：写的是 \2"),
    (r"(\w+): is no list of (?:tables|texts)", r"\1：写法不对"),
    (r"(\w+): (.+) is denied before", r"\1：\2 已禁用过"),
    (r"(\w+): (.+) is allowed before", r"\1：\2 已放行过"),
    (r"(\w+): (.+) is denied too", r"\1：\2 同时被禁用"),
    (r"(\w+): (.+) is no word", r"\1：\2 不是词"),
    (r"(\w+): (.+) is no rule", r"\1：\2 不是规则"),
    (r"(\w+): (\S+) is changed before", r"\1：\2 已改过"),
    (r"(\w+): (\S+) is fixed for tenants", r"\1：\2 类规则租户不能放宽"),
    (r"(\w+): (\S+) is REVIEW at least for tenants", r"\1：\2 类规则租户至少须设为 review"),
    (r"(\w+): (\S+) finds no listed words", r"\1：\2 不是词表规则"),
    (r"(\w+): no rule reads a wordlist (.+)", r"\1：没有规则使用词表 \2"),
    (r"(\w+): this policy is of one tenant", r"\1：这是单个租户的策略"),
    (r"(\w+): too far ahead", r"\1：截止时间太远"),
    (r"(\w+): no such profile", r"\1：没有这个规范"),
    (r"(\w+): (\S+) is above reject_threshold", r"\1：\2 高于 reject_threshold"),
    (r"(\w+): (?:a word|a reason) of (\d+) characters", r"\1：有 \2 个字符"),
    (r"(\w+): (\d+) words", r"\1：有 \2 个词"),
    (r"(\w+): (\d+) rules", r"\1：有 \2 条规则"),
    (r"rule and wordlist", r"rule 与 wordlist 不能并用"),
    (r"byte (\S+) is not UTF-8", r"字节 \1 不是 UTF-8"),
)
_MENDED = phrasebook(
    (r"write (\w+ = .+)", r"请写 \1"),
    (r"say why, on one line; people are told", r"请用一行写明，发送方会看到"),
    (r"delete one of them", r"请删去其一"),
    (r"name one of them", r"请只写其一"),
    (r"write at most (\d+)", r"至多 \1"),
    (r"say until when, such as (.+)", r"请写明截止时间，如 \1"),
    (r"write a day, (\S+), or a moment with its zone, (\S+)", r"请写日期，如 \1，或带时区的时间，如 \2"),
    (r"name a moment before (\S+); it can be prolonged then", r"请写 \1 之前的时间，到期可再延长"),
    (r"leave (\S+) as it is or make it stricter; .+", r"\1 只能更严；须放宽请写入默认策略（default）"),
    (r"set (\S+) to REVIEW; .+", r"\1 请设为 review；须更宽请写入默认策略（default）"),
    (r"the default policy may allow it, (.+)", r"可在默认策略（default）中放行，\1"),
    (r"leave it out; only the default policy names tenants", r"请删去；只有默认策略（default）可写 tenants"),
    (r"(?:did you mean (.+?)\? )?known keys: (.+)", r"可用的键：\2"),
    (r"did you mean (.+?)\?.*", r"是否想写 \1？"),
    (r"see moderation rule list", r"moderation rule list 列出规则"),
    (r"see moderation wordlist list", r"moderation wordlist list 列出词表"),
    (r"name a rule over wordlists, see moderation rule list", r"请写词表规则，moderation rule list 列出规则"),
    (r"use one of (.+)", r"可用：\1"),
    (r"use (.+)", r"可用：\1"),
    (r"review before you reject", r"复核阈值不能高于拒绝阈值"),
    (r"write a number above 0 and at most 1", r"请写大于 0、不超过 1 的数"),
    (r"write a number such as (.+)", r"请写数字，如 \1"),
    (r"write valid TOML", r"请写成有效的 TOML"),
    (r"save the file as UTF-8", r"请存为 UTF-8"),
    (r"write visible characters on one line", r"请在一行内写可见字符"),
    (r"begin each with (.+)", r"每项以 \1 开头"),
)


def policy_problem(one: Diagnostic, locale: str) -> str:
    """Return what is wrong, where, and how to mend it."""
    if locale != "zh":
        return str(one)
    problem, mend = in_chinese(one.problem, _SAID), in_chinese(one.mend, _MENDED)
    return f"{one.file}:{one.line}：{problem or one.problem}；{mend or one.mend}"
