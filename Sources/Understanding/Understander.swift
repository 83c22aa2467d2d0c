package import Documents

/// Turns the pages of a file into typed documents with their values, each with an honest probability.
///
/// Pure: the same pages give the same documents, to the byte, and nothing outside is read or kept.
package struct Understander: Sendable {
    package let catalog: DocumentTypeCatalog
    package let model: UnderstandingModel
    /// The layouts that confirmed documents taught.
    package var memories: LayoutMemories
    /// What is left out, to see what it brings.
    package var skipped: Set<UnderstandingPart> = []
    private let lexicons: [LabelLexicon]
    let labels: LabelEvidence

    package init(
        catalog: DocumentTypeCatalog, model: UnderstandingModel, memories: LayoutMemories = LayoutMemories()
    ) {
        let catalog = catalog.following(model.conventions)
        self.catalog = catalog
        self.model = model
        self.memories = memories
        lexicons = catalog.types.map { LabelLexicon($0) }
        labels = LabelEvidence(Array(zip(catalog.types.map(\.name), lexicons)))
    }

    /// What the pages are, taken as one document.
    package func classify(_ pages: [PageReading]) -> Classification {
        let texts = pages.map { PageText($0) }
        return classification(of: texts, features: texts.map { PageFeatures($0, labels: labels) })
    }

    /// What the pages are, and whether that is sure enough to read no further.
    package func judge(
        _ pages: [PageReading], sureMin: Confidence = Classification.sureMin
    ) -> (answer: Classification, isSure: Bool) {
        let found = classify(pages)
        let isSure =
            found.confidence >= sureMin && (found.subtypeConfidence ?? 1.0) >= Classification.subtypeSureMin
            && pages.reduce(0) { $0 + $1.words.count } >= Classification.wordCountMin
        return (found, isSure)
    }

    /// The documents of a stream of pages, in order; every page that is not blank belongs to exactly one, also one with
    /// ink and no words.
    ///
    /// Their disposition is `review` without reasons: policy decides.
    package func understand(_ pages: [PageReading]) -> [Document] {
        let texts = pages.map { PageText($0) }
        let marks = texts.map { PageMarks($0, labels: labels) }
        var known: [[Int]: Document] = [:]
        func read(_ places: [Int]) -> Document {
            if let document = known[places] { return document }
            let own = places.map { texts[$0] }
            let document = document(
                own, classification: classification(of: own, features: places.map { marks[$0].features }))
            known[places] = document
            return document
        }
        let segments = splitter.split(marks)
        let settled = skipped.contains(.arithmetic) ? segments : SumLook(read: read).settled(segments)
        let documents = settled.map { segment in
            var document = read(segment.places)
            document.pagesConfidence = Confidence(segment.confidence)
            document.evidence += Understander.evidence(of: segment, page: document.pages.first)
            return document
        }
        return PageCover.complete(documents, pages: pages)
    }

    /// For each page but the first that is not blank, by its number: the probability that a document begins there.
    package func boundaries(_ pages: [PageReading]) -> [Int: Double] {
        splitter.boundaries(pages.map { PageMarks(PageText($0), labels: labels) })
    }

    /// The codes of what speaks for the pages that a document has.
    static let documentBegins = "document_begins"
    static let amountsAddUp = "amounts_add_up"

    private static func evidence(of segment: Splitter.Segment, page: Int?) -> [Reason] {
        var reasons: [Reason] = []
        if let start = segment.start, let page, !start.because.isEmpty {
            reasons.append(
                Reason(
                    code: documentBegins,
                    detail: "a document begins with page \(page): \(start.because.joined(separator: "; "))"))
        }
        if let sum = segment.sum { reasons.append(Reason(code: amountsAddUp, detail: sum)) }
        return reasons
    }

    func classification(of texts: [PageText], features: [PageFeatures]) -> Classification {
        var found = classifier.classify(features)
        let recall = memories.recall(texts)
        if let memory = recall?.memory { found.weigh(memory) }
        found.reasons = TypeEvidence(model: model.classifier.types).reasons(
            for: found.type, over: found.alternatives.first?.type, on: texts)
        if let recall, recall.memory.type == found.type { found.reasons.append(recall.reason) }
        return found
    }

    /// The values of pages that are one document of the type named.
    package func read(_ pages: [PageReading], as typeName: String) -> Document {
        var classification = classify(pages)
        if classification.type != typeName {
            classification = Classification(type: typeName, confidence: 1.0, alternatives: [])
        }
        return document(
            pages.map { PageText($0) }.filter { !$0.isBlank }, classification: classification)
    }

    private var classifier: TypeClassifier {
        TypeClassifier(catalog: catalog, model: model.classifier)
    }
    package var splitter: Splitter {
        Splitter(catalog: catalog, classifier: model.classifier, model: model.split)
    }

    func document(_ pages: [PageText], classification: Classification) -> Document {
        var document = Document(
            type: classification.type, subtype: classification.subtype,
            typeConfidence: classification.confidence,
            pages: pages.map(\.number), evidence: classification.reasons)
        guard let index = catalog.types.firstIndex(where: { $0.name == classification.type }) else {
            return document
        }
        let type = catalog.types[index]
        guard !type.fields.isEmpty || !type.lineItems.isEmpty || type.claims != nil else {
            return document
        }
        let text = DocumentText(
            pages: pages, lexicon: lexicons[index], shapes: DocumentText.shapes(of: lexicons[index]),
            recall: memories.recall(pages, type: type.name), skipped: skipped)
        let reader = FieldReader(type: type, text: text, scorer: FieldScorer(model: model.fields))
        var taken: [TakenWords] = []
        document.fields = reader.fields(.document, taken: &taken)
        document.fields.merge(ChoiceReader(type: type, text: text).fields()) { found, _ in found }
        document.fields.merge(SignatureReader(type: type, text: text).fields()) { found, _ in found }
        if type.claims != nil {
            document.claims = ClaimReader(text: text, fields: reader, model: model.tables).claims(taken: taken)
            document.fields.merge(ProviderAdjustmentReader(text: text, model: model.tables).fields()) { found, _ in
                found
            }
        } else {
            document.lineItems = LineItemReader(text: text, model: model.tables).items()
        }
        if !skipped.contains(.arithmetic) {
            let exactPages = Set(pages.filter(\.isExact).map(\.number))
            document = AmountRepair(
                checker: Checker(type: type), gain: model.tables.gainOfSums, exactPages: exactPages
            ).repaired(document)
        }
        document.checks = Checker(type: type).checks(
            fields: document.fields, claims: document.claims, lineItems: document.lineItems)
        return document
    }
}
