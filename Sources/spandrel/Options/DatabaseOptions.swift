import ArgumentParser

/// Which database a command works on.
struct DatabaseOptions: ParsableArguments {
    @Option(
        name: .customLong("db"),
        help: ArgumentHelp(
            "The database file (default: $SPANDREL_DB, else spandrel/traces.db in the XDG data folder).",
            valueName: "file"),
        completion: .file())
    var database: String?

    var path: String { database ?? DatabasePath.standard() }
}
