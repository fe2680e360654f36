"""Everything one server offers: the HTTP interface, and the page mounted on it."""

from __future__ import annotations

from fastapi import FastAPI

from ui.api import create_app
from ui.application import Application


def create_server_app(application: Application) -> FastAPI:
    """Return the application `serve` runs: the interface, with the page at `/`."""
    from ui.page import mount_page

    return mount_page(create_app(application), application)
