import Foundation
import Testing

/// The rooms as `Package.swift` declares them, as their files import each other, and as `Sources/README.md` tells.
@Suite struct HouseTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func text(_ path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// What each target of `Sources` and `themes` depends on.
    private static func declared() throws -> [String: Set<String>] {
        let package = try text("Package.swift")
        var products: [String: String] = [:]
        for match in package.matches(of: #/let (\w+) = Target\.Dependency\.product\(name: "(\w+)"/#) {
            products[String(match.1)] = String(match.2)
        }
        var rooms: [String: Set<String>] = [:]
        let target = #/(?s)(?:room\(|\.executableTarget\(\s*name:|\.target\(\s*name:)\s*"(\w+)"(.*?)\)(?=,?\n)/#
        for match in package.matches(of: target) where !match.2.contains("path: \"Tests") {
            let list = match.2.contains("resources:") ? "" : match.2.replacing("dependencies:", with: "")
            let names = list.matches(of: #/"(\w+)"|\b([a-z]\w+)\b/#).compactMap { name in
                name.1.map(String.init) ?? name.2.flatMap { products[String($0)] }
            }
            rooms[String(match.1)] = Set(names)
        }
        return rooms
    }

    /// What the files of a room import, but for what comes with Swift.
    private static func imported(by room: String) -> Set<String> {
        var names: Set<String> = []
        for file in files(of: room) {
            for match in file.text.matches(
                of: #/(?m)^(?:(?:package|public|private|internal|@\w+) )*import (?:\w+ (?=\w))?(\w+)/#)
            {
                names.insert(String(match.1))
            }
        }
        return names.subtracting([
            "Foundation", "FoundationEssentials", "Synchronization", "Glibc", "Darwin", "Dispatch", "Swift",
        ])
    }

    private static func files(of room: String) -> [(name: String, text: String)] {
        let folder = root.appending(path: room == "BuiltinThemes" ? "themes" : "Sources/\(room)")
        let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }.compactMap { file in
            (try? String(contentsOf: file, encoding: .utf8)).map { (file.lastPathComponent, $0) }
        }
    }

    /// The rows of the table of rooms.
    private static func told() throws -> [String: Set<String>] {
        var rooms: [String: Set<String>] = [:]
        for match in try text("Sources/README.md").matches(of: #/(?m)^\| `(\w+)` \| ([^|]+) \|/#) {
            let names = match.2.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
            rooms[String(match.1)] = Set(names).subtracting(["nothing of ours"])
        }
        return rooms
    }

    @Test func roomsDeclareWhatTheyImport() throws {
        let rooms = try Self.declared()
        #expect(rooms.count > 20)
        for (room, dependencies) in rooms {
            #expect(dependencies == Self.imported(by: room), "\(room): Package.swift, then its files")
        }
    }

    @Test func thePageOfTheHouseTellsTheSame() throws {
        let (told, rooms) = (try Self.told(), try Self.declared())
        #expect(Set(told.keys) == Set(rooms.keys), "rooms of Sources/README.md, then of Package.swift")
        for (room, dependencies) in rooms {
            #expect(told[room] == dependencies, "\(room): Sources/README.md, then Package.swift")
        }
    }

    /// Two types of one name in two rooms cannot be told apart where both are imported, nor by who searches for one.
    @Test func noTypeStandsTwice() throws {
        var places: [String: [String]] = [:]
        let declaration =
            #/(?m)^(?:(?:package|public|final|private|fileprivate|internal|indirect|@\w+) )*(?:struct|class|enum|actor|protocol) (\w+)/#
        for room in try Self.declared().keys {
            for file in Self.files(of: room) {
                for match in file.text.matches(of: declaration) where !match.0.contains("private ") {
                    places[String(match.1), default: []].append("\(room)/\(file.name)")
                }
            }
        }
        #expect(places.count > 500)
        for (type, files) in places where files.count > 1 {
            Issue.record("\(type) stands in \(files.sorted().joined(separator: ", "))")
        }
    }
}
