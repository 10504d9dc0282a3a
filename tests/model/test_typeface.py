"""What a search for the office's own faces comes to."""

from pathlib import Path

from pipeline.model.typeface import BUNDLED, ROLES, FaceFile, Refusal, RoleChoice, Typefaces

FANG = FaceFile("仿宋_GB2312", Path("simfang.ttf"))


def test_the_chosen_faces_stand_by_role_and_the_roles_without_one_are_told():
    refused = Refusal(Path("simhei.ttf"), "字体的授权不允许嵌入文件", "黑体")
    found = Typefaces((RoleChoice("fang", FANG), RoleChoice("hei", None, (refused,))))
    assert found.chosen == {"fang": FANG}
    assert found.lacking == ("hei",)


def test_where_nothing_was_looked_for_nothing_is_lacking():
    assert (BUNDLED.chosen, BUNDLED.lacking) == ({}, ())


def test_every_face_of_an_official_page_has_its_name():
    assert list(ROLES.values()) == ["小标宋", "黑体", "楷体", "仿宋", "宋体"]
