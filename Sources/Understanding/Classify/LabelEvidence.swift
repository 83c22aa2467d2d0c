import Documents

/// How far pages carry the labels of each type of the catalog: evidence that holds on layouts never seen, and for a
/// type that is only a YAML file.
package struct LabelEvidence: Sendable {
    private let types: [(key: UInt64, finder: LabelFinder)]

    package init(_ catalog: DocumentTypeCatalog) {
        self.init(
            zip(catalog.types, catalog.types.map { LabelLexicon($0) }).map { type, lexicon in (type.name, lexicon) })
    }

    init(_ lexicons: [(name: String, lexicon: LabelLexicon)]) {
        types = lexicons.filter { !$0.lexicon.phrases.isEmpty }.map { name, lexicon in
            (LabelEvidence.key(of: name), LabelFinder(lexicon: lexicon))
        }
    }

    /// What stands for the type called `name`.
    static func key(of name: String) -> UInt64 { StableHash.of(name, seed: 17) }

    /// For each type, by the hash of its name, how many of its fields are announced on the page, each by how much its
    /// clearest label looks like one.
    func strengths(on page: PageText) -> [TypeStrength] {
        types.map { type in
            var best: [Int: Double] = [:]
            for hit in type.finder.hits(on: page) where !hit.isDominated && (hit.hasColon || hit.startsSegment) {
                best[hit.target] = max(best[hit.target] ?? 0, hit.weight)
            }
            return TypeStrength(type: type.key, strength: best.sorted { $0.key < $1.key }.reduce(0) { $0 + $1.value })
        }
    }
}

/// How strongly a page carries the labels of one type.
struct TypeStrength: Sendable {
    var type: UInt64
    var strength: Double
}
