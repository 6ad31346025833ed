/// Why a protobuf record cannot be stored.
struct WireRecordFault: Error {
    var reason: String

    init(_ reason: String) { self.reason = reason }
}
