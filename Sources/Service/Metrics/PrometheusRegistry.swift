package import CoreMetrics
import Synchronization

/// Keeps the process's metrics and writes them as Prometheus reads them.
///
/// A label such as `http.server.requests` becomes the name `http_server_requests`, with `_total` for a counter and
/// `_seconds` for a timer. A metric whose name another kind of metric already has is not recorded.
package final class PrometheusRegistry: MetricsFactory, Sendable {
    /// Upper bounds in seconds of a timer's buckets: from a cached answer to a slow page of OCR.
    static let secondsBounds = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
    /// Upper bounds of the buckets of other measured values.
    static let amountBounds = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000.0]

    private enum Cell {
        case counter(CounterCell)
        case gauge(GaugeCell)
        case histogram(HistogramCell)
    }

    private struct Family {
        var kind: PrometheusText.Kind
        var cells: [PrometheusText.Labels: Cell] = [:]
    }

    private let families = Mutex<[String: Family]>([:])

    package init() {}

    /// The metrics in Prometheus's text form, followed by `extra`, which was worked out for this reading.
    package func exposition(with extra: [PrometheusText.Family] = []) -> String {
        let own = families.withLock { families in
            families.map { name, family in
                PrometheusText.Family(
                    name: name, kind: family.kind,
                    samples: family.cells.flatMap { labels, cell in PrometheusRegistry.samples(of: cell, labels) })
            }
        }
        return PrometheusText.write(own + extra)
    }

    private static func samples(of cell: Cell, _ labels: PrometheusText.Labels) -> [PrometheusText.Sample] {
        switch cell {
        case .counter(let counter): [.init(labels: labels, value: counter.value)]
        case .gauge(let gauge): [.init(labels: labels, value: gauge.value)]
        case .histogram(let histogram): PrometheusText.samples(of: histogram, labels)
        }
    }

    /// The cell of a name and labels, made when there is none; nil when the name belongs to another kind.
    private func cell(
        _ name: String, _ dimensions: [(String, String)], _ kind: PrometheusText.Kind, make: () -> Cell
    ) -> Cell? {
        let labels = PrometheusText.Labels(dimensions)
        return families.withLock { families in
            var family = families[name] ?? Family(kind: kind)
            guard family.kind == kind else { return nil }
            let cell = family.cells[labels] ?? make()
            family.cells[labels] = cell
            families[name] = family
            return cell
        }
    }

    private func counter(_ label: String, _ dimensions: [(String, String)]) -> CounterCell {
        let name = PrometheusText.name(label, suffix: "_total")
        guard case .counter(let counter)? = cell(name, dimensions, .counter, make: { .counter(CounterCell()) }) else {
            return CounterCell()
        }
        return counter
    }

    private func gauge(_ label: String, _ dimensions: [(String, String)]) -> GaugeCell {
        guard
            case .gauge(let gauge)? = cell(
                PrometheusText.name(label), dimensions, .gauge, make: { .gauge(GaugeCell()) })
        else { return GaugeCell() }
        return gauge
    }

    private func histogram(_ name: String, _ dimensions: [(String, String)], _ bounds: [Double]) -> HistogramCell {
        let made = cell(name, dimensions, .histogram) { .histogram(HistogramCell(upperBounds: bounds)) }
        guard case .histogram(let histogram)? = made else { return HistogramCell(upperBounds: bounds) }
        return histogram
    }
}

extension PrometheusRegistry {
    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        counter(label, dimensions)
    }

    package func makeFloatingPointCounter(
        label: String, dimensions: [(String, String)]
    ) -> any FloatingPointCounterHandler {
        counter(label, dimensions)
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        gauge(label, dimensions)
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        guard aggregate else { return gauge(label, dimensions) }
        return histogram(PrometheusText.name(label), dimensions, PrometheusRegistry.amountBounds)
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        histogram(PrometheusText.name(label, suffix: "_seconds"), dimensions, PrometheusRegistry.secondsBounds)
    }

    // A series once begun stays: Prometheus would take its end for a restart.
    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyFloatingPointCounter(_ handler: any FloatingPointCounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {}
    package func destroyTimer(_ handler: any TimerHandler) {}
}
