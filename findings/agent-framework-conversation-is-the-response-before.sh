#!/bin/sh
# A conversation's id is that of the response before, and only where a tool was called.
#
# agent-framework-core 1.23.0 with agent-framework-openai 1.17.0 keeps a session over the Responses API. When a tool has run,
# the span `chat` of the call that takes its result bears `gen_ai.conversation.id`, and what stands there is the
# `previous_response_id` of the request. The other calls of the session bear none, also those that state a previous response,
# and the session's own id stands on no span: grouping by the conversation's id parts each turn and joins none.
#
# Seen, for two turns that call a tool each:
#   requests: previous_response_id None, resp_1, resp_2, resp_3
#   chat: gen_ai.conversation.id None, resp_1, None, resp_3
#   spans that bear the session's id: 0
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/env"
"$folder/env/bin/pip" install --quiet --disable-pip-version-check \
    agent-framework-core==1.23.0 agent-framework-openai==1.17.0 openai==3.57.0 opentelemetry-sdk==1.45.2
cat > "$folder/talk.py" <<'PY'
import asyncio
import http.server
import json
import threading

previous = []


class Model(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["content-length"])))
        previous.append(request.get("previous_response_id"))
        number = len(previous)
        call = {
            "id": f"fc_{number}", "type": "function_call", "call_id": f"call_{number}", "name": "weather",
            "arguments": "{}", "status": "completed"}
        answer = {
            "id": f"msg_{number}", "type": "message", "role": "assistant", "status": "completed",
            "content": [{"type": "output_text", "text": "Rain.", "annotations": []}]}
        body = json.dumps({
            "id": f"resp_{number}", "object": "response", "created_at": 1790000000, "status": "completed",
            "model": "gpt-4.1-mini", "parallel_tool_calls": True, "tool_choice": "auto", "tools": [],
            "output": [call if number % 2 else answer],
            "usage": {
                "input_tokens": 9, "output_tokens": 2, "total_tokens": 11,
                "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}},
        }).encode()
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Model)
threading.Thread(target=server.serve_forever, daemon=True).start()

from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
provider = TracerProvider()
provider.add_span_processor(SimpleSpanProcessor(exporter))
trace.set_tracer_provider(provider)

from agent_framework import Agent
from agent_framework.observability import enable_instrumentation
from agent_framework.openai import OpenAIChatClient

enable_instrumentation()


def weather() -> str:
    """Tells the weather."""
    return "rain"


async def talk():
    client = OpenAIChatClient(
        model="gpt-4.1-mini", api_key="none", base_url=f"http://127.0.0.1:{server.server_port}/v1")
    agent = Agent(client=client, name="helper", instructions="Answer.", tools=[weather])
    session = agent.create_session()
    for question in ["Rain today?", "And tomorrow?"]:
        await agent.run(question, session=session)
    return session.session_id


session = asyncio.run(talk())
provider.force_flush()
spans = exporter.get_finished_spans()
chats = sorted((span for span in spans if span.name.startswith("chat")), key=lambda span: span.start_time)
print("requests: previous_response_id", ", ".join(map(str, previous)))
print("chat: gen_ai.conversation.id", ", ".join(str(span.attributes.get("gen_ai.conversation.id")) for span in chats))
print("spans that bear the session's id:", sum(session in map(str, span.attributes.values()) for span in spans))
PY
"$folder/env/bin/python" "$folder/talk.py" 2>"$folder/errors" > "$folder/seen" || cat "$folder/errors" >&2
cat "$folder/seen"
cat > "$folder/expected" <<'TEXT'
requests: previous_response_id None, resp_1, resp_2, resp_3
chat: gen_ai.conversation.id None, resp_1, None, resp_3
spans that bear the session's id: 0
TEXT
cmp -s "$folder/expected" "$folder/seen" || { echo "this changed" >&2; exit 1; }
