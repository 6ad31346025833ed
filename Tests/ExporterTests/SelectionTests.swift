import Exporter
import FastJSON
import Testing
import TraceExport
import TraceModel
import TraceQuery

@Suite struct SelectionTests {
    /// Keeps what it is told.
    private struct Listing: TraceExporter {
        var needs: ExportNeeds { [.content] }
        var remarks: [String] = []

        mutating func begin(_ provenance: ExportProvenance, into out: inout [UInt8]) {}
        mutating func beginTrace(_ trace: ExportTrace, into out: inout [UInt8]) {
            out += "\(trace.summary.traceID.hex) \(trace.part ?? "whole") \(trace.spanCount)\n".utf8
        }
        mutating func add(_ span: ExportSpan, into out: inout [UInt8]) { out += "  \(span.span.name)\n".utf8 }
        mutating func endTrace(into out: inout [UInt8]) {}
        mutating func end(into out: inout [UInt8]) {}
    }

    private final class Memory: ExportOutput {
        var text = ""
        func write(_ bytes: [UInt8]) { text += String(decoding: bytes, as: UTF8.self) }
        func commit() {}
        func abandon() { text = "" }
    }

    private static let trace = TraceID(high: 1, low: 1)

    /// A root with two agents: the first with a tool and a model, the second with a model.
    private func database() throws -> ExportFolder {
        func span(_ id: UInt64, _ parent: UInt64?, _ name: String, _ attributes: [Attribute]) -> Span {
            Span(
                traceID: Self.trace, spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) }, name: name,
                startUnixNano: Int64(id) * 1_000, endUnixNano: Int64(id) * 1_000 + 500, attributes: attributes)
        }
        func agent(_ name: String) -> [Attribute] {
            [
                Attribute("gen_ai.operation.name", .string("invoke_agent")),
                Attribute("gen_ai.agent.name", .string(name)),
            ]
        }
        let chat = [Attribute("gen_ai.operation.name", .string("chat"))]
        let tool = [Attribute("gen_ai.operation.name", .string("execute_tool"))]
        let folder = try ExportFolder()
        var other = span(1, nil, "other", agent("alone"))
        other.traceID = TraceID(high: 2, low: 2)
        try folder.store(
            [
                span(1, nil, "root", []), span(2, 1, "a", agent("first")), span(3, 2, "a.chat", chat),
                span(4, 2, "a.tool", tool), span(5, 1, "b", agent("second")), span(6, 5, "b.chat", chat), other,
            ], in: "a.db")
        return folder
    }

    private func export(_ selection: ExportSelection, _ folder: ExportFolder) async throws -> [String] {
        let memory = Memory()
        _ = try await Exporter(backend: folder.backend("a.db"), redactor: nil).run(
            selection, with: Listing(), provenance: ExportFolder.provenance, to: memory)
        return memory.text.split(separator: "\n").map { String($0) }
    }

    @Test func tracesAreWhole() async throws {
        let folder = try database()
        let lines = try await export(.traces(nil), folder)
        #expect(lines.count == 9)
        #expect(lines.contains("\(Self.trace.hex) whole 6"))
        let some = try await export(.traces(try FilterExpression.parse("agent:second")), folder)
        #expect(some.count == 7 && some.first == "\(Self.trace.hex) whole 6")
        let listed = try await export(.listed([.prefix("00000000000000020000")]), folder)
        #expect(listed.dropFirst() == ["  other"])
    }

    @Test func partsAreNamed() async throws {
        let folder = try database()
        let reference = TraceReference.prefix(Self.trace.hex)
        func part(_ part: ExportPart) async throws -> [String] { try await export(.part(reference, part), folder) }
        let span = SpanReference.prefix(trace: Self.trace.hex, span: SpanID(2).hex)
        #expect(try await part(.span(span)) == ["\(Self.trace.hex) span \(SpanID(2).hex) 1", "  a"])
        #expect(
            try await part(.subtree(span)) == [
                "\(Self.trace.hex) span \(SpanID(2).hex) and all below it 3", "  a", "  a.chat", "  a.tool",
            ])
        #expect(
            try await part(.agent("second")) == ["\(Self.trace.hex) agent second 2", "  b", "  b.chat"])
        #expect(try await part(.agent("first#1")).count == 4)
        #expect(
            try await part(.matching(try #require(try FilterExpression.parse("kind:tool")))) == [
                "\(Self.trace.hex) spans that match kind:tool 1", "  a.tool",
            ])
        await #expect(throws: ExportError.nothingSelected) { try await part(.agent("third")) }
        await #expect(throws: ExportError.nothingSelected) { try await part(.steps(90...91)) }
    }

    @Test func stepsAreSpansOfTheirRange() async throws {
        let folder = try database()
        let lines = try await export(.part(.prefix(Self.trace.hex), .steps(1...1)), folder)
        #expect(lines.first?.contains("step 1") == true)
        #expect(lines.count > 1 && lines.count < 7)
    }

    @Test func whatIsNotThereIsTold() async throws {
        let folder = try database()
        await #expect(throws: ExportError.query(.notFound(what: "trace ffff"))) {
            try await export(.listed([.prefix("ffff")]), folder)
        }
    }

    @Test func estimatesCountWhatIsExported() async throws {
        let folder = try database()
        let exporter = Exporter(backend: try folder.backend("a.db"), redactor: nil)
        let all = try await exporter.estimate(.traces(nil), with: Listing())
        #expect(all.traces == 2 && all.spans == 7)
        let written = try await export(.traces(nil), folder).reduce(0) { $0 + $1.utf8.count + 1 }
        #expect(all.bytes == Int64(written))
        let part = try await exporter.estimate(.part(.prefix(Self.trace.hex), .agent("first")), with: nil)
        #expect(part.traces == 1 && part.spans == 3 && part.bytes == nil)
    }
}
