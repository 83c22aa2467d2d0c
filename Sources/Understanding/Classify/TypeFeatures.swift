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
        guard let first = pages.first else { return [] }
        var strengths = first.labels.map(\.strength)
        for page in pages.dropFirst() {
            for (type, label) in page.labels.enumerated() { strengths[type] = max(strengths[type], label.strength) }
        }
        let sum = max(strengths.reduce(0, +), 1e-9)
        var facts: [(hash: UInt64, value: Float)] = []
        for (label, strength) in zip(first.labels, strengths) {
            facts.append((StableHash.of(label.type, 1), Float(strength / (strength + 4))))
            facts.append((StableHash.of(label.type, 2), Float(strength / sum)))
        }
        return facts
    }
}
