"""What the operating system says is wrong with a file, in the language of the reader."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

_CHINESE: Mapping[str, str] = {
    os.strerror(number): chinese
    for number, chinese in (
        (errno.ENOENT, "没有这个文件或目录"),
        (errno.EACCES, "没有权限"),
        (errno.EPERM, "不允许这样操作"),
        (errno.EISDIR, "这是目录"),
        (errno.ENOTDIR, "路径中有一段不是目录"),
        (errno.EEXIST, "文件已存在"),
        (errno.ENOSPC, "磁盘已满"),
        (errno.EROFS, "文件系统只读"),
        (errno.ENAMETOOLONG, "文件名太长"),
        (errno.EMFILE, "打开的文件太多"),
        (errno.ELOOP, "符号链接太多"),
        (errno.EIO, "读写出错"),
        (errno.EINVAL, "参数无效"),
        (errno.ENXIO, "没有这个设备"),
    )
}
"""By what the system says in English."""


def in_language(locale: str, message: str) -> str:
    """Return a message with what the system says in it told in a locale."""
    if locale == "zh":
        for english, chinese in _CHINESE.items():
            message = message.replace(english, chinese)
    return message
