package import Foundation

/// The texts of real streams, which lie beside the package where they are at hand.
package enum RecordedTexts {
    /// The folder `shared/data` beside the package; nil where there is none.
    package static let root: URL? = {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared/data")
        return FileManager.default.fileExists(atPath: folder.path + "/streams") ? folder : nil
    }()

    /// True where the recordings are at hand; says so where they are not.
    package static var isPresent: Bool {
        if root == nil { print("skipped: no recordings beside the package") }
        return root != nil
    }

    /// One text for each file of `streams` and each SSE file of `clients` in which JSON events hold text.
    ///
    /// Reads no provider's form in particular: the strings of content under any of the providers' keys, in order.
    package static func all() -> [(name: String, text: String)] {
        guard let root, let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else {
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
        guard let root, let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil) else {
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
