import TraceModel

/// A unit of a page: a part of a message, an attribute, the head of an event.
struct SpanBlock: Sendable {
    /// What stands to the left: a role, a key, a time.
    var gutter = ""
    var gutterRole = Role.dim
    /// What stands before the text of the first line.
    var lead = ""
    var leadRole = Role.dim
    /// What stands at the right of the first row.
    var note = ""
    var noteRole = Role.dim
    /// One line that takes the place of the body while the block is closed; nil where the body is always shown.
    var brief: DisplayLine?
    /// True when `brief` shows all that the body holds.
    var isBriefWhole = true
    var body: SpanText?
    /// The role of plain text.
    var role = Role.text
    /// Columns before the gutter.
    var indent = 0
    /// Rows of a text that are shown before the user asks for all.
    var clipRows = 12
    /// Open where the user has said nothing.
    var isProposedOpen = false
    /// The text starts at the margin, whatever the gutters of other blocks take.
    var isWide = false
    /// A rule across the page with the brief form as its title.
    var isRule = false
    /// The block after the last one that this header hides when closed; nil where this is no header.
    var sectionEnd: Int?
    /// The header over this block; nil without one.
    var section: Int?
    /// The span that this line of evidence points to; nil where it points to none.
    var target: SpanID?

    /// A block of plain text.
    static func text(_ text: String, role: Role = .text) -> SpanBlock {
        var block = SpanBlock()
        block.body = SpanText(text, form: .plain)
        block.role = role
        return block
    }

    /// True when the block itself opens and closes.
    var isFoldable: Bool { (brief != nil && body != nil) || sectionEnd != nil }

    /// The lines of the block, those inside closed containers included.
    func lineCount(isOpen: Bool) -> Int {
        guard let body, brief == nil || isOpen else { return 1 }
        return body.lineCount
    }
}
