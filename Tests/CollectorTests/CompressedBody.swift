import Foundation

/// The same short chat stream, "Hello world", in the codings of HTTP.
enum CompressedBody {
    static var gzip: [UInt8] { bytes(gzipText) }
    /// Deflate without the head of zlib, as some servers send it.
    static var bareDeflate: [UInt8] { bytes(bareText) }

    private static func bytes(_ text: String) -> [UInt8] { Array(Data(base64Encoded: text) ?? Data()) }

    private static let gzipText =
        "H4sIAAAAAAACA82OsQ7CMAxE93xF5BkqkJg6g8QEH1BVKCSGBIJdNa5AQv13kk4dmBGbfXf2PWfE1PoNwUGtwa5hoYHPN7Qy7d5I"
        + "ZfnRRZTAVFk/0L1EHuwwlsS1k+WGi2Q9B4spi01+Rw5feVxlIyfFQCnpOWI5MimFJIZkumMSpKlujzEyjFm8BArJn3o0iSlbNMQ4"
        + "tqNS7pe8MzT95D66/2H7BgJJuIMZSrM9HnatUh8z1JFz5QEAAA=="

    private static let bareText =
        "zY6xDsIwDET3fEXkGSqQmDqDxAQfUFUoJIYEgl01rkBC/XeSTh2YEZt9d/Y9Z8TU+g3BQa3BrmGhgc83tDLt3khl+dFFlMBUWT/Q"
        + "vUQe7DCWxLWT5YaLZD0HiymLTX5HDl95XGUjJ8VAKek5YjkyKYUkhmS6YxKkqW6PMTKMWbwECsmfejSJKVs0xDi2o1Lul7wzNP3k"
        + "Prr/YfsGAkm4gxlKsz0edq1SHw=="
}
