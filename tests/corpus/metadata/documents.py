"""Invented documents in the wordings of many offices; what each says of itself was worked out by hand.

Where a field is absent from `says`, the text does not state it and it must not be read.
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Invented:
    """A text and every field it states."""

    name: str
    text: str
    says: dict[str, Any] = field(default_factory=dict)


JOINT = Invented(
    "three bodies sign in one line below their joint notice",
    """云州市科学技术局文件
云科规〔2024〕11号
云州市科学技术局 云州市财政局 云州市税务局
关于印发《云州市鼓励企业研发投入实施细则》的通知
各区县科技局、财政局，有关单位：
现将《云州市鼓励企业研发投入实施细则》印发给你们，请遵照执行。
云州市科学技术局 云州市财政局 云州市税务局
2024年9月5日
云州市鼓励企业研发投入实施细则
第一条 为落实《云州市科技创新条例》和《关于加快建设创新强市的意见》（云委发〔2023〕7号），制定本细则。
第二条 企业研发费用按5%给予补助，项目建设期不超过三年，合同有效期至2025年6月30日的可以申请。
第三条 本细则由市科学技术局会同市财政局负责解释。
第四条 本细则自2024年10月1日起施行，有效期至2027年9月30日。
《云州市企业研发补助办法》（云科〔2019〕5号）同时废止。
""",
    {
        "title": "云州市鼓励企业研发投入实施细则",
        "document_number": "云科规〔2024〕11号",
        "issuing_bodies": ["云州市科学技术局", "云州市财政局", "云州市税务局"],
        "region": "云州市",
        "signed_on": "2024-09-05",
        "effective_on": "2024-10-01",
        "expires_on": "2027-09-30",
        "interpreted_by": "市科学技术局会同市财政局",
        "repeals": ["云科〔2019〕5号"],
        "status": "in_force",
    },
)
DRAFT = Invented(
    "a draft for comment proposes its dates and stays a draft",
    """关于公开征求《松岭县促进文旅消费若干措施（征求意见稿）》意见的公告
为促进文旅消费，我局起草了《松岭县促进文旅消费若干措施（征求意见稿）》，现公开征求意见，请于2026年8月31日前反馈。
松岭县文化和旅游局
2026年8月1日
松岭县促进文旅消费若干措施（征求意见稿）
一、支持夜间消费
（一）对夜间演出给予每场5000元补助。
二、附则
本措施自2026年10月1日起施行，有效期2年。
""",
    {
        "title": "松岭县促进文旅消费若干措施（征求意见稿）",
        "nature": "draft",
        "issuing_bodies": ["松岭县文化和旅游局"],
        "region": "松岭县",
        "signed_on": "2026-08-01",
        "effective_on": "2026-10-01",
        "expires_on": "2028-09-30",
        "status": "draft",
    },
)
CALL = Invented(
    "a call to apply has a filing window and no validity",
    """关于组织开展2026年度云州市绿色工厂申报工作的通知
云工信函〔2026〕42号
各区县工信局：
一、申报条件
企业成立满三年，近三年未发生安全事故，ISO证书有效期至2026年12月31日以后。
二、申报时间
2026年3月1日至2026年4月15日，逾期不予受理。
三、申报材料
（一）绿色工厂申报书；
（二）营业执照复印件。
四、申报方式
登录云州市企业服务平台在线填报。
五、联系方式
市工信局节能科，0577-12345678。
云州市工业和信息化局
2026年2月20日
""",
    {
        "title": "关于组织开展2026年度云州市绿色工厂申报工作的通知",
        "nature": "guide",
        "document_number": "云工信函〔2026〕42号",
        "issuing_bodies": ["云州市工业和信息化局"],
        "region": "云州市",
        "signed_on": "2026-02-20",
    },
)
ORDER = Invented(
    "an order repeals an older order and does not say when it ends",
    """云州市人民政府令
第23号
《云州市公共停车管理办法》已经市政府常务会议通过，现予公布，自2023年5月1日起施行。
市长 李某
2023年3月20日
云州市公共停车管理办法
第一章 总则
第一条 为规范停车管理，制定本办法。
第二十条 本办法自2023年5月1日起施行。2015年3月2日发布的《云州市停车场管理规定》同时废止。
""",
    {
        "title": "云州市公共停车管理办法",
        "region": "云州市",
        "signed_on": "2023-03-20",
        "effective_on": "2023-05-01",
        "repeals": ["云州市停车场管理规定"],
    },
)
EXTENSION = Invented(
    "a notice that extends another document is not itself in force until then",
    """云州市商务局关于延长《云州市外贸扶持办法》有效期的通知
云商规〔2025〕6号
各有关单位：
经研究，《云州市外贸扶持办法》（云商规〔2022〕2号）有效期延长至2027年12月31日。
特此通知。
云州市商务局
2025年11月3日
""",
    {
        "title": "云州市商务局关于延长《云州市外贸扶持办法》有效期的通知",
        "document_number": "云商规〔2025〕6号",
        "issuing_bodies": ["云州市商务局"],
        "region": "云州市",
        "signed_on": "2025-11-03",
    },
)
CHINESE_DAY = Invented(
    "a period of three years, provisionally, from the day of issue, signed in Chinese figures",
    """绿洲区促进低空经济发展若干政策
一、支持航线开通
1.对新开航线给予20万元奖励。
二、其他
本政策自印发之日起施行，暂定三年。由区发展改革局负责解释。
绿洲区人民政府办公室
二〇二三年六月八日
""",
    {
        "title": "绿洲区促进低空经济发展若干政策",
        "issuing_bodies": ["绿洲区人民政府办公室"],
        "region": "绿洲区",
        "signed_on": "2023-06-08",
        "effective_on": "2023-06-08",
        "expires_on": "2026-06-07",
        "interpreted_by": "区发展改革局",
        "reckoned": ["effective_on", "expires_on"],
        "status": "expired",
    },
)
YEARS = Invented(
    "a policy for some years",
    """温州市瓯海区时尚产业扶持政策
瓯政发〔2024〕15号
第一条 对新建生产线给予10%补助，设备投资须在2024年1月1日至2025年12月31日期间完成。
第二条 本政策适用于2024—2026年度。
温州市瓯海区人民政府
2024年3月11日
""",
    {
        "title": "温州市瓯海区时尚产业扶持政策",
        "document_number": "瓯政发〔2024〕15号",
        "issuing_bodies": ["温州市瓯海区人民政府"],
        "region": "温州市瓯海区",
        "signed_on": "2024-03-11",
        "effective_on": "2024-01-01",
        "expires_on": "2026-12-31",
        "status": "in_force",
    },
)
FORM = Invented(
    "the labelled fields of an office's page",
    """义乌市支持直播电商高质量发展的实施意见
索引号：002388-2025-00017 主题分类：商务
发布机构：义乌市人民政府办公室 成文日期：2025年1月6日
文号：义政办发〔2025〕3号 发布日期：2025-01-10
各镇人民政府，各街道办事处：
为推动直播电商发展，现提出如下意见。
一、支持主体培育
对年销售额达到5亿元的企业给予50万元奖励。
二、附则
本意见自2025年2月1日起施行，有效期三年，具体由市商务局负责解释。
""",
    {
        "title": "义乌市支持直播电商高质量发展的实施意见",
        "document_number": "义政办发〔2025〕3号",
        "issuing_bodies": ["义乌市人民政府办公室"],
        "region": "义乌市",
        "signed_on": "2025-01-06",
        "published_on": "2025-01-10",
        "effective_on": "2025-02-01",
        "expires_on": "2028-01-31",
        "interpreted_by": "市商务局",
        "status": "in_force",
    },
)
NEWS = Invented(
    "a report on a policy is not the policy",
    """云州发布人才新政 博士最高补贴60万元
2025-07-02 09:15 来源：云州日报
本报讯（记者 王某）昨日，云州市人力资源和社会保障局发布《云州市加快集聚青年人才若干措施》，有效期5年。
根据措施，对新引进的博士给予最高60万元安家补贴。
""",
    {
        "title": "云州市加快集聚青年人才若干措施",
        "nature": "report",
        "issuing_bodies": ["云州市人力资源和社会保障局"],
        "region": "云州市",
        "published_on": "2025-07-02",
        "status": "report",
    },
)
ON_TRIAL = Invented(
    "a trial of two years; nothing else in it is a validity",
    """云州高新区企业上云补贴办法（试行）
云高管规〔2023〕4号
第一条 上云服务合同期限不少于一年，服务商资质证书有效期三年。
第二条 名单公示期不少于5个工作日，公示期至2023年6月30日。
第三条 本办法自2023年7月15日起试行，试行期两年。
云州高新技术产业开发区管理委员会
2023年6月15日
""",
    {
        "title": "云州高新区企业上云补贴办法（试行）",
        "document_number": "云高管规〔2023〕4号",
        "issuing_bodies": ["云州高新技术产业开发区管理委员会"],
        "signed_on": "2023-06-15",
        "region": "云州高新区",
        "effective_on": "2023-07-15",
        "expires_on": "2025-07-14",
        "status": "expired",
    },
)
STATED_TERM = Invented(
    "a term stated from day to day",
    """浙江省商务厅 浙江省财政厅关于支持外贸稳定增长的通知
浙商务联发〔2023〕9号
各市商务局、财政局：
一、支持参展。对参展企业给予展位费50%的补助。
二、政策执行期限为2023年1月1日至2025年12月31日。
浙江省商务厅
浙江省财政厅
2023年2月7日
""",
    {
        "title": "浙江省商务厅 浙江省财政厅关于支持外贸稳定增长的通知",
        "document_number": "浙商务联发〔2023〕9号",
        "issuing_bodies": ["浙江省商务厅", "浙江省财政厅"],
        "region": "浙江省",
        "signed_on": "2023-02-07",
        "effective_on": "2023-01-01",
        "expires_on": "2025-12-31",
        "status": "expired",
    },
)
AMENDMENT = Invented(
    "a decision amends another document",
    """云州市人民政府关于修改《云州市节约用水办法》的决定
云政规〔2025〕2号
云州市人民政府决定对《云州市节约用水办法》（云政规〔2020〕8号）作如下修改：
一、将第五条修改为：“用水单位应当节约用水。”
本决定自公布之日起施行。
云州市人民政府
2025年4月9日
""",
    {
        "title": "云州市人民政府关于修改《云州市节约用水办法》的决定",
        "document_number": "云政规〔2025〕2号",
        "issuing_bodies": ["云州市人民政府"],
        "region": "云州市",
        "signed_on": "2025-04-09",
        "effective_on": "2025-04-09",
        "reckoned": ["effective_on"],
    },
)
WITHOUT_END = Invented(
    "a text that says it has no end",
    """上海市宝山区关于扶持社区托育服务的若干规定
第一条 对托育点给予每年3万元补助，场地租赁期至少三年。
第二条 本规定自2024年6月1日起施行，长期有效。
上海市宝山区教育局
2024年5月20日
""",
    {
        "title": "上海市宝山区关于扶持社区托育服务的若干规定",
        "issuing_bodies": ["上海市宝山区教育局"],
        "region": "上海市宝山区",
        "signed_on": "2024-05-20",
        "effective_on": "2024-06-01",
        "unlimited": True,
        "status": "in_force",
    },
)
UNDATED = Invented(
    "a period from a day of issue that is not stated cannot be reckoned",
    """云州市支持工业互联网的若干意见
第一条 对平台给予最高200万元补助。
第二条 本意见自发布之日起施行，有效期三年。
""",
    {"title": "云州市支持工业互联网的若干意见", "region": "云州市"},
)
DAYS_LATER = Invented(
    "thirty days after publication, until a stated day",
    """关于印发《云州市家政服务管理规定》的通知
云商规〔2025〕1号
各区县商务局：
现将《云州市家政服务管理规定》印发给你们。本规定自公布之日起30日后施行，有效期至2029年12月31日。
云州市商务局
2025年1月20日
云州市家政服务管理规定
第一条 家政企业应当备案，备案有效期两年。
第二条 申请人应于每年10月31日前提交下列材料：
（一）申请表；
（二）信用报告。
""",
    {
        "title": "云州市家政服务管理规定",
        "document_number": "云商规〔2025〕1号",
        "issuing_bodies": ["云州市商务局"],
        "region": "云州市",
        "signed_on": "2025-01-20",
        "effective_on": "2025-02-19",
        "expires_on": "2029-12-31",
        "reckoned": ["effective_on"],
        "status": "in_force",
    },
)
EXPLANATION = Invented(
    "an explanation of a policy guides and lays down nothing",
    """《云州市促进软件产业若干措施》政策解读
一、起草背景
为落实《云州市数字经济条例》，市工信局起草了本措施。
二、主要内容
对软件企业给予最高100万元奖励，措施有效期至2028年12月31日。
""",
    {"title": "《云州市促进软件产业若干措施》政策解读", "nature": "guide", "region": "云州市"},
)
RUN_ON = Invented(
    "a page without line breaks",
    "云州市民政局关于做好困难群众救助工作的通知 云民发〔2026〕3号 各区县民政局： "
    "为做好救助工作，现通知如下： "
    "一、提高标准 对低保家庭每户补助500元。 二、加强管理 根据《社会救助暂行办法》（国务院令第649号）执行。 "
    "本通知自2026年1月1日起执行，有效期五年。 云州市民政局 2025年12月26日 （此件公开发布）",
    {
        "title": "云州市民政局关于做好困难群众救助工作的通知",
        "document_number": "云民发〔2026〕3号",
        "issuing_bodies": ["云州市民政局"],
        "region": "云州市",
        "signed_on": "2025-12-26",
        "effective_on": "2026-01-01",
        "expires_on": "2030-12-31",
        "status": "in_force",
    },
)

FORWARDED = Invented(
    "a notice forwards what a bureau made",
    """云州市人民政府办公厅印发市商务局制订的《关于促进夜间经济的若干措施》的通知
（云府办规〔2024〕6号）
各区县人民政府：
市商务局制订的《关于促进夜间经济的若干措施》已经市政府同意，现印发给你们，请认真执行。
云州市人民政府办公厅
二〇二四年十月十二日
关于促进夜间经济的若干措施
为促进消费，制定本措施。
一、支持活动
每场给予最高5万元支持。
二、附则
本措施自2024年11月15日起施行，有效期至2027年12月31日。
""",
    {
        "title": "关于促进夜间经济的若干措施",
        "document_number": "云府办规〔2024〕6号",
        "issuing_bodies": ["云州市人民政府办公厅"],
        "region": "云州市",
        "signed_on": "2024-10-12",
        "effective_on": "2024-11-15",
        "expires_on": "2027-12-31",
        "status": "in_force",
    },
)
MINISTRIES = Invented(
    "ministries extend what another notice grants; the notice itself states no end",
    """财政部 税务总局关于延长部分优惠政策执行期限的公告
财政部 税务总局公告2022年第4号
为支持企业发展，现公告如下：
一、《财政部 税务总局关于促进中小企业发展的通知》（财税〔2019〕13号）规定的政策，执行期限延长至2027年底。
财  政  部
税务总局
2022年1月29日
""",
    {
        "title": "财政部 税务总局关于延长部分优惠政策执行期限的公告",
        "document_number": "财政部税务总局公告2022年第4号",
        "issuing_bodies": ["财政部", "税务总局"],
        "signed_on": "2022-01-29",
    },
)

ALL = (
    FORWARDED, MINISTRIES,
    JOINT, DRAFT, CALL, ORDER, EXTENSION, CHINESE_DAY, YEARS, FORM, NEWS, ON_TRIAL, STATED_TERM, AMENDMENT,
    WITHOUT_END, UNDATED, DAYS_LATER, EXPLANATION, RUN_ON,
)  # fmt: skip
