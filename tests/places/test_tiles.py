"""A configured tile source is asked, named and allowed; without one nobody is."""

from typing import Any

import pytest

from nuantu.config.middleware import content_policy
from nuantu.places.templatetags.places import attribution, tile_urls

TIANDITU = "https://t{s}.tianditu.gov.cn/DataServer?T=vec_w&x={x}&y={y}&l={z}&tk=KEY"


def test_without_a_source_no_tile_is_asked_and_no_other_host_allowed(settings: Any) -> None:
    settings.NUANTU_TILE_URL = ""
    assert tile_urls("") == []
    assert "https:" not in content_policy("")
    assert "OpenStreetMap" in attribution()


def test_numbered_servers_of_a_source_are_spread_and_allowed(settings: Any) -> None:
    settings.NUANTU_TILE_URL = TIANDITU
    settings.NUANTU_TILE_ATTRIBUTION = "天地图 GS(2024)0650号"
    urls = tile_urls(TIANDITU)
    assert urls[0].startswith("https://t0.tianditu.gov.cn/")
    assert urls[7].startswith("https://t7.tianditu.gov.cn/")
    assert "img-src 'self' data: blob: https://*.tianditu.gov.cn;" in content_policy(TIANDITU)
    assert attribution() == "天地图 GS(2024)0650号"


@pytest.mark.parametrize("url", ["https://tiles.example.cn/{z}/{x}/{y}.png"])
def test_one_server_is_one_address(url: str) -> None:
    assert tile_urls(url) == [url]
    assert "https://tiles.example.cn" in content_policy(url)
