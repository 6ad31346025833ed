import FastJSON
import Foundation
import TraceModel

extension JSONWriter {
    mutating func texts(_ texts: [String]) {
        beginArray()
        for text in texts { string(text) }
        endArray()
    }

    /// Writes messages as `spandrel span` does.
    mutating func messages(_ messages: [Message]) {
        beginArray()
        for message in messages {
            beginObject()
            member("role", message.role)
            member("name", message.name)
            member("finish_reason", message.finishReason)
            key("parts")
            beginArray()
            for part in message.parts { self.part(part) }
            endArray()
            endObject()
        }
        endArray()
    }

    private mutating func part(_ part: MessagePart) {
        beginObject()
        switch part {
        case .text(let text):
            member("type", "text")
            member("content", text)
        case .reasoning(let text):
            member("type", "reasoning")
            member("content", text)
        case .toolCall(let id, let name, let arguments):
            member("type", "tool_call")
            member("id", id)
            member("name", name)
            member("arguments", arguments)
        case .toolResult(let id, let result):
            member("type", "tool_call_response")
            member("id", id)
            member("response", result)
        case .media(let modality, let mimeType, let reference):
            member("type", "media")
            member("modality", modality)
            member("mime_type", mimeType)
            member("reference", reference)
        case .other(let type, let json):
            member("type", "other")
            member("part_type", type)
            member("json", json)
        case .redacted: member("type", "redacted")
        }
        endObject()
    }

    /// Writes attributes as one object; a key that stands again gets `#2`, `#3` … so that nothing is lost.
    mutating func attributes(_ attributes: [Attribute]) {
        var open = [Container.map(attributes[...], KeyNames())]
        beginObject()
        while let container = open.popLast() {
            switch container {
            case .array(var items):
                guard let item = items.popFirst() else {
                    endArray()
                    continue
                }
                open.append(.array(items))
                begin(item, &open)
            case .map(var members, let names):
                guard let member = members.popFirst() else {
                    endObject()
                    continue
                }
                key(names.name(member.key))
                open.append(.map(members, names))
                begin(member.value, &open)
            }
        }
    }

    /// A container that is being written, with what remains of it.
    private enum Container {
        case array(ArraySlice<AttributeValue>)
        case map(ArraySlice<Attribute>, KeyNames)
    }

    /// The keys of an object that were written, each once.
    private final class KeyNames {
        private var counts: [String: Int] = [:]

        func name(_ key: String) -> String {
            var count = counts[key, default: 0] + 1
            var name = count == 1 ? key : "\(key)#\(count)"
            while count > 1, counts[name] != nil {
                count += 1
                name = "\(key)#\(count)"
            }
            counts[key] = count
            if count > 1 { counts[name] = 1 }
            return name
        }
    }

    private mutating func begin(_ value: AttributeValue, _ open: inout [Container]) {
        switch value {
        case .empty: null()
        case .string(let text): string(text)
        case .bool(let flag): bool(flag)
        case .int(let number): int(number)
        case .double(let number): double(number)
        case .bytes(let bytes):
            beginObject()
            member("base64", Data(bytes).base64EncodedString())
            endObject()
        case .array(let items):
            beginArray()
            open.append(.array(items[...]))
        case .map(let members):
            beginObject()
            open.append(.map(members[...], KeyNames()))
        }
    }
}
