/// Prometheus's text exposition format, version 0.0.4 (prometheus.io/docs/instrumenting/exposition_formats).
package enum PrometheusText {
    /// The media type of the format.
    package static let mediaType = "text/plain; version=0.0.4; charset=utf-8"

    package enum Kind: String, Sendable {
        case counter, gauge, histogram
    }

    /// The label names and values of one series, in the order of their names.
    package struct Labels: Hashable, Sendable {
        let pairs: [Pair]

        struct Pair: Hashable, Sendable {
            let name: String
            let value: String
        }

        package init(_ dimensions: [(String, String)] = []) {
            pairs = dimensions.map { Pair(name: PrometheusText.name($0.0), value: $0.1) }.sorted { $0.name < $1.name }
        }

        /// The labels and one more, written last.
        func adding(_ name: String, _ value: String) -> String {
            PrometheusText.write(pairs + [Pair(name: name, value: value)])
        }

        var text: String { PrometheusText.write(pairs) }
    }

    /// One line: a value and the labels that tell it from its family's others.
    package struct Sample: Sendable {
        /// What follows the family's name: nothing, `_bucket`, `_sum` or `_count`.
        let suffix: String
        let labels: String
        let value: Double

        package init(labels: Labels, value: Double) {
            self.init(suffix: "", labels: labels.text, value: value)
        }

        init(suffix: String, labels: String, value: Double) {
            self.suffix = suffix
            self.labels = labels
            self.value = value
        }
    }

    /// All series of one name.
    package struct Family: Sendable {
        let name: String
        let kind: Kind
        let help: String?
        let samples: [Sample]

        package init(name: String, kind: Kind, help: String? = nil, samples: [Sample]) {
            self.name = name
            self.kind = kind
            self.help = help
            self.samples = samples
        }
    }

    /// A name that the format allows: every other character becomes `_`; `suffix` is added unless it is there.
    static func name(_ label: String, suffix: String = "") -> String {
        let legal = String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" })
        let started = legal.first?.isNumber == false ? legal : "_" + legal
        return started.hasSuffix(suffix) ? started : started + suffix
    }

    /// The families in the order of their names, each series' lines together.
    static func write(_ families: [Family]) -> String {
        var lines: [String] = []
        for family in families.sorted(by: { $0.name < $1.name }) {
            if let help = family.help { lines.append("# HELP \(family.name) \(help)") }
            lines.append("# TYPE \(family.name) \(family.kind.rawValue)")
            for sample in family.samples {
                lines.append("\(family.name)\(sample.suffix)\(sample.labels) \(number(sample.value))")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    static func samples(of histogram: HistogramCell, _ labels: Labels) -> [Sample] {
        let reading = histogram.reading
        var below: UInt64 = 0
        var samples = zip(histogram.upperBounds, reading.counts).map { bound, count in
            below += count
            return Sample(suffix: "_bucket", labels: labels.adding("le", number(bound)), value: Double(below))
        }
        let count = Double(reading.count)
        samples.append(Sample(suffix: "_bucket", labels: labels.adding("le", "+Inf"), value: count))
        samples.append(Sample(suffix: "_sum", labels: labels.text, value: reading.sum))
        samples.append(Sample(suffix: "_count", labels: labels.text, value: count))
        return samples
    }

    private static func write(_ pairs: [Labels.Pair]) -> String {
        guard !pairs.isEmpty else { return "" }
        return "{" + pairs.map { "\($0.name)=\"\(escaped($0.value))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }

    private static func number(_ value: Double) -> String {
        value.rounded() == value && value.magnitude < 1e15 ? String(Int64(value)) : String(value)
    }
}
