import TraceModel

/// Content as bytes that do not depend on the order of attributes.
struct CanonicalBytes {
    private(set) var bytes: [UInt8] = []

    private enum Item {
        case value(AttributeValue)
        case text(String)
        case end
    }

    /// Adds a value; a stack takes the place of recursion.
    mutating func add(_ value: AttributeValue) {
        var stack: [Item] = [.value(value)]
        while let item = stack.popLast() {
            switch item {
            case .end: bytes.append(0xFF)
            case .text(let text): add(text)
            case .value(.empty): bytes.append(0)
            case .value(.string(let text)):
                bytes.append(1)
                add(text)
            case .value(.bool(let truth)): bytes.append(truth ? 3 : 2)
            case .value(.int(let number)):
                bytes.append(4)
                add(UInt64(bitPattern: number))
            case .value(.double(let number)):
                bytes.append(5)
                add(number.bitPattern)
            case .value(.bytes(let data)):
                bytes.append(6)
                add(UInt64(data.count))
                bytes.append(contentsOf: data)
            case .value(.array(let elements)):
                bytes.append(7)
                stack.append(.end)
                for element in elements.reversed() { stack.append(.value(element)) }
            case .value(.map(let members)):
                bytes.append(8)
                stack.append(.end)
                for member in Self.sorted(members).reversed() {
                    stack.append(.value(member.value))
                    stack.append(.text(member.key))
                }
            }
        }
    }

    mutating func add(_ text: String) {
        add(UInt64(text.utf8.count))
        bytes.append(contentsOf: text.utf8)
    }

    mutating func add(_ number: UInt64) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }

    mutating func add(_ event: SpanEvent) {
        add(event.name)
        add(.map(event.attributes))
        add(event.timeUnixNano.map { .int($0) } ?? .empty)
        add(.int(Int64(event.droppedAttributesCount)))
        add(event.origin.rawValue)
        add(event.severityNumber.map { .int(Int64($0)) } ?? .empty)
        bytes.append(event.body == nil ? 0 : 1)
        if let body = event.body { add(body) }
    }

    mutating func add(_ link: SpanLink) {
        add(link.traceID.high)
        add(link.traceID.low)
        add(link.spanID.rawValue)
        add(link.traceState)
        add(UInt64(link.flags ?? 0))
        add(.map(link.attributes))
        add(.int(Int64(link.droppedAttributesCount)))
    }

    mutating func add(_ resource: Resource) {
        add(.map(resource.attributes))
        add(.int(Int64(resource.droppedAttributesCount)))
        add(resource.schemaURL)
    }

    mutating func add(_ scope: InstrumentationScope) {
        add(scope.name)
        add(scope.version)
        add(.map(scope.attributes))
        add(.int(Int64(scope.droppedAttributesCount)))
        add(scope.schemaURL)
    }

    /// By the bytes of keys; of equal keys the first one stays first.
    private static func sorted(_ members: [Attribute]) -> [Attribute] {
        members.enumerated().sorted {
            $0.element.key == $1.element.key
                ? $0.offset < $1.offset : $0.element.key.utf8.lexicographicallyPrecedes($1.element.key.utf8)
        }.map(\.element)
    }
}

extension CanonicalBytes {
    static func of(_ value: AttributeValue) -> [UInt8] {
        var canonical = CanonicalBytes()
        canonical.add(value)
        return canonical.bytes
    }

    static func of(_ event: SpanEvent) -> [UInt8] {
        var canonical = CanonicalBytes()
        canonical.add(event)
        return canonical.bytes
    }

    static func of(_ link: SpanLink) -> [UInt8] {
        var canonical = CanonicalBytes()
        canonical.add(link)
        return canonical.bytes
    }

    static func of(_ resource: Resource) -> [UInt8] {
        var canonical = CanonicalBytes()
        canonical.add(resource)
        return canonical.bytes
    }

    static func of(_ scope: InstrumentationScope) -> [UInt8] {
        var canonical = CanonicalBytes()
        canonical.add(scope)
        return canonical.bytes
    }
}
