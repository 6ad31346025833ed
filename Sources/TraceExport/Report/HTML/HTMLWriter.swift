import Basics
import Canvas
import TraceModel

/// Writes HTML in which markup is ours alone.
///
/// Markup is taken as literals only, which no value can be put into; everything else goes through one escaping function
/// or is a number. Thus trace text cannot become an element, an attribute, an address or a style.
struct HTMLWriter: MarkupWriter {
    var bytes: [UInt8] = []

    /// Appends text; redaction placeholders look like such.
    fileprivate mutating func styled(_ text: String, asLine: Bool) {
        let placeholders = RedactionPlaceholder.all(in: text)
        if placeholders.isEmpty {
            HTMLWriter.escape(text.utf8, into: &bytes, asLine: asLine)
            return
        }
        let all = Array(text.utf8)
        var position = 0
        for (range, _) in placeholders {
            HTMLWriter.escape(all[position..<range.lowerBound], into: &bytes, asLine: asLine)
            write("<span class=\"redacted\" title=\"redacted; equal texts have equal digits\">")
            HTMLWriter.escape(all[range], into: &bytes, asLine: asLine)
            write("</span>")
            position = range.upperBound
        }
        HTMLWriter.escape(all[position...], into: &bytes, asLine: asLine)
    }

    /// The one function that makes text harmless, between tags and in quoted values of attributes.
    fileprivate static func escape(_ text: some Sequence<UInt8>, into bytes: inout [UInt8], asLine: Bool) {
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

extension Markup.StringInterpolation where Writer == HTMLWriter {
    /// Appends text in one line; redaction placeholders look like such.
    mutating func appendInterpolation(_ text: String) {
        writer.styled(text, asLine: true)
    }

    /// Appends text with its line breaks; redaction placeholders look like such.
    mutating func appendInterpolation(text: String) {
        writer.styled(text, asLine: false)
    }

    /// Appends text in one line without any markup, as values of attributes and titles need it.
    mutating func appendInterpolation(plain text: String) {
        HTMLWriter.escape(text.utf8, into: &writer.bytes, asLine: true)
    }

    /// Appends a coordinate with one decimal.
    mutating func appendInterpolation(at value: Double) {
        let tenths = value.isFinite ? Int(clamped: (min(max(value, -1e6), 1e6) * 10).rounded()) : 0
        let (whole, rest) = tenths.magnitude.quotientAndRemainder(dividingBy: 10)
        writer.bytes.append(contentsOf: ((tenths < 0 ? "-" : "") + "\(whole)" + (rest == 0 ? "" : ".\(rest)")).utf8)
    }

    /// Appends the id of an anchor: numbers and hexadecimal digits, joined by `-`.
    mutating func appendInterpolation(id anchor: HTMLAnchor) {
        let id =
            switch anchor {
            case .trace(let trace): "\(trace)"
            case .span(let trace, let span): "\(trace)-\(span.hex)"
            case .entry(let trace, let place): "\(trace)-1-\(place)"
            case .stream(let trace, let place): "\(trace)-2-\(place)"
            }
        writer.bytes.append(contentsOf: id.utf8)
    }

    /// Appends text that is a link where there is a place to lead to.
    mutating func appendInterpolation(_ text: String, link anchor: HTMLAnchor?) {
        guard let anchor else { return writer.write("\(text)") }
        writer.write("<a href=\"#\(id: anchor)\">\(text)</a>")
    }
}
