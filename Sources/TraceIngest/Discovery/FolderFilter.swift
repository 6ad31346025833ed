import FastJSON

/// Decides whether a file found in a folder is an input.
///
/// A file that was named is always tried. In a folder the rule is:
/// 1. The name ends in a suffix of trace files; all others are skipped.
/// 2. A format reads it by more than its syntax, or it has a key of OTLP further on: taken.
/// 3. It is sound JSON of something else: skipped, for folders of traces hold recordings, settings and the like.
/// 4. It is nothing sound (cut, empty, a web page): taken, so that the error is reported. Only files whose names may
///    stand for anything, such as `.bin` and `.txt`, are skipped then.
enum FolderFilter {
    private static let suffixes = [
        ".json", ".jsonl", ".ndjson", ".otlp", ".pb", ".proto", ".bin", ".binpb", ".protobuf", ".sse", ".har",
        ".responses", ".traj", ".eval", ".txt", ".log", ".yaml", ".yml",
    ]

    /// Names that anything may have: such a file is an input only if its content says so.
    private static let vagueSuffixes = [".bin", ".txt", ".log", ".proto", ".yaml", ".yml"]

    /// Whether the name is one that trace files have.
    static func hasTraceName(_ name: String) -> Bool {
        let name = name.lowercased()
        return suffixes.contains { name.hasSuffix($0) || name.hasSuffix($0 + ".gz") || name.hasSuffix($0 + ".zst") }
            || isBareGzip(name)
    }

    /// Whether a gzip file says nothing of what it holds.
    private static func isBareGzip(_ name: String) -> Bool { name.hasSuffix(".gz") && !name.hasSuffix(".tar.gz") }

    /// Whether the file is to be decoded; looks at its first bytes.
    static func takes(_ input: InputFile) -> Bool {
        guard let file = try? input.open() else { return true }
        defer { file.close() }
        let (source, _) = PeekableSource.unpacking(file)
        defer { source.close() }
        let bytes = source.peek(InputHead.size)
        let head = InputHead(bytes, isWhole: source.headIsWhole, name: input.name)
        if let best = InputFormat.scores(head).first {
            if best.score > .syntax { return true }
            return bytes.withUnsafeBytes { takesJSON($0, isWhole: head.isWhole) }
        }
        let name = input.name
        let vague = vagueSuffixes.contains { name.hasSuffix($0) || name.hasSuffix($0 + ".gz") }
        let saysNothing = isBareGzip(name) && !suffixes.contains { name.hasSuffix($0 + ".gz") }
        return !vague && !(saysNothing && source.failure == nil)
    }

    private static func takesJSON(_ head: UnsafeRawBufferPointer, isWhole: Bool) -> Bool {
        var tokenizer = JSONTokenizer(borrowing: head)
        do throws(JSONError) {
            while true {
                let token = try tokenizer.next()
                if token == .endOfInput { return false }
                // Keys of the document itself, or of the documents in an array.
                guard token == .key && tokenizer.depth <= 2 else { continue }
                var hint = 0
                if DocumentField.table.find(tokenizer.tokenBytes, from: &hint) != nil { return true }
            }
        } catch {
            // The end of the head is no fault of the file.
            return error.reason != .endOfInput || isWhole
        }
    }
}
