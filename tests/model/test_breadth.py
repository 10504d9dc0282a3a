"""How wide a text is: Chinese characters and their marks an em, all else a part of one."""

from pipeline.model.breadth import breadths, ems


def test_widths_count_chinese_double():
    assert ems("12件（a）") / ems("1") == 2 + 2 + 2 + 1 + 2


def test_full_width_digits_and_signs_of_doubtful_width_take_an_em():
    assert breadths("１①…x") == [1, 1, 1, 0.5]


def test_a_face_says_what_its_digits_take():
    assert ems("2020年", narrow=0.6) == 4 * 0.6 + 1
    assert ems("") == 0
