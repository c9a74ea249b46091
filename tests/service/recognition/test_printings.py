"""Values where they stand: printed twice, far from their label, on two lines, cut by a box or a picture."""

from __future__ import annotations

from dataclasses import replace

from console.domain.recognition import FieldName
from tests.service.recognition.test_layouts import ID, line, values

F = FieldName
LICENCE = line("机动车驾驶证", 300, 0, 50)
VEHICLE = line("机动车行驶证", 300, 0, 50)
POLICY = line("机动车交通事故责任强制保险单", 300, 0, 50)


def test_what_both_pages_say_counts_once() -> None:
    pages = [LICENCE, line("机动车驾驶证副页", 300, 600, 50)]
    for top in (100, 700):
        pages += [
            line("证号", 0, top),
            line(ID, 200, top),
            line("姓名", 0, top + 60),
            line("张伟", 200, top + 60),
        ]
    read = values(pages)
    assert (read[F.NAME], read[F.LICENCE_NUMBER]) == ("张伟", ID)


def test_pages_side_by_side_are_two_printings() -> None:
    read = values(
        [LICENCE, *(part for x in (0, 900) for part in (line("姓名", x, 60), line("张伟", x + 200, 60)))]
    )
    assert read[F.NAME] == "张伟"


def test_pages_that_differ_leave_the_field_empty() -> None:
    pages = [
        LICENCE,
        line("姓名", 0, 60),
        line("张伟", 200, 60),
        line("姓名", 0, 700),
        line("张玮", 200, 700),
    ]
    assert F.NAME not in values(pages)


def test_a_value_at_the_far_end_of_its_row_belongs_to_the_label() -> None:
    rows = [
        LICENCE,
        line("准驾车型", 0, 100),
        line("B2E", 900, 100),
        line("姓名", 0, 180),
        line("张伟", 900, 180),
    ]
    read = values(rows)
    assert (read[F.VEHICLE_CLASSES], read[F.NAME]) == ("B2E", "张伟")


def test_a_second_line_set_to_the_right_goes_on() -> None:
    first = line("样例市演示区人民路116号阳光花园", 400, 100)
    second = line("3幢201室", 0, 140)
    shift = first.right - second.right
    moved = tuple(replace(g, left=g.left + shift, right=g.right + shift) for g in second.glyphs)
    second = replace(second, glyphs=moved, left=second.left + shift, right=first.right)
    read = values([LICENCE, line("住址", 0, 100), first, second])
    assert read[F.ADDRESS] == "样例市演示区人民路116号阳光花园3幢201室"


def test_a_line_that_may_go_on_leaves_the_field_empty() -> None:
    address = [line("住址", 0, 100), line("样例市演示区人民路1", 140, 100)]
    below = line("16号阳光花园3幢", 240, 135)
    assert F.ADDRESS not in values([LICENCE, *address, below])
    assert values([LICENCE, *address])[F.ADDRESS] == "样例市演示区人民路1"


def test_the_next_row_of_a_form_is_not_the_next_line_of_a_value() -> None:
    owner = [line("所有人", 0, 100), line("样例市环境卫生管护中心服务部", 140, 100)]
    address = line("样例省样例市演示区人民路12号阳光花园", 140, 160)
    assert values([VEHICLE, *owner, address])[F.OWNER] == "样例市环境卫生管护中心服务部"


def test_small_english_words_read_badly_are_no_value() -> None:
    card = [
        LICENCE,
        line("性别", 0, 100),
        line("女", 90, 100),
        line("国籍", 300, 100),
        line("中国", 500, 100),
    ]
    assert values([*card, line("Nateozuality", 300, 124, 14)])[F.NATIONALITY] == "中国"
    assert values([*card, line("Nateozuality", 300, 124, 14)])[F.SEX] == "女"


def test_a_label_inside_a_sentence_is_none() -> None:
    sentence = line("请阅读保险条款，特别是投保人、被保险人义务。", 0, 400)
    read = values(
        [POLICY, line("保险单号", 0, 60), line("被保险人", 0, 100), line("张伟", 160, 100), sentence]
    )
    assert read[F.INSURED] == "张伟"


def test_a_period_goes_on_in_the_row_that_says_until_when() -> None:
    begin, end = line("自2026年1月2日零时起", 200, 100), line("至2027年1月1日二十四时止", 230, 165)
    read = values([POLICY, line("保险单号", 0, 40), line("保险期间", 0, 100), begin, end])
    assert (read[F.VALID_FROM], read[F.VALID_TO]) == ("2026-01-02", "2027-01-01")


def test_names_keep_their_spaces_and_their_brackets() -> None:
    assert values([LICENCE, line("姓名", 0, 60), line("IVANOV SERGEI", 200, 60)])[F.NAME] == "IVANOV SERGEI"
    assert F.NAME not in values([LICENCE, line("姓名", 0, 60), line("IVANOVSERGEI", 200, 60)])
    owner = line("样例首汽(集团)股份有限公司", 200, 60)
    assert values([VEHICLE, line("所有人", 0, 60), owner])[F.OWNER] == "样例首汽（集团）股份有限公司"
    torn = line("样例首汽(集团股份有限公司", 200, 60)
    assert F.OWNER not in values([VEHICLE, line("所有人", 0, 60), torn])


def test_a_company_that_ends_inside_a_word_is_left_empty() -> None:
    for cut in ("样例保险股份有限公司样例支公", "样例保险股份有限"):
        assert F.INSURER not in values(
            [POLICY, line("保险单号", 0, 40), line("保险公司", 0, 100), line(cut, 200, 100)]
        )


def test_a_character_cut_by_a_box_is_read_where_it_is_whole() -> None:
    cut = line("3年12月15日", 250, 100, sure=0.9)
    read = values([line("居民身份证", 300, 0, 50), line("出生", 0, 100), line("1958", 200, 100), cut])
    assert read[F.BIRTH_DATE] == "1958-12-15"
