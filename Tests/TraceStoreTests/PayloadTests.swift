import Basics
import TestSupport
import Testing
import TraceModel

@testable import TraceStore

@Suite struct PayloadTests {
    @Test(arguments: 0..<40) func everySpanComesBackExactly(seed: Int) throws {
        var random = RandomPayload(seed: UInt64(seed))
        var span = Fixture.span(1)
        span.attributes = random.attributes(depth: 3)
        span.events = (0..<random.number(4)).map { _ in
            SpanEvent(
                timeUnixNano: random.number(2) == 0 ? nil : Int64(random.number(1 << 40)), name: random.text(),
                attributes: random.attributes(depth: 2), droppedAttributesCount: random.number(3))
        }
        span.links = (0..<random.number(3)).map { index in
            SpanLink(
                traceID: TraceID(high: .max, low: UInt64(index)), spanID: SpanID(.max - UInt64(index)),
                traceState: random.text(), flags: random.number(2) == 0 ? nil : .max,
                attributes: random.attributes(depth: 2), droppedAttributesCount: random.number(3))
        }
        span.status = SpanStatus(.error, message: random.text())
        span.traceState = random.text()
        span.flags = 257
        span.droppedEventsCount = 7
        span.resource.attributes += random.attributes(depth: 2)
        span.scope.attributes = random.attributes(depth: 2)
        span.marks = [.unknownEnum, .droppedData]

        let store = try TemporaryStore()
        try store.write([span])
        let key = try #require(try store.integer("SELECT key FROM span"))
        let stored = try #require(try store.writer.reader.span(key))
        #expect(stored.isIdentical(to: span))
    }

    @Test func whatJSONLacksIsKeptApart() throws {
        let values: [AttributeValue] = [
            .double(1), .int(1), .double(-0.0), .double(.infinity), .double(-.infinity), .double(1e300), .empty,
            .string(""), .bytes([]), .bytes([0, 255]), .map([]), .array([]),
            .map([Attribute("$bytes", .string("AA=="))]), .map([Attribute("$double", .string("NaN"))]),
            .map([Attribute("$map", .map([Attribute("$map", .map([]))]))]),
            .map([Attribute("$map", .bytes([1])), Attribute("b", .int(2))]), .int(.min), .int(.max),
        ]
        for value in values {
            var encoder = PayloadEncoder()
            encoder.encode([Attribute("$map", value), Attribute("k", .array([value]))])
            let back = try encoder.bytes.withUnsafeBytes { try PayloadDecoder.attributes($0) }
            #expect(back == [Attribute("$map", value), Attribute("k", .array([value]))], "\(value)")
        }
        var encoder = PayloadEncoder()
        encoder.encode([Attribute("nan", .double(.nan))])
        let back = try encoder.bytes.withUnsafeBytes { try PayloadDecoder.attributes($0) }
        #expect(back.first?.value.doubleValue?.isNaN == true)
    }

    @Test func eventsMayHaveAttributesThatLookLikeSigns() throws {
        var encoder = PayloadEncoder()
        let event = SpanEvent(timeUnixNano: 1, name: "e", attributes: [Attribute("$bytes", .string("AA=="))])
        encoder.encode(event)
        #expect(try encoder.bytes.withUnsafeBytes { try PayloadDecoder.event($0) } == event)
    }

    @Test func depthIsNoDanger() throws {
        // Deeper values cannot even be let go of: the compiler's own release of them recurses.
        var value = AttributeValue.int(1)
        for level in 0..<5_000 { value = level % 2 == 0 ? .array([value]) : .map([Attribute("k", value)]) }
        var encoder = PayloadEncoder()
        encoder.encode(value)
        let back = try encoder.bytes.withUnsafeBytes { bytes in
            try PayloadDecoder.attributes(UnsafeRawBufferPointer(bytes))
        }
        // The outermost value is a map.
        #expect(back.map(\.key) == ["k"])
    }

    @Test func digestsTellBytesApart() {
        var digests: Set<Int64> = []
        for length in 0..<70 {
            var digest = ContentDigest()
            digest.add(String(repeating: "a", count: length))
            digests.insert(digest.value)
        }
        for text in ["caf\u{E9}", "cafe\u{301}", "a\0", "\0a"] {
            var digest = ContentDigest()
            digest.add(text)
            digests.insert(digest.value)
        }
        #expect(digests.count == 74)
    }

    @Test func packedRowsComeBack() {
        var packed = PackedSpan(id: SpanID(.max))
        #expect(packed.bytes.withUnsafeBytes { PackedSpan($0) } == packed)
        packed.parent = SpanID(0)
        packed.start = -1
        packed.end = 0
        packed.firstChunk = OutsideNumber.times.upperBound
        packed.tokensInput = 0
        packed.tokensOutput = OutsideNumber.counts.upperBound
        (packed.name, packed.service, packed.agent, packed.agentInstance) = (1, 2, 3, .max)
        (packed.modelRequested, packed.modelResolved, packed.tool, packed.errorType) = (5, 6, 7, 8)
        (packed.agentRun, packed.step, packed.clock) = (3, .max, 2)
        packed.marks = [.duplicateKey, .endBeforeStart]
        (packed.kind, packed.status, packed.agentSource) = (.memory, .error, .inferred)
        (packed.isError, packed.isCancelled) = (true, true)
        #expect(packed.bytes.withUnsafeBytes { PackedSpan($0) } == packed)
        #expect(packed.bytes.count == PackedSpan.size)
        #expect(packed.bytes.prefix(95).withUnsafeBytes { PackedSpan($0) } == nil)
        // As it was before spans were analysed: the same span, of which nothing is said.
        let older = packed.bytes.prefix(96).withUnsafeBytes { PackedSpan($0) }
        (packed.agentRun, packed.step, packed.clock) = (0, 0, 0)
        #expect(older == packed)
    }

    @Test func packedRowsOfOlderBuildsLoseWhatIsOutOfRange() throws {
        var packed = PackedSpan(id: SpanID(1))
        (packed.start, packed.end, packed.firstChunk) = (.min, .max, -1)
        (packed.tokensInput, packed.tokensOutput) = (.max, -1)
        let read = try #require(packed.bytes.withUnsafeBytes { PackedSpan($0) })
        #expect(read.start == nil && read.end == nil && read.firstChunk == nil)
        #expect(read.tokensInput == nil && read.tokensOutput == nil)
        #expect(read.marks == [.outOfRange])
    }
}

extension Span {
    /// Equality down to the bytes of texts, which `==` does not demand.
    func isIdentical(to other: Span) -> Bool {
        self == other && String(describing: self).utf8.elementsEqual(String(describing: other).utf8)
    }
}
