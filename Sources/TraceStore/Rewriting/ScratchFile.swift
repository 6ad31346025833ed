import Foundation

/// A database file beside another one that lives only as long as the work on it.
struct ScratchFile {
    let path: String
    private static let companions = ["", "-wal", "-shm", "-journal"]
    private static let mark = "-rewrite-"

    /// Makes an empty file in the folder of `path`, for its owner only.
    init(beside path: String) throws(StoreError) {
        for number in 0..<1_000 {
            let candidate = "\(path)\(Self.mark)\(getpid())-\(number)"
            let descriptor = open(candidate, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
            if descriptor >= 0 {
                close(descriptor)
                self.path = candidate
                return
            }
            guard errno == EEXIST else {
                throw StoreError.unwritable(path: candidate, detail: String(cString: strerror(errno)))
            }
        }
        throw StoreError.unwritable(path: path, detail: "too many unfinished rewrites beside it")
    }

    private init(existing path: String) {
        self.path = path
    }

    /// Overwrites the file and its companions, and removes them.
    func remove() {
        for suffix in Self.companions { Self.erase(path + suffix) }
    }

    /// Removes what killed rewrites of `path` left; the caller holds the lock of its writers.
    func removeOlder(of path: String) {
        let own = (self.path as NSString).lastPathComponent
        for file in Self.leftover(of: path) where !(file as NSString).lastPathComponent.hasPrefix(own) {
            Self.erase(file)
        }
    }

    /// The files of rewrites of `path`, those of killed ones and of one that goes on.
    static func leftover(of path: String) -> [String] {
        let folder = (path as NSString).deletingLastPathComponent
        let prefix = (path as NSString).lastPathComponent + mark
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.isEmpty ? "." : folder)) ?? []
        return names.filter { $0.hasPrefix(prefix) }.sorted().map { folder.isEmpty ? $0 : folder + "/" + $0 }
    }

    /// Writes zeros over a file before it goes, so that its text is not left on the disk for others.
    private static func erase(_ path: String) {
        let descriptor = open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW)
        if descriptor >= 0 {
            let zeros = [UInt8](repeating: 0, count: 1 << 20)
            var left = Int(lseek(descriptor, 0, SEEK_END))
            lseek(descriptor, 0, SEEK_SET)
            while left > 0 {
                let written = write(descriptor, zeros, min(left, zeros.count))
                guard written > 0 else { break }
                left -= written
            }
            fsync(descriptor)
            close(descriptor)
        }
        unlink(path)
    }
}
