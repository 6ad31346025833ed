package import TraceModel
extension TraceWriter {
    package func append(audit: AuditRecord) throws(StoreError) {}
}
