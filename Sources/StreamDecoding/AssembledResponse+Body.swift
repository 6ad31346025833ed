extension AssembledResponse {
    /// Reads the whole body of a response that was not streamed, or of one that was.
    ///
    /// A body that is no JSON, or of no known form, gives a response without messages and with a remark.
    package init(body: [UInt8], protocol hint: WireProtocol?) {
        var assembler = StreamAssembler(protocol: hint)
        assembler.append(body, offsetNanos: nil)
        self = assembler.finish()
    }
}
