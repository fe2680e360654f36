"""What suites are called in Chinese, wherever a run is shown."""

from __future__ import annotations

SUITES = {
    "core": "核心",
    "amounts": "金额",
    "traps": "陷阱",
    "refusal": "拒答",
    "multi-turn": "多轮",
    "counterfactual": "改动原文",
    "noise": "干扰",
    "injection": "注入",
    "blind": "盲测",
}
