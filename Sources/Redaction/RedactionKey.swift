/// The key of the hashes in placeholders.
package struct RedactionKey: Sendable {
    package static let byteCount = 32

    package let bytes: [UInt8]

    /// `bytes` of any length; 32 random ones are meant.
    package init(bytes: [UInt8]) {
        self.bytes = bytes
    }
}
