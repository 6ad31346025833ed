import Basics
import Canvas
import TraceModel

/// Lays out what happened during a span, and what it points to.
struct EventPageBuilder {
    /// More events than these are listed closed.
    private static let openLimit = 8

    let span: Span
    let metrics: TextMetrics

    private var isASCII: Bool { metrics.asciiOnly }

    /// A time such as `2026-01-01 00:00:00.000000000 UTC`, from nanoseconds since the Unix epoch.
    private static func utc(_ unixNano: Int64) -> String { CivilTime(unixNano: unixNano).text(decimals: 9) + " UTC" }
    private var attributes: AttributePageBuilder { AttributePageBuilder(metrics: metrics) }

    // MARK: Events

    /// The events of the span and the log records that name it, in the order of the source.
    func events() -> [SpanBlock] {
        var blocks = attributes.dropped(span.droppedEventsCount, "event")
        for event in span.events {
            var children: [SpanBlock] = []
            if let body = event.body {
                var block = attributes.block(body)
                block.gutter = "body"
                block.gutterRole = .accent
                block.indent = 2
                block.clipRows = 12
                children.append(block)
            }
            children += attributes.blocks(event.attributes, indent: 2)
            for index in children.indices where children[index].gutter == "exception.stacktrace" {
                children[index].clipRows = 12
            }
            children += attributes.dropped(event.droppedAttributesCount, "attribute")
            let isException = event.name == "exception"
            append(
                header(event, isException: isException), children,
                isOpen: isException || span.events.count <= Self.openLimit, to: &blocks)
        }
        return blocks.isEmpty ? [.text("This span has no events.", role: .dim)] : blocks
    }

    private func header(_ event: SpanEvent, isException: Bool) -> SpanBlock {
        var line = DisplayLine(hang: 2)
        if isException { line.append(Glyphs.error(ascii: isASCII) + " ", .error) }
        let name = LongText.prefix(event.name, bytes: 200).text
        line.append(name.isEmpty ? "(no name)" : name, name.isEmpty ? .dim : isException ? .error : .header)
        var block = SpanBlock(brief: line)
        block.gutter = offset(event.timeUnixNano)
        block.gutterRole = .accent
        var note = event.origin == .log ? "log" : "span event"
        if let severity = event.severityNumber { note += " " + Self.severity(severity) }
        block.note = note
        return block
    }

    /// The time from the start of the span.
    private func offset(_ time: Int64?) -> String {
        guard let time else { return "no time" }
        guard let offset = span.startUnixNano.flatMap({ time.subtractingIfFits($0) }) else { return "at \(time)" }
        let text = (offset < 0 ? "" : "+") + Figures.duration(nanos: offset)
        return isASCII ? String(text.map { $0 == "µ" ? "u" : $0 }) : text
    }

    /// The short name of a severity number, by OpenTelemetry's log data model.
    static func severity(_ number: Int) -> String {
        let names = ["trace", "debug", "info", "warn", "error", "fatal"]
        guard (1...24).contains(number) else { return "severity \(number)" }
        let step = (number - 1) % 4
        return names[(number - 1) / 4] + (step == 0 ? "" : "\(step + 1)")
    }

    // MARK: Links

    /// The spans that this one points to.
    func links() -> [SpanBlock] {
        var blocks = attributes.dropped(span.droppedLinksCount, "link")
        for (index, link) in span.links.enumerated() {
            var line = DisplayLine(hang: 2)
            let isHere = link.traceID == span.traceID
            line.append(Glyphs.right(ascii: isASCII) + " span ", .dim)
            line.append(link.spanID.hex, .text)
            line.append(isHere ? " of this trace" : " of trace ", .dim)
            if !isHere { line.append(link.traceID.hex, .text) }
            var header = SpanBlock(brief: line)
            header.gutter = "link \(index + 1)"
            header.gutterRole = .accent
            var children: [SpanBlock] = []
            if !link.traceState.isEmpty { children.append(fact("trace state", link.traceState, indent: 2)) }
            if let flags = link.flags { children.append(fact("flags", "0x" + String(flags, radix: 16), indent: 2)) }
            children += attributes.blocks(link.attributes, indent: 2)
            children += attributes.dropped(link.droppedAttributesCount, "attribute")
            append(header, children, isOpen: span.links.count <= Self.openLimit, to: &blocks)
        }
        return blocks.isEmpty ? [.text("This span has no links.", role: .dim)] : blocks
    }

    // MARK: Resource

    /// Who produced the span, with which library, on which clock, and the span's own identity.
    func resource(clock: [SpanBlock] = []) -> [SpanBlock] {
        var blocks: [SpanBlock] = []
        let resource = span.resource
        var children = attributes.dropped(resource.droppedAttributesCount, "attribute")
        children += attributes.blocks(resource.attributes)
        if resource.attributes.isEmpty { children.append(.text("no attributes", role: .dim)) }
        if !resource.schemaURL.isEmpty { children.append(fact("schema", resource.schemaURL)) }
        append(.rule("resource"), children, isOpen: true, to: &blocks)

        let scope = span.scope
        children = [fact("name", scope.name), fact("version", scope.version)]
        if !scope.schemaURL.isEmpty { children.append(fact("schema", scope.schemaURL)) }
        children += attributes.dropped(scope.droppedAttributesCount, "attribute")
        children += attributes.blocks(scope.attributes)
        append(.rule("scope"), children, isOpen: true, to: &blocks)

        children = [
            fact("trace id", span.traceID.hex), fact("span id", span.spanID.hex),
            fact("parent span id", span.parentSpanID?.hex, absent: "none: a root"),
            fact("kind", "\(span.otelKind)"), fact("status", "\(span.status.code)"),
            fact("start", span.startUnixNano.map(Self.utc)), fact("end", span.endUnixNano.map(Self.utc)),
        ]
        if !span.traceState.isEmpty { children.append(fact("trace state", span.traceState)) }
        if let flags = span.flags { children.append(fact("flags", "0x" + String(flags, radix: 16))) }
        append(.rule("span"), children, isOpen: true, to: &blocks)
        if !clock.isEmpty { append(.rule("clock"), clock, isOpen: true, to: &blocks) }
        return blocks
    }

    private func fact(
        _ name: String, _ value: String?, absent: String = "not stated", indent: Int = 0
    ) -> SpanBlock {
        var block =
            value.map { $0.isEmpty ? SpanBlock(brief: DisplayLine(absent, role: .dim)) : SpanBlock.text($0) }
            ?? SpanBlock(brief: DisplayLine(absent, role: .dim))
        block.gutter = name
        block.indent = indent
        block.clipRows = 4
        return block
    }

    private func append(
        _ header: SpanBlock, _ children: [SpanBlock], isOpen: Bool, to blocks: inout [SpanBlock]
    ) {
        let index = blocks.count
        var header = header
        header.isProposedOpen = isOpen
        if !children.isEmpty { header.sectionEnd = index + 1 + children.count }
        blocks.append(header)
        for var child in children {
            child.section = index
            blocks.append(child)
        }
    }
}
