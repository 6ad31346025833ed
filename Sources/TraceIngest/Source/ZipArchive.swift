import Compression
import Glibc

/// Reads entries of a ZIP archive (APPNOTE 6.3), in any order, plain, deflated or in zstd.
///
/// What an archive states of itself is believed within limits only: how many entries it has, how large each becomes,
/// and that no two of them lie on the same bytes.
final class ZipArchive {
    struct Entry {
        var name: String
        var method: UInt16
        var compressed: Int
        var size: Int
        var offset: Int
        var isEncrypted: Bool
    }

    struct Fault: Error {
        var reason: String
    }

    private static let entryLimit = 200_000
    private static let directoryLimit = 64 << 20
    /// Bytes that an entry may become.
    static let sizeLimit = 512 << 20
    /// Times that an entry may be larger than its compressed bytes, once it is beyond a few MiB.
    private static let ratioLimit = 2_000

    private let bytes: [UInt8]
    private let file: Int32
    private let size: Int
    private(set) var entries: [Entry] = []

    /// Opens an archive; throws where its directory cannot be read.
    init(path: String) throws(Fault) {
        bytes = []
        file = Glibc.open(FileName.bytes(of: path), O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Fault(reason: "cannot open: \(SystemError.text(errno))") }
        var status = stat()
        size = fstat(file, &status) == 0 ? Int(status.st_size) : 0
        try readDirectory()
    }

    /// Opens an archive that is at hand.
    init(_ bytes: [UInt8]) throws(Fault) {
        self.bytes = bytes
        file = -1
        size = bytes.count
        try readDirectory()
    }

    deinit { if file >= 0 { _ = Glibc.close(file) } }

    private func read(_ count: Int, at offset: Int) throws(Fault) -> [UInt8] {
        guard offset >= 0, count >= 0, offset <= size, count <= size - offset else {
            throw Fault(reason: "the archive is cut or states a place outside of it")
        }
        if file < 0 { return Array(bytes[offset..<offset + count]) }
        let read = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count, let start = buffer.baseAddress {
                let got = pread(file, start + filled, count - filled, off_t(offset + filled))
                guard got > 0 else { break }
                filled += got
            }
        }
        guard read.count == count else { throw Fault(reason: "cannot read: \(SystemError.text(errno))") }
        return read
    }

    // MARK: The directory

    private func readDirectory() throws(Fault) {
        let tail = min(size, 65_557)
        let end = try read(tail, at: size - tail)
        guard let place = end.indices.reversed().first(where: { end[$0...].starts(with: [0x50, 0x4B, 0x05, 0x06]) }),
            end.count - place >= 22
        else { throw Fault(reason: "a ZIP archive without its directory: it was cut, or is still being written") }
        var count = Int(end.number(2, at: place + 10))
        var length = Int(end.number(4, at: place + 12))
        var offset = Int(end.number(4, at: place + 16))
        if count == 0xFFFF || length == 0xFFFF_FFFF || offset == 0xFFFF_FFFF, place >= 20,
            end[(place - 20)...].starts(with: [0x50, 0x4B, 0x06, 0x07])
        {
            let large = try read(56, at: Int(clamping: end.number(8, at: place - 12)))
            count = Int(clamping: large.number(8, at: 32))
            length = Int(clamping: large.number(8, at: 40))
            offset = Int(clamping: large.number(8, at: 48))
        }
        guard count <= Self.entryLimit, length <= Self.directoryLimit else {
            throw Fault(reason: "a ZIP archive that states \(count) entries; \(Self.entryLimit) are read")
        }
        let directory = try read(length, at: offset)
        var index = 0
        for _ in 0..<count {
            guard directory.count - index >= 46, directory[index...].starts(with: [0x50, 0x4B, 0x01, 0x02]) else {
                throw Fault(reason: "the directory of the ZIP archive is broken")
            }
            let (name, extra, comment) = (
                Int(directory.number(2, at: index + 28)), Int(directory.number(2, at: index + 30)),
                Int(directory.number(2, at: index + 32))
            )
            guard directory.count - index - 46 >= name + extra + comment else {
                throw Fault(reason: "the directory of the ZIP archive is broken")
            }
            var entry = Entry(
                name: String(decoding: directory[(index + 46)..<(index + 46 + name)], as: UTF8.self),
                method: UInt16(truncatingIfNeeded: directory.number(2, at: index + 10)),
                compressed: Int(directory.number(4, at: index + 20)), size: Int(directory.number(4, at: index + 24)),
                offset: Int(directory.number(4, at: index + 42)),
                isEncrypted: directory.number(2, at: index + 8) & 1 == 1)
            entry.takeLargeSizes(directory[(index + 46 + name)..<(index + 46 + name + extra)])
            entries.append(entry)
            index += 46 + name + extra + comment
        }
        let sorted = entries.sorted { $0.offset < $1.offset }
        for (entry, next) in zip(sorted, sorted.dropFirst())
        where entry.compressed > next.offset - entry.offset - 30 {
            throw Fault(reason: "a ZIP archive whose entries overlap: \(entry.name.prefix(64)) and another")
        }
    }

    // MARK: Entries

    /// The bytes of an entry, decompressed.
    func data(_ entry: Entry) throws(Fault) -> [UInt8] {
        guard !entry.isEncrypted else { throw Fault(reason: "encrypted") }
        let allowed = max(16 << 20, Self.ratioLimit.multipliedReportingOverflow(by: entry.compressed).partialValue)
        guard entry.size <= Self.sizeLimit, entry.compressed <= Self.sizeLimit, entry.size <= allowed else {
            throw Fault(reason: "it would become \(entry.size >> 20) MiB, more than is read")
        }
        let head = try read(30, at: entry.offset)
        guard head.starts(with: [0x50, 0x4B, 0x03, 0x04]) else { throw Fault(reason: "no entry stands at its place") }
        let start = entry.offset + 30 + Int(head.number(2, at: 26)) + Int(head.number(2, at: 28))
        let packed = try read(entry.compressed, at: start)
        let inflater: any Decompressor
        switch entry.method {
        case 0: return packed
        case 8: inflater = Inflater(.deflate)
        case 93: inflater = ZstdInflater()
        default: throw Fault(reason: "it is compressed by method \(entry.method), which is not read")
        }
        var out = [UInt8](repeating: 0, count: entry.size)
        let (produced, isWhole) = packed.withUnsafeBytes { packed in
            out.withUnsafeMutableBytes { out in
                var (taken, produced) = (0, 0)
                while produced < out.count {
                    let step = inflater.inflate(
                        UnsafeRawBufferPointer(rebasing: packed[taken...]),
                        into: UnsafeMutableRawBufferPointer(rebasing: out[produced...]))
                    (taken, produced) = (taken + step.taken, produced + step.produced)
                    if inflater.fault != nil || step.taken == 0 && step.produced == 0 { break }
                }
                return (produced, inflater.fault == nil)
            }
        }
        guard isWhole, produced == entry.size else {
            throw Fault(reason: inflater.fault?.reason ?? "it ends after \(produced) of \(entry.size) bytes")
        }
        return out
    }
}

extension ZipArchive.Entry {
    /// Takes sizes and places that need 64 bits from the extra field of that kind.
    fileprivate mutating func takeLargeSizes(_ extra: ArraySlice<UInt8>) {
        var rest = extra
        while rest.count >= 4 {
            let field = Array(rest)
            let length = Int(field.number(2, at: 2))
            guard field.count >= 4 + length else { return }
            if field.number(2, at: 0) == 1 {
                var place = 4
                func next() -> Int? {
                    guard place + 8 <= 4 + length else { return nil }
                    defer { place += 8 }
                    return Int(clamping: field.number(8, at: place))
                }
                if size == 0xFFFF_FFFF { size = next() ?? size }
                if compressed == 0xFFFF_FFFF { compressed = next() ?? compressed }
                if offset == 0xFFFF_FFFF { offset = next() ?? offset }
            }
            rest = rest.dropFirst(4 + length)
        }
    }
}

extension [UInt8] {
    /// The number in the bytes from a place on, the lowest first.
    fileprivate func number(_ count: Int, at place: Int) -> UInt64 {
        guard place >= 0, place + count <= self.count else { return 0 }
        return self[place..<place + count].reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }
}
