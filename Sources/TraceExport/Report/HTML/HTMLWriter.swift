import Basics
import TraceModel

/// Writes HTML in which markup is ours alone.
///
/// Markup is taken as `StaticString` only, which no value can be put into; everything else goes through one escaping
/// function or is a number. Thus trace text cannot become an element, an attribute, an address or a style.
struct HTMLWriter {
    /// The bytes written so far; whoever streams may take and clear them at any time.
    var bytes: [UInt8] = []

    /// Appends markup of our own.
    mutating func markup(_ literal: StaticString) {
        literal.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    /// Appends text with its line breaks; redaction placeholders look like such.
    mutating func text(_ text: String) {
        styled(text, asLine: false)
    }

    /// Appends text in one line; redaction placeholders look like such.
    mutating func line(_ text: String) {
        styled(text, asLine: true)
    }

    /// Appends text in one line without any markup, as values of attributes and titles need it.
    mutating func plain(_ text: String) {
        HTMLWriter.escape(text.utf8, into: &bytes, asLine: true)
    }

    mutating func number(_ value: some BinaryInteger) {
        bytes.append(contentsOf: String(value).utf8)
    }

    /// Appends a coordinate with one decimal.
    mutating func coordinate(_ value: Double) {
        let tenths = value.isFinite ? Int(clamped: (min(max(value, -1e6), 1e6) * 10).rounded()) : 0
        if tenths < 0 { bytes.append(UInt8(ascii: "-")) }
        number(tenths.magnitude / 10)
        if tenths % 10 != 0 {
            bytes.append(UInt8(ascii: "."))
            number(tenths.magnitude % 10)
        }
    }

    private mutating func styled(_ text: String, asLine: Bool) {
        let placeholders = RedactionPlaceholder.all(in: text)
        if placeholders.isEmpty {
            HTMLWriter.escape(text.utf8, into: &bytes, asLine: asLine)
            return
        }
        let all = Array(text.utf8)
        var position = 0
        for (range, _) in placeholders {
            HTMLWriter.escape(all[position..<range.lowerBound], into: &bytes, asLine: asLine)
            markup("<span class=\"redacted\" title=\"redacted; equal texts have equal digits\">")
            HTMLWriter.escape(all[range], into: &bytes, asLine: asLine)
            markup("</span>")
            position = range.upperBound
        }
        HTMLWriter.escape(all[position...], into: &bytes, asLine: asLine)
    }

    /// The one function that makes text harmless, between tags and in quoted values of attributes.
    private static func escape(_ text: some Sequence<UInt8>, into bytes: inout [UInt8], asLine: Bool) {
        VisibleText.append(text, to: &bytes, asLine: asLine) { byte in
            switch byte {
            case UInt8(ascii: "&"): "&amp;"
            case UInt8(ascii: "<"): "&lt;"
            case UInt8(ascii: ">"): "&gt;"
            case UInt8(ascii: "\""): "&quot;"
            case UInt8(ascii: "'"): "&#39;"
            default: nil
            }
        }
    }
}

/// A place in a report that links can lead to: a trace, or a span or a content of it; ids hold digits only.
enum HTMLAnchor {
    case trace(Int)
    case span(trace: Int, SpanID)
    case entry(trace: Int, Int)
    case stream(trace: Int, Int)
}

extension HTMLWriter {
    /// Appends the id of an anchor: numbers and hexadecimal digits, joined by `-`.
    mutating func id(_ anchor: HTMLAnchor) {
        switch anchor {
        case .trace(let trace): number(trace)
        case .span(let trace, let span):
            number(trace)
            markup("-")
            bytes.append(contentsOf: span.hex.utf8)
        case .entry(let trace, let place):
            number(trace)
            markup("-1-")
            number(place)
        case .stream(let trace, let place):
            number(trace)
            markup("-2-")
            number(place)
        }
    }

    /// Opens a link to an anchor; `</a>` closes it.
    mutating func link(_ anchor: HTMLAnchor) {
        markup("<a href=\"#")
        id(anchor)
        markup("\">")
    }
}
