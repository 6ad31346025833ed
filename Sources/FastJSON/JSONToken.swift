/// What a pull of the tokenizer found.
package enum JSONToken: UInt8, Sendable {
    case beginObject
    case endObject
    case beginArray
    case endArray
    /// The key of an object member; its colon is consumed.
    case key
    case string
    case number
    case `true`
    case `false`
    case null
    /// The input is at its end, and outside of any value.
    case endOfInput
}
