import Foundation
import Synchronization
import TestSupport
import Testing
import TraceModel

@testable import Ingest
@testable import TraceStore

@Suite(.blocking) struct IngestPipelineTests {
    /// A clock of a writer that can be made to wait; the writer asks it for each rejection that it stores.
    private final class Gate: Sendable {
        private let asked = DispatchSemaphore(value: 0)
        private let opened = DispatchSemaphore(value: 0)
        private let state = Mutex((isShut: false, count: 0))

        var count: Int { state.withLock { $0.count } }

        func shut() { state.withLock { $0.isShut = true } }

        /// Waits until the writer stands at the gate.
        func waitForWriter() { asked.wait() }

        func open() {
            state.withLock { $0.isShut = false }
            opened.signal()
        }

        func pass() -> Int64 {
            let isShut = state.withLock { state in
                state.count += 1
                return state.isShut
            }
            if isShut {
                asked.signal()
                opened.wait()
            }
            return 0
        }
    }

    private struct Fixture {
        let folder: TemporaryFolder
        let gate = Gate()
        let writer: TraceWriter
        let pipeline: IngestPipeline

        init(_ options: IngestPipeline.Options = IngestPipeline.Options()) throws {
            folder = try TemporaryFolder()
            writer = try TraceWriter(path: folder.path + "/t.db") { [gate] in gate.pass() }
            pipeline = IngestPipeline(writer, options, stopwatch: { 0 })
        }

        /// The reasons of stored rejections, as another connection sees them.
        func stored() throws -> [String] { try Self.stored(folder.path) }

        static func stored(_ folder: String) throws -> [String] {
            try SQLiteConnection(folder + "/t.db", .readOnly).texts("SELECT reason FROM reject ORDER BY reason")
                .compactMap { $0 }
        }

        /// Makes rejections of a reason fail in the database.
        func spoil(_ reason: String) throws {
            // Triggers do not run, and an index on what cannot be calculated fails as well.
            try SQLiteConnection(folder.path + "/t.db", .readWrite).execute(
                """
                CREATE INDEX spoil ON reject
                    (CASE WHEN reason GLOB '\(reason)' THEN abs(-9223372036854775807 - 1) END)
                """)
        }

        /// Offers a batch that keeps the writer at the gate.
        func offerHeld(_ name: String, bytes: Int = 1024) throws -> IngestReceipt {
            gate.shut()
            let receipt = try #require(IngestPipelineTests.accepted(pipeline.offer(batch(name, bytes: bytes))))
            gate.waitForWriter()
            return receipt
        }

        func batch(_ name: String, bytes: Int = 1024) -> PreparedBatch { Self.batch(name, bytes: bytes) }

        static func batch(_ name: String, bytes: Int = 1024) -> PreparedBatch {
            var batch = PreparedBatch(bytes: bytes)
            batch.rejections = [StoredRejection(file: name, byteOffset: 0, line: nil, reason: name)]
            return batch
        }
    }

    private static func accepted(_ offer: IngestPipeline.Offer) -> IngestReceipt? {
        if case .accepted(let receipt) = offer { receipt } else { nil }
    }

    private static func isFull(_ offer: IngestPipeline.Offer) -> Bool {
        if case .full = offer { true } else { false }
    }

    @Test func boundIsInBytesAndFullIsAnAnswer() throws {
        var options = IngestPipeline.Options()
        options.waitingBytes = 10_000
        let fixture = try Fixture(options)
        let first = try fixture.offerHeld("a", bytes: 6_000)
        #expect(Self.isFull(fixture.pipeline.offer(fixture.batch("b", bytes: 6_000))))
        let second = try #require(Self.accepted(fixture.pipeline.offer(fixture.batch("b", bytes: 4_000))))
        #expect(Self.isFull(fixture.pipeline.offer(fixture.batch("c", bytes: 1_024))))
        fixture.gate.open()
        #expect(try first.wait().rejected == 1)
        #expect(try second.wait().rejected == 1)
        // Larger than the bound, and alone.
        let large = try #require(fixture.pipeline.offerWaiting(fixture.batch("c", bytes: 1 << 30)))
        #expect(try large.wait().rejected == 1)
        try fixture.pipeline.finish()
        #expect(try fixture.stored() == ["a", "b", "c"])
    }

    @Test func aProducerThatWaitsGetsItsRoom() throws {
        var options = IngestPipeline.Options()
        options.waitingBytes = 1_024
        let fixture = try Fixture(options)
        let count = 200
        let receipts = Mutex<[IngestReceipt]>([])
        let done = DispatchSemaphore(value: 0)
        for producer in 0..<2 {
            let thread = Thread { [pipeline = fixture.pipeline] in
                for number in 0..<count {
                    let name = "\(producer)-\(number + 1000)"
                    if let receipt = pipeline.offerWaiting(Fixture.batch(name)) {
                        receipts.withLock { $0.append(receipt) }
                    }
                }
                done.signal()
            }
            thread.start()
        }
        for _ in 0..<2 { done.wait() }
        let all = receipts.withLock { $0 }
        #expect(all.count == 2 * count)
        for receipt in all { #expect(try receipt.wait().rejected == 1) }
        try fixture.pipeline.finish()
        #expect(try fixture.stored().count == 2 * count)
    }

    @Test func waitingBatchesShareATransactionAndReceiptsFollowTheCommit() throws {
        let fixture = try Fixture()
        _ = try fixture.offerHeld("a")
        let second = try #require(Self.accepted(fixture.pipeline.offer(fixture.batch("b"))))
        let third = try #require(Self.accepted(fixture.pipeline.offer(fixture.batch("c"))))
        let seen = Mutex<[String]>([])
        second.whenResolved { [folder = fixture.folder.path] _ in
            let stored = (try? Fixture.stored(folder)) ?? []
            seen.withLock { $0 = stored }
        }
        fixture.gate.open()
        _ = try third.wait()
        // The commit of the second held the third too.
        #expect(seen.withLock { $0 } == ["a", "b", "c"])
        try fixture.pipeline.finish()
    }

    @Test func aBatchThatCannotBeStoredSpoilsNoOther() throws {
        let fixture = try Fixture()
        try fixture.spoil("bad*")
        let first = try fixture.offerHeld("a")
        let others = try ["b", "bad", "c"].map {
            try #require(Self.accepted(fixture.pipeline.offer(fixture.batch($0))))
        }
        let told = Mutex<[Int]>([])
        for (place, receipt) in others.enumerated() {
            receipt.whenResolved { _ in told.withLock { $0.append(place) } }
        }
        fixture.gate.open()
        #expect(try first.wait().rejected == 1)
        #expect(try others[0].wait().rejected == 1)
        let error = #expect(throws: StoreError.self) { try others[1].wait() }
        #expect("\(String(describing: error))".contains("overflow"))
        #expect(try others[2].wait().rejected == 1)
        try fixture.pipeline.finish()
        // Each once, and in the order of the offers.
        #expect(told.withLock { $0 } == [0, 1, 2])
        #expect(try fixture.stored() == ["a", "b", "c"])
    }

    @Test func aDatabaseThatIsGoneIsNotTriedForEachBatch() throws {
        let fixture = try Fixture()
        try fixture.spoil("bad*")
        _ = try fixture.offerHeld("a")
        let others = try (0..<20).map {
            try #require(Self.accepted(fixture.pipeline.offer(fixture.batch("bad\($0)"))))
        }
        fixture.gate.open()
        for receipt in others { #expect(throws: StoreError.self) { try receipt.wait() } }
        // One for the first batch, one for the common transaction of the others, and three attempts alone.
        #expect(fixture.gate.count == 5)
        try fixture.pipeline.finish()
        #expect(try fixture.stored() == ["a"])
    }

    @Test func whatIsGivenUpSaysSo() throws {
        let fixture = try Fixture()
        let first = try fixture.offerHeld("a")
        let waiting = try #require(Self.accepted(fixture.pipeline.offer(fixture.batch("b"))))
        let ended = DispatchSemaphore(value: 0)
        Thread { [pipeline = fixture.pipeline] in
            pipeline.abandon()
            ended.signal()
        }.start()
        #expect(throws: StoreError.self) { try waiting.wait() }
        fixture.gate.open()
        ended.wait()
        #expect(try first.wait().rejected == 1)
        guard case .closed = fixture.pipeline.offer(fixture.batch("c")) else {
            Issue.record("a closed pipeline took a batch")
            return
        }
        #expect(fixture.pipeline.offerWaiting(fixture.batch("c")) == nil)
        #expect(try fixture.stored() == ["a"])
    }

    @Test func tasksCanWaitForReceipts() async throws {
        let fixture = try Fixture()
        let receipt = try #require(Self.accepted(fixture.pipeline.offer(fixture.batch("a"))))
        #expect(try await receipt.stored.rejected == 1)
        try fixture.pipeline.finish()
    }

    @Test func aTraceThatGrowsAThousandTimesIsNotSummedUpEachTime() throws {
        var options = IngestPipeline.Options()
        options.refreshesSummaries = true
        let fixture = try Fixture(options)
        let count = 1_000
        for number in 1...count {
            let span = Span(
                traceID: TraceID(high: 1, low: 1), spanID: SpanID(UInt64(number)), name: "step",
                startUnixNano: Int64(number), endUnixNano: Int64(number + 1))
            let batch = Preparation(nil).batch(spans: [span], bytes: 0)
            let receipt = try #require(fixture.pipeline.offerWaiting(batch))
            #expect(try receipt.wait().spansNew == 1)
        }
        try fixture.pipeline.finish()
        #expect(fixture.writer.summarizedSpanCount <= 4 * count)
    }
}
