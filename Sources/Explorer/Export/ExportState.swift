package import TraceExport

/// The export dialog: what, as what, where to, and how an export under way is getting on.
package struct ExportState: Equatable, Sendable {
    /// The lists between which the cursor goes.
    package enum Field: Sendable {
        case scope, format
    }

    /// An export that is being written.
    package struct Run: Equatable, Sendable {
        package var order: ExportOrder
        /// Spans written, of how many; 0 of 0 until the first are.
        package var done = 0
        package var total = 0
        /// The user asked for it to stop.
        package var isStopping = false

        package init(_ order: ExportOrder) {
            self.order = order
        }
    }

    /// At least one.
    package var choices: [ExportChoice]
    package var chosen = 0
    package var format: ExportFormat
    package var rows = ExportRows.spans
    package var path = ""
    package var isUnredacted = false
    package var field = Field.scope
    /// Nil while it is being counted, and where it cannot be told.
    package var estimate: ExportEstimate?
    package var isEstimating = true
    package var run: Run?
    /// Why nothing was written, until the user goes on.
    package var problem: String?
    /// What the last export says that its file leaves out.
    package var remarks: [String] = []

    package init(choices: [ExportChoice], format: ExportFormat) {
        self.choices = choices
        self.format = format
        path = choice.fileName(format)
    }

    package var choice: ExportChoice { choices[chosen] }

    package var order: ExportOrder {
        ExportOrder(
            scope: choice.scope, format: format, rows: rows, path: path, isUnredacted: isUnredacted,
            replacesFile: false)
    }

    /// Something that the user should see before the dialog starts over.
    var hasNews: Bool { run != nil || problem != nil || !remarks.isEmpty }
}

extension ExportState {
    /// The place of the chosen row in the list in focus.
    var cursor: Int {
        switch field {
        case .scope: chosen
        case .format: ExportFormat.allCases.firstIndex(of: format) ?? 0
        }
    }

    /// The choice of which the steps can be chosen.
    var stepsIndex: Int? { choices.firstIndex { $0.stepCount > 0 } }

    /// The range of steps as it is typed.
    var stepsText: String? {
        guard let index = stepsIndex, case .steps(_, let range) = choices[index].scope else { return nil }
        return "\(range.lowerBound)..\(range.upperBound)"
    }

    /// Brings the path in line with what was chosen: a proposed name is proposed again, of a typed one only the ending
    /// follows.
    mutating func follow(_ proposal: String, format old: ExportFormat) {
        if path == proposal {
            path = choice.fileName(format)
        } else if path.hasSuffix("." + old.fileExtension) {
            path = path.dropLast(old.fileExtension.count) + format.fileExtension
        }
    }
}
