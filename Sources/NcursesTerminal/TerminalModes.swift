import Glibc

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
