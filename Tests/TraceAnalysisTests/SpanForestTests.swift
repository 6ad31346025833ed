import Testing
import TraceAnalysis
import TraceModel

@Suite struct SpanForestTests {
    func row(_ id: UInt64, parent: UInt64? = nil, start: Int64? = nil, end: Int64? = nil) -> SpanRow {
        var row = SpanRow(arrival: Int32(id), spanID: SpanID(id), parentSpanID: parent.map { SpanID($0) }, name: 0)
        row.startUnixNano = start
        row.endUnixNano = end
        return row
    }

    func order(_ forest: SpanForest) -> [[Int]] {
        var result: [[Int]] = []
        forest.walk { node, depth in
            result.append([Int(node), depth])
            return true
        }
        return result
    }

    @Test func ordersParentsBeforeChildrenWhateverTheInputOrder() {
        let forest = SpanForest([row(3, parent: 1), row(1), row(2, parent: 1), row(4, parent: 3)])
        #expect(order(forest) == [[1, 0], [0, 1], [3, 2], [2, 1]])
        #expect(forest.descendantCounts == [1, 3, 0, 0])
        #expect(forest.isLastSibling(2))
        #expect(!forest.isLastSibling(0))
        #expect(forest.sibling(of: 0, distance: 1) == 2)
        #expect(forest.path(to: 3) == [1, 0, 3])
    }

    @Test func showsMissingParentsAsPlaceholdersWhereTheirFirstChildStands() {
        let forest = SpanForest([row(1), row(5, parent: 99), row(2, parent: 1), row(6, parent: 99), row(7)])
        #expect(forest.missingParents == [SpanID(99)])
        #expect(forest.roots == [0, 5, 4])
        #expect(forest.missingParent(of: 5) == SpanID(99))
        #expect(order(forest) == [[0, 0], [2, 1], [5, 0], [1, 1], [3, 1], [4, 0]])
    }

    @Test func opensCyclesAndSelfParents() {
        let forest = SpanForest([row(1, parent: 1), row(2, parent: 3), row(3, parent: 2), row(4, parent: 3)])
        #expect(forest.cycleBreaks == [1])
        #expect(order(forest).map { $0[0] } == [0, 1, 2, 3])
        #expect(forest.descendantCounts == [0, 2, 1, 0])
    }

    @Test func keepsSpansWithEqualIds() {
        let forest = SpanForest([row(1), row(2, parent: 1), row(2, parent: 1), row(3, parent: 2)])
        #expect(order(forest) == [[0, 0], [1, 1], [3, 2], [2, 1]])
    }

    @Test func takesAChainAHundredThousandDeep() {
        let forest = SpanForest((1...100_000).map { row(UInt64($0), parent: $0 == 1 ? nil : UInt64($0 - 1)) })
        #expect(order(forest).last == [99_999, 99_999])
        #expect(forest.descendantCounts[0] == 99_999)
    }

    @Test func everyNodeStandsOnceWhateverTheParents() {
        var seed: UInt64 = 7
        func next(_ bound: Int) -> Int {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Int(seed >> 33) % bound
        }
        for _ in 0..<300 {
            let rows = (0..<next(40)).map { _ in row(UInt64(next(30) + 1), parent: UInt64(next(36) + 1)) }
            let forest = SpanForest(rows)
            let nodes = order(forest).map { $0[0] }
            #expect(nodes.sorted() == Array(0..<forest.nodeCount))
        }
    }

    @Test func selfTimeIsWhatNoChildCovers() {
        let rows = [
            row(1, start: 0, end: 100), row(2, parent: 1, start: 10, end: 40), row(3, parent: 1, start: 30, end: 50),
            row(4, parent: 1, start: 90, end: 140), row(5, parent: 1, start: 60, end: nil),
        ]
        let cover = ChildCover(rows, forest: SpanForest(rows))
        #expect(cover.selfNanos == [50, 30, 20, 50, nil])
        #expect(cover.isCovered(0, from: 45, to: 55))
        #expect(!cover.isCovered(0, from: 50, to: 90))
        #expect(!cover.isCovered(0, from: 0, to: 10))
        #expect(cover.isCovered(0, from: 99, to: 100))
    }

    @Test func activityNamesTheLayerThatRan() throws {
        var model = row(1, start: 0, end: 50)
        model.kind = .llm
        var tool = row(2, start: 70, end: 100)
        tool.kind = .tool
        tool.isError = true
        let extent = try #require(TraceExtent([model, tool]))
        let activity = Activity([model, tool], extent: extent, buckets: 10)
        #expect(activity.stretches.map(\.layer).prefix(5) == [.model, .model, .model, .model, .model])
        #expect(activity.stretches[6].layer == nil)
        #expect(activity.stretches[9].layer == .tool)
        #expect(activity.stretches[9].hasError)
    }
}
