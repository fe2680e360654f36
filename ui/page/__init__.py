"""The page: a conversation on one side, the words of the law on the other."""

from ui.page.blocks import build_page, mount_page

__all__ = ["build_page", "mount_page"]
