import CoreMetrics
import Synchronization

/// A number that only grows.
final class CounterCell: CounterHandler, FloatingPointCounterHandler {
    private let total = Mutex(0.0)

    var value: Double { total.withLock { $0 } }

    func increment(by amount: Int64) { increment(by: Double(amount)) }

    func increment(by amount: Double) {
        guard amount > 0 else { return }
        total.withLock { $0 += amount }
    }

    func reset() { total.withLock { $0 = 0 } }
}

/// A number that goes up and down.
final class GaugeCell: MeterHandler, RecorderHandler {
    private let current = Mutex(0.0)

    var value: Double { current.withLock { $0 } }

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { current.withLock { $0 = value } }
    func increment(by amount: Double) { current.withLock { $0 += amount } }
    func decrement(by amount: Double) { current.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }
}

/// Measured values, counted in fixed buckets.
final class HistogramCell: RecorderHandler, TimerHandler {
    struct Reading {
        /// For each upper bound, how many values were at or under it and over the bound before.
        var counts: [UInt64]
        /// How many values were over the last bound.
        var over: UInt64 = 0
        var sum = 0.0

        var count: UInt64 { counts.reduce(over, +) }
    }

    /// Ascending.
    let upperBounds: [Double]
    private let state: Mutex<Reading>

    init(upperBounds: [Double]) {
        self.upperBounds = upperBounds
        state = Mutex(Reading(counts: Array(repeating: 0, count: upperBounds.count)))
    }

    var reading: Reading { state.withLock { $0 } }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = upperBounds.firstIndex { value <= $0 }
        state.withLock { reading in
            if let bucket { reading.counts[bucket] += 1 } else { reading.over += 1 }
            reading.sum += value
        }
    }

    /// Keeps seconds, the unit that Prometheus asks for.
    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1_000_000_000) }
}
