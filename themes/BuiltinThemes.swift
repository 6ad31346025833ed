/// The themes that come with the program, as their files say, so that the binary needs no files beside it.
package enum BuiltinThemes {
    /// Name and text of each; the first is the one to start with.
    package static let all: [(name: String, text: String)] = [
        ("dark", text(PackageResources.dark_theme)),
        ("light", text(PackageResources.light_theme)),
        ("high-contrast", text(PackageResources.high_contrast_theme)),
        ("mono", text(PackageResources.mono_theme)),
        ("system16", text(PackageResources.system16_theme)),
    ]

    private static func text(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
