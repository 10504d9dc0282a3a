"""The faces an office prints with: the right one first, each with a name that is its alone."""

from pipeline.model.typeface import ROLES
from pipeline.render.font import FILES
from pipeline.typefaces.wanted import WANTED, key


def test_the_faces_of_the_standard_come_first():
    first = [faces[0][0] for faces in WANTED.values()]
    assert first == ["方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"]
    assert list(WANTED) == list(ROLES) == list(FILES)


def test_no_name_stands_for_two_faces():
    names = [key(name) for faces in WANTED.values() for names in faces for name in names]
    assert len(names) == len(set(names))


def test_case_and_spaces_do_not_count_in_a_name_but_the_rest_does():
    assert key("FangSong GB2312 ") == key("fangsonggb2312")
    assert key("仿宋_GB2312") != key("仿宋")
