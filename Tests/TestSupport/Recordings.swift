package import Foundation

/// Recordings of real programs: a few stand in the project, the whole collection beside it where it is at hand.
package enum Recordings {
    private static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The folder that is read: `shared/data` beside the package, else `Tests/Recordings`, which has the same layout.
    ///
    /// `SPANDREL_RECORDINGS=few` reads those of the project where all are there.
    package static let root: URL = {
        let whole = package.deletingLastPathComponent().appendingPathComponent("shared/data")
        let wantsFew = ProcessInfo.processInfo.environment["SPANDREL_RECORDINGS"] == "few"
        let hasWhole = FileManager.default.fileExists(atPath: whole.path + "/streams")
        return hasWhole && !wantsFew ? whole : package.appendingPathComponent("Tests/Recordings")
    }()

    /// True where the whole collection is read.
    package static let isWhole = root.path.hasSuffix("shared/data")

    package static func path(_ relative: String) -> String { root.path + "/" + relative }

    /// A recording that stands in the project itself, whether or not the whole collection is at hand.
    package static func ownPath(_ relative: String) -> String {
        package.appendingPathComponent("Tests/Recordings/" + relative).path
    }

    package static func has(_ relative: String) -> Bool { FileManager.default.fileExists(atPath: path(relative)) }

    /// The names in a folder, in order; none where there is no such folder.
    package static func names(_ relative: String) -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: path(relative))) ?? []).sorted()
    }

    /// The folders and files in a folder, in order of their names.
    package static func entries(_ relative: String) -> [String] { names(relative).map { relative + "/" + $0 } }

    /// The traces and logs of a file or a folder in OTLP/JSON, in order of their names.
    package static func documents(_ relative: String) -> [String] {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path(relative), isDirectory: &isFolder) else { return [] }
        guard isFolder.boolValue else { return [path(relative)] }
        return entries(relative).filter { $0.hasSuffix(".json") || $0.hasSuffix(".jsonl") }.map { path($0) }
    }
}

/// The texts of recorded streams.
package enum RecordedTexts {
    /// One text for each file of `streams` and each SSE file of `clients` in which JSON events hold text.
    ///
    /// Reads no provider's form in particular: the strings of content under any of the providers' keys, in order.
    package static func all() -> [(name: String, text: String)] {
        let root = Recordings.root
        guard let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else {
            return []
        }
        var texts: [(name: String, text: String)] = []
        for case let file as URL in files {
            let name = String(file.path.dropFirst(root.path.count + 1))
            guard name.hasPrefix("streams/") || name.hasPrefix("clients/") && name.hasSuffix(".sse"),
                let data = try? Data(contentsOf: file)
            else { continue }
            let text = contents(of: String(decoding: data, as: UTF8.self))
            if !text.isEmpty { texts.append((name, text)) }
        }
        return texts.sorted { $0.name < $1.name }
    }

    /// The recordings of `clients` with a time for each piece, as they are.
    package static func timedLines() throws -> [(name: String, text: String)] {
        let root = Recordings.root
        guard let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else {
            return []
        }
        var texts: [(name: String, text: String)] = []
        for case let file as URL in files where file.path.hasSuffix(".timed.jsonl") {
            texts.append((file.path, try String(contentsOf: file, encoding: .utf8)))
        }
        return texts.sorted { $0.name < $1.name }
    }

    private static func contents(of document: String) -> String {
        var text = ""
        for line in document.split(whereSeparator: \.isNewline) {
            guard let start = line.firstIndex(of: "{"),
                let value = try? JSONSerialization.jsonObject(with: Data(line[start...].utf8))
            else { continue }
            var pending: [Any] = [value]
            while let next = pending.popLast() {
                if let list = next as? [Any] { pending += list.reversed() }
                guard let object = next as? [String: Any] else { continue }
                // What a whole message repeats at the end was streamed before.
                let isSummary = (object["type"] as? String)?.hasSuffix("done") ?? false
                if isSummary || object["response"] is [String: Any] { continue }
                for key in keys where object[key] is String { text += object[key] as? String ?? "" }
                pending += object.keys.sorted().reversed().compactMap { object[$0] }
            }
        }
        return text
    }

    private static let keys = [
        "text", "content", "thinking", "delta", "partial_json", "arguments", "reasoning_content", "reasoning",
    ]
}
