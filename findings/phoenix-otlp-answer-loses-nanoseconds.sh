#!/bin/sh
# Phoenix gives a span back as OTLP with times that are none of those it was sent, nor those of its other answer.
#
# arize-phoenix 20.26.1 keeps microseconds. Its answer `/v1/projects/NAME/spans/otlpv1` counts nanoseconds as a floating
# point number, which is off by up to a quarter of a microsecond at present times, so that an event may come before the
# start of its span. The answer is no OTLP/JSON otherwise: its keys are in snake case, each value has all the keys that a
# value may have, all but one of them null, the spans stand in a list `data`, and resource and scope are gone. A reader
# that takes the last key of a value for the value reads numbers as nothing.
#
# Seen:
#   sent                 1796096065848399123
#   /spans               2026-12-01T03:34:25.848399+00:00
#   /spans/otlpv1        1796096065848398848
#   value of 7           int_value=7 array_value=None bool_value=None bytes_value=None double_value=None kvlist_value=None string_value=None
#   resource, scope      False False
set -eu
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check arize-phoenix==20.26.1
export PHOENIX_WORKING_DIR="$folder" PHOENIX_HOST=127.0.0.1 PHOENIX_PORT=16607 PHOENIX_GRPC_PORT=14418
export PHOENIX_TELEMETRY_ENABLED=false
"$folder/env/bin/phoenix" serve > "$folder/log" 2>&1 &
server=$!
cat > "$folder/ask.py" <<'PY'
import json
import time
import urllib.request

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor

base = "http://127.0.0.1:16607"


def ask(path):
    return json.load(urllib.request.urlopen(base + path))


for _ in range(300):
    try:
        urllib.request.urlopen(base + "/healthz")
        break
    except OSError:
        time.sleep(1)
sent = 1796096065848399123
provider = TracerProvider(resource=Resource.create({"openinference.project.name": "shop"}))
provider.add_span_processor(SimpleSpanProcessor(OTLPSpanExporter(base + "/v1/traces")))
span = provider.get_tracer("library").start_span("x", start_time=sent, attributes={"n": 7})
span.end(end_time=sent + 1_000_000)
for _ in range(60):
    try:
        plain = ask("/v1/projects/shop/spans")["data"]
        if plain:
            break
    except OSError:
        pass
    time.sleep(1)
otlp = ask("/v1/projects/shop/spans/otlpv1")["data"][0]
value = next(a["value"] for a in otlp["attributes"] if a["key"] == "n")
print("sent                ", sent)
print("/spans              ", plain[0]["start_time"])
print("/spans/otlpv1       ", otlp["start_time_unix_nano"])
keys = sorted(value, key=lambda key: (value[key] is None, key))
print("value of 7          ", *(f"{key}={value[key]}" for key in keys))
print("resource, scope     ", "resource" in otlp, "scope" in otlp)
PY
"$folder/env/bin/python" "$folder/ask.py"
