"""添加文件 in Gradio: let in, read, look it over, state what it says of itself, save."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import gradio as gr

from assistant.adapters.errors import AdapterError
from corpus.added import added_folder
from corpus.adding import AddingError, Received, remove_document, save_document
from corpus.errors import CorpusError
from corpus.model.document import SourceNature
from corpus.reading.statements import propose
from ui.application import Application
from ui.page.html import element, escaped, listed
from ui.page.library.door import STAYS_S, Admission, Door, RefusedError
from ui.page.library.draft_view import draft_view
from ui.page.library.intake import FORM, carried_file, form_values, pasted_text, slug_proposed, stated_by
from ui.page.markup import markup
from ui.words import NATURE_LABELS, titled

LOG = logging.getLogger(__name__)
AT_ONCE = 4
QUIETLY: dict[str, Any] = {
    "api_visibility": "private",
    "show_progress": "hidden",
    "concurrency_limit": AT_ONCE,
}
ENDED = "登录已结束，请重新登录。"
CHOOSE = element("button", "选择文件…", "pa-choose", type="button") + element(
    "span",
    "txt、html、docx、pdf，不超过 2 MB",
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


def build(application: Application) -> None:
    """Lay out the tab that is open; where no password is set, it says so and nothing else."""
    door = Door(application.settings.admin_password)
    if door.is_shut:
        markup(element("p", escaped(door.why_shut), "pa-empty"), "pa-add-shut")
        return
    parts = _laid_out()
    _connect_door(application, door, parts)
    _connect_reading(application, door, parts)
    _connect_saving(application, door, parts)


def _laid_out() -> Parts:
    admission, received = gr.State(None), gr.State(None)
    with gr.Column(elem_classes=["pa-form-room"], elem_id="pa-add-entry") as entry:
        markup(
            element("p", "添加文件须由管理员登录。离开或关闭页面后需要重新登录。", "pa-faint"), "pa-add-why"
        )
        with gr.Row(elem_classes=["pa-library-tools"], equal_height=True):
            password = gr.Textbox(
                label="管理口令", type="password", max_lines=1, max_length=200, elem_id="pa-add-password"
            )
            enter = gr.Button("登录", variant="primary", scale=0, min_width=96, elem_id="pa-add-enter")
    told = markup("", "pa-add-told")
    with gr.Column(visible=False, elem_classes=["pa-form-room"], elem_id="pa-add-work") as work:
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


def _connect_door(application: Application, door: Door, parts: Parts) -> None:
    shown, hidden = gr.update(visible=True), gr.update(visible=False)

    def enter(given: str, request: gr.Request) -> tuple[Any, ...]:
        who = request.client.host if request.client else ""
        try:
            admission = door.admit(given or "", who)
        except RefusedError as error:
            return None, "", shown, hidden, _told([str(error)]), gr.skip()
        minutes = int(STAYS_S // 60)
        told = element("p", f"已登录，{minutes} 分钟后自动退出。", "pa-faint", role="status")
        return admission, "", hidden, shown, told + _left_out(application), _added(application)

    def leave() -> tuple[Any, ...]:
        return None, None, "", shown, hidden, "", "", hidden, ""

    gr.on(
        [parts.enter.click, parts.password.submit],
        enter,
        parts.password,
        [parts.admission, parts.password, parts.entry, parts.work, parts.told, parts.added],
        **QUIETLY,
    )
    parts.leave.click(
        leave,
        None,
        [
            parts.admission,
            parts.received,
            parts.pasted,
            parts.entry,
            parts.work,
            parts.told,
            parts.preview,
            parts.form,
            parts.outcome,
        ],
        **QUIETLY,
    )


def _connect_reading(application: Application, door: Door, parts: Parts) -> None:
    outputs = [
        parts.received, parts.carried, parts.preview, parts.form, parts.slug, parts.nature, *parts.fields,
        parts.reviewed, parts.outcome,
    ]  # fmt: skip

    def reads(bring: Callable[[str], Received]) -> Callable[[str, Admission | None], tuple[Any, ...]]:
        def read(given: str, admission: Admission | None) -> tuple[Any, ...]:
            return read_in(application, door, admission, bring, given)

        return read

    parts.read.click(reads(pasted_text), [parts.pasted, parts.admission], outputs, **QUIETLY)
    parts.carried.change(reads(carried_file), [parts.carried, parts.admission], outputs, **QUIETLY)


def read_in(
    application: Application,
    door: Door,
    admission: Admission | None,
    bring: Callable[[str], Received],
    given: str,
) -> tuple[Any, ...]:
    """Return what the tab shows after a document was handed over: its preview and its form, or why not."""
    if bring is carried_file and not given:
        return (gr.skip(),) * (len(FORM) + 8)
    nothing = (gr.update(visible=False), gr.skip(), gr.skip(), *[gr.skip()] * len(FORM), gr.skip())
    if not door.knows(admission):
        return None, "", "", *nothing, _told([ENDED])
    try:
        received = bring(given)
    except CorpusError as error:
        return None, "", "", *nothing, _told([str(error)])
    stated = propose(received.reading.text)
    has_doubts = bool(received.reading.doubtful)
    return (
        received,
        "",
        draft_view(received),
        gr.update(visible=True),
        slug_proposed(received, [one.slug for one in application.corpus.documents]),
        stated.nature.value,
        *form_values(stated),
        gr.update(visible=has_doubts, value=False),
        "",
    )


def _connect_saving(application: Application, door: Door, parts: Parts) -> None:
    def save(
        admission: Admission | None, received: Received | None, slug: str, nature: str, *filled: Any
    ) -> tuple[Any, ...]:
        told, is_saved = saved(application, door, admission, received, slug, nature, filled)
        if not is_saved:
            return gr.skip(), gr.skip(), gr.skip(), told, gr.skip()
        return None, "", gr.update(visible=False), told, _added(application)

    def remove(admission: Admission | None, slug: str | None) -> tuple[Any, ...]:
        return removed(application, door, admission, slug or ""), _added(application)

    parts.save.click(
        save,
        [parts.admission, parts.received, parts.slug, parts.nature, *parts.fields, parts.reviewed],
        [parts.received, parts.preview, parts.form, parts.outcome, parts.added],
        **QUIETLY,
    )
    parts.remove.click(remove, [parts.admission, parts.added], [parts.outcome, parts.added], **QUIETLY)


def saved(
    application: Application,
    door: Door,
    admission: Admission | None,
    received: Received | None,
    slug: str,
    nature: str,
    filled: Sequence[Any],
) -> tuple[str, bool]:
    """Save a document that was looked over; return what to say, and whether it is saved."""
    if not door.knows(admission):
        return _told([ENDED]), False
    if received is None:
        return _told(["请先读入一份文件。"]), False
    *values, is_reviewed = filled
    if received.reading.doubtful and not is_reviewed:
        return _told(["有存疑之处，请逐处看过，再勾选“存疑之处已逐处看过，保留原文”。"]), False
    taken = [one.slug for one in application.corpus.documents]
    home = added_folder(application.settings.data_dir)
    try:
        document = save_document(received, stated_by(nature, values), slug.strip(), home, taken)
    except AddingError as error:
        return _told(error.problems), False
    words = f"已保存{titled(document.title)}，共 {len(document.clauses)} 条。"
    return _taken_up(application, words), True


def removed(application: Application, door: Door, admission: Admission | None, slug: str) -> str:
    """Remove an added document; return what to say."""
    if not door.knows(admission):
        return _told([ENDED])
    try:
        remove_document(slug, added_folder(application.settings.data_dir))
    except AddingError as error:
        return _told(error.problems)
    return _taken_up(application, f"已删除 {slug}。")


def _taken_up(application: Application, words: str) -> str:
    try:
        application.refresh()
    except (AdapterError, CorpusError) as error:
        LOG.error("the documents could not be taken up: %s", error)
        return _told([f"{words}但索引暂时没有更新，重新启动后生效。"])
    return element("p", escaped(f"{words}现在就可以提问和查阅。"), "pa-saved", role="status") + _left_out(
        application
    )


def _added(application: Application) -> Any:
    corpus = application.corpus
    choices = [(f"{titled(corpus.document(slug).title)}（{slug}）", slug) for slug in corpus.added]
    return gr.update(choices=choices, value=None)


def _left_out(application: Application) -> str:
    return listed("ul", "pa-warnings", (element("li", escaped(one)) for one in application.corpus.left_out))


def _told(problems: Sequence[str]) -> str:
    lines = "".join(element("p", escaped(one)) for one in problems)
    return element("div", lines, "pa-refusal", role="alert")
