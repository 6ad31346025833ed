/// The kinds of message parts in the JSON forms, for the documentation.
package enum MessagePartForms {
    package static let all: [(type: String, fields: String)] = [
        ("text", "content"),
        ("reasoning", "content"),
        ("tool_call", "id, name, arguments (JSON text, or what the model wrote instead)"),
        ("tool_call_response", "id, response (text)"),
        ("media", "modality, mime_type, reference"),
        ("other", "part_type, json (the part as JSON text)"),
        ("redacted", "nothing: the producer withheld the content"),
    ]
}
