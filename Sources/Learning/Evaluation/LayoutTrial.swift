package import Documents
package import Foundation
package import Understanding

/// Measures what confirmed documents of a layout teach: how the others of the layout are read after none, one, and more.
package struct LayoutTrial {
    /// A file as it was read, with its truth.
    package typealias Sample = (file: String, pages: [PageReading], truth: [Document])

    /// How many documents are confirmed before the others are read, each with what was then read; the others are the same.
    package private(set) var reports: [(confirmed: Int, report: EvaluationReport)] = []
    /// Documents that taught nothing, with the reason.
    package private(set) var failures: [String] = []
    private let evaluator: Evaluator

    /// - Parameter understander: it remembers nothing yet.
    package init(understander: Understander, confirmations: [Int]) {
        evaluator = Evaluator(understander: understander)
        reports = Set(confirmations).union([0]).sorted().map { ($0, EvaluationReport()) }
    }

    /// How many files of a layout are confirmed at most: those after them are judged.
    private var confirmedMax: Int { reports.last?.confirmed ?? 0 }

    /// Reads the files of every folder in `folder`, a layout each, and judges them; `read` gives a file's pages.
    package mutating func run(
        folder: URL, readers: Int, read: @escaping @Sendable (URL) async throws -> [PageReading]
    ) async throws {
        let catalog = evaluator.understander.catalog
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        for name in names {
            let layout = folder.appending(path: name)
            let pairs = (try? Evaluator.pairs(layout)) ?? []
            guard pairs.count > confirmedMax else {
                if !pairs.isEmpty {
                    throw LearningError(
                        .noExamples,
                        "\(layout.path) holds \(pairs.count) files; to confirm \(confirmedMax) and judge the others it needs more."
                    )
                }
                continue
            }
            let samples = try await pairs.concurrentMap(atOnce: readers) { file, truth -> Sample in
                let pages = try await read(file)
                return (
                    "\(name)/\(file.lastPathComponent)", pages,
                    try WrittenTruth(Data(contentsOf: truth)).documents(on: pages, catalog: catalog)
                )
            }
            try add(samples)
        }
    }

    /// Judges the files of one layout.
    package mutating func add(_ samples: [Sample]) throws {
        for index in reports.indices {
            var understander = evaluator.understander
            var refused: [String] = []
            for sample in samples.prefix(reports[index].confirmed) {
                for document in sample.truth {
                    do {
                        try understander.learn(document, pages: sample.pages)
                    } catch {
                        refused.append("\(error)")
                    }
                }
            }
            // The longest run confirms all that the shorter ones do.
            if reports[index].confirmed == confirmedMax { failures += refused }
            var judge = Evaluator(understander: understander, report: reports[index].report)
            for sample in samples.dropFirst(confirmedMax) {
                try judge.add(pages: sample.pages, truth: sample.truth, file: sample.file)
            }
            reports[index].report = judge.report
        }
    }
}

extension LayoutTrial: CustomStringConvertible {
    package var description: String {
        let heads = ["confirmed", "type right", "header F1", "claims F1", "lines F1", "bill lines F1", "field ECE"]
        let rows = reports.map { confirmed, report in
            func figure(_ value: Double?) -> String { value.map(EvaluationReport.decimal) ?? "-" }
            return [
                "\(confirmed)", figure(report.typeRight), figure(report.fields.f1), figure(report.claims.f1),
                figure(report.lines.f1), figure(report.items.f1), figure(report.fieldReliability.error),
            ]
        }
        let widths = heads.indices.map { column in ([heads] + rows).map { $0[column].count }.max() ?? 0 }
        return ([heads] + rows).map { row in
            zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ")
        }.joined(separator: "\n")
    }
}
