import FastJSON

/// The text of JSON strings.
enum JSONEscapes {
    /// What the content of a JSON string stands for; the content itself where an escape in it stands for nothing.
    static func decode(_ content: Slice<UnsafeBufferPointer<UInt8>>) -> String {
        let bytes = UnsafeBufferPointer(rebasing: content)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count)
        let isDecoded = JSONEscape.decode(UnsafeRawBufferPointer(bytes), into: &result)
        return isDecoded ? String(decoding: result, as: UTF8.self) : String(decoding: bytes, as: UTF8.self)
    }
}
