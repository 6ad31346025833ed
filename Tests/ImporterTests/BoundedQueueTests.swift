import Foundation
import TestSupport
import Testing

@testable import Importer

@Suite(.blocking) struct BoundedQueueTests {
    @Test func valuesArriveInOrderAndNeverMoreThanTheCapacityWait() {
        let queue = BoundedQueue<Int>(capacity: 3)
        let producer = Thread {
            for number in 0..<1_000 { _ = queue.push(number) }
            queue.finish()
        }
        producer.start()
        var received: [Int] = []
        while let number = queue.pop() { received.append(number) }
        #expect(received == Array(0..<1_000))
    }

    @Test func theFasterSideWaits() {
        let queue = BoundedQueue<Int>(capacity: 2)
        #expect(queue.push(1) && queue.push(2))
        #expect(queue.count == 2)
        // The queue is full: a third value comes in only after one is taken.
        let done = DispatchSemaphore(value: 0)
        Thread {
            _ = queue.push(3)
            done.signal()
        }.start()
        #expect(queue.count == 2)
        #expect(queue.pop() == 1)
        done.wait()
        #expect(queue.count == 2)
        #expect(queue.pop() == 2)
        #expect(queue.pop() == 3)
    }

    @Test func anAbandonedQueueTakesNothing() {
        let queue = BoundedQueue<Int>(capacity: 1)
        #expect(queue.push(1))
        let refused = DispatchSemaphore(value: 0)
        Thread {
            if !queue.push(2) { refused.signal() }
        }.start()
        queue.abandon()
        refused.wait()
        #expect(!queue.push(3))
    }

    @Test func aFinishedQueueGivesWhatItHoldsAndTakesNoMore() {
        let queue = BoundedQueue<Int>(capacity: 2)
        #expect(queue.push(1) && queue.push(2))
        queue.finish()
        #expect(!queue.push(3))
        #expect(queue.pop() == 1)
        #expect(queue.pop() == 2)
        #expect(queue.pop() == nil)
    }
}
