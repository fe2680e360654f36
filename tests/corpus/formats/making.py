"""Files for the tests of reading, written by other hands than ours where a library writes them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)


def zipped(parts: dict[str, str | bytes]) -> bytes:
    """Pack parts into a zip file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    """Write a run of text."""
    told = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{told}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(content: str, properties: str = "") -> str:
    """Write a paragraph around runs, or around plain text."""
    inner = content if content.startswith("<") or not content else run(content)
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def numbered(text: str, level: int = 0, list_id: int = 1) -> str:
    """Write a paragraph with an automatic number."""
    return paragraph(run(text), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>')


def cell(content: str, *, wide: int = 1, merge: str = "") -> str:
    """Write a table cell; `merge` is "restart" or "continue" for a vertical span."""
    properties = f'<w:gridSpan w:val="{wide}"/>' if wide > 1 else ""
    properties += f'<w:vMerge w:val="{merge}"/>' if merge else ""
    inner = content if content.startswith("<") else paragraph(content)
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(rows: Sequence[Sequence[str]], header: bool = False) -> str:
    """Write a table of cells, each plain text or written by `cell`."""
    written = []
    for at, row in enumerate(rows):
        told = "<w:trPr><w:tblHeader/></w:trPr>" if header and at == 0 else ""
        cells = "".join(one if one.startswith("<w:tc>") else cell(one) for one in row)
        written.append(f"<w:tr>{told}{cells}</w:tr>")
    return f"<w:tbl>{''.join(written)}</w:tbl>"


def text_box(content: str) -> str:
    """Write a text box as Word does: a drawing, and the same once more for old readers."""
    inner = f"<w:txbxContent>{content}</w:txbxContent>"
    return (
        f"<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:wsp>"
        f"<wps:txbx>{inner}</wps:txbx></wps:wsp>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def level(at: int, text: str, number_format: str, extra: str = "") -> str:
    """Write a level of a list."""
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>{extra}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


ARTICLES = (
    level(0, "第%1条", "chineseCountingThousand")
    + level(1, "（%2）", "chineseCounting")
    + level(2, "%3.", "decimal")
)


def numbering(
    levels: str = ARTICLES, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    """Write numbering.xml: one abstract list, the lists made of it."""
    listed = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}'
    return f"<w:numbering {_NAMESPACES}>{listed}</w:numbering>"


def docx(*body: str, **parts: str) -> bytes:
    """Pack a Word file; further parts by name: numbering, styles, footnotes, header1."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {_NAMESPACES}><w:body>{''.join(body)}</w:body></w:document>",
    }
    for name, content in parts.items():
        files[f"word/{name}.xml"] = content
    return zipped(files)


def part(name: str, content: str) -> str:
    """Write another part of a Word file (footnotes, hdr) around its content."""
    return f"<w:{name} {_NAMESPACES}>{content}</w:{name}>"


def pdf(
    pages: Sequence[Sequence[tuple[float, float, str]]],
    boxes: Sequence[Sequence[tuple[float, float, float, float]]] = (),
) -> bytes:
    """Write a PDF: on each page texts at x, y (points from the top left), and boxes drawn as lines."""
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen import canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    buffer = io.BytesIO()
    paper = canvas.Canvas(buffer, pagesize=A4)
    for at, texts in enumerate(pages):
        paper.setFont("STSong-Light", 12)
        for x, y, text in texts:
            paper.drawString(x, A4[1] - y, text)
        for x, y, wide, tall in boxes[at] if at < len(boxes) else ():
            paper.rect(x, A4[1] - y - tall, wide, tall)
        paper.showPage()
    paper.save()
    return buffer.getvalue()


def ofd(pages: Sequence[Sequence[tuple[float, float, str]]]) -> bytes:
    """Write an OFD file: on each page texts at x, y in millimetres, glyphs of 4 mm."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    files: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>"
        "</ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        + "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages)))
        + "</ofd:Pages></ofd:Document>",
    }
    for at, texts in enumerate(pages):
        objects = "".join(
            f'<ofd:TextObject ID="{i}" Boundary="{x} {y - 4} 180 6" Size="4"><ofd:TextCode X="0" Y="4" '
            f'DeltaX="g {max(1, len(text) - 1)} 4">{escape(text)}</ofd:TextCode></ofd:TextObject>'
            for i, (x, y, text) in enumerate(texts)
        )
        files[f"Doc_0/Pages/Page_{at}/Content.xml"] = (
            f"<ofd:Page {space}><ofd:Content><ofd:Layer>{objects}</ofd:Layer></ofd:Content></ofd:Page>"
        )
    return zipped(files)


def picture(lines: Sequence[str], font_file: str, size: tuple[int, int] = (1190, 900)) -> bytes:
    """Draw lines of text as a PNG."""
    from PIL import Image, ImageDraw, ImageFont

    drawn = Image.new("RGB", size, "white")
    font = ImageFont.truetype(font_file, 34)
    for at, line in enumerate(lines):
        ImageDraw.Draw(drawn).text((90, 80 + 64 * at), line, font=font, fill="black")
    buffer = io.BytesIO()
    drawn.save(buffer, "PNG")
    return buffer.getvalue()
