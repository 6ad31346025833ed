import Glibc

/// Texts of the operating system's error numbers.
enum SystemError {
    /// The text of an error number, with its first letter in lower case.
    static func text(_ number: Int32) -> String {
        let text = String(cString: strerror(number))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
