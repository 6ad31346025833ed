#!/bin/sh
# One call of a model with tools is two model spans under OpenInference for LlamaIndex, and one of them called nobody.
#
# openinference-instrumentation-llama-index 4.6.1 gives the kind LLM to every method of a model that LlamaIndex traces,
# also to `_prepare_chat_with_tools`, which only puts the arguments of the request together. That span has a model's name
# and no tokens, answers or errors, and takes a millisecond; counting spans of the kind LLM counts twice as many calls.
#
# Seen:
#   requests to the model 1
#   OpenAI._prepare_chat_with_tools LLM tokens None
#   OpenAI.achat LLM tokens 30
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    openinference-instrumentation-llama-index==4.6.1 llama-index-llms-openai==0.8.3 \
    llama-index-core==0.14.25 opentelemetry-sdk==1.45.2
cat > "$folder/call.py" <<'PY'
import asyncio
import http.server
import json
import threading

requests = []


class Model(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        requests.append(self.rfile.read(int(self.headers["content-length"])))
        body = json.dumps({
            "id": "chatcmpl-finding", "object": "chat.completion", "created": 1, "model": "gpt-4.1-mini",
            "choices": [{"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": "Rain."}}],
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

from openinference.instrumentation.llama_index import LlamaIndexInstrumentor
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
LlamaIndexInstrumentor().instrument(tracer_provider=provider)

from llama_index.core.tools import FunctionTool
from llama_index.llms.openai import OpenAI


def weather(city: str) -> str:
    """Tells the weather."""
    return "rain"


model = OpenAI(
    model="gpt-4.1-mini", api_key="none", api_base=f"http://127.0.0.1:{server.server_port}/v1", max_retries=0)
asyncio.run(model.achat_with_tools([FunctionTool.from_defaults(weather)], user_msg="Rain?"))
provider.force_flush()

print("requests to the model", len(requests))
for span in sorted(exporter.get_finished_spans(), key=lambda span: span.name):
    kind = span.attributes.get("openinference.span.kind")
    if kind == "LLM":
        print(span.name, kind, "tokens", span.attributes.get("llm.token_count.prompt"))
PY
"$folder/env/bin/python" "$folder/call.py" 2>"$folder/errors" > "$folder/seen" || cat "$folder/errors" >&2
cat "$folder/seen"
cat > "$folder/expected" <<'TEXT'
requests to the model 1
OpenAI._prepare_chat_with_tools LLM tokens None
OpenAI.achat LLM tokens 30
TEXT
cmp -s "$folder/expected" "$folder/seen" || { echo "this changed" >&2; exit 1; }
