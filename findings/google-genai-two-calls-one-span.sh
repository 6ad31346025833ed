#!/bin/sh
# Automatic function calling of Google's package is one span over several model calls, with the tokens of the last.
#
# google-genai 3.6.1 runs a Python function that the model asks for and calls the model again, all within one
# `models.generate_content`. openinference-instrumentation-google-genai 1.4.14 traces that method: one span of the kind LLM
# for two requests, whose token counts are those of the second response alone, and no span for the function. The tokens of
# the first request stand nowhere.
#
# Seen:
#   requests to the model 2, prompt tokens 30 + 50
#   GenerateContent LLM tokens 50
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    google-genai==3.6.1 openinference-instrumentation-google-genai==1.4.14 opentelemetry-sdk==1.45.2
cat > "$folder/call.py" <<'PY'
import http.server
import json
import threading

counts = []


class Model(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        first = not counts
        counts.append(30 if first else 50)
        part = {"functionCall": {"name": "weather", "args": {"city": "Oslo"}}} if first else {"text": "Rain."}
        body = json.dumps({
            "candidates": [{"content": {"role": "model", "parts": [part]}, "finishReason": "STOP", "index": 0}],
            "usageMetadata": {
                "promptTokenCount": counts[-1], "candidatesTokenCount": 4, "totalTokenCount": counts[-1] + 4},
            "modelVersion": "gemini-2.5-flash", "responseId": f"finding-{len(counts)}"}).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Model)
threading.Thread(target=server.serve_forever, daemon=True).start()

from openinference.instrumentation.google_genai import GoogleGenAIInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
GoogleGenAIInstrumentor().instrument(tracer_provider=provider)

from google import genai
from google.genai import types


def weather(city: str) -> str:
    """Tells the weather of a city."""
    return "rain"


client = genai.Client(
    api_key="none", http_options=types.HttpOptions(base_url=f"http://127.0.0.1:{server.server_port}"))
client.models.generate_content(
    model="gemini-2.5-flash", contents="Rain?", config=types.GenerateContentConfig(tools=[weather]))
provider.force_flush()

print(f"requests to the model {len(counts)}, prompt tokens {' + '.join(map(str, counts))}")
for span in exporter.get_finished_spans():
    kind = span.attributes.get("openinference.span.kind")
    print(span.name, kind, "tokens", span.attributes.get("llm.token_count.prompt"))
PY
"$folder/env/bin/python" "$folder/call.py" 2>"$folder/errors" > "$folder/seen" || cat "$folder/errors" >&2
cat "$folder/seen"
cat > "$folder/expected" <<'TEXT'
requests to the model 2, prompt tokens 30 + 50
GenerateContent LLM tokens 50
TEXT
cmp -s "$folder/expected" "$folder/seen" || { echo "this changed" >&2; exit 1; }
