"""What is wrong with a setting of a store, in the language of the reader; what is not known stays English."""

from __future__ import annotations

from moderation.cli.rendering.phrasebook import in_chinese, phrasebook

_CHINESE = phrasebook(
    (
        r"the store is a file of SQLite or a PostgreSQL; write (.+) or (.+)",
        r"存储须为 SQLite 文件或 PostgreSQL；请写成 \1 或 \2",
    ),
    (r"the store's address is no URL; write (.+) or (.+)", r"存储的地址不是 URL；请写成 \1 或 \2"),
    (
        r"a store of PostgreSQL needs its driver; .+",
        r"PostgreSQL 存储需要驱动程序；请安装：pip install 'moderation[postgresql]'",
    ),
    (r"found (.+); it must be at least (.+)", r"现为 \1；至少须为 \2"),
    (r"found (.+); it must be at most (.+)", r"现为 \1；至多为 \2"),
    (r"found (.+); there is no such file; check the path", r"\1：没有这个文件；请核对路径"),
    (r"found (.+); write a whole number", r"现为 \1；请写整数"),
    (r"found (.+); write a number", r"现为 \1；请写数字"),
    (r"found (.+); write true or false", r"现为 \1；请写 true 或 false"),
    (r"found (.+); (?:did you mean .+\? )?use (.+)", r"现为 \1；可用：\2"),
)


def setting_fault(message: str, locale: str) -> str:
    """Return what is wrong with a setting in a locale."""
    return (in_chinese(message, _CHINESE) if locale == "zh" else None) or message
