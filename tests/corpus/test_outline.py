"""The outline of whole documents in many styles: parts, labels as written, ids, nothing lost."""

from corpus.model.document import ClauseKind
from corpus.reading import read_source_document, read_text
from corpus.reading.blocks import Block, BlockKind, SourceDocument


def read(text):
    clauses = read_text(text, "d").clauses
    assert len({clause.label for clause in clauses}) == len(clauses)
    return {clause.path.text: clause for clause in clauses}


def labels(text, *without):
    left_out = {ClauseKind.PREAMBLE, ClauseKind.CLOSING, *without}
    return [clause.label for clause in read(text).values() if clause.kind not in left_out]


ARTICLES = """南江市数字文化产业促进条例实施办法
（2025年6月18日南江市人民政府令第87号公布 自2025年8月1日起施行）
目 录
第一章 总则……1
第二章 扶持措施……2
第一章 总 则
第一条 为了促进数字文化产业发展，根据《南江市数字文化产业促进条例》第四条、第九条的规定，制定本办法。
第二条 市文化主管部门负责本办法的组织实施。
市财政主管部门做好相关工作。
第二章 扶持措施
第一节 原创内容
第三条 对获得国家级奖项的原创作品，按照下列标准给予奖励：
（一）一等奖30万元；
（二）二等奖20万元。
同一作品获得多项奖励的，按照最高标准执行。
第二节 平台载体
第四条 对市级园区，按照
第三条规定的标准的1.5倍给予补助。
第五条 本办法自2025年8月1日起施行，有效期5年。"""


def test_chapters_and_sections_stand_above_articles_numbered_through():
    clauses = read(ARTICLES)
    assert [path for path in clauses if path.isdigit()] == ["1", "2", "3", "4", "5"]
    assert clauses["3.2"].label == "第三条（二）"
    assert clauses["3.2"].headings[:2] == ("第二章 扶持措施", "第一节 原创内容")
    assert clauses["4"].headings == ("第二章 扶持措施", "第二节 平台载体")
    assert clauses["section.2.1"].label == "第一节"


def test_a_table_of_contents_is_no_chapter():
    clauses = read(ARTICLES)
    assert "第二章 扶持措施……2" in clauses["preamble"].text
    assert [path for path in clauses if path.startswith("section")] == [
        "section.1", "section.2", "section.2.1", "section.2.2",
    ]  # fmt: skip


NOTICE = """西山区人民政府办公室关于印发《西山区促进民宿业发展扶持办法》的通知
西政办发〔2025〕19号
各镇人民政府，区政府各部门：
《西山区促进民宿业发展扶持办法》已经区政府同意，现印发给你们，并就有关事项通知如下：
一、提高认识。各镇要把民宿业发展摆在突出位置。
二、明确责任。区文旅局牵头，每季度通报一次进展。
附件：1.西山区促进民宿业发展扶持办法
2.民宿扶持资金申请表
3.申报材料清单
西山区人民政府办公室
2025年5月9日
附件1
西山区促进民宿业发展扶持办法
第一条 对评定为甲级、乙级的民宿，分别奖励20万元、10万元。
第二条 本办法自2025年6月1日起施行。
附件2
民宿扶持资金申请表
申请人：　　　　银行账号：
附件3
申报材料清单
1.营业执照复印件
2.特种行业许可证
3.2024年度纳税证明"""


def test_the_attachment_that_is_the_policy_is_the_main_part():
    clauses = read(NOTICE)
    assert clauses["1"].label == "第一条"
    assert clauses["2"].text == "第二条 本办法自2025年6月1日起施行。"


def test_a_notice_with_items_of_its_own_is_a_part_of_its_own():
    clauses = read(NOTICE)
    assert clauses["notice.2"].label == "通知二、"
    assert "2.民宿扶持资金申请表\n3.申报材料清单" in clauses["notice.closing"].text


def test_attachments_have_their_number_their_title_and_items_counted_as_such():
    clauses = read(NOTICE)
    assert clauses["annex3.3"].label == "附件3第三项"
    assert clauses["annex3.3"].text == "3.2024年度纳税证明"
    assert clauses["annex3.3"].headings == ("附件3 申报材料清单",)
    assert clauses["annex2"].text.startswith("附件2\n民宿扶持资金申请表")


def test_what_only_lists_attachments_begins_none():
    text = "某区办法\n第一条 支持。\n第二条 本办法自发布之日起施行。\n附件：\n1.申请表\n2.承诺书"
    clauses = read(text)
    assert list(clauses) == ["preamble", "1", "2", "closing"]
    assert clauses["closing"].text == "附件：\n1.申请表\n2.承诺书"


GUIDE = """东海区科技型企业房租补贴办事指南
支持对象：在东海区注册的科技型中小企业。
申报条件：
1.上年度研发投入占比不低于5%；
2.租赁面积不超过1000平方米。
申报材料：
1.申请表；
2.2024年度审计报告。
办理流程
网上申报→部门审核→公示→拨付
受理时间：每年3月1日至4月30日，逾期不予受理。
联系方式
0000-1234567"""


def test_the_fields_of_a_guide_are_clauses_and_their_lists_are_told_apart():
    assert labels(GUIDE) == [
        "支持对象", "申报条件", "申报条件1.", "申报条件2.", "申报材料", "申报材料1.", "申报材料2.",
        "办理流程", "受理时间", "联系方式",
    ]  # fmt: skip
    assert read(GUIDE)["s6"].text == "联系方式\n0000-1234567"


def test_a_numbered_card_and_the_fields_in_it():
    text = (
        "11. 首店支持\n首店支持\n依据文件 《关于鼓励首店的若干措施》\n服务内容\n1．给予100万元。\n"
        "2．给予装修补贴。\n条件要求\n1．在本区注册。\n时间/频度 2024年5月起，2026年失效。"
    )
    assert labels(text) == [
        "11.", "11.服务内容", "11.服务内容1．", "11.服务内容2．", "11.条件要求", "11.条件要求1．",
        "11.时间/频度",
    ]  # fmt: skip


def test_fields_under_each_numbered_item_are_not_named_where_numbers_do_without():
    text = (
        "一、社保补贴\n招用毕业生的，给予补贴。\n申领方式：登录平台申领。\n网址：某网站\n"
        "二、见习补贴\n吸纳见习的，按下列标准补贴：\n补贴标准：\n（1）本科1000元；\n（2）硕士2000元。\n"
        "申领方式：现场申领。\n三、其他\n由市人社局解释。"
    )
    assert labels(text) == [
        "一、", "一、申领方式", "一、网址", "二、", "二、补贴标准", "二、（1）", "二、（2）",
        "二、申领方式", "三、",
    ]  # fmt: skip


def test_questions_with_their_answers():
    text = (
        "东海区住房补贴政策问答\n问：哪些人可以申请？\n答：需同时满足：1.签订合同；2.缴纳社保。\n"
        "问：标准是多少？\n答：本科每月600元。"
    )
    assert labels(text) == ["问答一", "问答二"]
    assert read(text)["qa.1"].text.endswith("2.缴纳社保。")


def test_a_text_on_one_line_is_split_at_titles_signatures_and_items():
    text = (
        "西山区人民政府关于印发西山区扶持夜间经济若干规定的通知 各镇人民政府，区直各单位： "
        "现将规定印发给你们，请遵照执行。 西山区人民政府 2025年2月17日 西山区扶持夜间经济若干规定 "
        "第一条 为繁荣夜间经济，制定本规定。 第二条 对夜间营业的商户，按照下列标准补贴： "
        "（一）不足100平方米的，每月500元； （二）100平方米以上的，每月800元。 "
        "第三条 符合第二条第（二）项的，另给予1.5万元补助。 第四条 本规定自2025年3月1日起施行。"
    )
    assert labels(text) == ["第一条", "第二条", "第二条（一）", "第二条（二）", "第三条", "第四条"]
    assert read(text)["preamble"].text.split("\n") == [
        "西山区人民政府关于印发西山区扶持夜间经济若干规定的通知",
        "各镇人民政府，区直各单位：",
        "现将规定印发给你们，请遵照执行。",
        "西山区人民政府",
        "2025年2月17日",
        "西山区扶持夜间经济若干规定",
    ]


def test_a_text_without_any_break_is_split_by_its_numbers():
    text = (
        "江北市楼宇经济若干政策为促进发展，制定本政策。一、支持引进（一）新引进的奖励100万元。"
        "1.租房的按30%补助。2.购房的按1.5%补助。（二）金融机构奖励200万元。二、支持提升"
        "（一）亿元楼奖励50万元。（二）星级楼奖励20万元，符合（一）项的除外。"
    )
    assert labels(text) == [
        "一、", "一、（一）", "一、（一）1.", "一、（一）2.", "一、（二）",
        "二、", "二、（一）", "二、（二）",
    ]  # fmt: skip


def test_an_article_behind_a_heading_and_the_general_provisions():
    text = (
        "北湖区开放型经济意见\n一、利用外资\n第一条 奖励30万元。\n二、走出去第二条 对境外投资奖励10万元。\n"
        "附  则\n1．本政策适用于2024年至2026年。\n2．同一项目不重复享受。"
    )
    assert labels(text) == ["一、", "第一条", "二、", "第二条", "附则", "附则1．", "附则2．"]
    assert read(text)["2"].headings == ("二、走出去",)


def test_series_named_by_a_word():
    text = (
        "江北市揭榜挂帅项目申报指南\n一、支持方向\n专题一：智能传感\n方向1 压力传感器。支持300万元。\n"
        "方向2 气体传感器。支持200万元。\n专题二：先进材料\n方向3 碳纤维。支持500万元。\n"
        "二、申报要求\n第一类，企业申报。\n第二类，高校申报。"
    )
    assert labels(text) == [
        "一、", "专题一", "方向1", "方向2", "专题二", "方向3", "二、", "二、第一类", "二、第二类",
    ]  # fmt: skip


def test_numbers_of_two_levels_and_amounts_that_look_like_them():
    text = (
        "江北市申报须知\n1.申报主体\n1.1在本市注册的企业。\n1.2连续经营两年以上的企业。\n2.支持标准\n"
        "2.1按投资额的10%支持。\n2.5万元以下的项目不予支持。\n2.2最高100万元。"
    )
    assert labels(text) == ["1.", "1.1", "1.2", "2.", "2.1", "2.2"]
    assert read(text)["2.1"].text.endswith("\n2.5万元以下的项目不予支持。")


def test_a_lone_heading_at_the_end_has_no_body():
    clauses = read("某市办法\n第一条 目的。\n第二条 奖励50万元。\n政策解读")
    assert clauses["background"].text == "政策解读"


def test_what_explains_a_policy_is_background():
    text = (
        "某市办法\n第一条 奖励50万元。\n第二条 自发布之日起施行。\n《某市办法》政策解读\n一、背景\n为发展。\n"
        "二、内容\n奖励50万元。"
    )
    clauses = read(text)
    assert clauses["background.2"].kind is ClauseKind.BACKGROUND
    assert clauses["background.2"].text == "二、内容\n奖励50万元。"


def test_a_number_written_as_one_is_not_printed_as_an_article():
    assert labels("某市措施\n1．支持研发，奖励10万元。\n2．支持上市，奖励100万元。") == ["1．", "2．"]


def test_a_number_given_twice_is_told_apart():
    text = "某市措施\n（一）奖励10万元。\n（二）奖励20万元。\n（二）奖励30万元。\n（三）奖励40万元。"
    assert labels(text) == ["（一）", "（二）", "（二）（第二处）", "（三）"]


def test_lines_of_the_file_itself_are_neither_joined_nor_split():
    rows = [f"级别：{name}；标准：{n}万元。1.首次；2.复评。" for name, n in (("甲", 50), ("乙", 30))]
    blocks = [
        Block(BlockKind.HEADING, "某市奖励办法"),
        Block(BlockKind.PARAGRAPH, "第一条 目的。第二条 标准如下："),
        *(Block(BlockKind.TABLE_ROW, row) for row in rows),
        Block(BlockKind.PARAGRAPH, "第三条 自发布之日起施行。"),
    ]
    clauses = read_source_document(SourceDocument("a.docx", tuple(blocks)), "d").clauses
    assert [clause.label for clause in clauses] == ["引言", "第一条", "第二条", "第三条"]
    assert clauses[2].text == "\n".join(["第二条 标准如下：", *rows])


def test_an_item_that_begins_like_a_group_is_one_in_its_series_only():
    text = "某市措施\n一、特级企业奖励50万元。\n二、三级以上企业奖励20万元。\n三、其他企业不奖励。"
    assert labels(text) == ["一、", "二、", "三、"]
    alone = "某市措施\n第一条 奖励范围如下：\n一、二级企业，奖励20万元。\n第二条 施行。"
    assert labels(alone) == ["第一条", "第二条"]


def test_a_table_headed_like_an_attachment_leaves_the_articles_after_it_articles():
    text = (
        "某市措施\n第一条 目的。\n第二条 标准见下表。\n附表：奖励标准\n级别：甲级；标准：50万元\n"
        "第三条 自发布之日起施行。"
    )
    assert labels(text) == ["第一条", "第二条", "第三条"]
