/// Random parts of keys, and what stands around them.
extension TextWriter {
    static let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
    static let digits = "0123456789"
    static let alphanumeric = letters + digits

    mutating func alphanumeric(_ count: Int) -> String { scalars(Self.alphanumeric, count) }
    mutating func hex(_ count: Int) -> String { scalars("0123456789abcdef", count) }
    mutating func digits(_ count: Int) -> String { scalars(Self.digits, count) }
    mutating func base64(_ count: Int) -> String { scalars(Self.alphanumeric + "+/", count) }
    /// As base64, ending in a letter, as most tokens do not end in a mark.
    mutating func base64url(_ count: Int) -> String {
        scalars(Self.alphanumeric + "_-", count - 1) + scalars(Self.alphanumeric, 1)
    }

    mutating func uuid() -> String {
        "\(hex(8))-\(hex(4))-4\(hex(3))-\(pick(["8", "9", "a", "b"]))\(hex(3))-\(hex(12))"
    }

    /// A number of so many digits that does not start with 0.
    mutating func figure(_ count: Int) -> String { scalars("123456789", 1) + digits(count - 1) }

    mutating func capitalNoun() -> String {
        let noun = noun()
        return noun.prefix(1).uppercased() + noun.dropFirst()
    }

    mutating func time() -> String {
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return "20\(number(20...26))-\(two(number(1...12)))-\(two(number(1...28)))T\(two(number(0...23))):"
            + "\(two(number(0...59))):\(two(number(0...59))).\(digits(3))Z"
    }

    mutating func host() -> String {
        pick(["db", "api", "cache", "files", "staging", "eu-west"]) + "." + noun()
            + pick([".internal", ".com", ".io", ".net"])
    }

    mutating func user() -> String {
        pick(["app", "admin", "root", "svc_\(noun())", "\(noun())-rw", "deploy", "postgres", noun()])
    }

    mutating func weakPassword() -> String {
        pick([
            "letmein", "hunter2", "qwerty123", "dragon", "monkey77", "iloveyou", "Summer\(number(2019...2026))!",
            "trustno1", "P@ssw0rd\(digits(2))", "\(noun())\(digits(4))", "\(digits(6))", "correcthorse",
        ])
    }

    /// A password without quotes, backslashes and blanks.
    mutating func strongPassword(marks: String = "!#$%*+-.:=?@^_~") -> String {
        alphanumeric(3) + scalars(Self.alphanumeric + marks, number(6...20)) + scalars(Self.alphanumeric, 1) + digits(1)
    }

    /// The base64 of bytes, with padding.
    static func base64(of text: String, urlSafe: Bool = false) -> String {
        let alphabet = Array((alphanumeric + (urlSafe ? "-_" : "+/")).utf8)
        let bytes = Array(text.utf8)
        var encoded: [UInt8] = []
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let three = (0..<3).map { start + $0 < bytes.count ? Int(bytes[start + $0]) : 0 }
            let bits = three[0] << 16 | three[1] << 8 | three[2]
            let count = min(3, bytes.count - start) + 1
            for place in 0..<count { encoded.append(alphabet[bits >> (18 - 6 * place) & 63]) }
            if !urlSafe { encoded += Array(repeating: UInt8(ascii: "="), count: 4 - count) }
        }
        return String(decoding: encoded, as: UTF8.self)
    }

    /// The text with the escapes of a JSON string.
    static func json(_ text: String, slashes: Bool = false) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            case "/" where slashes: escaped += "\\/"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
