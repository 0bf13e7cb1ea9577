"""What is wrong in files and batches of wordlists, in the language of the reader; what is not known stays English."""

from __future__ import annotations

from collections.abc import Iterable

from moderation.cli.rendering.phrasebook import in_chinese, phrasebook
from moderation.cli.rendering.problems import problem_in
from moderation.match.listing import Diagnostic

_SAID = phrasebook(
    (r"byte order mark", r"文件开头有字节序标记（BOM）"),
    (r"byte (\S+) is not UTF-8", r"字节 \1 不是 UTF-8"),
    (r"not UTF-8", r"不是 UTF-8"),
    (r"carriage return", r"行尾有回车符"),
    (r"the header is missing", r"缺少文件头"),
    (r"the header has no end", r"文件头没有结束"),
    (r"header: (.+)", r"文件头有误（\1）"),
    (r"unknown header key (.+)", r"文件头没有键 \1"),
    (r"the header lacks (.+)", r"文件头缺少 \1"),
    (r"the header names (.+), not (.+)", r"文件头写的是 \1，不是 \2"),
    (r"(.+) is not a text", r"\1 须是文字"),
    (r"'reviewed' is not a date", r"reviewed 须是日期"),
    (r"'sources' is not a table of texts", r"sources 须是“键 = 文字”的表"),
    (r"unknown source (.+)", r"没有依据 \1"),
    (r"id (.+)", r"词表编号为 \1，与文件名不符"),
    (r"(.+) stands already in line (\d+)", r"\1 在第 \2 行已有"),
    (r"(.+) is in line (\d+) too", r"\1 在第 \2 行也有"),
    (r"(.+) is in (\S+:\d+) too", r"\1 在 \2 也有"),
    (r"unknown variant kind", r"没有这种变体"),
    (r"blanks around the entry", r"词条前后有空白"),
    (r"the source is missing|no source", r"缺少依据"),
    (r"bad window", r"窗口写法有误"),
    (r"a combination without window", r"组合没有写窗口"),
    (r"a window without combination", r"只有组合才能写窗口"),
    (r"an empty entry or part|an empty entry|no entry", r"词条或其一部分为空"),
    (r"a spelling is too long", r"词条太长"),
    (r"(.+) is not key=value", r"\1 不是“键=值”"),
    (r"unknown edges (.+)", r"edges 不能写 \1"),
    (r"unknown key (.+)", r"没有选项 \1"),
    (r"(.+) is no day", r"\1 不是日期"),
    (r"weight (.+) is not above 0 and at most 1", r"weight \1 须大于 0、不大于 1"),
    (r"near without a window", r"near 没有写窗口"),
    (r"more than (\d+) changes", r"超过 \1 处变更"),
    (r"no wordlist", r"没有写明词表"),
    (r"unknown wordlist (.+)", r"没有词表 \1"),
    (r"the table is empty", r"表格为空"),
    (r"unknown column (.+)", r"没有列 \1"),
    (r"second column (.+)", r"列 \1 重复"),
    (r"no column '(\w+)'", r"缺少列 \1"),
    (r"unknown operation (.+)", r"没有操作 \1"),
    (r"a tab in a cell", r"单元格中有制表符"),
    (r"broken row: (.+)", r"该行有误（\1）"),
    (r"the line is too long", r"该行太长"),
    (r"a control character or line end", r"有控制字符或换行"),
    (r"an entry that begins with #", r"词条以 # 开头"),
    (r"the line does not begin with (.+)", r"该行没有以 \1 开头"),
    (r"(.+) is not in lower case", r"\1 须为小写"),
    (r"(.+) stands already as (.+)", r"\1 已有，写的是 \2"),
    (r"(.+) is not in (\S+)", r"\2 中没有 \1"),
    (r"(.+) is on trial, which (\S+) cannot have: .+", r"\1 不能试行：\2 的词不由规则读取"),
    (r"(\d+) problems more", r"另有 \1 处有误"),
    (r"the cell holds a truth value", r"单元格是逻辑值"),
    (r"the cell holds a number", r"单元格是小数"),
    (r"the cell holds a date or time", r"单元格是日期或时间"),
    (r"the workbook is too large", r"工作簿太大"),
    (r"no XLSX workbook", r"不是 XLSX 工作簿"),
    (r"a cell outside the columns of the table", r"表格之外还有单元格"),
    (r"cells without a place", r"单元格没有位置"),
    (r"more texts are told of than there are", r"所称文本多于实有"),
    (r"XLSX is not read here", r"此处不能读取 XLSX"),
)
_MENDED = phrasebook(
    (r"save the file as UTF-8 without BOM", r"请存为不带 BOM 的 UTF-8"),
    (r"save the file as UTF-8", r"请存为 UTF-8"),
    (r"save the file with LF line ends", r"请以 LF 换行保存"),
    (r"begin the file with a line (.+)", r"首行请写 \1"),
    (r"close it with a line (.+)", r"请以一行 \1 结束"),
    (r"write valid TOML", r"请写成有效的 TOML"),
    (r"add a line (.+)", r"请加一行 \1"),
    (r"name the same wordlist", r"请写同一个词表"),
    (r"write (law9 = .+) under it", r"请在其下写 \1"),
    (r"add it to \[sources\] \(known: none yet\)", r"请先写入 [sources]"),
    (r"add it to \[sources\] \(known: (.+)\)", r"可用：\1；新的依据须先写入 [sources]"),
    (r"write (id = .+) or move the file", r"请写 \1，或移动文件"),
    (r"delete one of the two lines|keep one of the two lines", r"请只留一行"),
    (
        r"use (.+), joined by \|, or none; - before them leaves them out",
        r"可用：\1，以 | 相连；none 为不用，前加 - 为除外",
    ),
    (r"delete them; columns are separated by tabs", r"请删去；各列以制表符分隔"),
    (r"write a tab and a key of \[sources\]", r"请写制表符和 [sources] 中的键"),
    (r"write a tab and a source, or name one for all", r"请写制表符和依据，或用 --source 统一指定"),
    (r"write ~N with N from 1 to (\d+)", r"请写 ~N，N 为 1 到 \1"),
    (r"end it with ~N, such as ~12", r"请以 ~N 结尾，如 ~12"),
    (r"end it with ~N, N from 1 to (\d+)", r"请以 ~N 结尾，N 为 1 到 \1"),
    (r"join two parts with \+ or drop it", r"请用 + 连接两部分，或删去窗口"),
    (r"write at least one visible character", r"请写可见的字符"),
    (r"keep it within (\d+) characters", r"请不超过 \1 个字符"),
    (r"write for instance (\S+)", r"请写成例如 \1"),
    (r"write edges=word or leave it out", r"请写 edges=word，或删去"),
    (r"write the last day of the trial: (\S+)", r"请写试行的最后一天，如 \1"),
    (r"upload them as several batches", r"请分成几批上传"),
    (r"name the wordlist that the words are for", r"请用 --wordlist 指定词表"),
    (r"name the wordlist in the row, or one for all", r"请在该行写词表，或用 --wordlist 统一指定"),
    (r"see moderation wordlist list", r"moderation wordlist list 列出词表"),
    (r"did you mean (.+?)\? ?see moderation wordlist list", r"是否想写 \1？moderation wordlist list 列出词表"),
    (r"begin it with a row of headers: (.+)", r"首行请写列名：\1"),
    (r"name the columns (.+)", r"可用的列：\1"),
    (r"use (.+), each once", r"可用的列：\1，各一次"),
    (r"use (.+) or leave it empty", r"可用：\1，或留空"),
    (r"write the entry, or delete the row|write the entry, or delete the line", r"请写词条，或删去该行"),
    (
        r"write a key of \[sources\] of the wordlist, or name one for all",
        r"请写该词表 [sources] 中的键，或用 --source 统一指定",
    ),
    (r"delete it; each column has a cell of its own", r"请删去；每列各占一格"),
    (r"close every quote, and double those inside a cell", r"引号请成对书写，单元格内的引号写两次"),
    (r"write the entry on one line of visible characters", r"请在一行内写可见字符"),
    (r"write \\#, or delete the line if it is a comment", r"请写 \\\\#；若是注释请删去该行"),
    (r"begin the line with its entry and a tab", r"请以词条和制表符开头"),
    (r"use REPLACE to give it another line", r"要改写请用 REPLACE"),
    (r"see moderation wordlist search, or delete the line", r"请用 moderation wordlist search 查找，或删去该行"),
    (r"use ADD", r"请用 ADD"),
    (r"leave out shadow", r"请删去 shadow"),
    (r"mend those above first", r"请先改正以上各处"),
    (r"format the column as text and write the cell again", r"请将该列设为文本格式后重写"),
    (r"split it, or save it as CSV", r"请拆分，或另存为 CSV"),
    (r"save it as \.xlsx, without a password, or as CSV", r"请存为不带密码的 .xlsx，或 CSV"),
    (r"keep the table alone in the workbook, in columns (.+) to (\w+)", r"工作簿中请只留这张表，位于 \1 至 \2 列"),
    (r"save it by a spreadsheet program, or as CSV", r"请用表格软件另存，或存为 CSV"),
    (r"install (\S+), or save it as CSV", r"请安装 \1，或另存为 CSV"),
    (r"use (?:one of )?(.+) or (.+)", r"可用：\1, \2"),
    (r"use (?:one of )?(.+)", r"可用：\1"),
    (r"write (\w+ = .+)", r"请写 \1"),
    (r"write (\S+)", r"请写 \1"),
)


def wordlist_problem(one: Diagnostic, locale: str) -> str:
    """Return what is wrong, where, and how to mend it."""
    if locale != "zh":
        return str(one)
    return f"{one.file}:{one.line}:{one.column}：{_told(one)}"


def wordlist_problems(diagnostics: Iterable[Diagnostic], locale: str) -> str:
    """Return everything that is wrong, line by line."""
    return "\n".join(wordlist_problem(one, locale) for one in diagnostics)


def _told(one: Diagnostic) -> str:
    whole = f"{one.problem}; {one.mend}"
    if (of_host := problem_in("zh", whole)) != whole:
        return of_host
    problem, mend = in_chinese(one.problem, _SAID), in_chinese(one.mend, _MENDED)
    return f"{problem or one.problem}；{mend or one.mend}"
