"""What the page says before anyone has asked: where to begin."""

from __future__ import annotations

from ui.page.html import element, escaped
from ui.words import AI_NOTICE

EXAMPLES = (
    "自筹800万元做硬核技术攻关，长宁区能资助多少？",
    "首次通过DCMM二级认证，认证费用60万元，能补多少？",
    "合同能源管理项目节约500吨标煤，奖励多少？",
    "在线新经济企业的专项奖励要满足哪些条件？",
    "科技服务业机构可以得到哪些融资支持？",
)
NOTICE = element(
    "p", f"{AI_NOTICE}。金额为测算值，以主管部门核定为准；政策执行口径可咨询责任单位或拨打 12345。"
)


def welcome_view() -> str:
    """Return the empty conversation: what can be asked, as buttons."""
    lead = element("p", "想了解哪项政策？", "pa-welcome-title")
    more = element("p", "写下企业的情况和金额，回答会列出算式、条件和原文。", "pa-faint")
    buttons = "".join(element("button", escaped(example), "pa-ask", type="button") for example in EXAMPLES)
    return element("div", lead + more + element("div", buttons, "pa-examples"), "pa-welcome")
