import CSQLite

/// The SQL function `attribute_matches(attributes, number)` of one connection.
///
/// The number counts the matchers of the request that runs. Statements stay the same whatever is compared.
final class AttributeFunction {
    /// The matchers of the request that runs.
    var matchers: [AttributeMatcher] = []

    /// Makes the function known to a connection, which must not outlive this object.
    func register(on connection: OpaquePointer) {
        sqlite3_create_function_v2(
            connection, "attribute_matches", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY,
            Unmanaged.passUnretained(self).toOpaque(),
            { context, count, arguments in
                guard let context, let arguments, count == 2, let user = sqlite3_user_data(context) else { return }
                let function = Unmanaged<AttributeFunction>.fromOpaque(user).takeUnretainedValue()
                let number = Int(sqlite3_value_int64(arguments[1]))
                guard function.matchers.indices.contains(number), let start = sqlite3_value_text(arguments[0]) else {
                    sqlite3_result_int(context, 0)
                    return
                }
                let length = Int(sqlite3_value_bytes(arguments[0]))
                let bytes = UnsafeRawBufferPointer(start: start, count: length)
                sqlite3_result_int(context, function.matchers[number].matches(attributes: bytes) ? 1 : 0)
            }, nil, nil, nil)
    }
}
