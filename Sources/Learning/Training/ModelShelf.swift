package import Foundation
package import Understanding

/// The models of an installation, in one folder: the one in service, in `candidate` the one that may take its place, in
/// `former` the one that was in service before.
package struct ModelShelf: Sendable {
    /// What a model is made of besides itself.
    private static let cardName = "README.md"
    private static let comparisonName = "comparison.json"
    private static let historyName = "promotions.jsonl"

    private let folder: URL

    package init(folder: URL) { self.folder = folder }

    package var candidate: URL { folder.appending(path: "candidate") }
    private var former: URL { folder.appending(path: "former") }

    /// Where a model that was just trained goes: into service where there is none, else it is a candidate.
    package var placeOfTrained: URL { ModelShelf.hasModel(folder) ? candidate : folder }

    private static func hasModel(_ folder: URL) -> Bool {
        FileManager.default.fileExists(atPath: folder.appending(path: UnderstandingModel.fileName).path)
    }

    /// Keeps a model that was just trained with its card, and gives the folder where it is now.
    @discardableResult
    package func keep(_ model: UnderstandingModel, card: String) throws -> URL {
        let place = placeOfTrained
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try model.save(to: place)
        try Data(card.utf8).write(to: place.appending(path: Self.cardName), options: .atomic)
        return place
    }

    /// Keeps a model that is the one in service but for its confidence as the candidate, under a card that says so.
    ///
    /// - Parameter command: what fitted the confidence anew, as a person types it.
    package func keepRefitted(_ model: UnderstandingModel, of known: UnderstandingModel, by command: String) throws {
        let card = (try? String(contentsOf: folder.appending(path: Self.cardName), encoding: .utf8)) ?? ""
        try keep(model, card: ModelCard.refitted(card, from: known.version, to: model.version, by: command))
    }

    /// The model in service and the candidate.
    package func both() throws -> (inService: UnderstandingModel, candidate: UnderstandingModel) {
        guard ModelShelf.hasModel(candidate) else {
            throw LearningError(
                .noCandidate, "There is no candidate in \(candidate.path). Train one with `mailroom train`.")
        }
        return (try UnderstandingModel.load(from: folder), try UnderstandingModel.load(from: candidate))
    }

    /// Keeps a comparison beside the candidate, for its promotion.
    package func keep(_ comparison: ModelComparison) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted]
        try encoder.encode(comparison).write(to: candidate.appending(path: Self.comparisonName), options: .atomic)
    }

    /// Puts the candidate into service and keeps the model that was there as the former one; gives both versions.
    ///
    /// Throws `notBetter` unless a comparison of these two models found it better, or `reason` says why it goes into
    /// service all the same.
    package func promote(because reason: String?, by person: String, at now: Date) throws -> (
        former: String, inService: String
    ) {
        let models = try both()
        let (own, new) = (models.inService.version, models.candidate.version)
        let found = try? JSONDecoder().decode(
            ModelComparison.self, from: Data(contentsOf: candidate.appending(path: Self.comparisonName)))
        let comparison = found.flatMap { $0.inService == own && $0.candidate == new ? $0 : nil }
        if reason == nil {
            guard let comparison else {
                throw LearningError(
                    .notBetter,
                    "The candidate \(new) was not compared with \(own), which is in service. Do so with `mailroom model compare`."
                )
            }
            guard comparison.isBetter else {
                throw LearningError(
                    .notBetter,
                    "The candidate \(new) is not better than \(own), which is in service. Train another, or give a reason with --force --reason."
                )
            }
        }
        try copyModel(from: folder, to: former)
        try copyModel(from: candidate, to: folder)
        try FileManager.default.removeItem(at: candidate)
        try record(
            Promotion(
                time: now.ISO8601Format(), by: person, from: own, to: new,
                because: reason ?? "better on \(comparison?.fileCount ?? 0) files"))
        return (own, new)
    }

    /// Puts the former model back into service, and gives both versions; what was in service is the former one then.
    package func restore(because reason: String, by person: String, at now: Date) throws -> (
        former: String, inService: String
    ) {
        guard ModelShelf.hasModel(former) else {
            throw LearningError(.noCandidate, "There is no former model in \(former.path): none was promoted.")
        }
        let (own, back) = (
            try UnderstandingModel.load(from: folder).version, try UnderstandingModel.load(from: former).version
        )
        let aside = folder.appending(path: "former-\(UUID())")
        try copyModel(from: folder, to: aside)
        try copyModel(from: former, to: folder)
        try FileManager.default.removeItem(at: former)
        try FileManager.default.moveItem(at: aside, to: former)
        try record(Promotion(time: now.ISO8601Format(), by: person, from: own, to: back, because: reason))
        return (own, back)
    }

    /// Copies a model with its card; each file is replaced at once, so that a reader finds the one or the other.
    private func copyModel(from source: URL, to target: URL) throws {
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        for name in [UnderstandingModel.fileName, Self.cardName] {
            guard let bytes = try? Data(contentsOf: source.appending(path: name)) else { continue }
            try bytes.write(to: target.appending(path: name), options: .atomic)
        }
    }

    /// A line of the file that says which model went into service when, by whom and why.
    private struct Promotion: Codable {
        var time: String
        var by: String
        var from: String
        var to: String
        var because: String
    }

    private func record(_ promotion: Promotion) throws {
        let file = folder.appending(path: Self.historyName)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let before = (try? Data(contentsOf: file)) ?? Data()
        try (before + encoder.encode(promotion) + Data("\n".utf8)).write(to: file, options: .atomic)
    }
}
