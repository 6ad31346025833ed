import FastJSON

/// What the start of a JSON document says about it: the keys and texts of its first object.
struct JSONProfile {
    /// Keys of the first object, which may stand in an array.
    private(set) var keys: Set<String> = []
    /// Keys one level further down, and in the objects of a list there.
    private(set) var innerKeys: Set<String> = []
    /// Short texts of the first object.
    private(set) var texts: [String: String] = [:]
    private(set) var isArray = false
    private(set) var isObject = false
    /// Another document follows the first.
    private(set) var isFollowedByAnother = false
    private(set) var mentionsMLflowChunks = false

    /// Whether the first object has all of these keys.
    func has(_ wanted: String...) -> Bool { wanted.allSatisfy { keys.contains($0) } }

    /// Reads until the first object ends, the bytes end, or so many tokens are read; faults just end it.
    init(_ bytes: UnsafeRawBufferPointer, tokenLimit: Int) {
        var tokenizer = JSONTokenizer(borrowing: bytes)
        var key = ""
        var level = 0
        for _ in 0..<tokenLimit {
            guard let token = try? tokenizer.next(), token != .endOfInput else { return }
            switch token {
            case .beginArray where level == 0: isArray = true
            case .beginObject where level == 0:
                isObject = !isArray
                level = tokenizer.depth
            case .key where tokenizer.depth == level:
                key = (try? tokenizer.text()) ?? ""
                keys.insert(key)
            case .key where level > 0 && tokenizer.depth <= level + 2:
                if let inner = try? tokenizer.text() { innerKeys.insert(inner) }
            case .string:
                let size = tokenizer.tokenBytes.count
                if tokenizer.depth == level, size < 128, let text = try? tokenizer.text() {
                    texts[key] = texts[key] ?? text
                }
                if size < 64, tokenizer.tokenBytes.starts(with: "mlflow.chunk.item.".utf8) {
                    mentionsMLflowChunks = true
                }
            case .endObject where tokenizer.depth == level - 1:
                isFollowedByAnother = (try? tokenizer.next()) == .beginObject
                return
            default: break
            }
        }
    }
}
