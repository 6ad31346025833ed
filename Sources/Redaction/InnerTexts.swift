import FastJSON
import TraceDialect
import TraceModel

/// The strings inside of a value, of JSON text, or the one text that it is, in order.
///
/// It tells which of them are parts of one message, and puts others in their place.
struct InnerTexts {
    /// One string that is no key.
    struct Leaf {
        /// What the key before it says of it.
        let key: PartKey
        /// The list in which it stands: that of the object which has it as a member, or its own; -1 for none.
        let list: Int
        /// The object that has it as a member; -1 for none.
        let object: Int
        /// The place among the elements of its list, of a string that stands in one by itself; else -1.
        let position: Int
        /// How many lists and objects hold it.
        let depth: Int
        /// In JSON the bytes between its quotes, else its place among all texts of the value.
        fileprivate let place: Range<Int>
        fileprivate let hasEscapes: Bool
        fileprivate let text: String
    }

    private enum Form {
        case plain
        case json(String)
        case structured(AttributeValue)
    }

    private var form: Form
    private(set) var leaves: [Leaf] = []
    /// For each object whether it states a role: it is a message then, and no part of one.
    private var objectsWithRole: [Bool] = []
    private var listCount = 0
    private var frames: [Frame] = []
    private var key = PartKey.other

    private struct Frame {
        let isObject: Bool
        /// The number of the object or list.
        let number: Int
        /// What the key before it says.
        let key: PartKey
        /// The elements so far.
        var count = 0
    }

    init(_ value: AttributeValue) {
        switch value {
        case .string(let text):
            if let inner = InnerTexts(json: text) {
                self = inner
            } else {
                form = .plain
                leaves = [
                    Leaf(
                        key: .other, list: -1, object: -1, position: -1, depth: 0, place: 0..<1, hasEscapes: false,
                        text: text)
                ]
            }
        default:
            form = .structured(value)
            read(value)
        }
    }

    /// Nil for what does not begin like a list or an object; of a cut text it gives what stands before the cut.
    init?(json text: String) {
        guard text.utf8.opensContainer else { return nil }
        form = .json(text)
        var text = text
        text.withUTF8 { read(UnsafeRawBufferPointer($0)) }
        if leaves.isEmpty { return nil }
    }

    // MARK: Reading

    private mutating func read(_ bytes: UnsafeRawBufferPointer) {
        var tokenizer = JSONTokenizer(borrowing: bytes)
        do throws(JSONError) {
            while true {
                switch try tokenizer.next() {
                case .key: key = PartKey(tokenizer.tokenBytes)
                case .string:
                    let start = Int(tokenizer.tokenOffset) + 1
                    add(
                        place: start..<start + tokenizer.tokenBytes.count, hasEscapes: tokenizer.hasEscapes, text: "")
                case .beginObject: open(isObject: true)
                case .beginArray: open(isObject: false)
                case .endObject, .endArray: frames.removeLast()
                case .number, .true, .false, .null: countElement()
                case .endOfInput: return
                }
            }
        } catch {
            // What stands before the cut was read.
        }
    }

    private mutating func read(_ value: AttributeValue) {
        var ordinal = 0
        for step in AttributeWalk(value) {
            switch step {
            case .key(var text): key = text.withUTF8 { PartKey(UnsafeRawBufferPointer($0)) }
            case .string(let text): add(place: ordinal..<ordinal + 1, hasEscapes: false, text: text)
            case .bytes, .other: countElement()
            case .beginMap: open(isObject: true)
            case .beginArray: open(isObject: false)
            case .end: frames.removeLast()
            }
            switch step {
            case .key, .string, .bytes: ordinal += 1
            case .other, .beginMap, .beginArray, .end: break
            }
        }
    }

    private mutating func countElement() {
        key = .other
        if !frames.isEmpty { frames[frames.count - 1].count += 1 }
    }

    private mutating func open(isObject: Bool) {
        if !frames.isEmpty { frames[frames.count - 1].count += 1 }
        frames.append(Frame(isObject: isObject, number: isObject ? objectsWithRole.count : listCount, key: key))
        if isObject { objectsWithRole.append(false) } else { listCount += 1 }
        key = .other
    }

    private mutating func add(place: Range<Int>, hasEscapes: Bool, text: String) {
        var list = -1
        var object = -1
        var position = -1
        if let frame = frames.last {
            if !frame.isObject {
                // A bare string in a list under a key of parts.
                list = frame.number
                position = frame.count
                if frame.key.isText { key = .bare }
            } else {
                object = frame.number
                if key == .role { objectsWithRole[object] = true }
                if frames.count > 1, !frames[frames.count - 2].isObject { list = frames[frames.count - 2].number }
            }
        }
        leaves.append(
            Leaf(
                key: key, list: list, object: object, position: position, depth: frames.count, place: place,
                hasEscapes: hasEscapes, text: text))
        countElement()
    }

    // MARK: Use

    /// Lists of texts that are parts of one message, each of at least two, as numbers of leaves.
    func lanes() -> [[Int]] {
        var counts = [Int](repeating: 0, count: listCount)
        var isWorthwhile = false
        for leaf in leaves where isPart(leaf) {
            counts[leaf.list] += 1
            isWorthwhile = isWorthwhile || counts[leaf.list] > 1
        }
        guard isWorthwhile else { return [] }
        var lanes: [[Int]] = []
        var laneOf: [Int: Int] = [:]
        for (number, leaf) in leaves.enumerated() where isPart(leaf) && counts[leaf.list] > 1 {
            let identity = leaf.list * PartKey.count + leaf.key.rawValue
            if let lane = laneOf[identity] {
                lanes[lane].append(number)
            } else {
                laneOf[identity] = lanes.count
                lanes.append([number])
            }
        }
        return lanes.filter { $0.count > 1 }
    }

    private func isPart(_ leaf: Leaf) -> Bool {
        leaf.list >= 0 && leaf.key.isText && (leaf.object < 0 || !objectsWithRole[leaf.object])
    }

    /// Whether a leaf looks like a list or an object with a string in it, of at least so many bytes.
    func mayHoldJSON(_ number: Int, atLeast count: Int) -> Bool {
        let leaf = leaves[number]
        func isOpening(_ byte: UInt8?) -> Bool { byte == UInt8(ascii: "{") || byte == UInt8(ascii: "[") }
        switch form {
        case .plain: return false
        case .structured: return leaf.text.utf8.count >= count && isOpening(leaf.text.utf8.first)
        case .json(var json):
            // A string within JSON has its quotes escaped.
            guard leaf.hasEscapes, leaf.place.count >= count else { return false }
            return json.withUTF8 { bytes in
                let first = bytes[leaf.place].first { $0 > 0x20 }
                return isOpening(first) || first == UInt8(ascii: "\\")
            }
        }
    }

    /// The text of a leaf, its escape sequences resolved.
    func text(_ number: Int) -> [UInt8] {
        let leaf = leaves[number]
        guard case .json(var json) = form else { return Array(leaf.text.utf8) }
        return json.withUTF8 { bytes in
            let raw = UnsafeBufferPointer(rebasing: bytes[leaf.place])
            guard leaf.hasEscapes else { return Array(raw) }
            var text: [UInt8] = []
            return JSONEscape.decode(UnsafeRawBufferPointer(raw), into: &text) ? text : Array(raw)
        }
    }

    /// The value with other texts in the place of some; all else stays byte for byte.
    func replacing(_ changes: [Int: [UInt8]]) -> AttributeValue {
        switch form {
        case .plain:
            return .string(String(decoding: changes[0] ?? Array((leaves.first?.text ?? "").utf8), as: UTF8.self))
        case .structured(let value):
            let pairs = changes.map { (leaves[$0.key].place.lowerBound, $0.value) }
            return value.replacingTexts(Dictionary(uniqueKeysWithValues: pairs))
        case .json(var json):
            let edits = changes.sorted { $0.key < $1.key }.map { number, text in
                var encoded: [UInt8] = []
                JSONEscape.encode(String(decoding: text, as: UTF8.self), into: &encoded, escapesInvisible: false)
                return TextEdit(range: leaves[number].place, label: "", replacement: encoded)
            }
            return .string(String(decoding: json.withUTF8 { edits.applied(to: $0) }, as: UTF8.self))
        }
    }
}
