import Documents

/// Says which words of pages speak most for their type.
struct TypeEvidence {
    let model: LinearClassifier

    /// A word that speaks for the type less than this, in log-odds against the next likely one, is not worth naming.
    private static let weightMin: Float = 0.02
    private static let wordCountMax = 5

    /// The reason for a type, by the words that set it most apart from the next likely one; none for pages without any.
    func reasons(for type: String, over other: String?, on pages: [PageText]) -> [Reason] {
        guard let best = model.names.firstIndex(of: type),
            let next = other.flatMap({ model.names.firstIndex(of: $0) })
        else { return [] }
        var weights: [String: Float] = [:]
        for page in pages.prefix(TypeFeatures.pageCountMax) {
            for token in page.tokens where token.letterCount > 2 && token.digitCount == 0 {
                let word = token.text.lowercased().trimmingWord
                guard weights[word] == nil else { continue }
                var sums = [Float](repeating: 0, count: model.names.count)
                for hash in PageFeatures.hashes(of: token) { model.weights.add(hash, times: 1, to: &sums) }
                weights[word] = sums[best] - sums[next]
            }
        }
        let words = weights.filter { $0.value > Self.weightMin }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
            .prefix(Self.wordCountMax).map(\.key)
        guard !words.isEmpty else { return [] }
        return [
            Reason(
                code: "type_words", detail: "the words \(words.map { "“\($0)”" }.joined(separator: ", ")) speak for it")
        ]
    }
}

extension String {
    /// The word without the marks around it.
    fileprivate var trimmingWord: String {
        String(drop { !$0.isLetter }.reversed().drop { !$0.isLetter }.reversed())
    }
}
