"""Making up pages: what may be parted is parted, what belongs together stays together."""

from msgspec import Struct

from pipeline.render.galley import Canvas, make_up


class Block(Struct, frozen=True):
    """A galley of units ten points high."""

    name: str
    count: int
    parts: frozenset[int] = frozenset(range(100))
    head: int = 0
    space: float = 0.0
    keeps_next: bool = False
    opens_page: bool = False
    block: int = 1

    @property
    def heights(self) -> list[float]:
        return [10.0] * self.count

    def may_part(self, unit: int) -> bool:
        return unit in self.parts

    def draw(self, canvas: Canvas, first: int, end: int, left: float, top: float) -> None:
        raise AssertionError("making up draws nothing")


def pages(*blocks: Block, height: float = 50) -> list[list[str]]:
    """Each page's parts as name[first:end]@top."""
    made = make_up(blocks, height)
    return [[f"{part.galley.name}[{part.first}:{part.end}]@{part.top:g}" for part in page] for page in made]  # type: ignore[attr-defined] # they are all Blocks


def test_blocks_follow_each_other_down_the_page() -> None:
    assert pages(Block("甲", 2), Block("乙", 3)) == [["甲[0:2]@0", "乙[0:3]@20"]]


def test_what_does_not_fit_goes_on_overleaf() -> None:
    assert pages(Block("甲", 7)) == [["甲[0:5]@0"], ["甲[5:7]@0"]]


def test_a_page_ends_early_where_the_block_may_not_be_parted() -> None:
    assert pages(Block("甲", 7, parts=frozenset({3}))) == [["甲[0:3]@0"], ["甲[3:7]@0"]]


def test_a_heading_goes_overleaf_with_what_it_heads() -> None:
    heading = Block("题", 1, keeps_next=True)
    assert pages(Block("甲", 4), heading, Block("乙", 2)) == [["甲[0:4]@0"], ["题[0:1]@0", "乙[0:2]@10"]]


def test_a_table_repeats_its_head_overleaf() -> None:
    assert pages(Block("表", 8, head=1)) == [["表[0:5]@0"], ["表[5:8]@0"]]
    assert pages(Block("表", 10, head=1)) == [["表[0:5]@0"], ["表[5:9]@0"], ["表[9:10]@0"]]


def test_space_stands_below_a_block_but_not_at_the_top_of_a_page() -> None:
    blocks = Block("甲", 2, space=5), Block("乙", 2, space=3), Block("丙", 1)
    assert pages(*blocks) == [["甲[0:2]@0", "乙[0:2]@25"], ["丙[0:1]@0"]]


def test_space_that_has_no_room_on_the_page_stands_on_the_next_one() -> None:
    """As the blank line below a table does in Word, so that both formats go on alike."""
    assert pages(Block("甲", 5, space=8), Block("乙", 2)) == [["甲[0:5]@0"], ["乙[0:2]@8"]]


def test_what_may_be_parted_nowhere_is_parted_at_the_foot() -> None:
    assert pages(Block("甲", 7, parts=frozenset())) == [["甲[0:5]@0"], ["甲[5:7]@0"]]


def test_a_unit_higher_than_the_page_still_stands() -> None:
    assert pages(Block("甲", 2), height=5) == [["甲[0:1]@0"], ["甲[1:2]@0"]]


def test_nothing_makes_no_page() -> None:
    assert pages() == []
