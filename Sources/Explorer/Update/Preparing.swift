import TraceModel
import TraceQuery

/// An answer with all that screens derive from it, so that `update` has only to put it in place.
package struct Answer: Sendable {
    let content: AnswerContent

    fileprivate init(_ content: AnswerContent) {
        self.content = content
    }
}

/// What an answer holds.
enum AnswerContent: Sendable {
    case traces(TracePage)
    case trace(PreparedTrace)
    case list(any ListContent)
    case span(LoadedSpan)
    case stream(StreamTape)
    case search(SearchPage)
    case table(SQLTable)
    case facets(FacetPage)
    /// The texts of one of two spans that are compared; nil for what it does not hold.
    case texts([String?])
    /// What differs between two spans.
    case difference([DisplayLine])
    /// Nothing that was asked for.
    case unexpected
}

/// A trace with its rows as they were folded when it was asked for.
struct PreparedTrace: Sendable {
    let loaded: LoadedTrace
    let rows: TreeRows
    let folds: TreeFolds
    /// The trace and the folds that the rows were made from.
    fileprivate let old: LoadedTrace?
    fileprivate let oldFolds: TreeFolds

    init(_ structure: TraceStructure, adjustsClocks: Bool, after old: LoadedTrace?, folds: TreeFolds) {
        let loaded = LoadedTrace(structure, adjustsClocks: adjustsClocks)
        let newFolds = old.map { folds.translated(from: $0, to: loaded) } ?? folds
        self.loaded = loaded
        self.old = old
        oldFolds = folds
        self.folds = newFolds
        rows = TreeRows(loaded, newFolds)
    }

    /// True while nothing was folded and no other reading came in between.
    func fits(_ trace: TraceState) -> Bool { trace.loaded === old && trace.folds == oldFolds }
}

extension AppState {
    /// What is to be made of the result of an open request, with what that takes of the state.
    ///
    /// The work may be of the size of the data: it is for the task that fetched the result.
    package func preparation(for id: RequestID) -> @Sendable (any Sendable) -> Answer {
        let prepare = preparation(requests.purpose(of: id))
        return { Answer(prepare($0)) }
    }

    private func preparation(_ purpose: PendingRequests.Purpose?) -> @Sendable (any Sendable) -> AnswerContent {
        switch purpose {
        case .structure, .structurePreview:
            let (adjusts, old, folds) = (trace?.adjustsClocks ?? true, trace?.loaded, trace?.folds ?? TreeFolds())
            return { result in
                guard let structure = result as? TraceStructure else { return .unexpected }
                return .trace(PreparedTrace(structure, adjustsClocks: adjusts, after: old, folds: folds))
            }
        case .span:
            let (loaded, metrics, tab) = (trace?.loaded, metrics, trace?.pane.view.tab)
            return { result in
                guard let detail = result as? SpanDetail else { return .unexpected }
                return .span(LoadedSpan(detail, in: loaded, metrics: metrics, tab: tab))
            }
        case .list(let view)?:
            guard let list = ListView.of(view) else { break }
            return { result in
                guard let content = list.source.content(result) else { return .unexpected }
                return .list(content)
            }
        case .compared(let view, let isLater)?:
            guard let list = lists[view], let comparison = list.comparison,
                let content = list.content as? any ComparableContent
            else { break }
            return { result in
                guard let detail = result as? SpanDetail else { return .unexpected }
                return .texts(content.texts(of: detail.content, in: comparison, isLater: isLater))
            }
        default: return { AnswerContent($0) }
        }
        return { _ in .unexpected }
    }

    /// What an open derivation computes from data that is there already; nil where nobody waits for it any more.
    package func derivation(for id: RequestID) -> (@Sendable () -> Answer)? {
        guard let derive = derivation(requests.purpose(of: id)) else { return nil }
        return { Answer(derive()) }
    }

    private func derivation(_ purpose: PendingRequests.Purpose?) -> (@Sendable () -> AnswerContent)? {
        switch purpose {
        case .shownClocks:
            guard let trace, let old = trace.loaded else { return nil }
            let (adjusts, folds) = (trace.adjustsClocks, trace.folds)
            return { .trace(PreparedTrace(old.source, adjustsClocks: adjusts, after: old, folds: folds)) }
        case .spanPlace:
            guard let trace, let span = trace.pane.document, let loaded = trace.loaded else { return nil }
            let (metrics, tab) = (metrics, trace.pane.view.tab)
            return { .span(LoadedSpan(span.detail, in: loaded, metrics: metrics, tab: tab)) }
        case .difference(let view)?:
            guard let list = lists[view], let comparison = list.comparison,
                let content = list.content as? any ComparableContent
            else { return nil }
            return { .difference(content.difference(comparison)) }
        default: return nil
        }
    }
}

extension AnswerContent {
    /// A result of which nothing depends on the state.
    fileprivate init(_ result: any Sendable) {
        self =
            switch result {
            case let page as TracePage: .traces(page)
            case let detail as StreamDetail: .stream(StreamTape(detail))
            case let page as SearchPage: .search(page)
            case let table as SQLTable: .table(table)
            case let page as FacetPage: .facets(page)
            default: .unexpected
            }
    }
}
