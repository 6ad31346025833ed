package import TraceModel

/// A stream on its way out, with what its files say of it.
package struct StreamExport: Sendable {
    package var chunks: StreamChunks
    package var info: StreamInfo
    /// What a player shows as the name of the recording.
    package var title: String
    /// The model that answered; nil where unknown.
    package var model: String?
    /// The id of the response; a file needs one, so that of the span stands in where it is unknown.
    package var responseID: String

    package init(chunks: StreamChunks, info: StreamInfo, title: String, model: String?, responseID: String) {
        self.chunks = chunks
        self.info = info
        self.title = title
        self.model = model
        self.responseID = responseID
    }
}
