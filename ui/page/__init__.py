"""The page: one frame, and a package for each of its tabs."""

from ui.page.frame import build_page, mount_page

__all__ = ["build_page", "mount_page"]
