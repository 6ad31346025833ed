import TraceExport

/// The traces of the demo, built once for all tests that only read them.
enum DemoTraces {
    static let all = ExportFixture.demo()
}
