package import Canvas

/// Text of a trace made fit for one line of a terminal.
package struct SafeLine: Sendable {
    let metrics: TextMetrics

    package init(metrics: TextMetrics) {
        self.metrics = metrics
    }

    /// The text with visible stand-ins for what a terminal must not get, cut to a width in columns where one is given.
    package func line(_ text: String, width limit: Int? = nil) -> (text: String, width: Int) {
        var result = ""
        var width = 0
        // Where the text would still fit if the sign of the cut had to follow.
        var fitting = (end: result.endIndex, width: 0)
        for cluster in metrics.clusters(of: prefix(of: text, width: limit)) {
            if let limit, width + cluster.width > limit {
                result.removeSubrange(fitting.end...)
                return limit > 0 ? (result + "…", fitting.width + 1) : ("", 0)
            }
            result += cluster.text
            width += cluster.width
            if let limit, width < limit { fitting = (result.endIndex, width) }
        }
        return (result, width)
    }

    /// No more of a long text than can be seen, so that a payload of many megabytes costs nothing.
    private func prefix(of text: String, width limit: Int?) -> String {
        guard let limit, text.utf8.count > limit * 8 else { return text }
        return String(text.prefix(limit + 1))
    }
}
