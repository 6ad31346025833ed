import Foundation
import Testing

/// What the sources must not say, whatever room they belong to.
@Suite struct SourceTests {
    /// The files of all other rooms, with their texts.
    private static let sources: [(name: String, text: String)] = {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Sources")
        let own = root.appending(path: "Basics").path
        let files = FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil)
        return (files?.compactMap { $0 as? URL } ?? []).filter {
            $0.pathExtension == "swift" && !$0.path.hasPrefix(own)
        }
        .compactMap { file in
            (try? String(contentsOf: file, encoding: .utf8)).map { (file.lastPathComponent, $0) }
        }
    }()

    /// Where `Int(…)` takes a floating-point number, judged by what stands inside the parentheses.
    ///
    /// In files that import `Basics` the compiler finds every one, since that room hides the initializers; for the others
    /// these words have to do.
    private static func conversions(in text: String) -> [String] {
        let words = #/\.rounded|\bDouble\(|\bfloor\(|\bceil\(|(?:^|[^$\d.])\d+\.\d|\de\d|\b[Ss]hare\b/#
        var found: [String] = []
        for match in text.matches(of: #/\b(?:Int|Int64|Int32|UInt|UInt64|UInt32|UInt16|UInt8)\((?!\w+:)/#) {
            var depth = 1
            let argument = text[match.range.upperBound...].prefix { character in
                if character == "(" { depth += 1 }
                if character == ")" { depth -= 1 }
                return depth > 0
            }
            if argument.contains(words) { found.append(text[match.range] + argument + ")") }
        }
        return found
    }

    @Test func onlyBasicsTurnsFloatingPointNumbersIntoIntegers() {
        #expect(Self.sources.count > 100)
        for (name, text) in Self.sources where !text.contains(#/(?m)^(package |public )?import Basics$/#) {
            for found in Self.conversions(in: text) {
                Issue.record("\(name): \(found) may trap: import Basics and use Int(whole:) or Int(clamped:)")
            }
        }
    }

    @Test func theSearchFindsThem() {
        #expect(Self.conversions(in: "Int((x * 10).rounded())").count == 1)
        #expect(Self.conversions(in: "let y = Int64(Double(a) / b)").count == 1)
        #expect(Self.conversions(in: "UInt8(share * 20)").count == 1)
        #expect(Self.conversions(in: "Int64(1e9)").count == 1)
        #expect(Self.conversions(in: "Int(clamped: share * 2.5) + Int(exactly: 2.0) + Int(count)").isEmpty)
    }
}
