/// Why a trajectory is left out.
enum TrajectoryFault: Error, CaseIterable {
    case nothingCaptured
    case noAnswer
    case callWithoutAnswer
    case answerWithoutCall
    case namelessCall
    case emptyMessage
    case systemInTheMiddle
    case unknownRole
    case media
    case toolName
    case order
    case contained

    /// Why, in words that follow a count.
    var words: String {
        switch self {
        case .nothingCaptured: "nothing of what was said was captured"
        case .noAnswer: "it ends before the model answered"
        case .callWithoutAnswer: "a tool call has no recorded result"
        case .answerWithoutCall: "a tool result answers no recorded call"
        case .namelessCall: "a tool call names no tool"
        case .emptyMessage: "a message has no content"
        case .systemInTheMiddle: "a system message stands in the middle"
        case .unknownRole: "a message has a role that chat formats do not know"
        case .media: "an image, sound or file has no place in the format, or no address"
        case .toolName: "a tool has a name that the format does not take"
        case .order: "questions and answers do not take turns"
        case .contained: "without its open last turn it is the beginning of another"
        }
    }
}
