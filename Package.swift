// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours is compiled with the same strictness.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .treatAllWarnings(as: .error),
]

let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let histogram = Target.Dependency.product(name: "Histogram", package: "hdrhistogram-swift")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// A room of the house: a library target under `Sources/`.
func room(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The tests of a room.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name, dependencies: dependencies, swiftSettings: strict)
}

let package = Package(
    name: "spandrel",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "spandrel", targets: ["spandrel"]),
        .library(name: "TraceQuery", targets: ["TraceQuery", "TraceModel", "SQLiteQuery"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
    ],
    targets: [
        // Values and pure functions.
        room("Basics"),
        room("FastJSON", ["Basics"]),
        room("TraceModel", ["Basics"]),
        room("TraceAnalysis", ["Basics", "TraceModel"]),
        room("TraceDialect", ["Basics", "FastJSON", "TraceModel"]),
        room("TraceAssembly", ["Basics", "FastJSON", "TraceModel", "TraceDialect", "TraceAnalysis"]),
        room("Redaction", ["Basics", "FastJSON", "TraceModel", "TraceDialect", crypto, yams]),
        // Questions, and what every answer to them is made of.
        room("TraceQuery", ["Basics", "TraceModel"]),
        // Bytes in.
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .systemLibrary(name: "CZstd", providers: [.apt(["libzstd-dev"])]),
        room("Compression", ["CZlib", "CZstd"]),
        room("StreamDecoding", ["Basics", "FastJSON", "TraceModel", "TraceDialect"]),
        room(
            "TraceIngest",
            ["Basics", "FastJSON", "TraceModel", "TraceDialect", "StreamDecoding", "Compression", yams]),
        room("DemoIncidents", ["Basics", "FastJSON", "TraceModel"]),
        // The database: one writer, one reader.
        .systemLibrary(name: "CSQLite", providers: [.apt(["libsqlite3-dev"])]),
        room(
            "TraceStore",
            [
                "Basics", "FastJSON", "TraceModel", "TraceAnalysis", "TraceDialect", "TraceAssembly", "Redaction",
                "CSQLite",
            ]),
        room(
            "SQLiteQuery",
            [
                "Basics", "FastJSON", "TraceModel", "TraceAnalysis", "TraceDialect", "TraceStore", "TraceQuery",
                "CSQLite",
                histogram,
            ]),
        room("Ingest", ["TraceModel", "Redaction", "TraceIngest", "TraceStore"]),
        room(
            "Collector",
            [
                "Basics", "TraceModel", "StreamDecoding", "TraceStore", "Ingest", "Compression", httpClient, nioCore,
                nioPosix, nioHTTP1,
            ]),
        // Tables: one column for screens, output and exports.
        room("Tables", ["Basics", "FastJSON", "Canvas"]),
        room(
            "TraceTables", ["Basics", "FastJSON", "TraceModel", "TraceAnalysis", "TraceQuery", "Tables", "Canvas"]),
        room("TraceExport", ["Basics", "FastJSON", "TraceModel", "TraceAnalysis", "Tables", "TraceTables", "Canvas"]),
        room(
            "Exporter",
            [
                "Basics", "TraceModel", "TraceAnalysis", "TraceDialect", "Redaction", "TraceStore", "TraceQuery",
                "TraceExport",
            ]),
        // The screen.
        room("Canvas", ["Basics"]),
        .systemLibrary(name: "CNcurses", providers: [.apt(["libncursesw5-dev"])]),
        room("NcursesTerminal", ["Basics", "Canvas", "CNcurses"]),
        .target(
            name: "BuiltinThemes",
            path: "themes",
            exclude: [],
            sources: ["BuiltinThemes.swift"],
            resources: [
                .embedInCode("dark.theme"), .embedInCode("light.theme"), .embedInCode("high-contrast.theme"),
                .embedInCode("mono.theme"), .embedInCode("system16.theme"),
            ],
            swiftSettings: strict),
        room(
            "Explorer",
            [
                "Basics", "FastJSON", "TraceModel", "TraceAnalysis", "Redaction", "TraceQuery", "Tables", "TraceTables",
                "TraceExport", "Canvas", "BuiltinThemes",
            ]),
        // The command line.
        room(
            "Headless",
            [
                "Basics", "FastJSON", "TraceModel", "TraceAnalysis", "TraceQuery", "Tables", "TraceTables",
                "TraceExport",
                "Canvas",
            ]),
        .executableTarget(
            name: "spandrel",
            dependencies: [
                "Basics", "FastJSON", "TraceModel", "TraceAnalysis", "TraceIngest", "TraceStore", "TraceQuery",
                "SQLiteQuery",
                "Redaction", "Ingest", "DemoIncidents", "Collector", "Tables", "TraceTables", "TraceExport",
                "Exporter", "Canvas",
                "NcursesTerminal", "Explorer", "Headless", arguments,
            ],
            swiftSettings: strict),
        // Tests.
        .target(
            name: "TestSupport",
            dependencies: ["Basics", "Canvas", "TraceModel"],
            path: "Tests/TestSupport",
            swiftSettings: strict),
        tests("BasicsTests", ["Basics"]),
        tests("FastJSONTests", ["Basics", "FastJSON", "TestSupport"]),
        tests("TraceModelTests", ["Basics", "TraceModel", "TestSupport"]),
        tests("StreamDecodingTests", ["Basics", "StreamDecoding", "TraceModel", "FastJSON", "TestSupport"]),
        tests(
            "CollectorTests",
            [
                "Collector", "Ingest", "StreamDecoding", "TraceStore", "TraceQuery", "TraceModel", "TestSupport",
                nioCore,
                nioPosix, nioHTTP1, httpClient,
            ]),
        tests(
            "TraceExportTests",
            [
                "Basics", "TraceExport", "StreamDecoding", "TraceDialect", "TraceIngest", "DemoIncidents",
                "TraceAnalysis", "TraceAssembly", "TraceModel", "FastJSON", "Canvas", "TestSupport",
            ]),
        tests(
            "ExporterTests",
            [
                "Basics", "Exporter", "TraceExport", "Ingest", "TraceIngest", "TraceStore", "TraceQuery",
                "SQLiteQuery",
                "Redaction", "DemoIncidents", "TraceDialect", "TraceAnalysis", "TraceModel", "FastJSON", "TestSupport",
            ]),
        tests("TraceAnalysisTests", ["Basics", "TraceAnalysis", "TraceModel", "TestSupport"]),
        tests(
            "TraceAssemblyTests",
            ["Basics", "TraceAssembly", "TraceDialect", "TraceAnalysis", "TraceModel", "TestSupport"]),
        tests("TraceDialectTests", ["Basics", "TraceDialect", "TraceModel", "TestSupport"]),
        tests("RedactionTests", ["Basics", "Redaction", "TraceDialect", "TraceModel", "FastJSON", "TestSupport"]),
        tests(
            "TraceIngestTests",
            ["Basics", "TraceIngest", "TraceDialect", "TraceModel", "FastJSON", "TestSupport"]),
        tests(
            "TraceStoreTests",
            ["Basics", "TraceStore", "TraceDialect", "Redaction", "TraceModel", "TestSupport", "CSQLite"]),
        tests("TraceQueryTests", ["Basics", "TraceQuery", "TraceModel", "TestSupport"]),
        tests(
            "SQLiteQueryTests",
            [
                "Basics", "SQLiteQuery", "TraceQuery", "TraceStore", "TraceDialect", "TraceModel", "TestSupport",
                "CSQLite",
            ]),
        tests("CanvasTests", ["Basics", "Canvas", "TestSupport"]),
        tests("TablesTests", ["Basics", "Tables", "FastJSON"]),
        tests("NcursesTerminalTests", ["Basics", "NcursesTerminal", "Canvas", "TestSupport"]),
        tests(
            "ExplorerTests",
            [
                "Basics", "Explorer", "TraceQuery", "TraceExport", "Redaction", "TraceModel", "TraceAnalysis", "Canvas",
                "BuiltinThemes", "TestSupport",
            ]),
        tests(
            "HeadlessTests",
            [
                "Headless", "Tables", "TraceTables", "TraceQuery", "TraceModel", "TraceAnalysis", "TraceExport",
                "Canvas",
                "TestSupport",
            ]),
        tests(
            "IngestTests",
            [
                "Ingest", "TraceIngest", "TraceStore", "TraceQuery", "SQLiteQuery", "Redaction", "DemoIncidents",
                "TraceModel", "TestSupport",
            ]),
        tests(
            "HostileTests",
            [
                "Basics", "Explorer", "Headless", "Exporter", "Ingest", "TraceIngest", "TraceStore", "TraceQuery",
                "SQLiteQuery", "TraceDialect", "TraceAssembly", "DemoIncidents", "TestSupport",
                "TraceExport", "TraceAnalysis", "TraceModel", "Canvas",
            ]),
        tests("EndToEndTests", ["Canvas", "TestSupport"]),
        .executableTarget(
            name: "spandrel-bench",
            dependencies: [
                "Basics", "FastJSON", "TraceModel", "TraceAnalysis", "TraceQuery", "SQLiteQuery", "TraceStore",
                "TraceDialect",
                "TraceIngest", "Redaction", "TraceExport", "Exporter", "Ingest", "StreamDecoding", "Collector",
                "Canvas", "NcursesTerminal", "Explorer", "TestSupport", "CSQLite", nioCore, nioPosix, nioHTTP1,
                httpClient,
            ],
            path: "Tests/Benchmarks",
            swiftSettings: strict),
    ]
)
