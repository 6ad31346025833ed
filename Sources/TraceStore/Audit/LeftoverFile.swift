import Foundation

/// A file beside a database that belongs to it and that SQLite does not read: what killed programs leave.
struct LeftoverFile {
    let path: String
    let place: String
    var name: String { (path as NSString).lastPathComponent }

    private static let pieceSize = 1 << 20

    /// What lies beside a database; `readsLog` tells whether SQLite reads its write-ahead log.
    static func all(beside path: String, readsLog: Bool) -> [LeftoverFile] {
        var files = [LeftoverFile(path: path + "-journal", place: AuditReport.journal)]
        if !readsLog { files.append(LeftoverFile(path: path + "-wal", place: AuditReport.log)) }
        files += ScratchFile.leftover(of: path).filter { !$0.hasSuffix("-shm") }.map {
            LeftoverFile(path: $0, place: AuditReport.unfinishedRewrite)
        }
        return files.filter { file in
            var status = stat()
            return lstat(file.path, &status) == 0 && status.st_size > 0
        }
    }

    /// Hands on its bytes piece by piece, none of which ends within a text unless that is very long; false where it
    /// cannot be read.
    func forEachText(_ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: Self.pieceSize)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            guard count >= 0 else { return false }
            guard count > 0 else { break }
            bytes += buffer[..<count]
            guard bytes.count >= Self.pieceSize else { continue }
            let cut = (bytes.lastIndex(of: 0) ?? -1) + 1
            let end = cut > 0 ? cut : bytes.count
            bytes[..<end].withUnsafeBytes(body)
            bytes.removeFirst(end)
        }
        bytes.withUnsafeBytes(body)
        return true
    }
}
