"""Honours as people tell of them: 得过市劳模，去年评的; 总工会给评的劳模. The honour is only what it is called."""

from __future__ import annotations

import re

from forms.characters import simplified

_WHO = "(?:我们?|俺们?|咱们?|本人)?"
_BESIDE = "(?:还|也|曾经?|以前|之前|就|刚|才|又|再次|连续|先后|并且?|有幸|光荣地?|后来|同年|那年|已经)*"
_MEASURE = "(?:(?:一|两|几)?(?:个|次|块|枚)(?![人体员]))?"
#: A verb that can hardly begin a name; behind a date fewer words are enough (2015年获市劳模).
_SURELY = (
    "(?:被?(?:评[为上]|评选[为上]|授予|聘为|认定为|命名为|选为)|被评|评(?:了|过|的)|荣?获得?(?:了|过|到|的)|荣?获(?:得|评|授|颁|选)|荣获"
    "|得(?:了|过|到)|拿(?:了|过|到|下)|捧回|当选为?|取得|入选)(?:了|过|的|为)*"
)
_PERHAPS = f"(?:{_SURELY}|获(?!奖)|得(?!力|胜|益)的?|拿的?|评选|推荐为|考(?:了|过|到|取))(?:了|过|的|为)*"
_FRAME = re.compile(f"^{_WHO}{_BESIDE}{_SURELY}{_MEASURE}")
_DATED_FRAME = re.compile(f"^{_WHO}{_BESIDE}{_PERHAPS}{_MEASURE}")
_GIVEN = "(?:给我?)?(?:颁发|发放|授予|评选|发|评|颁|授)"
#: 被市总工会授予五一劳动奖章, 总工会给评的劳模.
_BY_BEFORE = (
    re.compile(
        f"^{_WHO}{_BESIDE}(?:(?:荣?获得?|得到?|拿到?)(?:了|过)?(?:被|由|经)?|被|由|经)(?P<by>.{{2,30}}?)"
        "(?:授予|评选?[为上]|颁发|表彰为|聘[为任]|认定为|命名为)了?的?(?P<what>.+)$"
    ),
    re.compile(
        f"^{_WHO}(?P<by>[^，,；;。]{{2,20}}?)(?:给我?(?:颁发|发|评|颁|授)|(?:颁发|授予|发))的(?P<what>.{{2,}})$"
    ),
    re.compile(
        "^(?P<by>[^，,；;。]{1,20}?[会厅局府委部办院司团])(?:给我?)?(?:授予|颁发|表彰为|命名为|认定为|评为)的?(?P<what>.{2,})$"
    ),
)
#: 市劳模，市总工会发的.
_BY_BEHIND = re.compile(
    f"^(?P<what>.{{2,}}?)[，,、\\s]+(?:是|由)?(?P<by>[^，,、；;。\\s]{{2,20}}?){_GIVEN}(?:的|了)[。.]?$"
)
#: 广西五一劳动奖章自治区总工会颁发.
_BY_RUN_ON = re.compile(
    "^(?P<what>.{2,}?(?:奖章|奖|能手|标兵|模范|劳模|工匠|大师|状元|称号|证书))(?P<by>[^，,、；;。\\s]{2,20}?[会厅局府委部办院司团])(?:颁发|授予|发|颁)的?[。.]?$"
)
_TITLE = re.compile("(?:的)?(?:荣誉|榮譽)?(?:称号|稱號)$")


def unframed(line: str) -> str:
    """A line less the words that say that somebody got what it names: 我得过市劳模 is 市劳模."""
    frame = _FRAME.match(simplified(line))
    return line[frame.end() :].strip() if frame and len(line) > frame.end() + 1 else line


def verb(said: str) -> int:
    """How long the words are with which what is told behind a date begins, that somebody got it; 0 where there are none."""
    frame = _DATED_FRAME.match(simplified(said))
    return frame.end() if frame else 0


def award(said: str) -> dict[str, str]:
    """What an honour that was told behind its date is called (`first`), who gave it (`second`).

    `sure` where the words are the name itself.
    """
    for pattern in _BY_BEFORE:
        if by := pattern.match(said):
            return {"first": _bare(by["what"]), "second": by["by"]}
    name = said[verb(said) :]
    behind = _BY_BEHIND.match(name) or _BY_RUN_ON.match(name)
    if behind:
        return {"first": _bare(behind["what"]), "second": behind["by"]}
    if name == said or not name:
        first, _, second = said.partition("，")
        return {"first": first, "second": second.strip(" \t，,；;。.、：:"), "sure": "yes"}
    return {"first": _bare(name)}


def _bare(name: str) -> str:
    return _TITLE.sub("", name.strip()).strip("“”\"'")
