"""Fonts and colours Gradio itself asks for; everything of ours is in `frame.css` and the tabs' own."""

from __future__ import annotations

import gradio as gr

FONTS = (
    "system-ui",
    "PingFang SC",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "sans-serif",
)
INK = gr.themes.Color(
    "#f3f6fa",
    "#e6edf5",
    "#cddaea",
    "#a7bfd9",
    "#7598bf",
    "#4a76a6",
    "#2f5d90",
    "#254c78",
    "#1f3f63",
    "#1a3350",
    "#10213a",
)
STONE = gr.themes.Color(
    "#fbfbf9",
    "#f5f5f2",
    "#e8e8e3",
    "#d6d6cf",
    "#a6a79f",
    "#777970",
    "#5b5d55",
    "#45473f",
    "#2b2d29",
    "#1d1f1c",
    "#121411",
)


def theme() -> gr.themes.Base:
    """Return the theme: paper, ink and one blue; only fonts the reader's own machine has."""
    return gr.themes.Base(
        primary_hue=INK,
        secondary_hue=INK,
        neutral_hue=STONE,
        font=FONTS,
        font_mono=("ui-monospace", "Consolas", "Noto Sans Mono CJK SC", "monospace"),
        radius_size=gr.themes.sizes.radius_md,
    ).set(
        body_background_fill="#f7f7f4",
        body_background_fill_dark="#141614",
        background_fill_primary="#ffffff",
        background_fill_primary_dark="#1b1e1b",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        body_text_color_subdued="#5d6169",
        body_text_color_subdued_dark="#a3a69f",
        block_label_text_color="#45473f",
        block_title_text_color="#45473f",
        block_border_width="0px",
        block_shadow="none",
        button_primary_background_fill="#254c78",
        button_primary_background_fill_hover="#1f3f63",
        button_primary_background_fill_dark="#3d6a9c",
        button_primary_background_fill_hover_dark="#4a76a6",
        button_primary_text_color="#ffffff",
    )
