"""A Screen as the page gets it."""

from __future__ import annotations

from bot.screens.wire import screen_json
from dialogs.turn import Say, Screen
from tests.bot.screens.tables import HEADS, board, comparison
from tests.dialogs.hall import at
from tests.dialogs.test_asides import at as in_nanning


def test_a_number_that_can_be_called_goes_with_what_is_dialled_for_it() -> None:
    person = at("name")
    person.says("找人工")
    parts = [part for part in screen_json(person.screen)["parts"] if "dials" in part]
    assert [part["dials"] for part in parts] == [[{"shown": "0771-2805708", "href": "tel:+867712805708"}]]
    assert all(dial["shown"] in part["text"] for part in parts for dial in part["dials"])


def test_what_names_no_number_has_none() -> None:
    assert screen_json(Screen(parts=(Say("您好"),)))["parts"] == [
        {"type": "say", "tone": "say", "text": "您好"}
    ]


def test_a_text_with_a_field_of_its_own_is_taken_back_there() -> None:
    person = in_nanning("story")
    person.says("那年冬天炉子坏了，我就自己琢磨了三个月。" * 20)
    assert "撤回上一段" in person.labels
    shown = [button["label"] for button in screen_json(person.screen)["buttons"]]
    assert not {"撤回上一段", "重写", "改其中一段"} & set(shown)
    assert "写好了" in shown
    person.says("撤回上一段")  # and by its words
    assert person.interview.drafts["brief"]["parts"] == []


def test_rows_go_with_their_marks_and_the_tokens_that_open_them() -> None:
    screen = board()
    sent = screen_json(screen)
    (table,) = (part for part in sent["parts"] if part["type"] == "table")
    assert table["heads"] == HEADS
    assert [row["mark"] for row in table["rows"]] == ["overdue", "new", "new", *[""] * 7]
    opens = [row["opens"]["token"] for row in table["rows"]]
    assert len(set(opens)) == 10 and set(opens) <= set(screen.tokens())
    assert {row["opens"] for row in screen_json(comparison())["parts"][1]["rows"]} == {None}


def test_what_other_doors_need_of_a_row_stays_here() -> None:
    assert "打开NN26-0001" not in str(
        screen_json(board())
    )  # what its button is called where no names may stand


def test_one_key_turns_the_page_of_rows_and_of_nothing_else() -> None:
    assert [each["label"] for each in screen_json(board())["buttons"] if each["key"] == "n"] == ["下一页"]
    assert not any(each["key"] for each in screen_json(board(3))["buttons"])
    assert not any(each["key"] for each in screen_json(at("name").screen)["buttons"])
