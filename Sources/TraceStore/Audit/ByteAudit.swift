import Redaction
import TraceModel

/// Looks through the bytes of a database's files for what no row tells: free pages, unused bytes and old log frames.
///
/// Of a damaged database it looks through all pages, since rows of it may be out of reach.
struct ByteAudit {
    private static let leastRun = 8
    /// Free pages that are looked at as one text.
    private static let longestChain = 256

    let connection: SQLiteConnection
    let treatment: TextTreatment
    let secrets: SecretSet
    var tally: AuditTally
    private(set) var done: Int64 = 0

    init(_ connection: SQLiteConnection, treatment: TextTreatment, secrets: SecretSet, tally: AuditTally) {
        self.connection = connection
        self.treatment = treatment
        self.secrets = secrets
        self.tally = tally
    }

    /// The bytes of the files; their shared memory holds numbers of pages only.
    var total: Int64 {
        [FileBytes.File.database, .log].reduce(0) { $0 + (FileBytes($1, of: connection)?.size ?? 0) }
    }

    mutating func run(_ progress: (_ bytes: Int64) throws -> Void) throws {
        let logged = try lookAtLog(progress)
        try lookAtPages(logged, progress)
        try progress(done)
    }

    // MARK: Files

    /// Gives the numbers of the pages that have a frame in the log.
    private mutating func lookAtLog(_ progress: (Int64) throws -> Void) throws -> Set<Int> {
        guard let file = FileBytes(.log, of: connection), file.size > 0 else { return [] }
        let header = file.read(0, 32) ?? []
        let pageSize = header.count == 32 ? header[8..<12].reduce(0) { $0 << 8 | Int($1) } : 0
        guard pageSize >= 512, pageSize <= 65_536 else {
            tally.miss(AuditDamage.unreadable, in: AuditReport.log) { "its header" }
            return []
        }
        var pages: Set<Int> = []
        var offset: Int64 = 32
        var frame = 0
        while offset < file.size {
            guard let bytes = file.read(offset, 24 + pageSize), !bytes.isEmpty else {
                tally.miss(AuditDamage.unreadable, in: AuditReport.log) { "from byte \(offset) on" }
                break
            }
            if bytes.count > 24 {
                frame += 1
                pages.insert(bytes[0..<4].reduce(0) { $0 << 8 | Int($1) })
                bytes.withUnsafeBytes { bytes in
                    look(at: .init(rebasing: bytes[24...]), in: AuditReport.log, at: "frame \(frame)")
                }
            }
            offset += Int64(bytes.count)
            done += Int64(bytes.count)
            if frame & 0xFF == 0 { try progress(done) }
        }
        return pages
    }

    private mutating func lookAtPages(_ logged: Set<Int>, _ progress: (Int64) throws -> Void) throws {
        guard let file = FileBytes(.database, of: connection), let map = PageMap(fileSize: file.size, read: file.read)
        else {
            tally.miss(AuditDamage.unreadable, in: AuditReport.database) { "its header" }
            return
        }
        let isDamaged = tally.isDamaged
        lookAtFreePages(file, map)
        for number in 1...max(1, map.pageCount) {
            let offset = Int64(number - 1) * Int64(map.pageSize)
            guard let bytes = file.read(offset, map.pageSize), !bytes.isEmpty else {
                tally.miss(AuditDamage.unreadable, in: AuditReport.pages) { "page \(number)" }
                continue
            }
            if !map.free.contains(number) {
                bytes.withUnsafeBytes { look(atPage: $0, number, file, map, logged, isDamaged: isDamaged) }
            }
            done += Int64(bytes.count)
            if number & 0xFF == 0 { try progress(done) }
        }
        lookAtEnd(file, map)
    }

    private mutating func look(
        atPage page: UnsafeRawBufferPointer, _ number: Int, _ file: FileBytes, _ map: PageMap, _ logged: Set<Int>,
        isDamaged: Bool
    ) {
        let example = "page \(number)"
        if isDamaged {
            look(at: page, in: AuditReport.pages, at: example, countsKnown: false)
        } else if logged.contains(number) {
            look(at: page, in: AuditReport.unusedBytes, at: example)
        } else if let gaps = PageMap.gaps(of: page, isFirst: number == 1) {
            for gap in gaps { look(at: .init(rebasing: page[gap]), in: AuditReport.unusedBytes, at: example) }
            // Long rows go on in pages of their own, the last of which may have room.
            for row in map.longRows(of: page, isFirst: number == 1) { lookAtRoom(after: row, file, map, logged) }
        }
    }

    /// Looks at free pages, those that held one long text as one.
    private mutating func lookAtFreePages(_ file: FileBytes, _ map: PageMap) {
        for chain in map.freeChains(read: file.read, longest: Self.longestChain) {
            var bytes: [UInt8] = []
            for (place, number) in chain.enumerated() {
                guard let page = file.read(Int64(number - 1) * Int64(map.pageSize), map.pageSize), !page.isEmpty else {
                    tally.miss(AuditDamage.unreadable, in: AuditReport.freePages) { "page \(number)" }
                    continue
                }
                bytes += place == 0 ? page[...] : page.dropFirst(4)
            }
            bytes.withUnsafeBytes { look(at: $0, in: AuditReport.freePages, at: "page \(chain.first ?? 0)") }
        }
    }

    /// Looks at what stands behind the last whole page.
    private mutating func lookAtEnd(_ file: FileBytes, _ map: PageMap) {
        let end = Int64(map.pageCount) * Int64(map.pageSize)
        guard end < file.size, let bytes = file.read(end, map.pageSize) else { return }
        bytes.withUnsafeBytes { look(at: $0, in: AuditReport.unusedBytes, at: "the end of the file") }
        done += Int64(bytes.count)
    }

    /// Looks at the bytes behind the end of a long row.
    private mutating func lookAtRoom(
        after row: PageMap.LongRow, _ file: FileBytes, _ map: PageMap, _ logged: Set<Int>
    ) {
        var number = row.firstPage
        for _ in 1..<max(1, row.pages) {
            guard number > 0, let next = file.read(Int64(number - 1) * Int64(map.pageSize), 4), next.count == 4 else {
                return
            }
            number = next.reduce(0) { $0 << 8 | Int($1) }
        }
        guard number > 0, number <= map.pageCount, !logged.contains(number), row.end < map.pageSize,
            let bytes = file.read(Int64(number - 1) * Int64(map.pageSize), map.pageSize), bytes.count == map.pageSize
        else { return }
        bytes.withUnsafeBytes { page in
            look(at: .init(rebasing: page[row.end...]), in: AuditReport.unusedBytes, at: "page \(number)")
        }
    }

    /// Looks at a file beside the database that SQLite does not read.
    mutating func look(at leftover: LeftoverFile) {
        let isRead = leftover.forEachText { bytes in
            look(at: bytes, in: leftover.place, at: leftover.name)
            done += Int64(bytes.count)
        }
        if !isRead { tally.miss("cannot be read", in: leftover.place) { leftover.name } }
    }

    // MARK: Bytes

    /// Looks for the found texts, and in runs of text for what the rules find.
    private mutating func look(
        at bytes: UnsafeRawBufferPointer, in place: String, at example: String, countsKnown: Bool = true
    ) {
        if countsKnown { secrets.search(bytes) { _, secret in tally.add(secret.rule, in: place) { example } } }
        var start = 0
        while start < bytes.count {
            guard Self.isText(bytes[start]) else {
                start += 1
                continue
            }
            var end = start
            while end < bytes.count, Self.isText(bytes[end]) { end += 1 }
            if end - start >= Self.leastRun {
                let run = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                for piece in StoredText.pieces(run) where piece.count >= Self.leastRun {
                    lookAtPiece(String(decoding: run[piece], as: UTF8.self), in: place, at: example)
                }
                for found in treatment.named(in: run) { count(found.text, found.label, in: place, at: example) }
            }
            start = end
        }
    }

    private mutating func lookAtPiece(_ text: String, in place: String, at example: String) {
        let matches = treatment.matches(text)
        guard !matches.isEmpty else { return }
        let bytes = Array(text.utf8)
        for match in matches where match.range.upperBound <= bytes.count {
            count(String(decoding: bytes[match.range], as: UTF8.self), match.label, in: place, at: example)
        }
    }

    /// What is known was counted as such, or is part of a row.
    private mutating func count(_ text: String, _ label: String, in place: String, at example: String) {
        var text = text
        let isKnown = text.withUTF8 { secrets.knows(UnsafeRawBufferPointer($0)) }
        if !isKnown { tally.add(label, in: place) { example } }
    }

    private static func isText(_ byte: UInt8) -> Bool {
        byte >= 0x20 ? byte != 0x7F : byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}

extension TextTreatment {
    /// What the names beside values give away in a piece of JSON, and no form does.
    func named(in bytes: UnsafeRawBufferPointer) -> [ReplacedTexts.Found] {
        guard StoredText.mayName(bytes) else { return [] }
        return [false, true].flatMap { startsInString in
            var span = Span(
                traceID: TraceID(high: 0, low: 1), spanID: SpanID(1), name: "", startUnixNano: nil, endUnixNano: nil)
            span.attributes = StoredText.attributes(of: bytes, startsInString: startsInString)
            let before = span.attributes
            var counts = RedactionCounts()
            if !before.isEmpty { self.span(&span, &counts) }
            return counts.isEmpty
                ? [] : ReplacedTexts.between(before, span.attributes).filter { matches($0.whole).isEmpty }
        }
    }
}
