import TraceModel

/// Lines of one signal, each with records of one resource and one scope.
///
/// The last line is open until the surroundings change, it is full, or it is closed.
struct OTLPLines {
    enum Signal {
        case spans
        case logs
    }

    /// Records and bytes after which a line is full.
    static let recordLimit = 256
    static let byteLimit = 1 << 20

    private let signal: Signal
    private var out = OTLPBytes()
    /// What stands before the records of a line, kept because most lines have the same.
    private var envelope = OTLPBytes()
    private var resource: Resource?
    private var scope = InstrumentationScope()
    private var lineStart = 0
    private var records = 0

    init(_ signal: Signal) {
        self.signal = signal
    }

    /// All bytes that wait, those of closed lines included.
    var count: Int { out.bytes.count }
    var isOpen: Bool { records > 0 }

    /// Whether a record with these surroundings still belongs on the open line.
    func takes(_ resource: Resource, _ scope: InstrumentationScope) -> Bool {
        isOpen && records < Self.recordLimit && out.bytes.count - lineStart < Self.byteLimit && scope == self.scope
            && resource == self.resource
    }

    /// Adds a record on a line with these surroundings; `body` writes it whole.
    mutating func add(_ resource: Resource, _ scope: InstrumentationScope, _ body: (inout OTLPBytes) -> Void) {
        if !takes(resource, scope) {
            close()
            if resource != self.resource || scope != self.scope {
                self.resource = resource
                self.scope = scope
                writeEnvelope(resource)
            }
            lineStart = out.bytes.count
            out.bytes.append(contentsOf: envelope.bytes)
        }
        out.element()
        body(&out)
        records += 1
    }

    mutating func close() {
        guard isOpen else { return }
        out.append("]}]}]}\n")
        records = 0
    }

    /// Closes the open line and hands over all bytes.
    mutating func drain(into target: inout [UInt8]) {
        close()
        target.append(contentsOf: out.bytes)
        // A huge record claims no memory for good.
        out.bytes.removeAll(keepingCapacity: out.bytes.capacity <= 4 * Self.byteLimit)
    }

    /// Schema URLs stand before the records, so that a reader knows all surroundings when the first one comes.
    private mutating func writeEnvelope(_ resource: Resource) {
        envelope.bytes.removeAll(keepingCapacity: true)
        envelope.append(signal == .spans ? "{\"resourceSpans\":[{" : "{\"resourceLogs\":[{")
        envelope.key("\"resource\":{")
        envelope.attributes(resource.attributes, dropped: resource.droppedAttributesCount)
        envelope.append("}")
        envelope.text("\"schemaUrl\":", resource.schemaURL)
        envelope.key(signal == .spans ? "\"scopeSpans\":[{" : "\"scopeLogs\":[{")
        envelope.key("\"scope\":{")
        envelope.text("\"name\":", scope.name)
        envelope.text("\"version\":", scope.version)
        envelope.attributes(scope.attributes, dropped: scope.droppedAttributesCount)
        envelope.append("}")
        envelope.text("\"schemaUrl\":", scope.schemaURL)
        envelope.key(signal == .spans ? "\"spans\":[" : "\"logRecords\":[")
    }
}
