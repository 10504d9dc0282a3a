"""What an office settles, from the keyboard."""

from kit.desk import make_report


def test_a_year_from_init_to_blanks(tmp_path):
    assert make_report("init", tmp_path / "年报", "-y", "2021", "--organ", "某某市").code == 0
    said = make_report("blank", "-w", tmp_path / "年报")
    assert said.code == 0
    assert len(list((tmp_path / "年报" / "outputs" / "2021" / "空白表").iterdir())) == 3
    again = make_report("init", tmp_path / "年报", "-y", "2021")
    assert again.code == 3
