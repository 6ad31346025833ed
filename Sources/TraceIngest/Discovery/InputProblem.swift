/// An argument, or a folder's entry, that gives no input.
package struct InputProblem: Equatable, Sendable, CustomStringConvertible {
    /// The class of the problem, after the exit codes of sysexits.
    package enum Kind: Equatable, Sendable {
        /// There is no such file: exit code 66.
        case missing
        /// It exists but cannot be read: exit code 74.
        case unreadable
        /// A folder that holds no traces: exit code 65.
        case noTraces
    }

    package var path: String
    package var kind: Kind
    package var reason: String

    package init(path: String, kind: Kind, reason: String) {
        self.path = path
        self.kind = kind
        self.reason = reason
    }

    package var description: String { "\(path): \(reason)" }
}
