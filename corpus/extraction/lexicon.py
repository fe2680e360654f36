"""Word classes of policy Chinese that tell what a number beside them is: general language, no document's.

A class is a regular expression fragment; longer words stand first, so that 补助资金 is never read as 补助.
"""

from __future__ import annotations

import re


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


# What is granted, and the verbs that grant it. 资金, 经费 alone may be a fund: see BUDGET.
SUPPORT = _any(
    "奖励金 奖励 奖补 嘉奖 奖金 表彰 补助金 补助费 补助 补贴 补偿 资助 支持 扶持 帮扶 "
    "贴息 贴费 配套 匹配 津贴 津补贴 "
    "后补助 后补贴 启动资金 启动经费 启动费 工作经费 活动经费 建设经费 科研经费 研发经费 项目经费 经费 "
    "奖励资金 补助资金 扶持资金 资助资金 补贴资金 安家费 安置费 购房款 房票 慰问金 救助金 助学金 奖学金 "
    "创新券 创业券 服务券 算力券 消费券 代金券 优惠券 抵扣券 抵用券 运行费 运营费 减免 返还 补差 补足 奖"
)
NAMED_AWARDS = "[一二三特]等奖|(?<!资)[金银铜]奖(?!励)|(?:优胜|优秀|提名|入围)奖"
# 奖 alone is an award's name in 质量奖, 一等奖: not a cue on the left of a number.
SUPPORT_LEFT = (
    _any(" ".join(word for word in SUPPORT.split("|") if word not in ("奖", "表彰"))) + f"|{NAMED_AWARDS}"
)
GIVE = _any(
    "给予 予以 给与 发放 兑现 奖给 发给 补给 授予 可获得 可获 获得 可享受 享受 可申请 "
    "申请 可领取 领取 拨付 补发 提供 配置 核发"
)
STANDARD = _any("按照 按 依照 依据 标准为 标准是 标准： 标准 比例为 额度为 金额为 分别为 各")
_FORMS = ["奖励", "补助", "补贴", "支持", "资助", "扶持"]
BOUND = _any(
    " ".join(f"最高{form}{word}" for form in _FORMS for word in ("不超过", "不高于"))
    + """ 原则上最高不超过 一般不超过 原则上不超过 原则上不高于 最高不得超过 最高不超过 最高不高于
    最多不超过 不得超过 不得高于 不超过 不高于 不多于 不大于 最高可达到 最高可达 最高可获得 最高可获
    最高可享受 最高可给予 最高可 最高达 最高额度为 最高额度 最高限额为 最高限额 最高为 最高 最多可达
    最多可 最多为 最多 至多 封顶线为 上限为 上限是 上限 限额为 不突破 控制在"""
)
BOUND_AFTER = _any("以内 之内 封顶 为上限 为限 为最高限额 的上限 为封顶")
FLOOR = _any("不低于 不少于 不小于 至少 最低 最少 起步 下限为 不得低于 不得少于 保底")

# What companies have and do, measured in money: such a sum is a threshold or a base.
MEASURE = _any(
    "投资额 投资总额 总投资额 总投资 投资规模 投资强度 固定资产投资 设备投资 投资 "
    "投入 总投入 研发费用 研发投入 研发经费投入 "
    "研发支出 营业收入 业务收入 服务收入 销售收入 主营收入 收入 营收 营业额 销售额 "
    "零售额 交易额 成交额 贸易额 订单额 产值 "
    "增加值 税收 纳税额 纳税 税额 入库税收 上缴税金 税金 税款 缴税 综合贡献 经济贡献 "
    "财政贡献 地方贡献 贡献 利润 净利润 "
    "出口额 进口额 进出口额 实到外资 到位资金 到账外资 外资 注册资本 注册资金 "
    "实缴资本 实收资本 资本金 净资产 总资产 资产 "
    "合同额 合同金额 合同总额 中标额 中标金额 融资额 融资金额 融资 募集资金 货值 单价 "
    "原值 总价 造价 报酬 年薪 工资 薪酬 "
    "纳入计算规模 计算规模 计算基数 计入规模 计入金额 基数 缴费基数 住房 资金规模 存款"
)
# What a receiver must have or do itself: 须按不低于1:1的比例落实配套资金.
REQUIRE = _any("具有 具备 应具 须 应当 应为 应不")
COMPARE = _any(
    "达到 达 超过 突破 高于 大于 多于 超 满 逾 实现 完成 增加 "
    "增长 提高 新增 提升 下降 降低 低于 少于 小于 不足 不满 未满"
)
# A total says nothing of what is totalled: 补助总额, 投资总额.
TOTAL = _any("总额度 总额 总金额 金额 额度 累计 合计 总计 总数 总量 额")
GROWTH = _any(
    "增长率 增长 增速 增幅 同比 环比 占比 占 比重 份额 持股比例 股权比例 持股 入驻率 "
    "使用率 覆盖率 利用率 率 折扣 折 下降 降低 提升 提高 完成"
)

BUDGET = _any(
    "安排 设立 统筹 筹集 列支 预算 拟投入 每年投入 组建 设置 打造 募集 撬动 总规模 "
    "首期规模 资金规模 基金规模 财政资金 注资 增资 "
    "专项资金总额 资金池 风险池 计划投资 拨款"
)
FUND_AFTER = _any(
    "引导基金 产业基金 投资基金 母基金 子基金 基金 专项资金 引导资金 发展资金 资金池 "
    "风险补偿金 风险资金池 预算 规模"
)
LOAN = _any("贷款 授信 信贷 担保 信用额度 贷 融资支持 融资额度 保函 续贷")
PENALTY = _any("罚款 处罚 罚金 滞纳金 违约金 没收 赔偿 罚")
DISBURSE = _any(
    "拨付 兑付 分享 分担 承担 共担 负担 分配 分成 预拨 先行拨付 分期 结算 支付 清算 "
    "列支 计提 发放 兑现 到位 出资 提取"
)
PAST = re.compile(
    r"为[^，。；]{0,12}(?:企业|商户|主体|农户|市民|群众)[^，。；]{0,6}(?:减免|发放|兑现|落实|减轻|节省|降低)|"
    r"已(?:经|累计|为|向|给|有)?[^，。；]{0,12}(?:发放|兑现|拨付|投入|支持|奖励|补贴|惠及|落实|减免)"
    r"|截[至止](?:目前|\d|今|20)|去年(?!同期|度)|累计(?:发放|兑现|拨付|投入|安排)[^，"
    r"。；]{0,16}(?:资金|补贴|奖)"
)
EXAMPLE = re.compile(r"(?:例如|比如|举例|假设|假如|譬如)[：:，,]?|^例[：:]")

# Over what a limit or a sum runs.
YEARLY = re.compile(
    r"(?:每|单|全|同一)(?:个|一)?(?:自然|会计|财政)?(?:年度|年)(?!均)|一个(?:自然|会计|财政)?年度|/年"
    r"|年度(?=[^，。；]{0,8}(?:支持|奖|补|资助|扶持|累计|总|最高|不超过|享受|获得|申请))"
)
TOGETHER = re.compile(r"累计|合计|总计|共计|总额|总和|总金额|总的|总共|之和|三年内|全部")
ONE_OFF = re.compile(r"一次性")

SENTENCE_END = "。；;！!？?\n"
CLAUSE_END = "，,：:"
_PARENTHESISED = re.compile(r"[（(〔【\[][^（）()〔〕【】\[\]]*[）)〕】\]]")


def without_parentheses(text: str) -> str:
    """Blank closed parentheses, offsets unchanged.

    >>> without_parentheses("企业（含分支）奖励")
    '企业    奖励'
    """
    return _PARENTHESISED.sub(lambda match: " " * len(match[0]), text)
