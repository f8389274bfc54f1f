"""Notices copied from web pages: as pages, and as Markdown."""

from datetime import date

from taizhang.notices.tests.corpus.case import Case, Head, Row

_PAGE = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>不是标题</title>
<style>p {{ color: red }}</style>
<script>var a = "<p>一、不是事项。（市财政局负责）</p>";</script></head>
<body><nav>首页 &gt; 公文</nav>
<table><tr><td>索引号：</td><td>LJ-2030-0007</td><td>主题分类：</td><td>群团</td></tr>
<tr><td>发文机关：</td><td>临江市总工会</td><td>成文日期：</td><td>2030年03月05日</td></tr>
<tr><td>标　　题：</td><td colspan="3">临江市总工会关于印发服务职工任务清单的通知</td></tr>
<tr><td>发文字号：</td><td>临工发〔2030〕7号</td><td>发布日期：</td><td>2030年03月09日</td></tr></table>
<p>{body}
</body></html>
"""
_TABLE = """各县（区）总工会：</p><p>现将清单印发你们。</p><p>服务职工任务清单</p>
<table border="1">
<tr><th rowspan="2">序号</th><th rowspan="2">类别</th>
<th rowspan="2">重点任务</th><th colspan="2">责任单位</th></tr>
<tr><th>牵头</th><th>配合</th></tr>
<tr><td>1</td><td rowspan="2">阵地</td>
<td><p>建成职工书屋，</p><p>每年补充新书。</p></td><td>宣教部</td>
<td rowspan="2">财务部<br>办公室</td></tr>
<tr><td>2</td><td>开放&nbsp;驿站。</td><td>保障部</td></tr>
<tr><td>3</td><td>技能</td><td>举办焊工大赛。</td><td>经济部</td><td></td></tr>
</table>"""
_HEAD = Head(
    ("临江市总工会",),
    "临工发〔2030〕7号",
    "临江市总工会关于印发服务职工任务清单的通知",
    date(2030, 3, 5),
    ("各县（区）总工会",),
)
_ROWS = (
    Row(1, "建成职工书屋，每年补充新书。", ("宣教部",), ("财务部", "办公室"), None, "阵地"),
    Row(2, "开放驿站。", ("保障部",), ("财务部", "办公室"), None, "阵地"),
    Row(3, "举办焊工大赛。", ("经济部",), (), None, "技能"),
)
_PARAGRAPHS = """各县（区）总工会：</p><div>一、建成职工书屋。（宣教部牵头，财务部配合）<br/>
二、开放<b>驿站</b>。（保障部牵头，<span>财务部</span>配合）</div>
<p style="display:none">三、不显示的一条。（办公室牵头）</p>"""

_MARKDOWN = """# 临江市总工会 2030 年服务职工任务清单

> 临工发〔2030〕7号

**各县（区）总工会：**

| **序号** | **重点任务** | **牵头单位** | **配合单位** |
|:--:|---|---|---|
| 1 | 建成职工书屋，<br>每年补充新书。 | 宣教部 | 财务部、办公室 |
| 2\\. | 开放**驿站**。 | 保障部 | 无 |
"""

WEB: tuple[Case, ...] = (
    Case(
        "web-page-with-spanning-cells",
        "notice.html",
        lambda: _PAGE.format(charset="utf-8", body=_TABLE).encode(),
        _HEAD,
        _ROWS,
    ),
    Case(
        "web-page-in-gbk-saved-as-doc",
        "notice.doc",
        lambda: _PAGE.format(charset="gb2312", body=_TABLE).encode("gb18030"),
        _HEAD,
        _ROWS,
    ),
    Case(
        "web-page-of-paragraphs",
        "notice.htm",
        lambda: _PAGE.format(charset="utf-8", body=_PARAGRAPHS).encode(),
        _HEAD,
        (
            Row(1, "建成职工书屋。", ("宣教部",), ("财务部",)),
            Row(2, "开放驿站。", ("保障部",), ("财务部",)),
        ),
    ),
    Case(
        "web-fragment-that-begins-with-style",
        "notice.html",
        lambda: f"<style>p {{ margin: 0 }}</style><article><p>{_PARAGRAPHS}</article>".encode(),
        Head(recipients=("各县（区）总工会",)),
        (
            Row(1, "建成职工书屋。", ("宣教部",), ("财务部",)),
            Row(2, "开放驿站。", ("保障部",), ("财务部",)),
        ),
    ),
    Case(
        "markdown-with-emphasis",
        "notice.md",
        _MARKDOWN.encode,
        Head(
            (),
            "临工发〔2030〕7号",
            "临江市总工会2030年服务职工任务清单",
            None,
            ("各县（区）总工会",),
        ),
        (
            Row(1, "建成职工书屋，每年补充新书。", ("宣教部",), ("财务部", "办公室")),
            Row(2, "开放驿站。", ("保障部",)),
        ),
    ),
)
