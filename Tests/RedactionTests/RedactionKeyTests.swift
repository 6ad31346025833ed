import Foundation
import Testing

@testable import Redaction

@Suite struct RedactionKeyTests {
    private func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "redaction-key-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try body(folder)
    }

    private func mode(_ path: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    }

    @Test func theKeyIsMadeOnceAndKept() throws {
        try withFolder { folder in
            let path = folder + "/deep/er/redaction.key"
            let key = try RedactionKey.load(path: path)
            #expect(key.bytes.count == RedactionKey.byteCount)
            #expect(try RedactionKey.load(path: path).bytes == key.bytes)
            #expect(try mode(path) == 0o600)
            #expect(try mode(folder + "/deep/er") == 0o700)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder + "/deep/er") == ["redaction.key"])
            let text = try String(contentsOfFile: path, encoding: .utf8)
            #expect(text.count == 65 && text.hasSuffix("\n"))
            #expect(key.fingerprint.count == 8)
            #expect(key.fingerprint != (try RedactionKey.load(path: folder + "/other").fingerprint))
        }
    }

    @Test func aKeyThatOthersCanReadIsRefused() throws {
        try withFolder { folder in
            let path = folder + "/key"
            _ = try RedactionKey.load(path: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            #expect(throws: RedactionKeyError.notPrivate(path: path, mode: 0o640)) { try RedactionKey.load(path: path) }
        }
    }

    @Test(arguments: [
        ("", "64 hexadecimal digits belong there, it has 0"),
        ("abc", "64 hexadecimal digits belong there, it has 3"),
        (String(repeating: "a", count: 65), "64 hexadecimal digits belong there, it has more"),
        (String(repeating: "a", count: 10) + "g", "byte 11 is no hexadecimal digit"),
    ])
    func aMalformedKeyIsRefused(text: String, reason: String) throws {
        try withFolder { folder in
            let path = folder + "/key"
            _ = FileManager.default.createFile(
                atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: 0o600])
            #expect(throws: RedactionKeyError.malformed(path: path, reason: reason)) {
                try RedactionKey.load(path: path)
            }
        }
    }

    @Test func whatIsNoFileIsRefused() throws {
        try withFolder { folder in
            #expect(throws: RedactionKeyError.notAFile(path: folder)) { try RedactionKey.load(path: folder) }
            let path = folder + "/file/key"
            _ = FileManager.default.createFile(atPath: folder + "/file", contents: Data())
            #expect(throws: RedactionKeyError.self) { try RedactionKey.load(path: path) }
        }
    }

    @Test func manyAtOnceHaveOneKey() async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "redaction-key-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let path = folder + "/key"
        let keys = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<16 { group.addTask { try RedactionKey.load(path: path).bytes } }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(keys.count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["key"])
    }
}
