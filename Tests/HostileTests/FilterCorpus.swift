import Basics
import Foundation
import TraceModel
import TraceQuery

/// The filters that tests, documents and the table of fields use, and filters made up from the values of traces.
enum FilterCorpus {
    /// Every text between quotes that is a filter with a field, wherever the project writes one.
    static let written: [String] = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        var found = Set(FilterField.all.map(\.example))
        let files = FileManager.default.enumerator(at: root.appending(path: "Tests"), includingPropertiesForKeys: nil)
        let sources = (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
        for file in sources + ["README.md", "Sources/REFERENCE.md"].map({ root.appending(path: $0) }) {
            guard let text = try? String(contentsOf: file, encoding: .utf8) else { continue }
            for pattern in [#/"((?:[^"\\\n]|\\.){3,200})"/#, #/'([^'\n]{3,200})'/#, #/`([^`\n]{3,200})`/#] {
                for match in text.matches(of: pattern) {
                    found.insert(String(match.output.1).replacing("\\\"", with: "\"").replacing("\\\\", with: "\\"))
                }
            }
        }
        return found.filter { text in
            guard text.contains(where: { ":=!~<>".contains($0) }), let filter = try? FilterExpression.parse(text) else {
                return false
            }
            return filter.terms.contains { $0.field != "text" }
        }.sorted()
    }()

    /// Filters of any shape over fields whose values are drawn from traces or are odd.
    struct Generator {
        private var random: SplitMix64
        private let values: [String: [String]]
        private static let odd = [
            "", "*", "a", "9223372036854775807", "0", "1", "-1", "1k", "1..", "..5", "2s", "1ms..1h", "NaN", "\0", "é",
            "%", "_", "\\", "*a*", "0x10", "1e3", "true", "null", "订单", "İ", "K",
        ]

        init(seed: UInt64, _ traces: [FilterableTrace]) {
            random = SplitMix64(seed: seed)
            var values: [String: Set<String>] = [:]
            for trace in traces {
                values["root", default: []].formUnion([trace.summary.name].compactMap { $0 })
                values["trace", default: []].insert(trace.summary.traceID.hex)
                values["finding", default: []].formUnion(trace.findings.map(\.rule))
                for span in trace.spans.prefix(200) {
                    let row = span.row
                    for (field, name) in [
                        ("name", row.name), ("service", row.service), ("agent", row.agent), ("tool", row.tool),
                        ("model", row.modelResolved), ("model.requested", row.modelRequested),
                        ("model.resolved", row.modelResolved), ("error", row.errorType), ("text", row.name),
                    ] {
                        if let text = trace.names[name] { values[field, default: []].insert(text) }
                    }
                    values["span", default: []].insert(row.spanID.hex)
                    values["scope", default: []].insert(span.scope)
                    values["session", default: []].formUnion([span.session].compactMap { $0 })
                    values["finding", default: []].formUnion(span.findings.map(\.rule))
                    for (field, number) in [
                        ("tokens", row.tokensTotal), ("tokens.input", row.tokensInput), ("step", Int64(row.step)),
                        ("tokens.output", row.tokensOutput), ("tokens.cache_read", span.usage.cacheRead),
                        ("attempt", 2), ("spans", Int64(trace.spans.count)), ("identifiable", 50),
                    ] {
                        if let number { values[field, default: []].insert(String(number)) }
                    }
                    for (field, nanos) in [
                        ("duration", row.durationNanos), ("ttft", row.timeToFirstChunkNanos),
                        ("trace.duration", trace.summary.durationNanos),
                    ] {
                        if let nanos { values[field, default: []].insert("\(nanos)ns") }
                    }
                    for time in [row.startUnixNano].compactMap({ $0 }) where time > 0 {
                        values["since", default: []].insert("\(time)")
                        values["until", default: []].insert("\(time)")
                    }
                    for (field, attributes) in [("attr.", span.attributes), ("resource.", span.resource)] {
                        for attribute in attributes.prefix(40) {
                            values[field, default: []].insert(attribute.key)
                            values[field + attribute.key, default: []].insert(Self.text(attribute.value))
                        }
                    }
                }
            }
            for field in FilterField.all { values[field.name, default: []].formUnion(field.values.words) }
            self.values = values.mapValues { $0.sorted() }
        }

        private static func text(_ value: AttributeValue) -> String {
            switch value {
            case .string(let text): String(text.prefix(60))
            case .int(let number): String(number)
            case .double(let number): String(number)
            case .bool(let isTrue): String(isTrue)
            case .array(let values): values.first.map { text($0) } ?? ""
            case .map(let members): members.first.map { text($0.value) } ?? ""
            case .bytes, .empty: "null"
            }
        }

        /// The next filter, which its own text means too.
        mutating func next(depth: Int = 3) -> FilterExpression {
            while true {
                let expression = make(depth)
                if let parsed = try? FilterExpression.parse(expression.description) { return parsed }
            }
        }

        private mutating func make(_ depth: Int) -> FilterExpression {
            switch depth > 0 ? Int.random(in: 0..<7, using: &random) : 6 {
            case 0: .not(make(depth - 1))
            case 1, 2: .and((0..<Int.random(in: 2...3, using: &random)).map { _ in make(depth - 1) })
            case 3: .or((0..<Int.random(in: 2...3, using: &random)).map { _ in make(depth - 1) })
            default: .term(term())
            }
        }

        private mutating func term() -> FilterTerm {
            let field = FilterField.all.randomElement(using: &random) ?? FilterField.all[0]
            let key = field.takesKey ? values[field.name]?.randomElement(using: &random) ?? "x" : ""
            let comparison = field.comparisons.randomElement(using: &random) ?? .matches
            let isOdd = Int.random(in: 0..<6, using: &random) == 0
            var value = values[field.name + key]?.randomElement(using: &random) ?? ""
            if isOdd || value.isEmpty { value = Self.odd.randomElement(using: &random) ?? "" }
            switch Int.random(in: 0..<8, using: &random) {
            case 0: value = String(value.prefix(3)) + "*"
            case 1: value = "*" + value.suffix(3)
            case 2: value = String(value.dropFirst(value.count / 3).prefix(6))
            case 3: value = value.uppercased()
            default: break
            }
            return FilterTerm(field: field.name + key, comparison: comparison, value: value)
        }
    }
}
