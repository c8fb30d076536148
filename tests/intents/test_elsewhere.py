import pytest

from data.civic.areas import Gazetteer
from data.civic.ids import AreaCode, IntentId
from intents.elsewhere import ElsewhereEar
from tests.intents.small import PLACES

EAR = ElsewhereEar(PLACES)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("北京公积金怎么提取", "北京"),
        ("在上海怎么办居住证", "上海"),
        ("帮我查一下深圳的社保", "深圳"),
        ("成都市户口迁移", "成都"),
        ("四川省高龄津贴怎么领", "四川"),
    ],
)
def test_a_question_about_another_place_is_not_ours(text: str, place: str) -> None:
    assert EAR.hear(text) == place


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("我是四川人怎么办居住证", id="where somebody is from"),
        pytest.param("户口在四川,孩子能读书吗", id="where the register is"),
        pytest.param("去北京看病医保能报吗", id="where somebody goes"),
        pytest.param("从深圳转社保", id="from where something is moved"),
        pytest.param("上海的公积金能转到萧山吗", id="a place of ours too"),
        pytest.param("四川的驾照在这边能换吗", id="here"),
        pytest.param("15天津贴怎么算", id="letters by chance"),
        pytest.param("会讲四川话吗", id="a language"),
        pytest.param("公积金怎么提取", id="no place"),
    ],
)
def test_who_comes_from_elsewhere_is_one_of_ours(text: str) -> None:
    assert EAR.hear(text) is None


def test_an_intent_with_such_examples_is_known_to_be_asked_about_other_places() -> None:
    examples = {
        IntentId("medical_remote"): (
            "住北京看病医保怎么弄",
            "在深圳医保怎么备案",
            "住上海怎么备案",
        ),
        IntentId("passport"): ("北京护照", "护照怎么办"),
    }
    assert EAR.spoken_of(examples) == {"medical_remote"}


def test_a_gazetteer_without_other_places_hears_none() -> None:
    assert ElsewhereEar(Gazetteer(county=AreaCode(""), areas={})).hear("北京公积金") is None
