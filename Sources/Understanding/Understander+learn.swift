package import Documents

extension Understander {
    /// Remembers the layout of a confirmed document: the next one of that layout is understood better at once.
    ///
    /// What is known of the layout already is borne out or weakened by the document; a memory of another type that the
    /// document is like was wrong, and is forgotten. Give it each document once.
    ///
    /// - Parameters:
    ///   - document: as a person confirmed it, its values with page and box where they have ink.
    ///   - pages: the file's pages as read, among them the document's.
    /// - Returns: the memory as it is now, which `memories` holds too.
    @discardableResult
    package mutating func learn(_ document: Document, pages: [PageReading]) throws(UnderstandingError) -> LayoutMemory {
        guard let type = catalog[document.type] else {
            throw UnderstandingError(
                .notLearned,
                "The document's type '\(document.type)' is none of those in Config/document-types. Add \(document.type).yaml, or correct the type."
            )
        }
        let numbers = Set(document.pages)
        let texts = pages.filter { numbers.contains($0.page.number) }.map { PageText($0) }.filter { !$0.isBlank }
        let lexicon = LabelLexicon(type)
        func learned(_ recall: LayoutRecall?) -> LayoutMemory {
            LayoutLearner(
                document: document,
                text: DocumentText(
                    pages: texts, lexicon: lexicon, shapes: DocumentText.shapes(of: lexicon), recall: recall)
            ).learned(recall)
        }
        var known = memories
        while let other = known.recall(texts), other.memory.type != type.name { known.forget(other.memory.id) }
        let recall = known.recall(texts, type: type.name)
        var memory = learned(recall)
        if let recall, memory.words.count < LayoutMemory.wordCountMin {
            // So few of its words stood on the documents since that it was of another layout.
            known.forget(recall.memory.id)
            memory = learned(nil)
        }
        guard memory.words.count >= LayoutMemory.wordCountMin else {
            throw UnderstandingError(
                .notLearned,
                "The layout cannot be remembered: the first page of the document has \(memory.words.count) words outside its values, and \(LayoutMemory.wordCountMin) are needed to know it again."
            )
        }
        known.keep(memory)
        memories = known
        return memory
    }
}

extension Classification {
    /// By how much more often a page that is like a memory has the memory's type than another.
    private static let memoryOdds = 50.0
    /// A type that the model has never seen is possible all the same.
    private static let leastProbability = 0.03

    /// Takes in what a remembered layout says about the type.
    mutating func weigh(_ memory: LayoutMemory) {
        let isSame = memory.type == type
        let known = (isSame ? confidence : alternatives.first { $0.type == memory.type }?.confidence)?.probability ?? 0
        let before = max(Self.leastProbability, known)
        let now = Self.memoryOdds * before / (Self.memoryOdds * before + 1 - before)
        let rest = (1 - now) / max(1e-9, 1 - known)
        let others = (alternatives + (isSame ? [] : [Alternative(type: type, confidence: confidence)]))
            .filter { $0.type != memory.type }
            .map { Alternative(type: $0.type, confidence: Confidence(min(1, $0.confidence.probability * rest))) }
        alternatives = others.enumerated().sorted {
            ($1.element.confidence, $0.offset) < ($0.element.confidence, $1.offset)
        }.map(\.element)
        if !isSame { (type, subtype, subtypeConfidence) = (memory.type, nil, nil) }
        confidence = Confidence(now)
        if let own = memory.subtype, own != subtype, (subtypeConfidence?.probability ?? 0) < 0.9 {
            (subtype, subtypeConfidence) = (own, confidence)
        }
    }
}
