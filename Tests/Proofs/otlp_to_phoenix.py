#!/usr/bin/env python3
"""Sends the spans of an OTLP/JSON export to Arize Phoenix and counts what it took.

    otlp_to_phoenix.py EXPORT.jsonl [URL]

Needs the package opentelemetry-proto, and a Phoenix of its own that holds nothing yet:

    PHOENIX_WORKING_DIR=$(mktemp -d) PHOENIX_PORT=6006 PHOENIX_HOST=127.0.0.1 PHOENIX_TELEMETRY_ENABLED=false \\
        phoenix serve

Phoenix takes protobuf only, so that each line is sent as the message that its JSON stands for. It takes no log records.
"""

import json
import sys
import time
import urllib.request

from otlp_readback import ExportTraceServiceRequest, parse

MILLISECONDS = 1_000_000


def get(url):
    with urllib.request.urlopen(url) as answer:
        return json.load(answer), answer.headers


def send(url, request):
    post = urllib.request.Request(
        url + "/v1/traces", data=request.SerializeToString(), headers={"Content-Type": "application/x-protobuf"})
    with urllib.request.urlopen(post) as answer:
        assert answer.status == 200, answer.status


def stored_spans(url):
    """The spans of all projects, page by page."""
    for project in get(url + "/v1/projects?limit=1000")[0]["data"]:
        cursor = ""
        while cursor is not None:
            page, _ = get(f"{url}/v1/projects/{project['id']}/spans?limit=500" + (cursor and f"&cursor={cursor}"))
            yield from page["data"]
            cursor = page.get("next_cursor")


def main(export, url):
    sent = {}
    lines = 0
    with open(export, encoding="utf-8") as file:
        for line in file:
            request = parse(json.loads(line))
            if not isinstance(request, ExportTraceServiceRequest):
                continue
            send(url, request)
            lines += 1
            for group in request.resource_spans:
                for scoped in group.scope_spans:
                    for span in scoped.spans:
                        sent[span.trace_id.hex(), span.span_id.hex()] = span
    # It stores what it took in the background.
    stored, count = {}, -1
    while len(stored) != count or (len(stored) < len(sent) and count < 0):
        count = len(stored)
        time.sleep(3)
        stored = {(span["context"]["trace_id"], span["context"]["span_id"]): span for span in stored_spans(url)}
    _, headers = get(url + "/v1/projects")
    print(f"Phoenix {headers.get('x-phoenix-server-version', 'of unknown version')}")
    missing = sorted(set(sent) - set(stored))
    renamed = [key for key in sent if key in stored and stored[key]["name"] != sent[key].name]
    print(f"{lines} requests with {len(sent)} spans sent; {len(stored)} stored, {len(missing)} missing, "
          f"{len(renamed)} under another name")
    for key in missing[:10]:
        print("missing:", "/".join(key), sent[key].name, sent[key].start_time_unix_nano, sent[key].end_time_unix_nano)
    return 1 if missing or renamed else 0


if __name__ == "__main__":
    if len(sys.argv) not in (2, 3):
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2] if len(sys.argv) == 3 else "http://127.0.0.1:6006"))
