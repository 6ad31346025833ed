import Glibc

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
