import Basics
import FastJSON
import TraceModel

extension InputFormat {
    package static let inspect = InputFormat(
        name: "inspect", help: "evaluation logs of Inspect: .eval archives and .json",
        sniff: { head in
            if head.bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
                let names = ["_journal/", "samples/", "header.json"].map { Array($0.utf8) }
                let name = head.bytes.dropFirst(30)
                return head.hasSuffix(".eval") || names.contains { name.starts(with: $0) } ? .signature : nil
            }
            guard let json = head.json, json.has("version", "eval") else { return nil }
            return json.has("status") || json.innerKeys.contains("task") ? .signature : nil
        },
        decode: { reading in
            let collector = reading.collector
            if (reading.source as? PeekableSource)?.peek(2).elementsEqual([0x50, 0x4B]) == true {
                return try InspectArchive(reading).read()
            }
            var documents = JSONDocuments(source: reading.source, collector: collector)
            try documents.forEach { value, place in
                guard let samples = value["samples"]?.elements else {
                    let what = value["eval"] == nil ? "not a log of Inspect" : "a log of Inspect without samples"
                    collector.reject(Rejection(byteOffset: place.offset, line: place.line, reason: what))
                    return
                }
                for sample in samples {
                    InspectSample(sample, log: value).add(to: collector)
                    try collector.flushIfFull(at: place.offset)
                }
            }
            return documents.offset
        })
}

/// The samples of an `.eval` archive, one in memory at a time.
private struct InspectArchive {
    let reading: InputReading

    init(_ reading: InputReading) { self.reading = reading }

    func read() throws -> Int64 {
        let collector = reading.collector
        func reject(_ reason: String) { collector.reject(Rejection(byteOffset: nil, line: nil, reason: reason)) }
        let archive: ZipArchive
        do throws(ZipArchive.Fault) {
            if case .file(let path) = reading.input.origin, reading.source.reopened() != nil {
                archive = try ZipArchive(path: path)
            } else if let bytes = RecordingReader.readAll(reading.source) {
                archive = try ZipArchive(bytes)
            } else {
                throw ZipArchive.Fault(reason: "an archive of more than \(RecordingReader.byteLimit >> 20) MiB")
            }
        } catch {
            reject(error.reason)
            return 0
        }
        var log = JSONValue.null
        for name in ["header.json", "_journal/start.json"] where log.isNull {
            if let entry = archive.entries.first(where: { $0.name == name }) {
                log = (try? JSONValue(parsing: try archive.data(entry))) ?? .null
            }
        }
        var (count, done) = (0, Int64(0))
        for entry in archive.entries where entry.name.hasPrefix("samples/") && entry.name.hasSuffix(".json") {
            count += 1
            do {
                InspectSample(try JSONValue(parsing: try archive.data(entry)), log: log).add(to: collector)
            } catch let error as ZipArchive.Fault {
                reject("\(entry.name): \(error.reason)")
            } catch let error as JSONError {
                reject("\(entry.name): line \(error.line), byte \(error.offset): \(error.reason)")
            }
            done += Int64(entry.size)
            try collector.flushIfFull(at: done)
        }
        if count == 0 { reject("an archive without samples of Inspect") }
        return done
    }
}

/// One sample of an evaluation: a trace with a span for each of Inspect's spans, model calls and tool calls.
private struct InspectSample {
    /// Bytes of inputs that one sample may have: every call repeats what was said before.
    private static let inputLimit = 64 << 20

    private let sample: JSONValue
    private let log: JSONValue
    private let pool: [JSONValue]
    private let root: ForeignSpan
    private var spans: [ForeignSpan] = []
    /// The places of Inspect's spans among ours.
    private var places: [String: Int] = [:]
    /// Spans of Inspect around a tool's run, which the event of the tool stands for.
    private var tools: [(id: String, name: String, begin: JSONValue)] = []
    private var inputBytes = 0

    init(_ raw: JSONValue, log: JSONValue) {
        let attachments = Dictionary(
            (raw["attachments"]?.members ?? []).map { ($0.key, $0.value.string ?? "") }, uniquingKeysWith: { $1 })
        let scheme = "attachment://"
        let sample =
            attachments.isEmpty
            ? raw
            : raw.replacingTexts { text in
                text.hasPrefix(scheme) ? attachments[String(text.dropFirst(scheme.count))] ?? text : text
            }
        self.sample = sample
        self.log = log
        pool = (sample["message_pool"] ?? sample["events_data"]?["messages"])?.elements ?? []
        var hash = RecordingHash()
        hash.addCanonical(log["eval"]?["run_id"] ?? .null)
        for key in ["uuid", "id", "epoch"] { hash.addCanonical(sample[key] ?? .null) }
        if sample["uuid"] == nil { hash.addCanonical(sample) }
        let task = log["eval"]?["task"]?.string ?? "sample"
        var root = ForeignSpan(
            id: hash.spanID, trace: hash.traceID, parent: nil, name: "\(task) \(sample["id"]?.rawText ?? "")",
            scope: "inspect")
        root.set("gen_ai.operation.name", "invoke_workflow")
        root.set("gen_ai.conversation.id", sample["uuid"])
        for key in ["id", "epoch", "target", "total_time", "working_time", "limit"] {
            root.set("inspect.sample." + key, sample[key])
        }
        for key in ["task", "run_id", "model", "created"] { root.set("inspect.eval." + key, log["eval"]?[key]) }
        root.set("input.value", sample["input"])
        root.set("output.value", sample["output"]?["completion"])
        for (index, score) in (sample["scores"]?.members ?? []).enumerated() {
            let value = score.value["value"]
            root.set("evaluations.\(index).evaluation.name", .string(score.key))
            root.set("evaluations.\(index).evaluation." + (value?.double == nil ? "label" : "score"), value)
            root.set("evaluations.\(index).evaluation.explanation", score.value["explanation"])
        }
        if let error = sample["error"], error.members != nil {
            root.fail(error["message"]?.string, type: "sample_error")
        }
        self.root = root
    }

    func add(to collector: BatchCollector) {
        guard sample.members != nil else {
            collector.reject(Rejection(byteOffset: nil, line: nil, reason: "a sample that is no object"))
            return
        }
        var copy = self
        let events = sample["events"]?.elements ?? []
        if events.contains(where: { $0["event"] == "model" || $0["event"] == "tool" }) {
            copy.readEvents(events)
            copy.finish(into: collector)
        } else {
            // Logs of old have messages alone.
            var seed = RecordingHash()
            seed.addCanonical(sample)
            var talk = Conversation(name: root.span.name, scope: "inspect", operation: "invoke_workflow", seed: seed)
            talk.model = log["eval"]?["model"]?.string
            talk.change { $0.adopt(root) }
            for message in sample["messages"]?.elements ?? [] {
                talk.add(message) { span in
                    if let error = message["error"], error.members != nil {
                        span.fail(error["message"]?.string, type: error["type"]?.string)
                    }
                }
            }
            talk.finish(into: collector)
        }
    }

    // MARK: Events

    private mutating func readEvents(_ events: [JSONValue]) {
        // Events within events, as of tools and subtasks of old; a stack takes the place of recursion.
        var open = events.reversed().map { (event: $0, parent: Optional<Int>.none) }
        while let (event, outer) = open.popLast() {
            let parent = event["span_id"]?.string.flatMap { places[$0] } ?? outer
            switch event["event"]?.string {
            case "span_begin"?: begin(event, outer)
            case "span_end"?:
                if let place = event["id"]?.string.flatMap({ places[$0] }), spans[place].has("inspect.span.type") {
                    let end = ForeignTime.nanos(event["timestamp"], .seconds)
                    spans[place].change { $0.endUnixNano = end }
                }
            case "model"?: addModel(event, parent)
            case "tool"?, "subtask"?:
                let place = event["event"] == "tool" ? addTool(event, parent) : addSubtask(event, parent)
                for inner in (event["events"]?.elements ?? []).reversed() { open.append((inner, place)) }
            case "state"?, "store"?, "sample_init"?, "step"?, nil: break
            case let name?:
                let record = SpanEvent(
                    timeUnixNano: ForeignTime.nanos(event["timestamp"], .seconds), name: "inspect." + name,
                    attributes: [Attribute("inspect.event", .string(event.text()))])
                if let parent { spans[parent].change { $0.events.append(record) } }
            }
        }
        for tool in tools { add(tool.begin, parent: nil, name: tool.name) { $0.set("gen_ai.tool.name", tool.name) } }
    }

    @discardableResult
    private mutating func add(
        _ event: JSONValue, parent: Int?, name: String, _ edit: (inout ForeignSpan) -> Void
    ) -> Int {
        var hash = RecordingHash()
        hash.add(root.span.traceID.hex.utf8)
        hash.add(Int64(spans.count))
        var span = ForeignSpan(
            id: hash.spanID, trace: root.span.traceID, parent: (parent.map { spans[$0] } ?? root).span.spanID,
            name: name, scope: "inspect")
        span.times(event["timestamp"], event["completed"])
        edit(&span)
        spans.append(span)
        return spans.count - 1
    }

    private mutating func begin(_ event: JSONValue, _ outer: Int?) {
        guard let id = event["id"]?.string else { return }
        let (type, name) = (event["type"]?.string, event["name"]?.string ?? id)
        if type == "tool" {
            tools.append((id, name, event))
            return
        }
        let parent = event["parent_id"]?.string.flatMap { places[$0] } ?? outer
        places[id] = add(event, parent: parent, name: name) { span in
            span.set("inspect.span.type", type ?? "span")
            switch type {
            case "agent"?:
                span.set("gen_ai.operation.name", "invoke_agent")
                span.set("gen_ai.agent.name", name)
            case "scorer"?, "scorers"?: span.set("openinference.span.kind", "EVALUATOR")
            default: span.set("openinference.span.kind", "CHAIN")
            }
        }
    }

    private mutating func addModel(_ event: JSONValue, _ parent: Int?) {
        let output = event["output"] ?? .null
        let model = event["model"]?.string ?? ""
        let parts = model.split(separator: "/", maxSplits: 1).map(String.init)
        let input = messages(of: event)
        let text = input.isEmpty || inputBytes > Self.inputLimit ? nil : JSONValue.array(input).text()
        inputBytes += text?.utf8.count ?? 0
        let tools = event["tools"]
        add(event, parent: parent, name: "chat " + model) { span in
            span.set("gen_ai.operation.name", "chat")
            span.set("gen_ai.provider.name", parts.count == 2 ? parts[0] : nil)
            span.set("gen_ai.request.model", parts.last)
            span.set("gen_ai.response.model", output["model"]?.filledString)
            span.set("gen_ai.response.id", event["call"]?["response"]?["id"])
            span.setUsage(output["usage"])
            span.set("gen_ai.input.messages", text)
            if text == nil, let refs = event["input_refs"] { span.set("inspect.input_refs", refs) }
            let choices = output["choices"]?.elements ?? []
            if !choices.isEmpty {
                span.set("gen_ai.output.messages", .array(choices.compactMap { $0["message"] }))
                span.set("gen_ai.response.finish_reasons", choices.first?["stop_reason"])
            }
            if let tools, !tools.isVoid { span.set("gen_ai.tool.definitions", tools) }
            span.set("inspect.model.retries", event["retries"])
            span.set("inspect.model.cache", event["cache"])
            span.set("inspect.model.role", event["role"])
            if let error = (event["error"] ?? output["error"])?.filledString { span.fail(error, type: "model_error") }
        }
    }

    /// The messages that a call read: its own, or those of the pool that it refers to.
    private func messages(of event: JSONValue) -> [JSONValue] {
        let own = event["input"]?.elements ?? []
        guard own.isEmpty else { return own }
        return (event["input_refs"]?.elements ?? []).flatMap { range -> ArraySlice<JSONValue> in
            guard let first = range[0]?.int, let end = range[1]?.int, first >= 0, end >= first,
                end <= Int64(pool.count)
            else { return [] }
            return pool[Int(first)..<Int(end)]
        }
    }

    private mutating func addTool(_ event: JSONValue, _ parent: Int?) -> Int {
        let name = event["function"]?.string ?? ""
        let place = add(event, parent: parent, name: "execute_tool " + name) { span in
            span.set("gen_ai.operation.name", "execute_tool")
            span.set("gen_ai.tool.name", name)
            span.set("gen_ai.tool.call.id", event["id"])
            span.set("gen_ai.tool.call.arguments", event["arguments"])
            span.set("gen_ai.tool.call.result", event["result"])
            if let error = event["error"], error.members != nil {
                span.fail(error["message"]?.string, type: error["type"]?.string)
            }
        }
        if let index = tools.firstIndex(where: { $0.name == name }) {
            places[tools.remove(at: index).id] = place
        }
        return place
    }

    private mutating func addSubtask(_ event: JSONValue, _ parent: Int?) -> Int {
        add(event, parent: parent, name: event["name"]?.string ?? "subtask") { span in
            span.set("openinference.span.kind", "CHAIN")
            span.set("input.value", event["input"])
            span.set("output.value", event["result"])
        }
    }

    private func finish(into collector: BatchCollector) {
        var root = root
        let starts = spans.compactMap(\.span.startUnixNano)
        let ends = spans.compactMap { $0.span.endUnixNano ?? $0.span.startUnixNano }
        root.change { span in
            span.startUnixNano = ForeignTime.nanos(sample["started_at"], .seconds) ?? starts.min()
            span.endUnixNano = ForeignTime.nanos(sample["completed_at"], .seconds) ?? ends.max()
        }
        collector.add(root.finished())
        for span in spans { collector.add(span.finished()) }
    }
}

extension ForeignSpan {
    /// Takes the attributes and the status of another span.
    fileprivate mutating func adopt(_ other: ForeignSpan) {
        for attribute in other.span.attributes where !has(attribute.key) {
            change { $0.attributes.append(attribute) }
        }
        change { $0.status = other.span.status }
    }
}

extension JSONValue {
    /// The value with every text in it replaced, but for keys; a stack takes the place of recursion.
    func replacingTexts(_ replacement: (String) -> String) -> JSONValue {
        enum Work {
            case value(JSONValue)
            case key(String)
            case end
        }
        var builder = JSONBuilder()
        var open: [Work] = [.value(self)]
        var whole = self
        while let work = open.popLast() {
            var done: JSONValue?
            switch work {
            case .key(let key): builder.key(key)
            case .end: done = builder.end()
            case .value(.array(let elements)):
                builder.begin(isObject: false)
                open.append(.end)
                for element in elements.reversed() { open.append(.value(element)) }
            case .value(.object(let members)):
                builder.begin(isObject: true)
                open.append(.end)
                for member in members.reversed() {
                    open.append(.value(member.value))
                    open.append(.key(member.key))
                }
            case .value(.string(let text)): done = builder.add(.string(replacement(text)))
            case .value(let scalar): done = builder.add(scalar)
            }
            if let done { whole = done }
        }
        return whole
    }
}
