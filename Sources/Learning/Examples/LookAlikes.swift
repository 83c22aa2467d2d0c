import Documents
package import Understanding

/// Kinds of paper that the corpus draws as `other` and that are what somebody teaches as a type: the corpus has identity
/// cards among its `other` papers, and says nothing any more once a hospital makes them a type.
package struct LookAlikes {
    private let catalog: DocumentTypeCatalog
    private let seed: UInt64
    /// Drawn documents that are looked at: enough to know every kind by.
    private static let drawnCountMax = 1200
    /// A quarter of the kinds is judged by what was learned without it.
    private static let foldCount = 4

    package init(catalog: DocumentTypeCatalog, seed: UInt64) {
        self.catalog = catalog
        self.seed = seed
    }

    /// The kinds of drawn `other` papers that, when nobody says what they are, mostly pass for a type that only `taught`
    /// examples have.
    package func kinds(among drawn: [Example], taught: [Example]) -> Set<String> {
        let drawnTypes = Set(drawn.map(\.truth.type))
        let newTypes = Set(taught.map(\.truth.type)).subtracting(drawnTypes)
        guard !newTypes.isEmpty else { return [] }
        let labels = LabelEvidence(catalog)
        func features(_ example: Example) -> SparseFeatures {
            TypeFeatures.of(example.pages.map { PageFeatures(PageText($0), labels: labels) })
        }
        let names = drawnTypes.union(newTypes).sorted()
        let papers = drawn.prefix(Self.drawnCountMax).map { ($0.truth.type, $0.kind, features($0)) }
        let lessons = taught.filter { newTypes.contains($0.truth.type) }.map { ($0.truth.type, "", features($0)) }
        let kinds = Set(papers.filter { $0.0 == DocumentTypeCatalog.otherName }.map(\.1)).sorted()
        var alike: Set<String> = []
        for fold in 0..<Self.foldCount {
            let asked = Set(kinds.indices.filter { $0 % Self.foldCount == fold }.map { kinds[$0] })
            let model = learn(lessons + papers.filter { !asked.contains($0.1) }, names: names)
            for kind in asked {
                let own = papers.filter { $0.1 == kind }
                let taken = own.count { newTypes.contains(names[LookAlikes.best(model.logits($0.2))]) }
                if 2 * taken > own.count { alike.insert(kind) }
            }
        }
        return alike
    }

    private func learn(_ papers: [(type: String, kind: String, features: SparseFeatures)], names: [String])
        -> LinearClassifier
    {
        var dice = Dice("look-alikes", "\(seed)")
        var trainer = LinearTrainer(bits: ClassifierTraining.bits, outcomes: names.count, rate: 0.08)
        for _ in 0..<4 {
            for paper in dice.shuffled(papers) {
                guard let outcome = names.firstIndex(of: paper.type) else { continue }
                trainer.learn(paper.features, outcome: outcome, dropped: 0.4, using: &dice)
            }
        }
        return LinearClassifier(names: names, weights: trainer.hashed, biases: trainer.biases, temperature: 1)
    }

    private static func best(_ logits: [Float]) -> Int { logits.indices.max { logits[$0] < logits[$1] } ?? 0 }
}

extension Example {
    /// The kind of paper that a drawn example is, as its family's name has it.
    package var kind: String { family.split(separator: "/").first.map(String.init) ?? family }
}
