package import Canvas
import Foundation
package import Testing

/// Compares canvases with committed `.screen` files.
///
/// A file has three parts: the text as a terminal shows it, a letter per cell for its style, and what the letters mean.
/// With `SPANDREL_RECORD=1` in the environment the files are written anew instead.
package enum ScreenSnapshot {
    /// Whether files are written rather than compared.
    package static let isRecording = ProcessInfo.processInfo.environment["SPANDREL_RECORD"] == "1"

    /// Records an issue unless the canvas equals the file `Tests/Screens/TARGET/NAME.screen` of the test's target.
    package static func check(
        _ canvas: Canvas, _ name: String, filePath: StaticString = #filePath,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        // Beside the targets: files within one would have to be declared.
        let target = URL(filePath: "\(filePath)").deletingLastPathComponent()
        let folder = target.deletingLastPathComponent().appending(path: "Screens/\(target.lastPathComponent)")
        let file = folder.appending(path: name + ".screen")
        let actual = text(of: canvas)
        if isRecording {
            do {
                try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
                try Data(actual.utf8).write(to: file)
            } catch {
                Issue.record("cannot record \(name).screen: \(error)", sourceLocation: sourceLocation)
            }
            return
        }
        guard let data = try? Data(contentsOf: file) else {
            Issue.record(
                "\(name).screen is missing; SPANDREL_RECORD=1 writes it:\n\(actual)", sourceLocation: sourceLocation)
            return
        }
        let expected = String(decoding: data, as: UTF8.self)
        if actual != expected {
            Issue.record("\(name).screen differs:\n\(difference(expected, actual))", sourceLocation: sourceLocation)
        }
    }

    /// The canvas as a `.screen` file.
    package static func text(of canvas: Canvas) -> String {
        var letters: [Style: Character] = [.plain: "."]
        var legend: [(letter: Character, style: Style)] = []
        let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
        var planes = ["", ""]
        for row in 0..<canvas.size.rows {
            for column in 0..<canvas.size.columns {
                let cell = canvas[column, row]
                if letters[cell.style] == nil {
                    let letter = legend.count < alphabet.count ? alphabet[legend.count] : "?"
                    letters[cell.style] = letter
                    legend.append((letter, cell.style))
                }
                planes[0] += cell.text
                planes[1].append(letters[cell.style] ?? "?")
            }
            planes[0] += "│\n"
            planes[1] += "\n"
        }
        let cursor = canvas.cursor.map { "cursor \($0.column),\($0.row)\n" } ?? ""
        return "\(canvas.size.columns)×\(canvas.size.rows)\n" + cursor + planes[0] + "\n" + planes[1] + "\n"
            + legend.map { "\($0.letter) \(name($0.style))\n" }.joined()
    }

    private static func name(_ style: Style) -> String {
        let attributes: [(Style.Attributes, String)] = [
            (.bold, "bold"), (.dim, "dim"), (.italic, "italic"), (.underline, "underline"), (.reverse, "reverse"),
        ]
        let words = attributes.filter { style.attributes.contains($0.0) }.map(\.1)
        return (["\(name(style.foreground)) on \(name(style.background))"] + words).joined(separator: " ")
    }

    private static func name(_ color: Color) -> String {
        switch color {
        case .standard: "default"
        case .indexed(let index): "\(index)"
        case .rgb(let red, let green, let blue):
            "#"
                + [red, green, blue].map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }
    }

    private static func difference(_ expected: String, _ actual: String) -> String {
        let old = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let new = actual.split(separator: "\n", omittingEmptySubsequences: false)
        return (0..<max(old.count, new.count)).compactMap { index in
            let before = index < old.count ? old[index] : nil
            let after = index < new.count ? new[index] : nil
            if before == after { return nil }
            return "\(index + 1) - \(before ?? "")\n\(index + 1) + \(after ?? "")"
        }.joined(separator: "\n")
    }
}
