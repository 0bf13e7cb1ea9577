"""What is wrong with the options of checks and of commands on cases, audit, keys and webhooks, in both languages."""

from __future__ import annotations

from collections.abc import Mapping

_MISTAKES: Mapping[str, tuple[str, str]] = {
    # Any option
    "unknown": ("{option}：没有 {value}；可用：{known}", "{option}: {value} is unknown; use {known}"),
    "empty": ("{option}：为空；请填写，或不用这个选项", "{option}: is empty; give it a value or leave it out"),
    "characters": (
        "{option}：有 {count} 个字符；须为 {least} 至 {most} 个",
        "{option}: has {count} characters; write {least} to {most}",
    ),
    "values": (
        "{option}：有 {count} 项；须为 {least} 至 {most} 项",
        "{option}: has {count} values; write {least} to {most}",
    ),
    "not UTF-8": ("{option}：不是 UTF-8；请用 UTF-8 书写", "{option}: is not UTF-8; write it as UTF-8"),
    "no time": (
        "{option}：{value} 不是时间；请写成 2026-11-23 或 2026-11-23T08:00:00+08:00",
        "{option}: {value} is no time; write 2026-11-23 or 2026-11-23T08:00:00+08:00",
    ),
    "no name": (
        "{option}：{value} 不能作名称；请写 1 至 {most} 个可显示的字符",
        "{option}: {value} is no name; write 1 to {most} printable characters",
    ),
    "too early": (
        "{option}：写在了 {command} 之前；请写在其后",
        "{option}: stands before {command}; write it behind",
    ),
    "unreadable": ("{option}：{path}：{why}；请核对路径", "{option}: {path}: {why}; check the path"),
    "no file": (
        "{option}：{path}：没有这个文件；请核对路径",
        "{option}: {path}: there is no such file; check the path",
    ),
    # Who acts, and where
    "no login": (
        "--actor：未填写，且登录账号没有名称；请填写，或设置 MODERATION_ACTOR",
        "--actor: is missing, and this login has no name; say who acts, or set MODERATION_ACTOR",
    ),
    "no tenant": (
        "--tenant：未填写；向服务器申诉须指明租户",
        "--tenant: is missing; at a server a sender speaks for a tenant",
    ),
    "empty server": (
        "--server：为空；请写成 HOST:PORT，例如 127.0.0.1:50051，或不用这个选项",
        "--server: is empty; write HOST:PORT, such as 127.0.0.1:50051, or leave it out",
    ),
    "no address": (
        "--server：{value} 不是 HOST:PORT；请写成例如 127.0.0.1:50051，moderation serve 会写出它的地址",
        "--server: {value} is not HOST:PORT; write one such as 127.0.0.1:50051; moderation serve tells its own",
    ),
    "store and server": (
        "--store 和 --keys 用于本进程的存储，不能与 --server 同用；请去掉其一",
        "--store and --keys belong to a store in this process; drop them or --server",
    ),
    # Checks
    "settings of server": (
        "--verified-domain、--wordlists、--models、--profiles 和 --dialects 属于服务器的设置；请去掉它们或 --server",
        "--verified-domain, --wordlists, --models, --profiles and --dialects belong to the server's settings; "
        "drop them or --server",
    ),
    "texts and files": (
        "模板写成参数或用 --file 给出，不能同用",
        "give templates as arguments or by --file, not both",
    ),
    "nothing given": (
        "没有要检查的内容；请给出 TEXT 或 --file。{example}",
        "nothing to check; give a TEXT or --file. {example}",
    ),
    "input format": (
        "--input-format：只用于标准输入；请加上 --file -，或去掉它：文件由其名称决定",
        "--input-format tells how standard input is written; add --file -, or drop it: a file's name tells its own",
    ),
    "unfit value": ("{option}：{why}", "{option}: {why}"),
    "at line": ("{place}：{why}", "{place}: {why}"),
    # Cases
    "unfit code": (
        "--code：{value} 不能用于 {decision}；可用：{known}",
        "--code: {value} is no reason to {decision}; use {known}",
    ),
    "no epoch": (
        "--request-id：须同时指定 --epoch，租约到期后才能重发",
        "--request-id: needs --epoch, so that the write can be sent again when the lease is over",
    ),
    "no terminal": (
        "全屏界面须在终端中运行；在脚本中请用上列命令",
        "the full screen needs a terminal; in a script use one of the commands above",
    ),
    "no textual": (
        "全屏界面需要 textual；请安装：pip install 'moderation[review]'",
        "the full screen needs textual; install it: pip install 'moderation[review]'",
    ),
    # Policies
    "when of effective": (
        "--at：说明何时生效的各项，须与 --effective 同用",
        "--at: tells when what is in force holds; say --effective too",
    ),
    "version of effective": (
        "--version：--effective 显示现行的各项，不能指定版本；请去掉其一",
        "--version: --effective shows what is in force, and not a version; drop one of them",
    ),
    # Audit
    "empty export": (
        "{path}：没有审计记录，无可证明；请核对 --file",
        "{path}: holds no entry, so nothing is proved; check --file",
    ),
    "no entry": (
        "{path}：第 {line} 行不是审计记录；请恢复备份",
        "{path}: line {line}: is no entry of an audit; restore a copy of the file",
    ),
    "unreadable export": (
        "{path}：无法读取：{why}；请核对 --file",
        "{path}: cannot be read: {why}; check --file",
    ),
    "no keys of checkpoints": (
        "--keys：未填写；检查点由存储的密钥证明，请指定密钥文件",
        "--keys: is missing; checkpoints are proved by the keys of the store: name their file",
    ),
    "no checkpoints": (
        "--checkpoints：未填写；请用它或 MODERATION_CHECKPOINTS 指定检查点文件",
        "--checkpoints: is missing; name the file by it or by MODERATION_CHECKPOINTS",
    ),
    # Keys
    "keys are there": (
        "{path}：已存在；请换一个文件，或用 moderation key rotate --keys {path} 添加密钥",
        "{path}: is there already; name another file, or add a key to it by moderation key rotate --keys {path}",
    ),
    "keys not written": (
        "{path}：无法写入：{why}；请换一个文件",
        "{path}: cannot be written: {why}; name another file",
    ),
    "keys not changed": (
        "{path}：无法更改：{why}；请核对 --keys 和文件的所有者",
        "{path}: cannot be changed: {why}; check --keys and who owns it",
    ),
    "rotating": (
        "{path}：有人正在更换密钥，或更换曾中断；若无人在更换，请删除此文件",
        "{path}: somebody rotates now, or was cut short; if nobody does, delete this file",
    ),
    "keys in no file": (
        "密钥在 MODERATION_KEY_RING 中，没有文件；请写入文件，并用 --keys 指定",
        "MODERATION_KEY_RING holds the keys, and no file; write them to one and name it by --keys",
    ),
    "no keys": (
        "--keys：未填写；请用它或 MODERATION_KEYS 指定密钥文件",
        "--keys: is missing; name the file of the keys by it or by MODERATION_KEYS",
    ),
    # Wordlists
    "no directory": (
        "--{option}：{path}：没有这个目录；请核对路径",
        "--{option}: {path}: there is no such directory; check the path",
    ),
    "approval of server": (
        "--approval-above：由服务器的 MODERATION_APPROVAL_ABOVE 决定；请去掉它或 --server",
        "--approval-above: a server has its own, MODERATION_APPROVAL_ABOVE; drop it or --server",
    ),
    "unread batch": (
        "{path}：无法读取：{why}；请核对路径",
        "{path}: cannot be read: {why}; check the path",
    ),
    "no words": (
        "查找的内容为空；例如 moderation wordlist search 首选",
        "there is nothing to look for; write a word, as in moderation wordlist search WORD",
    ),
    "unfit batch": (
        "批次 {batch} 与第 {version} 版词表不符，未生效；请改正文件，用 moderation wordlist plan 重新上传：\n{faults}",
        "batch {batch} does not fit version {version}, and nothing was applied; mend its file and upload it by "
        "moderation wordlist plan again:\n{faults}",
    ),
    # Trials
    "no day": (
        "{option}：{value} 不是日期；请写成 2026-12-31",
        "{option}: {value} is no day; write one such as 2026-12-31",
    ),
    "day over": (
        "{option}：{value} 已过；请写今天或以后的日期",
        "{option}: {value} is over; write today or a later day",
    ),
    "which trials": (
        "请写 ENTRY，或用 --batch、--due 指明哪些试行词条",
        "name an ENTRY, or say by --batch or --due which entries on trial are meant",
    ),
    "no such trials": (
        "没有符合的试行词条；moderation wordlist shadow list 列出全部",
        "no entry on trial is meant; see moderation wordlist shadow list",
    ),
    "no trial": (
        "{value} 不在试行中；moderation wordlist shadow list 列出试行词条",
        "{value} is not on trial; see moderation wordlist shadow list",
    ),
    "several trials": (
        "{value} 在多个词表中试行：{known}；请用 --wordlist 指明",
        "{value} is on trial in several wordlists: {known}; name one by --wordlist",
    ),
    "rules or due": (
        "请写 RULE，或用 --due 指全部到期的；moderation rule trials 可列出",
        "name a RULE, or say --due for all that are due; moderation rule trials lists them",
    ),
    "no rules due": (
        "没有试行到期的规则；moderation rule trials 列出全部",
        "the trial of no rule is over; see moderation rule trials",
    ),
    "no rule": (
        "没有规则 {value}；相近的：{near}；moderation rule list 列出全部",
        "there is no rule {value}; near are: {near}; see moderation rule list",
    ),
    "never on trial": (
        "{value} 从未试行；请先用 moderation rule shadow，单个租户停用规则用 moderation policy",
        "{value} was never on trial; begin with moderation rule shadow, or change it for a tenant by moderation policy",
    ),
    "no severity": (
        "{value} 本身的级别是 SHADOW；请用 --severity 指明转正后的级别",
        "{value} is SHADOW by itself; say by --severity what it does from now on",
    ),
    # Webhooks
    "event or all": (
        "请写一个 EVENT，或用 --all 指全部未送达的；moderation webhook dead 可列出",
        "name an EVENT, or say --all for all that did not arrive; moderation webhook dead lists them",
    ),
}
MISTAKES: Mapping[str, Mapping[str, str]] = {
    locale: {name: texts[column] for name, texts in _MISTAKES.items()} for column, locale in enumerate(("zh", "en"))
}
"""By language; braces stand for what the caller gave."""
