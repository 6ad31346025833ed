#!/usr/bin/env python3
"""Reads an OTLP/JSON export with the OpenTelemetry protobufs and compares it with what was imported.

    otlp_readback.py EXPORT.jsonl [ORIGINAL ...]

Needs the package opentelemetry-proto. Each line must parse as one request without an unknown field, and give the same
message when it is written and parsed again. Originals are OTLP files, protobuf or JSON; each of their spans, and each
log record that names a span, must be in the export field by field, with its resource and scope. What an import does
not keep of log records (severity text, flags, the observed time where a time is stated) is left out of the comparison.
"""

import base64
import collections
import importlib.metadata
import json
import sys

from google.protobuf import json_format
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

SIGNALS = {"resourceSpans": ExportTraceServiceRequest, "resourceLogs": ExportLogsServiceRequest}
ID_LENGTHS = {"traceId": 32, "spanId": 16, "parentSpanId": 16}


def with_base64_ids(value):
    """OTLP's JSON has hexadecimal ids, the JSON form of protobuf has base64."""
    if isinstance(value, list):
        return [with_base64_ids(element) for element in value]
    if not isinstance(value, dict):
        return value
    return {
        key: base64.b64encode(bytes.fromhex(member)).decode()
        if key in ID_LENGTHS and isinstance(member, str) and len(member) == ID_LENGTHS[key]
        else with_base64_ids(member)
        for key, member in value.items()
    }


def parse(document, strict=True):
    """The request of a document, which is of one signal."""
    for key, request in SIGNALS.items():
        if key in document:
            return json_format.ParseDict(with_base64_ids(document), request(), ignore_unknown_fields=not strict)
    return None


def documents(text):
    """The documents of a file: one, an array of them, or one after the other."""
    decoder, position = json.JSONDecoder(), 0
    while position < len(text):
        if text[position].isspace():
            position += 1
            continue
        value, position = decoder.raw_decode(text, position)
        yield from value if isinstance(value, list) else [value]


def requests(path):
    if not path.endswith(".pb"):
        with open(path, encoding="utf-8") as file:
            yield from filter(None, (parse(document, strict=False) for document in documents(file.read())))
        return
    request = (ExportLogsServiceRequest if "_logs" in path else ExportTraceServiceRequest)()
    with open(path, "rb") as file:
        request.ParseFromString(file.read())
    yield request


def bytes_of(message):
    return message.SerializeToString(deterministic=True)


def flat(request):
    """Each record with its surroundings, in a form that can be compared."""
    is_logs = isinstance(request, ExportLogsServiceRequest)
    for group in request.resource_logs if is_logs else request.resource_spans:
        for scoped in group.scope_logs if is_logs else group.scope_spans:
            for record in scoped.log_records if is_logs else scoped.spans:
                if is_logs:
                    if not record.trace_id or not record.span_id:
                        continue
                    if not record.time_unix_nano:
                        record.time_unix_nano = record.observed_time_unix_nano
                    # Programs before the field existed wrote an attribute of this name.
                    for attribute in record.attributes:
                        if attribute.key == "event.name" and not record.event_name:
                            record.event_name = attribute.value.string_value
                    for field in ("observed_time_unix_nano", "severity_text", "flags"):
                        record.ClearField(field)
                else:
                    # All zeros are one way to write that there is none, and so is a status without content.
                    if not any(record.parent_span_id):
                        record.ClearField("parent_span_id")
                    if not record.status.ByteSize():
                        record.ClearField("status")
                yield is_logs, record, tuple(map(bytes_of, (group.resource, scoped.scope, record))) + (
                    group.schema_url, scoped.schema_url)


def main(export, originals):
    written = collections.Counter()
    streams = lines = 0
    with open(export, encoding="utf-8") as file:
        for line in file:
            lines += 1
            request = parse(json.loads(line))
            assert request is not None, f"line {lines} is no request"
            assert request == type(request).FromString(bytes_of(request)), f"line {lines} changes when written again"
            for is_logs, record, form in flat(request):
                if is_logs and record.event_name == "spandrel.stream":
                    streams += 1
                else:
                    written[is_logs, form] += 1
    print(f"opentelemetry-proto {importlib.metadata.version('opentelemetry-proto')}, "
          f"protobuf {importlib.metadata.version('protobuf')}")
    spans = sum(count for (is_logs, _), count in written.items() if not is_logs)
    logs = sum(written.values()) - spans
    print(f"{lines} lines: {spans} spans, {logs} log records, {streams} streams; no unknown field")
    if not originals:
        return 0
    missing, found = [], set()
    for path in originals:
        for request in requests(path):
            for is_logs, record, form in flat(request):
                (found.add if (is_logs, form) in written else missing.append)((is_logs, form))
                if (is_logs, form) not in written:
                    print(f"{path}: not in the export as it was:\n{record}", file=sys.stderr)
    more = len(set(written) - found)
    print(f"{len(found)} records of {len(originals)} files came out equal, {len(missing)} did not; "
          f"{more} in the export are in no file")
    return 1 if missing or more else 0


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2:]))
