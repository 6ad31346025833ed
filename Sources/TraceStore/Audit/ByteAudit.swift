import Redaction

/// Looks through the bytes of a database's files for what no row tells: free pages, unused bytes and old log frames.
struct ByteAudit {
    private static let leastRun = 8

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
        guard let file = FileBytes(.log, of: connection), let header = file.read(0, 32), header.count == 32 else {
            return []
        }
        let pageSize = header[8..<12].reduce(0) { $0 << 8 | Int($1) }
        guard pageSize >= 512, pageSize <= 65_536 else { return [] }
        var pages: Set<Int> = []
        var offset: Int64 = 32
        var frame = 0
        while let bytes = file.read(offset, 24 + pageSize), bytes.count > 24 {
            frame += 1
            pages.insert(bytes[0..<4].reduce(0) { $0 << 8 | Int($1) })
            try bytes.withUnsafeBytes { bytes in
                try look(at: .init(rebasing: bytes[24...]), in: AuditReport.log, at: "frame \(frame)")
            }
            offset += Int64(bytes.count)
            done += Int64(bytes.count)
            if frame & 0xFF == 0 { try progress(done) }
        }
        return pages
    }

    private mutating func lookAtPages(_ logged: Set<Int>, _ progress: (Int64) throws -> Void) throws {
        guard let file = FileBytes(.database, of: connection), let map = PageMap(fileSize: file.size, read: file.read)
        else { return }
        for number in 1...max(1, map.pageCount) {
            let offset = Int64(number - 1) * Int64(map.pageSize)
            guard let bytes = file.read(offset, map.pageSize), !bytes.isEmpty else { break }
            let example = "page \(number)"
            try bytes.withUnsafeBytes { page in
                if map.free.contains(number) {
                    try look(at: page, in: AuditReport.freePages, at: example)
                } else if logged.contains(number) {
                    try look(at: page, in: AuditReport.unusedBytes, at: example)
                } else if let gaps = PageMap.gaps(of: page, isFirst: number == 1) {
                    for gap in gaps {
                        try look(at: .init(rebasing: page[gap]), in: AuditReport.unusedBytes, at: example)
                    }
                    // Long rows go on in pages of their own, the last of which may have room.
                    for row in map.longRows(of: page, isFirst: number == 1) {
                        try lookAtRoom(after: row, file, map, logged)
                    }
                }
            }
            done += Int64(bytes.count)
            if number & 0xFF == 0 { try progress(done) }
        }
    }

    /// Looks at the bytes behind the end of a long row.
    private mutating func lookAtRoom(
        after row: PageMap.LongRow, _ file: FileBytes, _ map: PageMap, _ logged: Set<Int>
    ) throws {
        var number = row.firstPage
        for _ in 1..<max(1, row.pages) {
            guard let next = file.read(Int64(number - 1) * Int64(map.pageSize), 4), next.count == 4 else { return }
            number = next.reduce(0) { $0 << 8 | Int($1) }
        }
        guard number > 0, number <= map.pageCount, !logged.contains(number), row.end < map.pageSize,
            let bytes = file.read(Int64(number - 1) * Int64(map.pageSize), map.pageSize), bytes.count == map.pageSize
        else { return }
        try bytes.withUnsafeBytes { page in
            try look(at: .init(rebasing: page[row.end...]), in: AuditReport.unusedBytes, at: "page \(number)")
        }
    }

    // MARK: Bytes

    /// Looks for the found texts, and in runs of text for what the rules find.
    private mutating func look(
        at bytes: UnsafeRawBufferPointer, in place: String, at example: String
    ) throws {
        secrets.search(bytes) { _, secret in tally.add(secret.rule, in: place) { example } }
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
                    lookAtRun(String(decoding: run[piece], as: UTF8.self), in: place, at: example)
                }
            }
            start = end
        }
    }

    private mutating func lookAtRun(_ text: String, in place: String, at example: String) {
        let matches = treatment.matches(text)
        guard !matches.isEmpty else { return }
        let bytes = Array(text.utf8)
        for match in matches where match.range.upperBound <= bytes.count {
            // What is known was counted as such, or is part of a row.
            let isKnown = bytes[match.range].withUnsafeBytes { secrets.knows($0) }
            if !isKnown { tally.add(match.label, in: place) { example } }
        }
    }

    private static func isText(_ byte: UInt8) -> Bool {
        byte >= 0x20 ? byte != 0x7F : byte == 0x09 || byte == 0x0A || byte == 0x0D
    }
}
