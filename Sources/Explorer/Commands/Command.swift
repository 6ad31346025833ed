/// A thing that a user can do, by key, by name at the `:` prompt, or both.
///
/// Dispatch, completion, the help screen, the footer and the generated documents all come from this table.
package struct Command: Sendable {
    /// Where the help lists the command.
    package enum Group: String, Sendable, CaseIterable {
        case move = "Moving"
        case find = "Finding"
        case list = "Lists"
        case tree = "Tree and waterfall"
        case traceList = "Agents, steps, joints, ledger"
        case span = "Span"
        case stream = "Stream"
        case take = "Copy and export"
        case export = "Export"
        case program = "Program"
    }

    /// What follows the name at the prompt.
    package enum Argument: Sendable, Equatable {
        case none
        /// Free text, with the word that the help shows for it.
        case text(String)
        /// One of a list of words.
        case choice([String])
        /// One further key, such as the name of a mark.
        case character
    }

    package typealias Action = @Sendable (inout AppState, String) -> [Effect]

    package let name: String
    package let help: String
    package let group: Group
    /// The views in which the command works; empty for all.
    package let views: Set<View>
    /// The default keys; a sequence is written with spaces, such as `y i`.
    package let keys: [String]
    package let argument: Argument
    /// The short word for the footer and its place there; nil keeps the command out of it.
    package let hint: (word: String, rank: Int)?
    package let action: Action

    init(
        _ name: String,
        _ help: String,
        group: Group,
        views: Set<View> = [],
        keys: [String] = [],
        argument: Argument = .none,
        hint: (String, Int)? = nil,
        action: @escaping Action
    ) {
        self.name = name
        self.help = help
        self.group = group
        self.views = views
        self.keys = keys
        self.argument = argument
        self.hint = hint.map { (word: $0.0, rank: $0.1) }
        self.action = action
    }

    /// Whether the command works in a view.
    package func works(in view: View) -> Bool { views.isEmpty || views.contains(view) }
}

/// The one table of commands.
package enum CommandTable {
    package static let all: [Command] =
        moving + finding + lists + tree + listViews + spanPane + stream + taking + exporting + program

    private static let byName: [String: [Command]] = Dictionary(grouping: all, by: \.name)

    /// The command of a name that works in a view.
    ///
    /// One name may stand several times with different views, such as `open`.
    package static func command(_ name: String, in view: View) -> Command? {
        byName[name]?.first { $0.works(in: view) }
    }

    /// True when some view knows the name.
    package static func isKnown(_ name: String) -> Bool { byName[name] != nil }
}
