import Foundation

/// Recordings of real programs, which lie beside the package where they are at hand.
enum SharedData {
    private static let root: String = {
        let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        return package.deletingLastPathComponent().path + "/shared/data"
    }()

    static var isPresent: Bool {
        let found = FileManager.default.fileExists(atPath: root + "/otlp")
        if !found { print("skipped: no recordings at \(root)") }
        return found
    }

    static func path(_ relative: String) -> String { root + "/" + relative }
}
