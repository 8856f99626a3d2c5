"""A filled Nanning application form (附件2) of four pages, the document that tests and bench/pdf.py print.

The person is fictional.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from PIL import Image, ImageDraw

from forms.library import BUILT_IN
from forms.printing.faces import Faces

_HERE = Path(__file__).parent
_UNIT = "广西桂南轨道交通装备制造集团有限责任公司南宁经济技术开发区转向架焊接与智能装备分公司第三联合车间"
_CAREER = [
    ("1997.09—2000.07", "武鸣县城东镇中学 初中学生"),
    ("2000.09—2003.07", "南宁市第一机电技工学校焊接加工专业 中技学生"),
    ("2003.07—2005.06", "桂南轨道装备公司南宁分公司 焊工学徒"),
    ("2005.06—2007.12", "桂南轨道装备公司南宁分公司 中级焊工"),
    ("2008.01—2009.12", "桂南轨道装备公司南宁分公司 高级焊工"),
    ("2010.01—2011.08", "桂南轨道装备公司南宁分公司 焊工班组副班长"),
    ("2011.09—2014.07", "桂南轨道装备公司南宁分公司 焊工班组副班长（其间：函授大专，机械制造与自动化专业）"),
    ("2014.07—2016.12", "桂南轨道装备公司南宁分公司 焊工班组副班长、技师"),
    ("2017.01—2019.03", "转向架焊接与智能装备分公司 焊接一班班长"),
    ("2019.03—2021.06", "转向架焊接与智能装备分公司 焊接一班班长、高级技师"),
    (
        "2021.06—2023.09",
        "转向架焊接与智能装备分公司第三联合车间 焊接一班班长、劳模和工匠人才创新工作室领衔人",
    ),
    ("2023.09—至今", "转向架焊接与智能装备分公司第三联合车间 焊接一班班长、首席技师"),
]


def application(name: str = "陈丽", *, practice: bool = False) -> tuple[str, dict[str, bytes]]:
    """The HTML of the form and its files; a rare character in the name is one in the narrative too."""
    templates = Environment(
        loader=FileSystemLoader([_HERE, BUILT_IN / "_shared" / "print"]),
        autoescape=True,
        undefined=StrictUndefined,
    )
    faces = Faces.load()
    narrative = (_HERE / "narrative.txt").read_text(encoding="utf-8").replace("𬍛", name[1:])
    html = templates.get_template("application.html").render(
        name=name,
        unit=_UNIT,
        career=_CAREER,
        narrative=narrative,
        photo="case:photo.jpg",
        practice=practice,
        face=faces.face_for,
        stack=faces.stack_for,
    )
    return html, {"photo.jpg": _photo()}


def _photo() -> bytes:
    """A portrait of 413 × 579 pixels."""
    image = Image.new("RGB", (413, 579), "white")
    draw = ImageDraw.Draw(image)
    draw.ellipse((120, 90, 290, 320), fill="#e2b89a")
    draw.pieslice((110, 60, 300, 300), 180, 360, fill="#222")
    draw.polygon([(40, 579), (110, 380), (205, 350), (300, 380), (373, 579)], fill="#1d2b57")
    content = BytesIO()
    image.save(content, "JPEG", quality=90)
    return content.getvalue()
