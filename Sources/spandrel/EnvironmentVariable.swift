/// The environment variables that the program reads.
struct EnvironmentVariable: Sendable {
    var name: String
    var help: String

    static let all: [EnvironmentVariable] = [
        EnvironmentVariable(name: "SPANDREL_DB", help: "The database where no option names one."),
        EnvironmentVariable(
            name: "XDG_DATA_HOME", help: "The folder of spandrel/traces.db; ~/.local/share where it is unset."),
        EnvironmentVariable(
            name: "XDG_CACHE_HOME", help: "The folder of spandrel/demo.db; ~/.cache where it is unset."),
        EnvironmentVariable(
            name: "XDG_CONFIG_HOME",
            help: "The folder of spandrel/config and spandrel/keymap; ~/.config where it is unset."),
        EnvironmentVariable(name: "NO_COLOR", help: "Any text in it turns colours off."),
        EnvironmentVariable(name: "TZ", help: "The time zone of the times that tables show and filters read."),
    ]
}
