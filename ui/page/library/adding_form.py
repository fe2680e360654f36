"""The tab 添加文件 as it looks: the login, what is brought, what it says of itself, what was added."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import gradio as gr

from corpus.model.document import SourceNature
from ui.page.html import element
from ui.page.library.intake import FORM
from ui.page.markup import markup
from ui.words import NATURE_LABELS

CHOOSE = element("button", "选择文件…", "pa-choose", type="button") + element(
    "span",
    "docx、pdf、html、txt、ofd、xlsx、doc、wps 或图片，不超过 2 MB",
    "pa-faint pa-choose-told",
    role="status",
)
NATURES = [(NATURE_LABELS[nature], nature.value) for nature in SourceNature]


@dataclass(frozen=True)
class Parts:
    """The components of the tab that events read and write."""

    admission: gr.State
    received: gr.State
    entry: gr.Column
    password: gr.Textbox
    enter: gr.Button
    told: gr.Markdown
    work: gr.Column
    pasted: gr.Textbox
    read: gr.Button
    carried: gr.Textbox
    preview: gr.Markdown
    form: gr.Column
    slug: gr.Textbox
    nature: gr.Radio
    fields: Sequence[gr.Textbox]
    reviewed: gr.Checkbox
    save: gr.Button
    outcome: gr.Markdown
    added: gr.Dropdown
    remove: gr.Button
    leave: gr.Button


def laid_out() -> Parts:
    """Lay out the tab for who may be let in; what needs a login is not shown yet."""
    admission, received = gr.State(None), gr.State(None)
    with gr.Column(elem_classes=["pa-form-tab"], elem_id="pa-add-entry") as entry:
        markup(
            element("p", "添加文件须由管理员登录。离开或关闭页面后需要重新登录。", "pa-faint"), "pa-add-why"
        )
        with gr.Row(elem_classes=["pa-library-tools"], equal_height=True):
            password = gr.Textbox(
                label="管理口令", type="password", max_lines=1, max_length=200, elem_id="pa-add-password"
            )
            enter = gr.Button("登录", variant="primary", scale=0, min_width=96, elem_id="pa-add-enter")
    told = markup("", "pa-add-told")
    with gr.Column(visible=False, elem_classes=["pa-form-tab"], elem_id="pa-add-work") as work:
        pasted = gr.Textbox(
            label="粘贴原文", lines=6, max_lines=14, placeholder="把文件全文粘贴到这里", interactive=True
        )
        with gr.Row(elem_id="pa-add-bring"):
            read = gr.Button("读一读粘贴的文字", scale=0, min_width=150)
            markup(element("div", CHOOSE, "pa-chooser"), "pa-add-choose")
        carried = gr.Textbox(label="所选文件", elem_id="pa-add-file", interactive=True)
        preview = markup("", "pa-add-preview")
        with gr.Column(visible=False, elem_id="pa-add-form") as form:
            slug, nature, fields = _form_fields()
            reviewed = gr.Checkbox(label="存疑之处已逐处看过，保留原文", interactive=True)
            save = gr.Button("保存到政策库", variant="primary", elem_id="pa-add-save", min_width=140)
        outcome = markup("", "pa-add-outcome")
        with gr.Row(elem_id="pa-add-gone", elem_classes=["pa-library-tools"], equal_height=True):
            added = gr.Dropdown([], label="已添加的文件", interactive=True, scale=3)
            remove = gr.Button("删除所选文件", variant="stop", scale=0, min_width=120)
            leave = gr.Button("退出登录", scale=0, min_width=96)
    return Parts(
        admission, received, entry, password, enter, told, work, pasted, read, carried, preview, form,
        slug, nature, fields, reviewed, save, outcome, added, remove, leave,
    )  # fmt: skip


def _form_fields() -> tuple[gr.Textbox, gr.Radio, list[gr.Textbox]]:
    markup(
        element("p", "下面各项都从原文读出，请核对；每一项须是原文里的字句，原文没有的空着。", "pa-label"),
        "pa-add-how",
    )
    slug = gr.Textbox(
        label="编号（小写英文字母、数字和连字符）", max_lines=1, max_length=60, interactive=True
    )
    nature = gr.Radio(NATURES, value="policy", label="性质", interactive=True)
    fields = [
        gr.Textbox(label=label, lines=2 if name == "issuing_bodies" else 1, max_length=400, interactive=True)
        for name, label in FORM
    ]
    return slug, nature, fields
