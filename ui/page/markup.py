"""HTML of ours inside Gradio."""

from __future__ import annotations

import gradio as gr


def markup(view: str, elem_id: str) -> gr.Markdown:
    """Return a component that shows HTML of ours; `gr.HTML` would need scripts to evaluate text (CSP)."""
    return gr.Markdown(view, elem_id=elem_id, sanitize_html=True, latex_delimiters=[], container=False)
