#!/bin/sh
# The answer that LiteLLM's callback for OpenTelemetry writes has no parts where the model called tools.
#
# litellm 1.110.2 writes `gen_ai.output.messages` with one message for the answer, whose parts are empty when the model
# asked for tools; the calls stand in `gen_ai.completion.N.function_call.name` and `.arguments` alone, without their ids,
# and N counts calls where it counts answers elsewhere. Who reads the messages of the conventions sees no call.
#
# Seen:
#   gen_ai.completion.0.function_call.arguments {"city": "Oslo"}
#   gen_ai.completion.0.function_call.name weather
#   gen_ai.output.messages [{"role": "assistant", "parts": [], "finish_reason": "tool_calls"}]
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    litellm==1.110.2 opentelemetry-sdk==1.45.2
cat > "$folder/call.py" <<'PY'
import http.server
import json
import threading
import time


class Model(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        call = {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": '{"city": "Oslo"}'}}
        body = json.dumps({
            "id": "chatcmpl-finding", "object": "chat.completion", "created": 1, "model": "gpt-4.1-mini",
            "choices": [{"index": 0, "finish_reason": "tool_calls",
                         "message": {"role": "assistant", "content": None, "tool_calls": [call]}}],
            "usage": {"prompt_tokens": 30, "completion_tokens": 3, "total_tokens": 33}}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Model)
threading.Thread(target=server.serve_forever, daemon=True).start()

import litellm
from litellm.integrations.opentelemetry import OpenTelemetry, OpenTelemetryConfig
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
litellm.callbacks = [OpenTelemetry(config=OpenTelemetryConfig(exporter=exporter))]
tool = {"type": "function", "function": {
    "name": "weather", "parameters": {"type": "object", "properties": {"city": {"type": "string"}}}}}
litellm.completion(
    model="openai/gpt-4.1-mini", api_key="none", api_base=f"http://127.0.0.1:{server.server_port}/v1", max_retries=0,
    messages=[{"role": "user", "content": "Rain?"}], tools=[tool])
for _ in range(100):
    spans = [span for span in exporter.get_finished_spans() if span.name == "litellm_request"]
    if spans:
        break
    time.sleep(0.1)
for key, value in sorted(spans[0].attributes.items()):
    if key.startswith(("gen_ai.completion.", "gen_ai.output.messages")):
        print(key, value)
PY
"$folder/env/bin/python" "$folder/call.py" 2>"$folder/errors" > "$folder/seen" || cat "$folder/errors" >&2
cat "$folder/seen"
cat > "$folder/expected" <<'TEXT'
gen_ai.completion.0.function_call.arguments {"city": "Oslo"}
gen_ai.completion.0.function_call.name weather
gen_ai.output.messages [{"role": "assistant", "parts": [], "finish_reason": "tool_calls"}]
TEXT
cmp -s "$folder/expected" "$folder/seen" || { echo "this changed" >&2; exit 1; }
