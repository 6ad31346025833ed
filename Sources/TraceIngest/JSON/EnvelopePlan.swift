import FastJSON
import TraceModel

/// The resource and the scopes of one resource group, read ahead of its records.
///
/// OTLP/JSON may state them, and the schema URLs nearly always, behind the records they belong to.
struct EnvelopePlan {
    var resource = Resource()
    var scopes: [InstrumentationScope] = []

    /// Reads the group whose opening brace stands at `offset` of the source.
    ///
    /// What cannot be read leaves the plan incomplete: the faults are reported when the records are read.
    init(source: any ByteSource, offset: Int64) {
        guard source.skip(offset) else { return }
        let tokenizer = JSONTokenizer { buffer in source.read(into: buffer) }
        var records = JSONRecordReader(tokenizer: tokenizer)
        do throws(JSONError) {
            guard try records.tokenizer.next() == .beginObject else { return }
            try readGroup(&records)
        } catch {
            // The first pass over the records meets the same fault and reports it.
        }
    }

    private mutating func readGroup(_ records: inout JSONRecordReader) throws(JSONError) {
        var hint = 0
        while try records.tokenizer.next() == .key {
            switch records.field(in: ResourceGroupField.table, hint: &hint) {
            case .resource: try records.read(&resource)
            case .schemaURL: resource.schemaURL = try records.readRepeatedText("schemaUrl")
            case .scopeGroups:
                guard try records.enterArray("scopeSpans") else { continue }
                while try records.nextObject("scopeSpans") { try readScopeGroup(&records) }
            case nil: try records.tokenizer.skipValue()
            }
        }
    }

    private mutating func readScopeGroup(_ records: inout JSONRecordReader) throws(JSONError) {
        let index = scopes.count
        scopes.append(InstrumentationScope())
        var hint = 0
        while try records.tokenizer.next() == .key {
            switch records.field(in: ScopeGroupField.table, hint: &hint) {
            case .scope: try records.read(&scopes[index])
            case .schemaURL: scopes[index].schemaURL = try records.readRepeatedText("schemaUrl")
            case .spans, .logRecords, nil: try records.tokenizer.skipValue()
            }
        }
    }
}
