/// A page of the span view.
package enum SpanTab: Int, CaseIterable, Sendable {
    case messages, attributes, events, links, resource, raw, findings

    /// The word in the tab bar.
    package var title: String {
        switch self {
        case .messages: "Messages"
        case .attributes: "Attributes"
        case .events: "Events"
        case .links: "Links"
        case .resource: "Resource"
        case .raw: "Raw"
        case .findings: "Findings"
        }
    }

    /// The word in the tab bar where columns are few.
    var shortTitle: String {
        switch self {
        case .messages: "Msg"
        case .attributes: "Attr"
        case .events: "Evt"
        case .links: "Lnk"
        case .resource: "Res"
        case .raw: "Raw"
        case .findings: "Find"
        }
    }
}
