#!/bin/sh
# A streamed Claude call under OpenLLMetry is two sibling spans, and one of them counts a token too many.
#
# anthropic 2.14.0 traces itself where an OpenTelemetry tracer provider is set, without being asked to.
# opentelemetry-instrumentation-anthropic 0.62.4 traces the same call: its span `anthropic.chat` and the package's own
# `anthropic.messages.create` stand side by side, with the same response id. The stream states one output token when it
# starts and 19 when it ends, where the last count is the whole one; the package's span says 19, the instrumentation adds
# both and says 20. Whoever sums the tokens of model calls gets more than twice the truth.
#
# Seen:
#   anthropic.chat msg_finding01 output 20
#   anthropic.messages.create msg_finding01 output 19
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    anthropic==2.14.0 opentelemetry-instrumentation-anthropic==0.62.4 opentelemetry-sdk==1.45.2
cat > "$folder/call.py" <<'PY'
import http.server
import json
import threading

EVENTS = [
    ("message_start", {"message": {
        "id": "msg_finding01", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5", "content": [],
        "stop_reason": None, "stop_sequence": None, "usage": {"input_tokens": 30, "output_tokens": 1}}}),
    ("content_block_start", {"index": 0, "content_block": {"type": "text", "text": ""}}),
    ("content_block_delta", {"index": 0, "delta": {"type": "text_delta", "text": "Take an umbrella."}}),
    ("content_block_stop", {"index": 0}),
    ("message_delta", {"delta": {"stop_reason": "end_turn", "stop_sequence": None}, "usage": {"output_tokens": 19}}),
    ("message_stop", {}),
]


class Model(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.send_header("content-type", "text/event-stream")
        self.end_headers()
        for name, body in EVENTS:
            data = json.dumps({"type": name, **body})
            self.wfile.write(f"event: {name}\ndata: {data}\n\n".encode())

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Model)
threading.Thread(target=server.serve_forever, daemon=True).start()

from opentelemetry import trace
from opentelemetry.instrumentation.anthropic import AnthropicInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)
AnthropicInstrumentor().instrument()

import anthropic

client = anthropic.Anthropic(api_key="none", base_url=f"http://127.0.0.1:{server.server_port}")
with trace.get_tracer("finding").start_as_current_span("turn") as turn:
    for _ in client.messages.create(
            model="claude-sonnet-4-5", max_tokens=64, stream=True, messages=[{"role": "user", "content": "Rain?"}]):
        pass

lines = []
for span in sorted(exporter.get_finished_spans(), key=lambda span: span.name):
    if span.name == "turn":
        continue
    same = "" if span.parent and span.parent.span_id == turn.get_span_context().span_id else " not beneath the turn"
    lines.append(
        f"{span.name} {span.attributes.get('gen_ai.response.id')} output "
        f"{span.attributes.get('gen_ai.usage.output_tokens')}{same}")
print("\n".join(lines))
PY
"$folder/env/bin/python" "$folder/call.py" 2>/dev/null > "$folder/seen" || true
cat "$folder/seen"
cat > "$folder/expected" <<'TEXT'
anthropic.chat msg_finding01 output 20
anthropic.messages.create msg_finding01 output 19
TEXT
cmp -s "$folder/expected" "$folder/seen" || { echo "this changed" >&2; exit 1; }
