from assistant.retrieval.tokens import fold, informative, tokens


def test_chinese_gives_characters_and_pairs():
    assert tokens("贯标费") == ("贯", "标", "费", "贯标", "标费")


def test_words_and_numbers_stay_whole():
    assert tokens("DCMM二级,2.5万元") == ("dcmm", "二", "级", "二级", "2.5", "万", "元", "万元")


def test_full_width_and_capitals_make_no_difference():
    assert tokens("ＤＣＭＭ（３０％）") == tokens("dcmm(30%)")


def test_pairs_do_not_cross_punctuation_or_other_scripts():
    assert "数贯" not in tokens("数,贯")
    assert "数贯" not in tokens("数AI贯")


def test_a_version_is_found_without_its_number():
    assert "web" in tokens("Web3.0生态")


def test_text_without_words_has_no_tokens():
    assert tokens("?!…  \n") == ()


def test_asking_words_are_dropped_from_a_question():
    assert informative("请问我们公司做贯标能拿多少钱吗?") == "做贯标"


def test_words_that_only_look_like_asking_stay_whole():
    assert informative("智能网联节能领域科技咨询") == "智能网联节能领域科技咨询"


def test_a_question_of_asking_words_alone_is_kept():
    assert informative("多少钱") == "多少钱"


def test_folding_keeps_what_the_document_number_needs():
    assert fold("沪府办规〔2023〕27号") == "沪府办规〔2023〕27号"
