/// The columns of a stored form; the numbers are stored in databases: never renumber them, never use one twice.
package protocol StoredColumn: Hashable, CaseIterable, RawRepresentable where RawValue == UInt64 {}

/// Writes values as columns, each with its number and its length in bytes.
///
/// So other builds skip a column that they do not know, and take what stands in a missing one for absent.
package struct ColumnWriter<Column: StoredColumn> {
    private var columns = [ByteWriter](repeating: ByteWriter(), count: Column.allCases.count)

    package init() {}

    package mutating func write(_ column: Column, _ body: (inout ByteWriter) -> Void) {
        body(&columns[Int(column.rawValue) - 1])
    }

    /// A version, then the columns; one that says only what a missing one says is left out, unless it tells how many
    /// values there are.
    package func bytes(version: UInt64, counting: Set<Column>) -> [UInt8] {
        var writer = ByteWriter()
        writer.number(version)
        for column in Column.allCases {
            let bytes = columns[Int(column.rawValue) - 1].bytes
            if !counting.contains(column), bytes.allSatisfy({ $0 == 0 }) { continue }
            writer.number(column.rawValue)
            writer.number(UInt64(bytes.count))
            writer.append(bytes)
        }
        return writer.bytes
    }
}

/// Reads what `ColumnWriter` wrote.
///
/// Whatever does not fit gives nil; of a column that is missing, every value is 0, absent or empty.
package struct ColumnReader<Column: StoredColumn> {
    private var columns = [ColumnValues](repeating: ColumnValues(nil), count: Column.allCases.count)

    /// Reads what stands behind the version.
    package init?(_ reader: inout ByteReader) {
        while !reader.isAtEnd {
            guard let number = reader.number(), let size = reader.count(), let part = reader.part(size) else {
                return nil
            }
            if let column = Column(rawValue: number) { columns[Int(column.rawValue) - 1] = ColumnValues(part) }
        }
    }

    package subscript(column: Column) -> ColumnValues { columns[Int(column.rawValue) - 1] }

    package mutating func signed(_ column: Column) -> Int64? { columns[Int(column.rawValue) - 1].signed() }

    package mutating func word(_ column: Column) -> UInt64? { columns[Int(column.rawValue) - 1].word() }

    package mutating func flag(_ column: Column) -> Bool? { columns[Int(column.rawValue) - 1].number().map { $0 != 0 } }

    package mutating func integer<Value: FixedWidthInteger>(_ column: Column, _: Value.Type = Value.self) -> Value? {
        signed(column).map { Value(clamping: $0) }
    }

    /// The case of an enumeration, and another one for a number that only newer builds know.
    package mutating func choice<Case: RawRepresentable>(_ column: Column, _ unknown: Case) -> Case?
    where Case.RawValue == Int {
        signed(column).map { Case(rawValue: Int(clamping: $0)) ?? unknown }
    }

    package mutating func text(_ column: Column) -> String? {
        columns[Int(column.rawValue) - 1].read("") { $0.text() }
    }

    /// A value that may be absent; the outer nil means that the bytes do not fit.
    package mutating func optional<Value>(_ column: Column, _ read: (inout ByteReader) -> Value?) -> Value?? {
        columns[Int(column.rawValue) - 1].read(Value?.none) { $0.optional(read) }
    }

    package mutating func list<Element>(
        _ column: Column, _ element: (inout ByteReader) -> Element?
    ) -> [Element]? {
        columns[Int(column.rawValue) - 1].read([]) { $0.list(element) }
    }

    /// As many rows as one column says; another one holds a value of each, so that a wild number asks for no memory.
    package mutating func rows<Row>(
        countedBy values: Column, _ count: Column, _ row: (inout Self, _ index: Int) -> Row?
    ) -> [Row]? {
        var counts = self[count]
        guard let count = counts.count(), self[values].mayHold(count) else { return nil }
        var rows: [Row] = []
        rows.reserveCapacity(count)
        for index in 0..<count {
            guard let read = row(&self, index) else { return nil }
            rows.append(read)
        }
        return rows
    }
}

/// The values of one column, one after the other.
package struct ColumnValues {
    private var reader: ByteReader
    let isMissing: Bool

    init(_ reader: ByteReader?) {
        self.reader = reader ?? ByteReader(UnsafeRawBufferPointer(start: nil, count: 0))
        isMissing = reader == nil
    }

    /// The bytes of the whole column, before any value is read.
    var bytes: UnsafeRawBufferPointer { reader.rest }

    /// False where so many values cannot stand in it: a wild number then asks for no memory.
    func mayHold(_ count: Int) -> Bool { count <= reader.rest.count }

    mutating func number() -> UInt64? { isMissing ? 0 : reader.number() }
    mutating func signed() -> Int64? { isMissing ? 0 : reader.signed() }
    mutating func count() -> Int? { isMissing ? 0 : reader.count() }
    mutating func word() -> UInt64? { isMissing ? 0 : reader.word() }

    mutating func read<Value>(_ missing: Value, _ read: (inout ByteReader) -> Value?) -> Value? {
        isMissing ? missing : read(&reader)
    }
}
