import TraceModel

extension TraceWriter {
    /// The reference of a text, 0 for none.
    func intern(_ text: String?) throws(SQLiteFailure) -> Int32 {
        guard let text else { return 0 }
        if let reference = names[text] { return reference }
        let select = statements.selectName
        select.bind(1, text)
        if try select.step() {
            let reference = select.reference(0)
            select.reset()
            names.insert(text, reference)
            return reference
        }
        statements.insertName.bind(1, text)
        try statements.insertName.run()
        let reference = try lastInsertedReference()
        names.insert(text, reference)
        return reference
    }

    /// The text of a reference; nil for 0.
    func text(of reference: Int32) throws(SQLiteFailure) -> String? {
        if reference == 0 { return nil }
        if let text = names.text(of: reference) { return text }
        let select = statements.selectNameText
        select.bind(1, Int64(reference))
        defer { select.reset() }
        guard try select.step(), let text = select.text(0) else { return nil }
        names.insert(text, reference)
        return text
    }

    /// The reference of a resource, with that of its service name.
    func intern(_ resource: Resource) throws(SQLiteFailure) -> ObjectCache<Resource>.Known {
        if let known = resources.recent(resource) { return known }
        encoder.removeAll()
        encoder.encode(resource.attributes)
        var digest = ContentDigest()
        digest.add(resource.schemaURL)
        digest.add(Int64(resource.droppedAttributesCount))
        encoder.bytes.withUnsafeBytes { digest.add($0) }
        if let known = resources[digest.value] {
            resources.insert(resource, digest: digest.value, known)
            return known
        }
        let service = try intern(resource.serviceName)
        let place = try find(digest.value, in: statements.selectResource, schemaURL: resource.schemaURL)
        var reference = place.reference
        if reference == 0 {
            let insert = statements.insertResource
            insert.bind(1, place.digest)
            insert.bind(reference: 2, service)
            insert.bind(4, resource.droppedAttributesCount)
            insert.bind(5, resource.schemaURL)
            try insert.run(binding: encoder.bytes, at: 3)
            reference = try lastInsertedReference()
        }
        let known = ObjectCache<Resource>.Known(reference: reference, label: service)
        resources.insert(resource, digest: digest.value, known)
        return known
    }

    /// The reference of a scope.
    func intern(_ scope: InstrumentationScope) throws(SQLiteFailure) -> Int32 {
        if let known = scopes.recent(scope) { return known.reference }
        encoder.removeAll()
        encoder.encode(scope.attributes)
        var digest = ContentDigest()
        digest.add(scope.name)
        digest.add(scope.version)
        digest.add(scope.schemaURL)
        digest.add(Int64(scope.droppedAttributesCount))
        encoder.bytes.withUnsafeBytes { digest.add($0) }
        if let known = scopes[digest.value] {
            scopes.insert(scope, digest: digest.value, known)
            return known.reference
        }
        let place = try find(digest.value, in: statements.selectScope, schemaURL: scope.schemaURL)
        var reference = place.reference
        if reference == 0 {
            let insert = statements.insertScope
            insert.bind(1, place.digest)
            insert.bind(2, scope.name)
            insert.bind(3, scope.version)
            insert.bind(5, scope.droppedAttributesCount)
            insert.bind(6, scope.schemaURL)
            try insert.run(binding: encoder.bytes, at: 4)
            reference = try lastInsertedReference()
        }
        scopes.insert(scope, digest: digest.value, .init(reference: reference, label: 0))
        return reference
    }

    /// The reference of the set of keys that the attributes have.
    func internShape(of attributes: [Attribute]) throws(SQLiteFailure) -> Int32 {
        var digest = ContentDigest()
        for attribute in attributes { digest.add(attribute.key) }
        if let reference = shapes[digest.value] { return reference }
        let keys = AttributeShape.keys(of: attributes)
        var canonical = ContentDigest()
        for key in keys { canonical.add(key) }
        let reference = try storeShape(keys, digest: canonical.value)
        shapes.insert(reference, digest: digest.value)
        return reference
    }

    private func storeShape(_ keys: [String], digest: Int64) throws(SQLiteFailure) -> Int32 {
        let select = statements.selectShape
        select.bind(1, digest)
        if try select.step() {
            let reference = select.reference(0)
            select.reset()
            return reference
        }
        encoder.removeAll()
        encoder.encode(AttributeValue.array(keys.map { .string($0) }))
        statements.insertShape.bind(1, digest)
        try statements.insertShape.run(binding: encoder.bytes, at: 2)
        let reference = try lastInsertedReference()
        for key in keys {
            statements.insertShapeKey.bind(1, key)
            statements.insertShapeKey.bind(2, Int64(reference))
            try statements.insertShapeKey.run()
        }
        return reference
    }

    /// Looks for a shared object whose encoded attributes the encoder holds.
    ///
    /// Gives 0 with a free digest where there is none: other content under the same digest moves it on by one.
    private func find(
        _ digest: Int64, in select: PreparedStatement, schemaURL: String
    ) throws(SQLiteFailure) -> (reference: Int32, digest: Int64) {
        var digest = digest
        while true {
            select.bind(1, digest)
            defer { select.reset() }
            guard try select.step() else { return (0, digest) }
            let isSame = select.withBytes(1) { stored in
                encoder.bytes.withUnsafeBytes { $0.elementsEqual(stored) }
            }
            if isSame && select.text(2) == schemaURL { return (select.reference(0), digest) }
            digest &+= 1
        }
    }

    private func lastInsertedReference() throws(SQLiteFailure) -> Int32 {
        guard let reference = Int32(exactly: insertedRowID) else {
            throw SQLiteFailure(code: 0, message: "too many different texts")
        }
        return reference
    }
}
