/// The features by which pages taken as one document are classified.
package enum TypeFeatures {
    /// At most so many pages are looked at: the first ones tell.
    static let pageCountMax = 6

    package static func of(_ pages: [PageFeatures]) -> SparseFeatures {
        let pages = pages.prefix(pageCountMax)
        return SparseFeatures(counting: pages.flatMap(\.hashes), facts: labelFacts(pages))
    }

    /// For each type how many of its labels the richest page carries, and its share among all types.
    private static func labelFacts(_ pages: ArraySlice<PageFeatures>) -> [(hash: UInt64, value: Float)] {
        let strengths = strengths(pages)
        let sum = max(strengths.reduce(0) { $0 + $1.strength }, 1e-9)
        var facts: [(hash: UInt64, value: Float)] = []
        for label in strengths {
            facts.append((StableHash.of(label.type, 1), Float(label.strength / (label.strength + 4))))
            facts.append((StableHash.of(label.type, 2), Float(label.strength / sum)))
        }
        return facts
    }

    /// How much of the type called `name` is announced on its richest page, in 0…1.
    static func announced(_ name: String, on pages: [PageFeatures]) -> Double {
        let key = LabelEvidence.key(of: name)
        let strength = strengths(pages.prefix(pageCountMax)).first { $0.type == key }?.strength ?? 0
        return strength / (strength + 4)
    }

    /// For each type the strength of its labels on the page that carries most.
    private static func strengths(_ pages: ArraySlice<PageFeatures>) -> [TypeStrength] {
        guard var strengths = pages.first?.labels else { return [] }
        for page in pages.dropFirst() {
            for (type, label) in page.labels.enumerated() {
                strengths[type].strength = max(strengths[type].strength, label.strength)
            }
        }
        return strengths
    }
}
