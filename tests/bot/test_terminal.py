from __future__ import annotations

import asyncio
import json
import re
import zipfile
from pathlib import Path

import pytest

from bot.house.failure import Failure
from bot.house.links import Links
from bot.house.settings import Settings
from bot.terminal import Terminal, talk
from dialogs.turn import Screen, Turn
from forms.library import BUILT_IN, Library
from forms.printing.workers import Workers
from tests.bot.house.invitees import SOURCE
from tests.bot.screens.tables import board
from tests.bot.shelf import lay, talking


class Session:
    """Types lines into a terminal and reads what it prints."""

    def __init__(
        self, top: Path, crew: Workers, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        self._top, self._crew, self._monkeypatch, self._capsys = top, crew, monkeypatch, capsys
        lay(top)
        monkeypatch.chdir(top)

    def types(self, *lines: str, programme: str = "tiny-2026", name: str = "me") -> str:
        waiting = iter(lines)

        def answer(prompt: str) -> str:
            line = next(waiting, None)
            if line is None:
                raise EOFError
            print(prompt + line)
            return line

        self._monkeypatch.setattr("builtins.input", answer)
        with talking(self._top, self._crew) as (conversation, runner):
            wanted = Library.open([self._top]).named(programme)
            Terminal(conversation, runner, name, Links("https://jiangjian.example")).talk(wanted)
        return self._capsys.readouterr().out


@pytest.fixture
def session(
    tmp_path: Path, crew: Workers, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Session:
    return Session(tmp_path, crew, monkeypatch, capsys)


def test_a_conversation_from_greeting_to_a_saved_document(session: Session, tmp_path: Path) -> None:
    said = session.types("1", "2", "陆建华", "2010年7月", "1", "会字第7号", ":pdf", ":q")
    assert "[1] 同意，开始" in said
    assert "✓ 项目：小城工匠" in said, "the programme that was named is begun by itself"
    assert "[:1] 个人" in said
    assert "✓ 入行时间：2010年7月" in said
    assert "✓ 满10年，符合（四）" in said
    assert "【基本】" in said
    assert "会员证号：会字第7号" in said
    assert "5/5" in said
    assert "已保存：陆建华申请表.pdf（1页）" in said
    assert (tmp_path / "陆建华申请表.pdf").read_bytes().startswith(b"%PDF")
    assert said.rstrip().endswith("都保存好了，下次接着填。")


def test_it_goes_on_where_it_was_left(session: Session) -> None:
    session.types("1", ":2", "陆建华")
    said = session.types(":q")
    assert "从哪年哪月开始？" in said
    assert "同意，开始" not in said
    assert "同意，开始" in session.types(name="someone else"), "another person begins anew"


def test_several_facts_in_one_message_wait_for_a_yes_over_the_end_of_a_session(session: Session) -> None:
    said = session.types("1", "1", "我叫陆建华，入行时间：2010年7月")
    assert "我记下了这些，对吗？" in said
    assert "入行时间：2010年7月" in said
    again = session.types("对")
    assert "我记下了这些，对吗？" in again
    assert "✓ 姓名：陆建华" in again
    assert "✓ 入行时间：2010年7月" in again


def test_a_number_is_an_answer_where_the_question_takes_text(session: Session) -> None:
    said = session.types("1", "1", "陆建华", "2010-07", "1", "1", "对", ":q")
    assert "✓ 会员证号：1" in said
    again = session.types(":99", "上一步", "@no/such.jpg", ":pdf 9")
    assert "没有第99个按钮。" in again
    assert "没有这个文件：no/such.jpg" in again


def test_files_are_sent_by_path(session: Session) -> None:
    scan = BUILT_IN / "_shared" / "files" / "certificate.jpg"
    assert "先点“同意”，再发文件。" in session.types(f"@{scan}", name="hasty")
    assert "文件先不收" in session.types("1", "1", f"@'{scan}'"), "the question says what it makes of a file"


def test_a_copy_of_everything_is_written_to_a_file(session: Session, tmp_path: Path) -> None:
    scan = BUILT_IN / "_shared" / "files" / "certificate.jpg"
    said = session.types("1", ":1", "陆建华", f"@{scan}", "我的数据", ":pdf", ":q")
    assert "您在这里存着：1份申报，1个文件，用过1台设备。" in said
    assert "已保存：我的全部内容.zip" in said
    with zipfile.ZipFile(tmp_path / "我的全部内容.zip") as archive:
        assert archive.testzip() is None
        told = json.loads(archive.read("everything.json"))
        assert len(archive.namelist()) == 2
    assert told["interviews"][0]["state"]["answers"]["name"] == "陆建华"


def test_the_story_so_far_and_deletion_at_the_terminal(session: Session) -> None:
    said = session.types(
        "1", ":1", "陆建华", "/story", "返回", "删除我的资料", "好", "1", "隐私说明", "返回", ":q"
    )
    assert "前面填的（第1到" in said
    assert "✓ 姓名：陆建华" in said
    assert "没看懂" in said
    assert "拿不准可以问人：总工会" in said
    assert "从哪年哪月开始？" in session.types(":q"), "nothing was deleted"
    said = session.types("/delete", "全部删除", ":q")
    assert "您的全部内容已经按您的要求删除了" in said
    assert "同意，开始" in session.types(":q", programme="")


def test_our_full_disk_is_told_as_ours(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JIANGJIAN_DISK_FLOOR", str(1 << 40))  # MB
    scan = BUILT_IN / "_shared" / "files" / "certificate.jpg"
    assert "是我们这边的存储满了，不是您的文件有问题。" in session.types("1", "1", f"@'{scan}'")


def test_another_programme_is_begun_beside_the_first(session: Session) -> None:
    session.types("1", "1", "陆建华")
    said = session.types(":q", programme="nanning-2026")
    assert "✓ 项目：2026年“南宁工匠”选树活动" in said
    said = session.types(":q", programme="tiny-2026")
    assert "从哪年哪月开始？" in said, "the first one goes on where it was left"


def test_without_a_programme_one_is_chosen_from_the_list(session: Session) -> None:
    said = session.types("1", programme="")
    assert "请选要申报的项目" in said
    assert "小城工匠" in said


def test_an_unknown_programme_is_told(tmp_path: Path) -> None:
    lay(tmp_path)
    with pytest.raises(Failure, match="there is no programme “no-such”"):
        talk(Settings(data=tmp_path), Library.open([tmp_path]), "no-such")


def test_a_code_brings_back_what_was_left(session: Session) -> None:
    said = session.types("1", "2", "陆建华", "恢复码", ":q")
    assert "█" in said, "its QR code, in blocks"
    code = re.search(r"【匠荐恢复码】(\S+)", said)
    assert code
    gone = session.types("离开这台设备", "抄好了，离开", ":q", programme="")
    assert "已经离开这台设备" in gone
    assert "同意，开始" in session.types(programme="")
    back = session.types(code[1].lower(), "是我的，接过来", name="me at another machine", programme="")
    assert "已填2项" in back
    assert "从哪年哪月开始？" in back


def test_whoever_is_asked_in_at_the_same_computer_types_the_token(session: Session, tmp_path: Path) -> None:
    for name, content in SOURCE.files.items():
        path = tmp_path / "shared" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(content, "utf-8")
    said = session.types(
        "1", "单位推荐", "焊工", "2015年7月", "是", "技艺", "选好了", "陆建华", "450122198409129963", "对的", "进度",
        "6", "莫振邦", "师傅", programme="small",
    )  # fmt: skip
    assert "【给莫振邦的链接】" in said and "这里还没有别人打得开的网址" in said
    token = re.search(r"i_[A-Za-z0-9_-]{43}", said)
    assert token
    asked = session.types(token[0], name="mo", programme="")
    assert "陆建华请您写一份推荐信" in asked and "是您本人吗" in asked


class Desk:
    """A conversation that stands at a board, whatever is said."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []

    async def take(self, channel: str, address: str, turn: Turn) -> Screen:
        self.turns.append(turn)
        return board()


def test_a_row_is_opened_by_the_number_before_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    desk, lines = Desk(), iter(["3", "11", ":q"])
    monkeypatch.setattr("builtins.input", lambda prompt: next(lines))
    with asyncio.Runner() as runner:
        Terminal(desk, runner, "me", Links("https://jiangjian.example")).talk(None)  # type: ignore[arg-type]
    said = capsys.readouterr().out
    assert "3. 黄小兰［新到］" in said and "  [3] 打开黄小兰（NN26-0003）" in said
    opened = {token: button.label for token, button in board().tokens().items()}
    pressed = [opened[str(turn.choice)] for turn in desk.turns if turn.choice]
    assert pressed == ["打开黄小兰（NN26-0003）", "下一页"]


def test_the_language_chosen_before_the_consent_is_spoken_after_it(session: Session) -> None:
    said = session.types("english", "1", ":q")
    assert "Agree and start" in said
    assert "Everything is saved" in said.rstrip().splitlines()[-1]
