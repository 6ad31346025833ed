import FastJSON
import TraceModel

/// One of the alternative answers, while its pieces arrive.
struct ChoiceDraft: Sendable {
    /// Where a piece belongs, for protocols that number blocks; pieces without one go to the last part of their kind.
    struct Block: Hashable, Sendable {
        var outer: Int
        var inner: Int

        init(_ outer: Int, _ inner: Int = 0) {
            self.outer = outer
            self.inner = inner
        }
    }

    /// A part of the answer, while it grows.
    struct Part: Sendable {
        enum Content: Sendable {
            case text
            case reasoning
            case refusal
            /// The place of the call among the calls of the choice.
            case call(Int)
            case whole(MessagePart)
        }

        var content: Content
        var block: Block?
        var text = ""
        var callID: String?
        var callName: String?
        /// Arguments that the start of a call states, for calls whose arguments never stream.
        var initialArguments: String?
        var partialArguments: PartialArguments?
    }

    var role: String?
    var parts: [Part] = []
    private(set) var callCount = 0
    private var places: [Block: Int] = [:]
    /// Calls by the number that the wire gives them.
    private var callPlaces: [Int: Int] = [:]

    init() {}

    func place(of block: Block) -> Int? { places[block] }

    /// The place of the part that a piece of text belongs to.
    mutating func textPlace(_ kind: ChunkKind, block: Block?) -> Int {
        let content: Part.Content =
            switch kind {
            case .reasoning: .reasoning
            case .refusal: .refusal
            default: .text
            }
        if let block {
            if let place = places[block] { return place }
        } else if let last = parts.last, last.block == nil {
            switch (last.content, content) {
            case (.text, .text), (.reasoning, .reasoning), (.refusal, .refusal): return parts.count - 1
            default: break
            }
        }
        return add(Part(content: content, block: block))
    }

    /// The place of a call, made where it is new.
    ///
    /// A number that comes back with another id is another call: some servers number all of them 0.
    mutating func callPlace(_ reference: CallReference, id: String?, name: String?) -> Int {
        switch reference {
        case .new:
            return addCall(id: id, name: name)
        case .last:
            if let last = parts.lastIndex(where: { $0.isCall }) { return update(last, id: id, name: name) }
            return addCall(id: id, name: name)
        case .number(let number):
            if let place = callPlaces[number] {
                let known = parts[place].callID
                if id == nil || known == nil || known == id { return update(place, id: id, name: name) }
            }
            let place = addCall(id: id, name: name)
            callPlaces[number] = place
            return place
        case .id(let wanted):
            if let place = parts.lastIndex(where: { $0.isCall && $0.callID == wanted }) {
                return update(place, id: id, name: name)
            }
            return addCall(id: wanted, name: name)
        case .block(let block):
            if let place = places[block], parts[place].isCall { return update(place, id: id, name: name) }
            let place = addCall(id: id, name: name)
            parts[place].block = block
            places[block] = place
            return place
        }
    }

    @discardableResult
    mutating func add(_ part: Part) -> Int {
        parts.append(part)
        if let block = part.block { places[block] = parts.count - 1 }
        return parts.count - 1
    }

    private mutating func addCall(id: String?, name: String?) -> Int {
        var part = Part(content: .call(callCount))
        part.callID = id
        part.callName = name
        callCount += 1
        return add(part)
    }

    private mutating func update(_ place: Int, id: String?, name: String?) -> Int {
        if parts[place].callID == nil { parts[place].callID = id }
        if parts[place].callName == nil { parts[place].callName = name }
        return place
    }
}

/// How an event names the call that it is about.
enum CallReference: Sendable {
    case new
    case last
    case number(Int)
    case id(String)
    case block(ChoiceDraft.Block)
}

extension ChoiceDraft.Part {
    /// Adds a value of streamed arguments and returns the text that it brought.
    mutating func addPartialArgument(_ element: JSONValue) -> String {
        partialArguments = partialArguments ?? PartialArguments()
        return partialArguments?.add(element) ?? ""
    }

    var isCall: Bool {
        if case .call = content { return true }
        return false
    }

    /// The part as it stands now; nil where it holds nothing.
    var messagePart: MessagePart? {
        switch content {
        case .text, .refusal: text.isEmpty ? nil : .text(text)
        case .reasoning: text.isEmpty ? nil : .reasoning(text)
        case .whole(let part): part
        case .call:
            .toolCall(
                id: callID, name: callName,
                arguments: partialArguments?.json ?? (text.isEmpty ? initialArguments : text))
        }
    }
}
