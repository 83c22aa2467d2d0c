package import Documents
package import Foundation
package import Understanding

/// The model in service and a candidate for its place, judged on the same files.
///
/// A figure is better, or worse, when the candidate makes fewer, or more, errors on so many more files than the other way
/// round that chance would do so in less than one case of twenty (sign test over the files that tell them apart, two-sided);
/// a calibration error, which no file has of its own, when it moves by more than `calibrationSlack`. The candidate is better
/// when at least one figure is and none is worse.
package struct ModelComparison: Codable, Hashable, Sendable {
    package enum Verdict: String, Codable, Sendable {
        case better, worse, same
    }

    package struct Figure: Codable, Hashable, Sendable {
        package var name: String
        /// Nil where the files have nothing that the figure is about.
        package var inService: Double?
        package var candidate: Double?
        /// On how many files the candidate makes fewer errors, and on how many more; nil for a figure of all files.
        package var betterFileCount: Int?
        package var worseFileCount: Int?
        package var verdict: Verdict

        private enum CodingKeys: String, CodingKey {
            case name
            case inService = "in_service"
            case candidate
            case betterFileCount = "better_files"
            case worseFileCount = "worse_files"
            case verdict
        }
    }

    /// The versions of the two models.
    package var inService: String
    package var candidate: String
    package var fileCount: Int
    package var figures: [Figure]

    package var isBetter: Bool {
        figures.contains { $0.verdict == .better } && !figures.contains { $0.verdict == .worse }
    }

    private enum CodingKeys: String, CodingKey {
        case inService = "in_service"
        case candidate
        case fileCount = "files"
        case figures
    }
}

extension ModelComparison: CustomStringConvertible {
    package var description: String {
        var rows = [["", "in service", "candidate", "files better / worse", ""]]
        rows += figures.map { figure in
            let files = figure.betterFileCount.map { "\($0) / \(figure.worseFileCount ?? 0)" } ?? ""
            func text(_ value: Double?) -> String { value.map(EvaluationReport.decimal) ?? "-" }
            return [
                figure.name, text(figure.inService), text(figure.candidate), files,
                figure.verdict == .same ? "" : figure.verdict.rawValue,
            ]
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0 + String(repeating: " ", count: max(0, $1 - $0.count)) }
                .joined(separator: "  ").replacing(#/ +$/#, with: "")
        }
        let conclusion =
            isBetter
            ? "The candidate \(candidate) is better than \(inService), which is in service, on these \(fileCount) files."
            : "The candidate \(candidate) is not better than \(inService), which is in service, on these \(fileCount) files."
        return (lines + ["", conclusion]).joined(separator: "\n")
    }
}

/// Judges two models on the same files, one after the other.
package struct ModelTrial {
    /// A calibration error that moves by less says nothing.
    static let calibrationSlack = 0.01
    private let versions: (inService: String, candidate: String)
    private var inService: Evaluator
    private var candidate: Evaluator
    private var files: [(better: Int, worse: Int)]

    private struct Measure: Sendable {
        let name: String
        let value: @Sendable (EvaluationReport) -> Double?
        let errors: @Sendable (EvaluationReport) -> Int
    }

    private static let measures = [
        Measure(name: "type right", value: { $0.typeRight }, errors: { $0.documentCount - $0.typeRightCount }),
        Measure(name: "subtype right", value: { $0.subtypeRight }, errors: { $0.subtypeCount - $0.subtypeRightCount }),
        Measure(
            name: "none of ours, not taken for ours", value: { $0.othersLeft }, errors: { $0.otherTakenCount }),
        Measure(
            name: "files split without error", value: { $0.splitRight }, errors: { $0.fileCount - $0.splitRightCount }),
        Measure(name: "header fields, micro F1", value: { $0.fields.f1 }, errors: { $0.fields.errorCount }),
        Measure(name: "values of claims, micro F1", value: { $0.claims.f1 }, errors: { $0.claims.errorCount }),
        Measure(name: "cells of service lines, F1", value: { $0.cells.f1 }, errors: { $0.cells.errorCount }),
        Measure(name: "invoice lines, F1", value: { $0.items.f1 }, errors: { $0.items.errorCount }),
    ]

    package init(catalog: DocumentTypeCatalog, inService: UnderstandingModel, candidate: UnderstandingModel) {
        versions = (inService.version, candidate.version)
        self.inService = Evaluator(understander: Understander(catalog: catalog, model: inService))
        self.candidate = Evaluator(understander: Understander(catalog: catalog, model: candidate))
        files = ModelTrial.measures.map { _ in (0, 0) }
    }

    /// Has both models understand a file's pages.
    package mutating func add(pages: [PageReading], truth: [Document]) throws {
        let before = ModelTrial.measures.map { ($0.errors(inService.report), $0.errors(candidate.report)) }
        try inService.add(pages: pages, truth: truth)
        try candidate.add(pages: pages, truth: truth)
        for (index, figure) in ModelTrial.measures.enumerated() {
            let own = figure.errors(inService.report) - before[index].0
            let others = figure.errors(candidate.report) - before[index].1
            if others < own { files[index].better += 1 }
            if others > own { files[index].worse += 1 }
        }
    }

    /// Has both models understand every file of `folder` that has its truth beside it.
    ///
    /// Gives a sentence for each file that could not be read. `read` gives a file's pages and is asked for as many files at a time as there are `readers`.
    package mutating func add(
        folder: URL, catalog: DocumentTypeCatalog, readers: Int,
        read: @escaping @Sendable (URL) async throws -> [PageReading]
    ) async throws -> [String] {
        var failures: [String] = []
        for (file, result) in try await Evaluator.readings(of: folder, catalog: catalog, readers: readers, read: read) {
            switch result {
            case .success(let (pages, truth)): try add(pages: pages, truth: truth)
            case .failure(let error): failures.append("\(file): \(error)")
            }
        }
        return failures
    }

    /// What the files so far show.
    package var comparison: ModelComparison {
        var figures = zip(ModelTrial.measures, files).map { figure, count in
            ModelComparison.Figure(
                name: figure.name, inService: figure.value(inService.report), candidate: figure.value(candidate.report),
                betterFileCount: count.better, worseFileCount: count.worse,
                verdict: .init(better: count.better, worse: count.worse))
        }
        let errors: [(String, (EvaluationReport) -> Double?)] = [
            ("calibration error of fields", { $0.fieldReliability.error }),
            ("calibration error of types", { $0.typeReliability.error }),
        ]
        figures += errors.map { name, error in
            let (own, others) = (error(inService.report), error(candidate.report))
            let rise = (others ?? 0) - (own ?? 0)
            return ModelComparison.Figure(
                name: name, inService: own, candidate: others,
                verdict: abs(rise) <= ModelTrial.calibrationSlack ? .same : rise < 0 ? .better : .worse)
        }
        return ModelComparison(
            inService: versions.inService, candidate: versions.candidate, fileCount: inService.report.fileCount,
            figures: figures)
    }
}

extension ModelComparison.Verdict {
    /// A difference that chance would make more often is none.
    private static let chanceMax = 0.05

    /// Whether so many files on which a model makes fewer errors, and so many on which it makes more, are more than a coin's
    /// doing (sign test).
    package init(better: Int, worse: Int) {
        let count = better + worse
        // The binomial coefficients of a coin thrown so often, each scaled by the chance of any one row of throws.
        var (term, tail) = (exp2(-Double(count)), 0.0)
        for number in 0...min(better, worse) {
            if number > 0 { term *= Double(count - number + 1) / Double(number) }
            tail += term
        }
        self = 2 * tail >= Self.chanceMax ? .same : better > worse ? .better : .worse
    }
}

extension Tally {
    fileprivate var errorCount: Int { wrong + missed }
}

extension EvaluationReport {
    /// The share of papers that are none of ours and were not surely taken for ours.
    fileprivate var othersLeft: Double? {
        otherCount == 0 ? nil : 1 - Double(otherTakenCount) / Double(otherCount)
    }
}
