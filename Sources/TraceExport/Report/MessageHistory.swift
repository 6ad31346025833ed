import FastJSON
import TraceModel

/// The messages of a trace that were shown, so that a history that each call sends anew is told once.
///
/// Two messages are the same where role, text, calls and results are; what the model wrote for itself, which histories
/// leave out, and how arguments are spaced do not count. It keeps eight bytes a message.
struct MessageHistory {
    private var ofCalls: Set<Int> = []
    private var ofOthers: Set<Int> = []
    private var offered: [String] = []

    /// Notes a message of a model call, or of another span; false where one of the same sort had it before.
    ///
    /// Agents and chains, which start before the calls within them, tell their messages apart from these.
    mutating func insert(_ message: Message, ofCall isCall: Bool = true) -> Bool {
        let digest = MessageHistory.digest(message)
        return isCall ? ofCalls.insert(digest).inserted : ofOthers.insert(digest).inserted
    }

    /// Notes the tools that a call was offered; false where they are those of the call before.
    mutating func offer(_ tools: [String]) -> Bool {
        let isNew = tools != offered
        if isNew { offered = tools }
        return isNew
    }

    private static func digest(_ message: Message) -> Int {
        var hasher = Hasher()
        hasher.combine(message.role)
        for part in message.parts {
            switch part {
            case .text(let text): combine(0, text, &hasher)
            case .reasoning: continue
            case .toolCall(let id, let name, let arguments):
                combine(1, arguments ?? "", &hasher)
                hasher.combine(id)
                hasher.combine(name)
            case .toolResult(let id, let result):
                combine(2, result ?? "", &hasher)
                hasher.combine(id)
            case .media(let modality, let mimeType, let reference):
                combine(3, reference, &hasher)
                hasher.combine(modality)
                hasher.combine(mimeType)
            case .other(let type, let json):
                combine(4, json, &hasher)
                hasher.combine(type)
            case .redacted: hasher.combine(5)
            }
        }
        return hasher.finalize()
    }

    /// White space is left out: layers space JSON and trim texts as they like.
    private static func combine(_ kind: Int, _ text: String, _ hasher: inout Hasher) {
        hasher.combine(kind)
        var count = 0
        for byte in text.utf8 where byte > 0x20 {
            hasher.combine(byte)
            count += 1
        }
        hasher.combine(count)
    }
}

/// JSON text laid out for reading: only white space outside of strings changes, so that numbers and duplicates stay.
enum JSONLayout {
    /// Values that fit into so many characters stay in one line.
    private static let lineWidth = 72
    private static let deepestIndent = 40
    /// Longer texts are shown as they came.
    private static let byteLimit = 400_000

    /// The text on one or several lines; nil where it is no JSON object or array.
    static func pretty(_ text: String) -> String? {
        let bytes = Array(text.utf8)
        guard bytes.count <= byteLimit, let first = bytes.first(where: { !isSpace($0) }),
            first == UInt8(ascii: "{") || first == UInt8(ascii: "["), (try? JSONValue(parsing: bytes)) != nil
        else { return nil }
        let line = spaced(bytes, indented: false)
        let isShort = line.count <= lineWidth && !line.contains(0x0A)
        return String(decoding: isShort ? line : spaced(bytes, indented: true), as: UTF8.self)
    }

    private static func spaced(_ bytes: [UInt8], indented: Bool) -> [UInt8] {
        var out: [UInt8] = []
        out.reserveCapacity(bytes.count + bytes.count / 4)
        var depth = 0
        var isInString = false
        var isEscaped = false
        func breakLine() {
            guard indented else { return }
            out.append(0x0A)
            out.append(contentsOf: repeatElement(0x20, count: 2 * min(depth, deepestIndent)))
        }
        for byte in bytes {
            if isInString {
                out.append(byte)
                isInString = isEscaped || byte != UInt8(ascii: "\"")
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            let isAfterOpening = out.last.map { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") } ?? false
            switch byte {
            case _ where isSpace(byte): continue
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if !isAfterOpening { breakLine() }
            case _ where isAfterOpening && depth > 0: breakLine()
            default: break
            }
            out.append(byte)
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ","):
                if indented { breakLine() } else { out.append(0x20) }
            case UInt8(ascii: ":"): out.append(0x20)
            default: break
            }
        }
        return out
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
    }
}
