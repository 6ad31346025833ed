import Foundation
import Ingest
import Redaction
import SQLiteQuery
import TestSupport
import Testing
import TraceIngest
import TraceQuery
import TraceStore

@Suite struct ImporterTests {
    @Test func aFileIsStoredOnce() throws {
        let folder = try TemporaryFolder()
        let imported = Imported(folder)
        let file = try folder.file("a.jsonl", Documents.lines(100))
        let first = try imported.run([file])
        #expect(first.spansNew == 100 && first.spansKnown == 0)
        #expect(first.traces == 5 && first.files == 1 && first.rejected == 0)
        let second = try imported.run([file])
        #expect(second.spansNew == 0 && second.spansKnown == 100 && second.traces == 5)
    }

    @Test func documentsOfATraceComeInAnyOrderAndFromSeveralFiles() throws {
        let folder = try TemporaryFolder()
        let child = try folder.file("1.json", Documents.span(span: 2, parent: 1))
        let root = try folder.file("2.json", "[" + Documents.span(span: 1) + "]")
        let report = try Imported(folder).run([child, root])
        #expect(report.spansNew == 2 && report.traces == 1 && report.files == 2)
    }

    @Test(arguments: [
        ("cut.json", #"{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"00"#),
        ("empty.json", ""), ("page.json", "<!DOCTYPE html><html><body>502</body></html>"),
        ("other.json", #"{"hello":"world"}"#), ("text.json", "plain words"),
        ("deep.json", String(repeating: "[", count: 10_000)),
    ])
    func whatIsNotATraceIsRejectedAndStored(name: String, text: String) throws {
        let folder = try TemporaryFolder()
        let bad = try folder.file(name, text)
        let good = try folder.file("good.json", Documents.span(span: 1))
        let report = try Imported(folder).run([bad, good])
        #expect(report.rejected >= 1)
        #expect(report.rejections.first?.file == bad)
        #expect(report.rejections.allSatisfy { !$0.reason.isEmpty })
        #expect(report.spansNew == 1)
        #expect(report.faults.isEmpty)
    }

    @Test func goodRecordsOfABadFileAreStored() throws {
        let folder = try TemporaryFolder()
        let wrongID = Documents.span(span: 3).replacingOccurrences(of: #""spanId":"0"#, with: #""spanId":"xyz"#)
        let text = [Documents.span(span: 1), wrongID, #"{"resourceSpans":[{"#, Documents.span(span: 2)]
            .joined(separator: "\n")
        let report = try Imported(folder).run([try folder.file("mixed.jsonl", text)])
        #expect(report.spansNew == 2)
        #expect(report.rejected == 2)
        #expect(report.rejections.map(\.line) == [2, 3])
    }

    @Test func invalidUTF8AndABinaryAreRejected() throws {
        let folder = try TemporaryFolder()
        var bytes = Array(Documents.span(span: 1).utf8)
        if let place = bytes.firstIndex(of: UInt8(ascii: "n")) { bytes[place] = 0xFF }
        let broken = try folder.file("utf8.json", bytes)
        let binary = try folder.file("program.json", [0x7F, 0x45, 0x4C, 0x46, 0, 1, 2, 3])
        let report = try Imported(folder).run([broken, binary])
        #expect(report.rejected >= 2)
        #expect(Set(report.rejections.map(\.file)) == [broken, binary])
    }

    @Test func aFolderWithoutTracesIsRejectedByName() throws {
        let folder = try TemporaryFolder()
        _ = try folder.file("docs/readme.txt", "nothing here")
        let report = try Imported(folder).run([folder.path + "/docs"])
        #expect(report.rejected == 1)
        #expect(report.rejections.first?.file == folder.path + "/docs")
        #expect(report.problems.map(\.kind) == [.noTraces])
    }

    @Test func namesOfFoldersAreStoredRedacted() async throws {
        let folder = try TemporaryFolder()
        let key = ["sk", "_live_", "4eC39HqLyjWDarjtT1zdp7dc"].joined()
        _ = try folder.file("\(key)/readme.txt", "nothing here")
        let redactor = Redactor(policy: .standard, key: RedactionKey(bytes: [1]))
        let imported = Imported(folder)
        let report = try imported.run([folder.path + "/" + key], redactor: redactor)
        #expect(report.rejected == 1)
        let stored = try await SQLiteBackend(path: imported.database).run(RejectsRequest(limit: 9))
        #expect(stored.count == 1)
        #expect(stored.allSatisfy { !$0.file.contains(key) && $0.file.contains("[STRIPE_KEY#") })
    }

    @Test func aMissingFileIsAProblemOfItsOwn() throws {
        let folder = try TemporaryFolder()
        let good = try folder.file("good.json", Documents.span(span: 1))
        let report = try Imported(folder).run([folder.path + "/none.json", good])
        #expect(report.problems.map(\.kind) == [.missing])
        #expect(report.spansNew == 1 && report.rejected == 0)
    }

    @Test func onlyTheFirstRejectionsAreListed() throws {
        let folder = try TemporaryFolder()
        let text = (1...50).map { number in
            Documents.span(span: number).replacingOccurrences(of: #""spanId":"0"#, with: #""spanId":"xyz"#)
        }.joined(separator: "\n")
        let report = try Imported(folder).run([try folder.file("many.jsonl", text)])
        #expect(report.rejected == 50)
        #expect(report.rejections.count == ImportReport.shownRejections)
    }

    @Test func whatIsRevisedIsNotCountedAsUnfinished() throws {
        let folder = try TemporaryFolder()
        func line(_ span: Int, _ times: String) -> String {
            let ids = #""traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00f067aa0ba902b\#(span)""#
            return #"{"resourceSpans":[{"scopeSpans":[{"spans":[{\#(ids),"name":"n",\#(times)}]}]}]}"#
        }
        let (begun, ended) = (#""startTimeUnixNano":"5""#, #""startTimeUnixNano":"5","endTimeUnixNano":"9""#)
        func unfinished(_ report: ImportReport) -> Int {
            report.marks.first { $0.name == "unfinished" }?.count ?? 0
        }
        // In one batch, whatever the order.
        let both = [line(1, begun), line(1, ended), line(2, ended), line(2, begun), line(3, begun)]
        let first = try Imported(folder).run([try folder.file("a.jsonl", both.joined(separator: "\n"))])
        #expect(first.spansNew == 3 && unfinished(first) == 1)
        // In batches of their own, and for a span of an import before.
        let imported = Imported(try TemporaryFolder())
        let files = try [line(1, begun), line(2, begun)].enumerated().map { try folder.file("b\($0).jsonl", $1) }
        #expect(unfinished(try imported.run(files)) == 2)
        let rest = try [line(1, ended), line(3, begun), line(4, begun), line(4, ended)].enumerated()
            .map { try folder.file("c\($0).jsonl", $1) }
        #expect(unfinished(try imported.run(rest)) == 1)
    }

    @Test func oddSpansAreStoredAndCounted() throws {
        let folder = try TemporaryFolder()
        let text = [
            Documents.span(span: 1, start: 9_000, end: 2_000), Documents.span(span: 2, end: nil),
            Documents.span(span: 3, parent: 3), Documents.span(span: 4, more: #","kind":99"#),
        ].joined(separator: "\n")
        let report = try Imported(folder).run([try folder.file("odd.jsonl", text)])
        #expect(report.spansNew == 4 && report.rejected == 0)
        let names = Set(report.marks.map(\.name))
        #expect(names.isSuperset(of: ["end_before_start", "unfinished", "unknown_enum"]))
    }

    @Test func anInterruptedImportKeepsWhatItCountedAndIsCompletedByTheNext() throws {
        let folder = try TemporaryFolder()
        let file = try folder.file("big.jsonl", Documents.lines(20_000))
        let imported = Imported(folder)
        let interruption = Interruption()
        let first = try imported.run([file], interruption: interruption) { _ in interruption.raise() }
        #expect(first.isInterrupted)
        #expect(first.spansNew > 0 && first.spansNew < 20_000)
        let second = try imported.run([file])
        #expect(second.spansKnown == first.spansNew)
        #expect(second.spansNew == 20_000 - first.spansNew)
        #expect(!second.isInterrupted)
    }

    @Test func progressGrowsToTheEnd() throws {
        let folder = try TemporaryFolder()
        let files = try (0..<3).map { try folder.file("\($0).jsonl", Documents.lines(1_000 + $0)) }
        var seen: [ImportProgress] = []
        let report = try Imported(folder).run(files) { seen.append($0) }
        #expect(zip(seen, seen.dropFirst()).allSatisfy { $0.bytesDone <= $1.bytesDone && $0.spans <= $1.spans })
        #expect(seen.last?.bytesDone == seen.last?.bytesTotal)
        #expect(seen.last?.spans == report.spans)
    }

    @Test func progressKnowsWhatItCannotTell() {
        var progress = ImportProgress()
        #expect(progress.share == nil && progress.secondsLeft == nil && progress.spansPerSecond == nil)
        progress.bytesTotal = 1_000
        progress.bytesDone = 250
        progress.seconds = 2
        progress.spans = 500
        #expect(progress.share == 0.25 && progress.secondsLeft == 6 && progress.spansPerSecond == 250)
    }

    @Test func recordedFilesImportWithoutRejects() throws {
        let imported = Imported(try TemporaryFolder())
        let report = try imported.run([Recordings.path("otlp")])
        #expect(report.rejected == 0 && report.faults.isEmpty)
        #expect(report.spansNew == report.spans && report.spans > (Recordings.isWhole ? 590 : 18))
    }
}
