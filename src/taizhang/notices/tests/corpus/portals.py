"""Notices as the portals of governments show them, as Markdown, and as workbooks saved as pages."""

from datetime import date

from taizhang.notices.tests.corpus.case import Case, Head, Row, text_case

_HEAD = Head(
    ("云岭区人民政府办公室",),
    "云政办发〔2031〕6号",
    "云岭区人民政府办公室关于印发2031年民生实事责任分工的通知",
    date(2031, 2, 11),
    ("各街道办事处、镇人民政府", "区政府各部门"),
)
_ROWS = (
    Row(1, "新建充电桩300个。", ("区发展改革局",), ("各镇街",), "10月底"),
    Row(2, "开办老年食堂8家。", ("区民政局",), ("区财政局",), "12月底"),
)
_PORTAL = """<!DOCTYPE html><html><head><meta charset="utf-8"><title>云岭区政府网</title></head>
<body><div class="top"><a href="/">无障碍浏览</a>
<a href="/en">English</a> <span>2031年3月1日 星期六</span></div>
<ul class="menu"><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li>
<li><a href="/fw">办事服务</a></li></ul>
<div class="crumb">当前位置：<a>首页</a> &gt; <a>政务公开</a> &gt;
<a>区政府办公室文件</a></div>
<h1>云岭区人民政府办公室关于印发2031年民生实事责任分工的通知</h1>
<div class="info">发布时间：2031-02-14 09:30　来源：区政府办
浏览次数：128　字号：【大 中 小】 打印 关闭</div>
<div class="text"><p style="text-align:center">云政办发〔2031〕6号</p>
<p>各街道办事处、镇人民政府，区政府各部门：</p>
<p>　　现将《2031年民生实事责任分工》印发给你们，请认真落实。</p>
<p style="text-align:right">云岭区人民政府办公室</p><p style="text-align:right">2031年2月11日</p>
<p>2031年民生实事责任分工</p>
<table><tr><td>序号</td><td>实事项目</td><td>牵头单位</td><td>配合单位</td><td>完成时限</td></tr>
<tr><td>1</td><td>新建充电桩300个。</td><td>区发展改革局</td><td>各镇街</td>
<td>10月底</td></tr>
<tr><td>2</td><td>开办老年食堂8家。</td><td>区民政局</td><td>区财政局</td>
<td>12月底</td></tr></table></div>
<div class="near"><p>上一篇：<a>关于清明节放假的通知</a></p>
<p>下一篇：<a>2030年工作总结</a></p></div>
<div class="foot"><p>主办单位：云岭区人民政府办公室</p><p>版权所有 联系我们 网站地图</p>
<p>备案序号：000000</p></div></body></html>"""
_SAVED_WORKBOOK = """<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:x="urn:schemas-microsoft-com:office:excel" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:Name>表一</x:Name></x:ExcelWorkbook></xml><![endif]-->
<style>td {mso-number-format:General}</style></head><body>
<table><col width=40><col width=300>
<tr><td colspan=5 class=xl65>云岭区2031年民生实事责任分解表</td></tr>
<tr><td colspan=3>填报单位：云岭区人民政府办公室</td><td colspan=2>2031年2月11日</td></tr>
<tr><td>序号</td><td>实事项目</td><td>牵头单位</td><td>配合单位</td><td>完成时限</td></tr>
<tr><td x:num>1</td><td>新建充电桩300个。</td><td>区发展改革局</td><td>各镇街</td>
<td>10月底</td></tr>
<tr><td x:num>2</td><td>开办老年食堂8家。</td><td>区民政局</td><td>区财政局</td>
<td>12月底</td></tr>
<tr><td colspan=5>备注：各单位每月25日前报送进展。</td></tr>
</table></body></html>"""
_MARKDOWN = """# 云岭区人民政府办公室关于印发2031年民生实事责任分工的通知

**云政办发〔2031〕6号**

各街道办事处、镇人民政府，区政府各部门：

现将《2031年民生实事责任分工》印发给你们，请认真落实。

云岭区人民政府办公室
2031年2月11日

## 2031年民生实事责任分工

### 1. 新建充电桩300个。

- **牵头单位**：区发展改革局
- **配合单位**：各镇街
- **完成时限**：10月底

### 2. 开办老年食堂8家。

- **牵头单位**：区民政局
- **配合单位**：区财政局
- **完成时限**：12月底
"""

PORTALS: tuple[Case, ...] = (
    Case("portal-with-navigation", "notice.html", _PORTAL.encode, _HEAD, _ROWS),
    Case(
        "workbook-saved-as-a-page",
        "notice.xls",
        lambda: _SAVED_WORKBOOK.encode("gb18030"),
        Head(title="云岭区2031年民生实事责任分解表", issued_on=date(2031, 2, 11)),
        _ROWS,
    ),
    Case("markdown-with-a-heading-for-each-item", "notice.md", _MARKDOWN.encode, _HEAD, _ROWS),
    text_case(
        "text-copied-from-a-collection-of-laws",
        """
文章属性
【制定机关】云岭区人民政府办公室
【公布日期】2031.02.11
【字　　号】云政办发〔2031〕6号
【施行日期】2031.02.11
【效力等级】地方规范性文件
【时效性】现行有效
【主题分类】机关工作
正文
云岭区人民政府办公室关于印发2031年民生实事责任分工的通知
云政办发〔2031〕6号
各街道办事处、镇人民政府，区政府各部门：
　　现将《2031年民生实事责任分工》印发给你们，请认真落实。
一、新建充电桩300个。
　　牵头单位：区发展改革局　　配合单位：各镇街　　完成时限：10月底
二、开办老年食堂8家。
　　牵头单位：区民政局　　配合单位：区财政局　　完成时限：12月底
""",
        Head(
            _HEAD.issuers,
            _HEAD.number,
            _HEAD.title,
            date(2031, 2, 11),
            _HEAD.recipients,
        ),
        *_ROWS,
    ),
    Case(
        "markdown-table-with-bold-leads",
        "notice.md",
        """
| 序号 | 任务 | 责任单位 | 时限 |
|---|---|---|---|
| 1 | 新建充电桩300个。 | **牵头：** 区发展改革局<br>**配合：** 各镇街 | 10月底 |
| 2 | 开办老年食堂8家。 | **牵头：** 区民政局<br>**配合：** 区财政局 | 12月底 |
""".encode,
        Head(),
        _ROWS,
    ),
)
