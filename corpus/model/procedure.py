"""What a text may say on how to apply (申报程序)."""

from __future__ import annotations

from enum import StrEnum


class ProcedureField(StrEnum):
    """When (受理时间), with which papers (材料), where (渠道), contact (联系方式), how long (时限)."""

    FILING_WINDOW = "filing_window"
    MATERIALS = "materials"
    WHERE = "where"
    CONTACT = "contact"
    PROCESSING_TIME = "processing_time"

    @property
    def label(self) -> str:
        """Return the word shown to people."""
        return _LABELS[self]


_LABELS = {
    ProcedureField.FILING_WINDOW: "申报时间",
    ProcedureField.MATERIALS: "申报材料",
    ProcedureField.WHERE: "申报渠道",
    ProcedureField.CONTACT: "联系方式",
    ProcedureField.PROCESSING_TIME: "办理时限",
}
