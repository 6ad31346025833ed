/// Why one record cannot be stored, and where in the input the fault is.
struct RecordFault: Error, Equatable {
    var offset: Int64
    var line: Int64?
    var reason: String
}
