import Exporter
import Foundation
import Testing
import TraceExport
import TraceModel
import TraceQuery

@Suite struct WritingTests {
    /// Fails after some bytes, as a full disk does.
    private final class FullDisk: ExportOutput {
        let file: NewFile
        var room: Int
        let code: ExportError

        init(_ file: NewFile, room: Int, code: ExportError) {
            self.file = file
            self.room = room
            self.code = code
        }

        func write(_ bytes: [UInt8]) throws(ExportError) {
            room -= bytes.count
            if room < 0 { throw code }
            try file.write(bytes)
        }

        func commit() throws(ExportError) { try file.commit() }

        func abandon() { file.abandon() }
    }

    @Test(arguments: [ExportError.closed, .failed(path: "x", code: ENOSPC)])
    func nothingIsLeftWhereWritingFails(code: ExportError) async throws {
        let folder = try ExportFolder()
        try folder.storeDemo(in: "a.db")
        let before = folder.names
        let writer = try #require(ExportFormat.otlpJSON.writer(rows: .spans, makeSafe: { $0 }))
        let disk = FullDisk(
            try NewFile(path: folder.file("out.jsonl"), replacing: false), room: 1_000_000, code: code)
        #expect(folder.names.count == before.count + 1)
        let exporter = Exporter(backend: try folder.backend("a.db"), redactor: nil)
        await #expect(throws: code) {
            try await exporter.run(
                .traces(nil), with: writer, provenance: ExportFolder.provenance, to: disk)
        }
        #expect(folder.names.filter { !$0.hasPrefix("a.db") } == before.filter { !$0.hasPrefix("a.db") })
    }

    @Test func aDeviceWithoutRoomIsTold() throws {
        let device = open("/dev/full", O_WRONLY)
        try #require(device >= 0)
        defer { close(device) }
        #expect(throws: ExportError.failed(path: "standard output", code: ENOSPC)) {
            try DescriptorOutput(device).write([1])
        }
    }

    @Test func aFileIsReplacedOnRequestOnly() throws {
        let folder = try ExportFolder()
        let path = folder.file("x")
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ExportError.fileExists(path: path)) { try NewFile(path: path, replacing: false) }
        let file = try NewFile(path: path, replacing: true)
        try file.write(Array("new".utf8))
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "old")
        try file.commit()
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "new")
        #expect(folder.names == ["x"])
    }

    @Test func aFileThatAppearsMeanwhileIsNotReplaced() throws {
        let folder = try ExportFolder()
        let path = folder.file("x")
        let file = try NewFile(path: path, replacing: false)
        try file.write([1])
        try Data("theirs".utf8).write(to: URL(fileURLWithPath: path))
        #expect(throws: ExportError.fileExists(path: path)) { try file.commit() }
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "theirs")
        #expect(folder.names == ["x"])
    }

    @Test func anEmptySelectionWritesNothing() async throws {
        let folder = try ExportFolder()
        try folder.storeDemo(in: "a.db")
        await #expect(throws: ExportError.nothingSelected) {
            try await folder.export(
                .traces(try FilterExpression.parse("name:nobody")), of: "a.db", as: .otlpJSON, to: "x")
        }
        #expect(!folder.names.contains { $0.hasPrefix("x") })
    }

    @Test func newFilesAreForTheirOwnerOnly() throws {
        let folder = try ExportFolder()
        let file = try NewFile(path: folder.file("x"), replacing: false)
        try file.commit()
        let mode = try FileManager.default.attributesOfItem(atPath: folder.file("x"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
