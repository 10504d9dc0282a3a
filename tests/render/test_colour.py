"""The colour profile in every PDF: another reader of profiles knows it as sRGB."""

from io import BytesIO

import pytest
from PIL import ImageCms

from pipeline.render.colour import srgb_profile


def test_another_reader_knows_it_as_srgb() -> None:
    profile = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    assert ImageCms.getProfileDescription(profile).strip() == "sRGB IEC61966-2.1"
    assert (profile.profile.xcolor_space, profile.profile.connection_space) == ("RGB ", "XYZ ")
    assert profile.profile.version == pytest.approx(2.1)


def test_colours_pass_through_it_as_through_srgb() -> None:
    from PIL import Image

    own = ImageCms.ImageCmsProfile(BytesIO(srgb_profile()))
    across = ImageCms.buildTransform(own, ImageCms.createProfile("sRGB"), "RGB", "RGB")
    for colour in ((0, 0, 0), (255, 255, 255), (128, 128, 128), (200, 30, 90)):
        seen = ImageCms.applyTransform(Image.new("RGB", (1, 1), colour), across)
        assert seen is not None
        assert seen.getpixel((0, 0)) == pytest.approx(colour, abs=2)


def test_the_profile_says_its_own_length() -> None:
    assert int.from_bytes(srgb_profile()[:4], "big") == len(srgb_profile())
