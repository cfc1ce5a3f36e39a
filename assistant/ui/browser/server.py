"""A web server on the loopback address alone: for each body an address with a secret of its own.

What does not bear a secret gets the same bare 404 whether it was near or not.
"""

import asyncio
import os
import secrets
import sys
from asyncio.subprocess import PIPE, Process, create_subprocess_exec
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from html import escape
from pathlib import Path
from string import Template
from typing import Any, NamedTuple

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.server import Server, to_int

from assistant.storage.errors import FileError

_LOOPBACK = "127.0.0.1"
_PAGE = Path(__file__).with_name("page.html")
_ENVIRONMENT = {
    "TEXTUAL_DRIVER": "assistant.ui.tui.browser_driver:BrowserDriver",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
    "PYTHONIOENCODING": "utf-8",
}
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Server": "nianbao",
}
_POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline';"
    " connect-src 'self' {socket}; img-src 'self' data:; font-src 'self'; base-uri 'none';"
    " form-action 'none'; frame-ancestors 'none'"
)
"""All that the page may load is our own; the terminal sets its colours as styles."""
_SECRET_BYTES = 32
_PATIENCE = 10.0
"""Seconds in which a conversation whose window is gone lets go of its file."""
_GRACE = 5.0
"""Seconds that windows have at the end of the server."""


class Body(NamedTuple):
    """A body that has an address of its own."""

    title: str
    folder: Path


def serve(
    bodies: Sequence[Body],
    port: int,
    arguments: Sequence[str],
    words: Mapping[str, str],
    tell: Callable[[Body, str], None],
) -> None:
    """Serve until Ctrl+C.

    Args:
        bodies: Each gets a secret that nobody had before.
        port: Where to listen; 0 for any port that is free.
        arguments: Of `nianbao chat`, behind the folder.
        words: What the page says, by the names in `page.html`.
        tell: Is called with the address of each body when it can be opened.

    Raises:
        FileError: The port cannot be had.
    """
    sites = [_BodySite(each, arguments, words) for each in bodies]
    with suppress(KeyboardInterrupt):
        asyncio.run(_run(sites, port, tell))


async def _run(sites: "Sequence[_BodySite]", port: int, tell: Callable[[Body, str], None]) -> None:
    app = web.Application(middlewares=[_only_by_own_name])
    app.on_response_prepare.append(_mark)
    for site in sites:
        app.add_subapp(f"/{site.secret}", await site._make_app())
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_GRACE)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, _LOOPBACK, port).start()
        except OSError as fault:
            raise FileError("port_taken", port=port) from fault
        address = f"http://{_LOOPBACK}:{runner.addresses[0][1]}"
        for site in sites:
            site.public_url = address
            tell(site.body, f"{address}/{site.secret}/")
        await asyncio.Event().wait()
    finally:
        await runner.cleanup()


@web.middleware
async def _only_by_own_name(request: web.Request, handler: Any) -> web.StreamResponse:
    """Refuse what was sent here under the name of another host."""
    port = request.transport.get_extra_info("sockname")[1] if request.transport else 0
    if request.host != f"{_LOOPBACK}:{port}":
        raise web.HTTPNotFound
    response: web.StreamResponse = await handler(request)
    return response


async def _mark(_: web.Request, response: web.StreamResponse) -> None:
    response.headers.update(_HEADERS)


class _BodySite(Server):
    """The page of one body, the way to its conversation, and its downloads.

    Attributes:
        body: Whose it is.
        secret: The first part of its address.
    """

    def __init__(self, body: Body, arguments: Sequence[str], words: Mapping[str, str]) -> None:
        super().__init__("nianbao", host=_LOOPBACK, title=body.title)
        self.body = body
        self.secret = secrets.token_urlsafe(_SECRET_BYTES)
        program = [] if getattr(sys, "frozen", False) else ["-P", "-m", "assistant"]
        self._command = [sys.executable, *program, "chat", str(body.folder), *arguments]
        self._words = words
        self._windows: set[web.WebSocketResponse] = set()
        self._leaving: set[asyncio.Task[None]] = set()

    async def on_startup(self, _: web.Application) -> None:
        """Say nothing: the command has told the addresses."""

    async def on_shutdown(self, _: web.Application) -> None:
        """Close every window."""
        for window in list(self._windows):
            await window.close()

    async def handle_index(self, request: web.Request) -> web.Response:
        """The page, `200` with the words of the program in it."""
        nonce = secrets.token_urlsafe()
        socket = f"{self.public_url.replace('http', 'ws', 1)}{request.path}ws"
        values = {**self._words, "title": self.title, "socket": socket, "nonce": nonce}
        page = Template(_PAGE.read_text(encoding="utf-8"))
        return web.Response(
            text=page.substitute({name: escape(text) for name, text in values.items()}),
            content_type="text/html",
            headers={"Content-Security-Policy": _POLICY.format(nonce=nonce, socket=socket)},
        )

    async def handle_websocket(self, request: web.Request) -> web.WebSocketResponse:
        """Hold one conversation with the page; `403` for any other page."""
        if request.headers.get("Origin") != self.public_url:
            raise web.HTTPForbidden
        window = web.WebSocketResponse(heartbeat=15)
        await window.prepare(request)
        self._windows.add(window)
        if self._leaving:  # a window that is loaded anew meets the file that it held
            await asyncio.wait(self._leaving, timeout=_PATIENCE)
        conversation = _Conversation(
            self._command,
            write_bytes=window.send_bytes,
            write_str=window.send_str,
            close=window.close,
            download_manager=self.download_manager,
        )
        try:
            width, height = (
                to_int(request.query.get(each, ""), 80) for each in ("width", "height")
            )
            await conversation.start(width, height)
            await self._process_messages(window, conversation)
        finally:
            self._windows.discard(window)
            leaving = asyncio.create_task(conversation.stop())
            self._leaving.add(leaving)
            leaving.add_done_callback(self._leaving.discard)
            await asyncio.shield(leaving)
        return window

    async def handle_download(self, request: web.Request) -> web.StreamResponse:
        """A document, once; `404` for a key that is not waiting."""
        key = request.match_info["key"]
        try:
            file = await self.download_manager.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound from None
        response = web.StreamResponse()
        response.content_type = file.mime_type
        response.headers["Content-Disposition"] = "attachment"  # the link has the name
        await response.prepare(request)
        async for chunk in self.download_manager.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response


class _Conversation(AppService):
    """The process behind one window."""

    def __init__(self, command: Sequence[str], **ways: Any) -> None:
        super().__init__("", **ways)
        self._arguments = command

    async def _open_app_process(self, width: int = 80, height: int = 24) -> Process:
        """Start it without a shell, which would read the name of the folder."""
        environment = {**os.environ, **self._build_environment(width, height), **_ENVIRONMENT}
        self._process = process = await create_subprocess_exec(
            *self._arguments, stdin=PIPE, stdout=PIPE, stderr=PIPE, env=environment
        )
        self._stdin = process.stdin
        return process

    async def run(self) -> None:
        """Run it to its end, however it ends, and close the window then."""
        await super().run()
        await self.remote_close()
