import Foundation

/// Recorded streams of real providers, which lie beside the package where they are at hand.
enum SharedStreams {
    /// The folder `shared/data` beside the package.
    static let root: String = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.deletingLastPathComponent().path + "/shared/data"
    }()

    static var isPresent: Bool {
        let found = FileManager.default.fileExists(atPath: root + "/streams")
        if !found { print("skipped: no recordings at \(root)/streams") }
        return found
    }

    /// The files of a folder, by name.
    static func files(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
        try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder).sorted().compactMap { name in
            FileManager.default.contents(atPath: root + "/" + folder + "/" + name).map { (name, Array($0)) }
        }
    }
}
