import Glibc

/// What a terminal is opened with.
package struct TerminalOptions: Sendable {
    /// A program between this one and the terminal; it keeps escape sequences to itself unless they are wrapped.
    package enum Multiplexer: Sendable {
        case tmux
        case screen
    }

    /// The file descriptors of keys and screen.
    package var input: Int32 = STDIN_FILENO
    package var output: Int32 = STDOUT_FILENO
    /// The terminal type.
    package var type: String
    /// False draws without any colour, as `NO_COLOR` asks.
    package var usesColor: Bool
    package var multiplexer: Multiplexer?

    package init(type: String, usesColor: Bool = true, multiplexer: Multiplexer? = nil) {
        self.type = type
        self.usesColor = usesColor
        self.multiplexer = multiplexer
    }

    /// Standard input and output, and what the environment says of them (`TERM`, `TMUX`, `STY`).
    package static func environment(usesColor: Bool) -> TerminalOptions {
        func value(_ name: String) -> String { getenv(name).map { String(cString: $0) } ?? "" }
        let multiplexer: Multiplexer? = !value("TMUX").isEmpty ? .tmux : !value("STY").isEmpty ? .screen : nil
        return TerminalOptions(type: value("TERM"), usesColor: usesColor, multiplexer: multiplexer)
    }
}

/// Whether the locale speaks UTF-8, which curses needs to draw anything but ASCII.
enum CharacterSet: Sendable {
    case utf8
    /// Only ASCII is sure to look right.
    case other

    /// Makes the process's locale a UTF-8 one if there is any.
    ///
    /// Without a locale (`LC_ALL` unset or `C`) `C.UTF-8` is taken, since such terminals speak UTF-8 today. A locale
    /// that names another character set is believed: the caller should draw ASCII.
    static func prepare() -> CharacterSet {
        let wanted = setlocale(LC_CTYPE, "").map { String(cString: $0) }
        if isUTF8 { return .utf8 }
        let saysNothing = wanted == nil || wanted == "C" || wanted == "POSIX"
        for name in ["C.UTF-8", "C.utf8", "en_US.UTF-8"] where setlocale(LC_CTYPE, name) != nil && isUTF8 {
            return saysNothing ? .utf8 : .other
        }
        return .other
    }

    private static var isUTF8: Bool {
        guard let name = nl_langinfo(nl_item(CODESET)) else { return false }
        let codeset = String(cString: name).uppercased()
        return codeset == "UTF-8" || codeset == "UTF8"
    }
}

/// The modes of a terminal's driver: as they were, and raw.
struct TerminalModes {
    private let descriptor: Int32
    let saved: termios

    init(of descriptor: Int32) throws(TerminalError) {
        var modes = termios()
        guard tcgetattr(descriptor, &modes) == 0 else { throw .system(operation: "tcgetattr", errno: errno) }
        self.descriptor = descriptor
        saved = modes
    }

    /// Every byte comes as it is typed, none is echoed, none sends a signal; output passes unchanged.
    func setRaw() {
        var modes = saved
        cfmakeraw(&modes)
        tcsetattr(descriptor, TCSADRAIN, &modes)
    }

    func restore() {
        var modes = saved
        tcsetattr(descriptor, TCSADRAIN, &modes)
    }
}
