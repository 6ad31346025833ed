import CSQLite

/// The SQL function `matches(value, number)` of one connection: a comparison that is written in Swift.
///
/// The number counts the comparisons of the request that runs. Statements stay the same whatever is compared.
final class MatchFunction {
    /// A comparison with the UTF-8 of a value.
    typealias Comparison = (UnsafeRawBufferPointer) -> Bool

    /// The comparisons of the request that runs.
    private var comparisons: [Comparison] = []

    /// Forgets the comparisons of an earlier request.
    func removeAll() { comparisons.removeAll() }

    /// The condition that a value which is not null compares so.
    func condition(on value: String, _ comparison: @escaping Comparison) -> SQLFragment {
        comparisons.append(comparison)
        return SQLFragment("matches(\(value), ?)", [.integer(Int64(comparisons.count - 1))])
    }

    /// Makes the function known to a connection, which must not outlive this object.
    func register(on connection: OpaquePointer) {
        sqlite3_create_function_v2(
            connection, "matches", 2, SQLITE_UTF8 | SQLITE_DIRECTONLY,
            Unmanaged.passUnretained(self).toOpaque(),
            { context, count, arguments in
                guard let context, let arguments, count == 2, let user = sqlite3_user_data(context) else { return }
                let function = Unmanaged<MatchFunction>.fromOpaque(user).takeUnretainedValue()
                let number = Int(sqlite3_value_int64(arguments[1]))
                guard function.comparisons.indices.contains(number), let start = sqlite3_value_text(arguments[0])
                else {
                    sqlite3_result_int(context, 0)
                    return
                }
                let length = Int(sqlite3_value_bytes(arguments[0]))
                let bytes = UnsafeRawBufferPointer(start: start, count: length)
                sqlite3_result_int(context, function.comparisons[number](bytes) ? 1 : 0)
            }, nil, nil, nil)
    }
}
