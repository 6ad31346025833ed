#!/usr/bin/env python3
"""Streams through `spandrel record` with the unmodified Python clients of OpenAI and Anthropic.

    python3 -m venv /tmp/clients && /tmp/clients/bin/pip install openai anthropic
    /tmp/clients/bin/python Tests/Clients/real_clients.py \
        --spandrel .build/release/spandrel --data ../shared/data --server ../shared/tools/fake_model_server.py

It starts a local model server and a server that replays recorded streams with their timing, records both through the
proxy, and compares what the clients received, what went through, and what the database holds. Nothing of the clients
is changed but `base_url`. Exit code 0 when all agree.
"""
import argparse
import glob
import http.server
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

import anthropic
import openai

arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
arguments.add_argument("--spandrel", required=True, help="the built program")
arguments.add_argument("--data", required=True, help="the folder that holds clients/*/sse/*.timed.jsonl")
arguments.add_argument("--server", required=True, help="the model server: PORT FOLDER")
arguments.add_argument("--db", help="keep the database here")
arguments.add_argument("--limit", type=int, default=24, help="recorded streams to replay (default: 24)")
options = arguments.parse_args()

SECRET = "sk-SeCrEt-0123456789"
failures = []


def check(what, good, detail=""):
    print(("ok      " if good else "FAILED  ") + what + ("" if good or not detail else f": {detail}"))
    if not good:
        failures.append(what)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Replay(http.server.BaseHTTPRequestHandler):
    """Answers POST /replay/N/… with the N-th recorded stream, each piece at its time."""

    protocol_version = "HTTP/1.1"
    files = []

    def log_message(self, *_):
        pass

    def do_POST(self):
        self.rfile.read(int(self.headers.get("content-length") or 0))
        lines = recorded(self.files[int(self.path.split("/")[2])])
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.send_header("transfer-encoding", "chunked")
        self.end_headers()
        began = time.monotonic_ns()
        for at, piece in lines:
            wait = (at - lines[0][0]) / 1e9 - (time.monotonic_ns() - began) / 1e9
            if wait > 0:
                time.sleep(wait)
            data = piece.encode()
            self.wfile.write(b"%x\r\n" % len(data) + data + b"\r\n")
            self.wfile.flush()
        self.wfile.write(b"0\r\n\r\n")


def recorded(path):
    lines = [json.loads(line) for line in open(path) if line.strip()]
    return [(line["t_unix_ns"], line["bytes"]) for line in lines if not line["bytes"].startswith("# ")]


class Proxy:
    """A running `spandrel record`."""

    def __init__(self, upstream, database, *more):
        self.process = subprocess.Popen(
            [options.spandrel, "record", "--upstream", upstream, "--listen", "127.0.0.1:0", "--db", database, *more],
            stderr=subprocess.PIPE, text=True)
        line = self.process.stderr.readline()
        found = re.search(r"recording (http://\S+)", line)
        if not found:
            sys.exit(f"spandrel record did not start: {line}")
        self.url = found.group(1)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        errors = self.process.communicate(timeout=60)[1]
        check("SIGTERM ends the proxy with code 0", self.process.returncode == 0, f"{self.process.returncode} {errors}")


def sql(database, statement):
    result = subprocess.run(
        [options.spandrel, "sql", statement, "--db", database, "--format", "ndjson"],
        capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"spandrel sql: {result.stderr}")
    return [json.loads(line) for line in result.stdout.splitlines()]




def model_calls(url):
    """One call of each kind; returns what the clients received."""
    received = {}
    client = openai.OpenAI(base_url=url + "/v1", api_key=SECRET, max_retries=0)
    check("a list of models passes", len(list(client.models.list())) > 0)
    question = [{"role": "user", "content": "What is the weather in Oslo?"}]
    stream = client.chat.completions.create(
        model="gpt-4o-mini", messages=question, stream=True, stream_options={"include_usage": True})
    text, arrivals = "", []
    for event in stream:
        arrivals.append(time.monotonic())
        for choice in event.choices:
            text += choice.delta.content or ""
    received["chat"] = text
    spread = arrivals[-1] - arrivals[0]
    check("chunks arrive one by one", len(arrivals) > 10 and spread > 0.2, f"{len(arrivals)} in {spread:.3f} s")

    tools = [{"type": "function", "function": {
        "name": "get_weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}]
    arguments = ""
    for event in client.chat.completions.create(model="gpt-4o-mini", messages=question, tools=tools, stream=True):
        for choice in event.choices:
            for call in choice.delta.tool_calls or []:
                arguments += call.function.arguments or ""
    check("a tool call streams", json.loads(arguments) == {"city": "Oslo"}, arguments)

    text = ""
    with client.responses.create(model="gpt-4o-mini", input="What is the weather in Oslo?", stream=True) as stream:
        for event in stream:
            if event.type == "response.output_text.delta":
                text += event.delta
    received["responses"] = text

    whole = client.chat.completions.create(model="gpt-4o-mini", messages=question)
    received["whole"] = whole.choices[0].message.content

    # A client that goes away.
    for _ in client.chat.completions.create(model="gpt-4o-mini-abort", messages=question, stream=True):
        break
    client.close()

    other = anthropic.Anthropic(base_url=url, api_key=SECRET, max_retries=0)
    text = ""
    with other.messages.stream(model="claude-sonnet-4-5", max_tokens=100, messages=question) as stream:
        for piece in stream.text_stream:
            text += piece
    received["anthropic"] = text
    for name, text in received.items():
        check(f"{name}: the answer is whole", text is not None and "nine degrees" in text, text)
    return received


def replay(url, files):
    """Reads each recorded stream through the proxy; the bytes must be the same, and the timing."""
    worst = 0.0
    for index, path in enumerate(files):
        lines = recorded(path)
        address = "/v1/" + re.sub(r"^\d+_v1_", "", os.path.basename(path)).split(".")[0].replace("chat_", "chat/")
        body = open(path.replace(".sse.timed.jsonl", ".request.json"), "rb").read()
        request = urllib.request.Request(
            f"{url}/replay/{index}{address}?key={SECRET}", body,
            {"authorization": f"Bearer {SECRET}", "content-type": "application/json", "x-session-id": "replay"})
        expected = "".join(piece for _, piece in lines).encode()
        got, at = b"", []
        with urllib.request.urlopen(request, timeout=60) as response:
            while piece := response.read1(65536):
                at.append((time.monotonic(), len(got) + len(piece)))
                got += piece
        if got != expected:
            check(f"{path}: bytes are untouched", False, f"{len(got)} of {len(expected)}")
        length = (lines[-1][0] - lines[0][0]) / 1e9
        worst = max(worst, abs((at[-1][0] - at[0][0]) - length))
    check(f"{len(files)} recorded streams pass with their bytes", True)
    check("they keep their duration within 50 ms", worst < 0.05, f"{worst * 1000:.1f} ms")
    print(f"        the largest difference in duration is {worst * 1000:.1f} ms")


def main():
    folder = tempfile.mkdtemp(prefix="spandrel-clients-")
    database = options.db or os.path.join(folder, "traces.db")
    port = free_port()
    server = subprocess.Popen([sys.executable, options.server, str(port), os.path.join(folder, "raw")])
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            break
        except OSError:
            time.sleep(0.05)
    try:
        proxy = Proxy(f"http://127.0.0.1:{port}", database)
        received = model_calls(proxy.url)
        proxy.stop()
    finally:
        server.terminate()
        server.wait()

    files = sorted(glob.glob(os.path.join(options.data, "clients/*/sse/*.timed.jsonl")))[: options.limit]
    Replay.files = files
    replayer = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Replay)
    threading.Thread(target=replayer.serve_forever, daemon=True).start()
    proxy = Proxy(f"http://127.0.0.1:{replayer.server_address[1]}", database)
    replay(proxy.url, files)
    proxy.stop()
    replayer.shutdown()

    spans = sql(database, "SELECT * FROM spans ORDER BY start_unix_nano")
    check("each call is a span, and the list of models is none", len(spans) == 6 + len(files), str(len(spans)))
    check("all are calls of a model", all(span["kind"] == "llm" for span in spans),
          str({span["kind"] for span in spans}))
    check("the session makes one trace", len({span["trace_id"] for span in spans[6:]}) == 1)
    check("the call that was left is cancelled, no error",
          any(span["is_cancelled"] and not span["is_error"] for span in spans), "")
    check("usage is stored", any(span["tokens_output"] for span in spans))
    raw = b""
    for suffix in ("", "-wal"):
        if os.path.exists(database + suffix):
            raw += open(database + suffix, "rb").read()
    check("no secret is in the database", SECRET.encode() not in raw)

    compare_streams(database, files, received)
    print(f"{len(failures)} failed; the database is {database}")
    sys.exit(1 if failures else 0)


def compare_streams(database, files, received):
    """What the database holds of the streams against what the clients received and what was recorded."""
    streams = []
    for span in sql(database, "SELECT trace_id, span_id FROM spans ORDER BY start_unix_nano"):
        result = subprocess.run(
            [options.spandrel, "stream", f"{span['trace_id']}/{span['span_id']}", "--db", database, "--format", "json"],
            capture_output=True, text=True)
        if result.returncode == 0 and (stream := json.loads(result.stdout)).get("end_cause"):
            streams.append(stream)
    check("each streamed call has its stream", len(streams) == 5 + len(files), str(len(streams)))
    causes = [stream["end_cause"] for stream in streams[:5]]
    check("end causes are told apart", causes == ["finished"] * 3 + ["client_abort", "finished"], str(causes))
    check("all times are measured", all(stream["timing_quality"] == "measured" for stream in streams))
    texts = []
    for stream in streams[:5]:
        result = subprocess.run(
            [options.spandrel, "stream", f"{stream['trace_id']}/{stream['span_id']}", "--chunks", "--db", database,
             "--format", "ndjson"], capture_output=True, text=True)
        chunks = [json.loads(line) for line in result.stdout.splitlines()]
        texts.append("".join(chunk["text"] for chunk in chunks if chunk["kind"] == "text"))
    check("stored text is what the clients read",
          [texts[0], texts[2], texts[4]] == [received["chat"], received["responses"], received["anthropic"]],
          str(texts))


main()
