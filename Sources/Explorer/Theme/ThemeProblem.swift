/// A line of a theme file that was ignored, and why.
package struct ThemeProblem: Equatable, Sendable, CustomStringConvertible {
    /// Counted from 1.
    package let line: Int
    package let message: String

    package var description: String { "line \(line): \(message)" }
}
