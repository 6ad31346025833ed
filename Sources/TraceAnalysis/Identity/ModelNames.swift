/// What two names of models have to do with each other.
package enum ModelNames {
    /// True for equal names, whoever provides the model, in any case, and where one adds a date or a version only.
    package static func isSame(_ a: String, _ b: String) -> Bool {
        let (a, b) = (bare(a), bare(b))
        let (long, short) = a.utf8.count > b.utf8.count ? (a, b) : (b, a)
        guard long.hasPrefix(short) else { return false }
        let rest = long.dropFirst(short.count)
        return rest.isEmpty || rest.first == "-" && rest.allSatisfy { $0.isNumber || $0 == "-" || $0 == "." }
    }

    /// The name without its provider, in lower case.
    static func bare(_ name: String) -> Substring {
        let name = name.lowercased()
        return name.split(separator: "/").last ?? name[...]
    }
}
