import Canvas
import FastJSON
import Testing
import TraceExport
import TraceModel

@Suite("Tables of exports") struct TableExportTests {
    private func objects(_ rows: ExportRows, _ fixtures: [ExportFixture]) throws -> [JSONValue] {
        var exporter = TableExporter(rows, as: .ndjson)
        return try exporter.text(fixtures).split(separator: "\n").map { try JSONValue(parsing: String($0)) }
    }

    /// The fields of each record after RFC 4180; nil where a field is empty and not quoted.
    private func records(_ rows: ExportRows, _ fixtures: [ExportFixture]) -> [[String?]] {
        var exporter = TableExporter(rows, as: .csv)
        var records: [[String?]] = []
        var record: [String?] = []
        var field: [UInt8] = []
        var (isQuoted, wasQuoted) = (false, false)
        let bytes = exporter.bytes(fixtures)
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            if isQuoted {
                if byte == 0x22, index < bytes.count, bytes[index] == 0x22 {
                    field.append(byte)
                    index += 1
                } else if byte == 0x22 {
                    isQuoted = false
                } else {
                    field.append(byte)
                }
            } else if byte == 0x22 {
                (isQuoted, wasQuoted) = (true, true)
            } else if byte == 0x2C || byte == 0x0D {
                record.append(field.isEmpty && !wasQuoted ? nil : String(decoding: field, as: UTF8.self))
                (field, wasQuoted) = ([], false)
                if byte == 0x0D {
                    records.append(record)
                    record = []
                    index += 1
                }
            } else {
                field.append(byte)
            }
        }
        return records
    }

    private func visible(_ text: String) -> String {
        var out: [UInt8] = []
        VisibleText.append(text.utf8, to: &out) { _ in nil }
        return String(decoding: out, as: UTF8.self)
    }

    private func call(_ name: String, _ attributes: [Attribute] = []) -> Span {
        Span(
            traceID: TraceID(high: 1, low: 2), spanID: SpanID(3), name: name, startUnixNano: 10, endUnixNano: nil,
            attributes: attributes)
    }

    @Test("has the same columns and cells in both formats", arguments: ExportRows.allCases)
    func bothFormats(rows: ExportRows) throws {
        let fixtures = ExportFixture.demo()
        let records = records(rows, fixtures)
        let objects = try objects(rows, fixtures)
        #expect(records.count == objects.count + 1 && objects.count > 50)
        for (record, object) in zip(records.dropFirst(), objects) {
            let members = object.members ?? []
            #expect(members.map(\.key) == records[0].map { $0 ?? "" })
            #expect(record.count == members.count)
            for (field, member) in zip(record, members) {
                switch member.value {
                case .null: #expect(field == nil)
                case .string(let text):
                    let visible = visible(text)
                    #expect(field == visible || field == "'" + visible)
                default:
                    var json = JSONWriter()
                    json.value(member.value)
                    #expect(field == json.text)
                }
            }
        }
    }

    @Test("has a row a span, a step and a stream")
    func counts() throws {
        let fixtures = ExportFixture.demo()
        #expect(try objects(.spans, fixtures).count == fixtures.reduce(0) { $0 + $1.spans.count })
        #expect(try objects(.steps, fixtures).count == fixtures.reduce(0) { $0 + $1.trace.steps.count })
        let streams = fixtures.flatMap(\.spans).count { $0.stream != nil }
        #expect(try objects(.streams, fixtures).count == streams)
    }

    @Test("keeps unknown, empty and 0 apart")
    func missing() throws {
        let span = call("", [Attribute("gen_ai.usage.input_tokens", .int(0))])
        let object = try objects(.spans, ExportFixture.traces([span]))[0]
        #expect(object["tokens_input"]?.int == 0 && object["tokens_output"]?.isNull == true)
        #expect(object["name"]?.string == "" && object["parent_span_id"]?.isNull == true)
        #expect(object["end_unix_nano"]?.isNull == true && object["duration_ns"]?.isNull == true)
        let records = records(.spans, ExportFixture.traces([span]))
        let cells = Dictionary(uniqueKeysWithValues: zip(records[0].map { $0 ?? "" }, records[1]))
        #expect(cells["tokens_input"] == "0" && cells["name"] == "")
        #expect(cells["tokens_output"] == .some(nil) && cells["duration_ns"] == .some(nil))
    }

    @Test(
        "guards texts that a spreadsheet would run, so that they can be had back",
        arguments: ["=1+1", "+1+1", "-1-1", "@SUM(A1)", "\t=1", "\n=1", "'=1", "''-1"])
    func formulas(text: String) throws {
        let fixtures = ExportFixture.traces([call(text)])
        #expect(records(.spans, fixtures)[1][3] == "'" + text)
        #expect(try objects(.spans, fixtures)[0]["name"]?.string == text)
        var exporter = TableExporter(.spans, as: .csv)
        _ = exporter.bytes(fixtures)
        #expect(exporter.remarks.count == 2)
    }

    @Test("leaves all other texts as they are", arguments: ["'", "it's", "a=b", " =1", "1-1", "-1.5", "\"q\",\n;", ""])
    func plain(text: String) {
        #expect(records(.spans, ExportFixture.traces([call(text)]))[1][3] == text)
    }

    @Test("loses no attribute whose key stands twice, and nests as deep as they do")
    func attributes() throws {
        var deep = AttributeValue.int(1)
        for _ in 0..<400 { deep = .map([Attribute("k", .array([deep]))]) }
        let span = call(
            "n",
            [
                Attribute("a", .int(1)), Attribute("a#2", .int(2)), Attribute("a", .empty), Attribute("b", .bytes([1])),
                Attribute("d", .double(.nan)),
            ])
        let attributes = try objects(.spans, ExportFixture.traces([span]))[0]["attributes"]
        #expect(
            attributes == ["a": 1, "a#2": 2, "a#3": nil, "b": ["base64": "AQ=="], "d": "NaN"])
        var exporter = TableExporter(.spans, as: .ndjson)
        let text = exporter.text(ExportFixture.traces([call("n", [Attribute("deep", deep)])]))
        #expect(text.contains(String(repeating: "]}", count: 400)))
    }

    @Test("never renames a column")
    func names() {
        func header(_ rows: ExportRows) -> String { records(rows, [])[0].map { $0 ?? "" }.joined(separator: " ") }
        #expect(
            header(.spans)
                == "trace_id span_id parent_span_id name kind service session agent agent_source agent_label agent_run "
                + "attempt attempt_reason step provider model_requested model_resolved response_id tool tool_call_id "
                + "status is_error error_type status_message start_unix_nano end_unix_nano duration_ns "
                + "time_to_first_chunk_ns time_to_first_chunk_source finish_reason tokens_input tokens_output "
                + "tokens_cache_read tokens_cache_write tokens_reasoning input output input_messages output_messages attributes resource "
                + "marks findings part")
        #expect(
            header(.streams)
                == "trace_id span_id name agent_label step provider model_requested model_resolved source "
                + "wire_protocol timing_quality clock start_unix_nano duration_ns time_to_first_chunk_ns "
                + "time_to_first_visible_chunk_ns time_per_output_chunk_ns time_per_output_token_ns chunks_per_second "
                + "tokens_per_second inter_chunk_p50_ns inter_chunk_p95_ns inter_chunk_p99_ns inter_chunk_max_ns "
                + "stall_count longest_stall_ns stalled_ns stalled_share chunks content_chunks dropped_chunks "
                + "text_characters reasoning_characters tool_argument_characters reasoning_share loop_count "
                + "looped_share tokens_billed tokens_delivered tokens_reasoning tokens_undelivered end_cause "
                + "finish_reason error_message remarks part")
        #expect(
            header(.steps).hasPrefix(
                "trace_id step agent agent_run step_in_run span_id start_unix_nano duration_ns input_assembly_ns "
                    + "retrieval_ns prefill_ns decode_ns model_unsplit_ns tool_execution_ns result_handling_ns "
                    + "orchestration_ns human_wait_ns unattributed_ns input_assembly_work_ns"))
        #expect(
            header(.steps).hasSuffix(
                "unattributed_quality dominant declared_step is_declared span_count error part"))
    }
}
