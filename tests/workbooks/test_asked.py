"""What a workbook is asked for: the law's figures, and the indicators an agency types."""

from msgspec.structs import replace

from kit.reading import asked_for


def test_the_law_s_figures_come_first_and_the_typed_indicators_behind(templates):
    asked = asked_for(templates, 2020)
    law = tuple(asked.form.cells)
    assert asked.order.addresses[: len(law)] == law
    assert "indicators.trainees" in asked.order.addresses[len(law) :]


def test_a_ratio_is_not_asked_for_since_it_is_made_of_others(templates):
    asked = asked_for(templates, 2020)
    assert "indicators.non_text_share" in {one.address for one in asked.indicators}
    assert "indicators.non_text_share" not in asked.order.positions


def test_every_total_knows_its_terms_the_law_s_and_the_indicators(templates):
    totals = asked_for(templates, 2020).totals
    kinds = [term.address for term in totals["requests.received.total"]]
    assert (len(kinds), kinds[0]) == (6, "requests.received.natural_person")
    assert len(totals["indicators.new_media"]) > 1


def test_whatever_else_is_asked_for_has_another_digest(templates):
    asked = asked_for(templates, 2020)
    fewer = replace(asked, indicators=asked.indicators[:-1])
    assert asked.digest == asked_for(templates, 2020).digest
    assert len({asked.digest, fewer.digest, asked_for(templates, 2021).digest}) == 3
