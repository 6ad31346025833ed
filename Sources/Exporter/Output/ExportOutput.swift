/// Where the bytes of an export go.
package protocol ExportOutput: AnyObject {
    func write(_ bytes: [UInt8]) throws(ExportError)
    /// Everything is written: the file gets its name.
    func commit() throws(ExportError)
    /// The export failed: nothing of it is left.
    func abandon()
}
