import Documents

/// Says of what type, and of what subtype within it, pages are.
struct TypeClassifier {
    let catalog: DocumentTypeCatalog
    let model: ClassifierModel

    /// The probability of each type of the model, in its order.
    func probabilities(_ pages: [PageFeatures]) -> [Double] {
        let pages = Array(pages.prefix(TypeFeatures.pageCountMax))
        let features = TypeFeatures.of(pages)
        var probabilities = model.types.probabilities(features)
        guard let other = model.types.names.firstIndex(of: DocumentTypeCatalog.otherName) else {
            return probabilities
        }
        let isStranger = model.strangers.probability(
            of: pages, logits: model.types.logits(features), names: model.types.names)
        for index in probabilities.indices { probabilities[index] *= 1 - isStranger }
        probabilities[other] += isStranger
        return probabilities
    }

    func classify(_ pages: [PageFeatures]) -> Classification {
        let probabilities = probabilities(pages)
        let order = probabilities.indices.sorted { (probabilities[$1], $0) < (probabilities[$0], $1) }
            .filter { catalog[model.types.names[$0]] != nil }
        guard let best = order.first, pages.contains(where: { !$0.hashes.isEmpty }) else {
            return Classification(type: DocumentTypeCatalog.otherName, confidence: 0.0, alternatives: [])
        }
        var result = Classification(
            type: model.types.names[best], confidence: Confidence(probabilities[best]),
            alternatives: order.dropFirst().map {
                .init(type: model.types.names[$0], confidence: Confidence(probabilities[$0]))
            })
        let known = Set(catalog[result.type]?.subtypes.map(\.name) ?? [])
        if let subtypes = model.subtypes[result.type] {
            let features = TypeFeatures.of(pages)
            let likely = zip(subtypes.names, subtypes.probabilities(features)).filter {
                known.contains($0.0)
            }
            if let subtype = likely.max(by: { $0.1 < $1.1 }) {
                result.subtype = subtype.0
                result.subtypeConfidence = Confidence(subtype.1)
            }
        }
        return result
    }
}

/// What has been learned about types and subtypes.
package struct ClassifierModel: Codable, Hashable, Sendable {
    package var types: LinearClassifier
    package var strangers: StrangerGuard
    /// For each type with subtypes.
    package var subtypes: [String: LinearClassifier]

    package init(
        types: LinearClassifier, strangers: StrangerGuard, subtypes: [String: LinearClassifier]
    ) {
        self.types = types
        self.strangers = strangers
        self.subtypes = subtypes
    }

    var isSound: Bool { types.isSound && strangers.isSound && subtypes.values.allSatisfy(\.isSound) }
}
