import CoreMetrics
import Service
import Testing

struct PrometheusRegistryTests {
    @Test func countersGaugesAndHistogramsAreWrittenAsPrometheusReadsThem() {
        let registry = PrometheusRegistry()
        Counter(label: "mail.pages", dimensions: [("source", "ocr")], factory: registry).increment(by: 3)
        Counter(label: "mail.pages", dimensions: [("source", "ocr")], factory: registry).increment()
        Gauge(label: "queue.depth", factory: registry).record(7)
        Timer(label: "page.time", factory: registry).recordMilliseconds(20)
        let lines = registry.exposition().split(separator: "\n").map(String.init)
        #expect(lines.contains("# TYPE mail_pages_total counter"))
        #expect(lines.contains("mail_pages_total{source=\"ocr\"} 4"))
        #expect(lines.contains("queue_depth 7"))
        #expect(lines.contains("page_time_seconds_bucket{le=\"0.01\"} 0"))
        #expect(lines.contains("page_time_seconds_bucket{le=\"0.025\"} 1"))
        #expect(lines.contains("page_time_seconds_bucket{le=\"+Inf\"} 1"))
        #expect(lines.contains("page_time_seconds_sum 0.02"))
        #expect(lines.contains("page_time_seconds_count 1"))
    }

    @Test func labelValuesAreEscaped() {
        let registry = PrometheusRegistry()
        Counter(label: "odd", dimensions: [("why", "a \"b\"\n\\")], factory: registry).increment()
        #expect(registry.exposition().contains(#"odd_total{why="a \"b\"\n\\"} 1"#))
    }

    @Test func aNameKeepsItsFirstKind() {
        let registry = PrometheusRegistry()
        Gauge(label: "depth", factory: registry).record(1)
        Recorder(label: "depth", aggregate: true, factory: registry).record(5)
        #expect(registry.exposition() == "# TYPE depth gauge\ndepth 1\n")
    }
}
