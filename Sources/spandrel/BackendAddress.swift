import SQLiteQuery
import TraceQuery

/// The name of a database: a path, or an address such as `sqlite:PATH`.
struct BackendAddress {
    /// A kind of back end, told by what stands before the first colon of an address.
    struct Scheme: Sendable {
        let name: String
        /// What stands behind the colon, in capitals.
        let place: String
        /// The file in which programs can write; nil where the back end is only read.
        let writableFile: @Sendable (_ place: String) -> String?
        let open: @Sendable (_ place: String) throws(QueryError) -> any TraceBackend

        /// Every kind of back end; a path alone is one of the first.
        static let all = [sqlite]

        static let sqlite = Scheme(name: "sqlite", place: "PATH", writableFile: { $0 }) { path throws(QueryError) in
            try SQLiteBackend(path: path)
        }
    }

    private let scheme: Scheme
    private let place: String

    /// Reads a path or an address; a path whose beginning looks like a scheme is written with `./` before it.
    init(_ text: String) throws(Failure) {
        guard let name = Self.schemeName(text) else {
            (scheme, place) = (.sqlite, text)
            try refuseNoFile(text)
            return
        }
        let known = Scheme.all.map { "\($0.name):\($0.place)" }.joined(separator: ", ")
        guard let scheme = Scheme.all.first(where: { $0.name == name.lowercased() }) else {
            throw .other(
                .usage, "\(text): '\(name)' is no kind of database; known are a path, \(known) (a file: ./\(text))")
        }
        place = String(text.dropFirst(name.count + 1))
        if place.isEmpty { throw .other(.usage, "\(text): \(scheme.place) is missing, as in \(scheme.name):traces.db") }
        self.scheme = scheme
        try refuseNoFile(text)
    }

    /// Refuses what other programs take for a database that is gone with them.
    private func refuseNoFile(_ text: String) throws(Failure) {
        if place.isEmpty { throw .other(.usage, "the name of the database is empty; name a file, such as traces.db") }
        if place == ":memory:" {
            throw .other(
                .usage,
                "\(text): a database in memory would be gone when this command ends; name a file (./:memory: is one)")
        }
    }

    /// Opens the database for reading: the one place where that is done.
    func open() throws(Failure) -> any TraceBackend {
        do { return try scheme.open(place) } catch { throw .query(error) }
    }

    /// The file in which a command can write; fails where the back end is only read.
    var writableFile: String {
        get throws(Failure) {
            guard let file = scheme.writableFile(place) else {
                throw .other(.usage, "\(scheme.name):\(place): a database of this kind is only read")
            }
            return file
        }
    }

    /// What stands before the first colon, where it looks like a scheme and not like a part of a path.
    private static func schemeName(_ text: String) -> String? {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        let name = text[..<colon]
        guard name.count > 1, name.first?.isLetter == true,
            name.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0)) })
        else { return nil }
        return String(name)
    }
}
