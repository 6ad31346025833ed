import FastJSON

/// Halves of surrogate pairs that a provider wrote into two events, `\ud83d` here and `\ude00` there.
///
/// JSON text with such a half has no Unicode form. Before it is parsed, each lone half is replaced by a stand-in out of
/// the last plane of private use; where deltas meet, stand-ins are joined to the character that they stand for.
enum LoneSurrogates {
    private static let firstHigh: UInt32 = 0x10F000
    private static let firstLow: UInt32 = 0x10F400
    private static let end: UInt32 = 0x10F800

    /// The text with stand-ins; nil where it has no lone half, or uses the stand-ins' characters itself.
    static func marked(_ json: [UInt8]) -> [UInt8]? {
        guard hasEscapedSurrogate(json), !hasStandIn(json) else { return nil }
        var out: [UInt8] = []
        var isMarked = false
        var index = 0
        while index < json.count {
            guard json[index] == 0x5C, index + 1 < json.count else {
                out.append(json[index])
                index += 1
                continue
            }
            guard let unit = escape(json, at: index), unit & 0xF800 == 0xD800 else {
                out += json[index..<index + 2]
                index += 2
                continue
            }
            if unit & 0xFC00 == 0xD800, let low = escape(json, at: index + 6), low & 0xFC00 == 0xDC00 {
                out += json[index..<index + 12]
                index += 12
                continue
            }
            let base = unit & 0xFC00 == 0xD800 ? firstHigh : firstLow
            if let scalar = UnicodeScalar(base + (unit & 0x3FF)) { out += Array(String(scalar).utf8) }
            isMarked = true
            index += 6
        }
        return isMarked ? out : nil
    }

    /// The text without stand-ins, given the half that the last text of the same channel ended with.
    static func joined(_ text: String, pending: inout UInt32?) -> String {
        var scalars = String.UnicodeScalarView()
        func replace() { scalars.append("\u{FFFD}") }
        for scalar in text.unicodeScalars {
            let value = scalar.value
            if value >= firstHigh && value < firstLow {
                if pending != nil { replace() }
                pending = value - firstHigh
            } else if value >= firstLow && value < end {
                if let high = pending, let whole = UnicodeScalar(0x10000 + high << 10 + (value - firstLow)) {
                    scalars.append(whole)
                } else {
                    replace()
                }
                pending = nil
            } else {
                if pending != nil { replace() }
                pending = nil
                scalars.append(scalar)
            }
        }
        return String(scalars)
    }

    private static func hasEscapedSurrogate(_ json: [UInt8]) -> Bool {
        var index = 0
        while index + 5 < json.count {
            if json[index] == 0x5C {
                if json[index + 1] == UInt8(ascii: "u"), json[index + 2] | 0x20 == UInt8(ascii: "d") { return true }
                index += 2
            } else {
                index += 1
            }
        }
        return false
    }

    /// U+10F000 to U+10F7FF begin with the bytes F4 8F 80 to F4 8F 9F.
    private static func hasStandIn(_ json: [UInt8]) -> Bool {
        json.indices.contains { json[$0] == 0xF4 && $0 + 2 < json.count && json[$0 + 1] == 0x8F && json[$0 + 2] < 0xA0 }
    }

    private static func escape(_ json: [UInt8], at index: Int) -> UInt32? {
        json.withUnsafeBytes { JSONEscape.codeUnit($0, at: index) }
    }
}
