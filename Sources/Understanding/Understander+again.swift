package import Documents

/// A remembered layout that had a say in how a document was read.
package struct FollowedLayout: Hashable, Sendable {
    /// The memory's identifier.
    package let memoryID: String
    /// How many of the document's values stand where the layout has them.
    package let valueCount: Int
}

extension Understander {
    /// The document understood once more, by what is remembered now: its pages stay its pages, and one document.
    ///
    /// `pages` are those of the file, as they were when the document was read. Its disposition is `review` without
    /// reasons, and no account is matched.
    package func understandAgain(_ document: Document, pages: [PageReading]) -> Document {
        let texts = Understander.texts(of: document, pages)
        guard !texts.isEmpty else { return document }
        let found = classification(of: texts, features: texts.map { PageFeatures($0, labels: labels) })
        var again = self.document(texts, classification: found)
        again.pages = document.pages
        again.pagesConfidence = document.pagesConfidence
        again.evidence += document.evidence.filter {
            [Understander.documentBegins, Understander.amountsAddUp].contains($0.code)
        }
        return again
    }

    /// The remembered layout that has a say in how the document is read; nil when its layout is not known.
    package func followedLayout(_ document: Document, pages: [PageReading]) -> FollowedLayout? {
        guard let page = layoutWords(of: document, pages: pages),
            let memory = recalls(page, type: document.type).first?.memory
        else { return nil }
        let fields =
            [explained(document, pages: pages)].flatMap { document in
                [document.fields] + document.claims.flatMap { [$0.fields] + $0.serviceLines } + document.lineItems
            }.flatMap { $0.values.flatMap(\.fields) }
        let count = fields.count { field in
            (field.evidence ?? []).contains { $0.kind == .memory && ($0.logOdds ?? 0) > 0 }
        }
        return FollowedLayout(memoryID: memory.id, valueCount: count)
    }

    /// By what the layout of a document is known; nil when nothing is on its pages.
    package func layoutWords(of document: Document, pages: [PageReading]) -> LayoutWords? {
        Understander.texts(of: document, pages).first.map(LayoutWords.init)
    }

    /// Whether the memory with this identifier has, or would have, a say in how a document of `type` is read.
    package func follows(_ memoryID: String, _ page: LayoutWords, type: String) -> Bool {
        recalls(page, type: type).contains { $0.memory.id == memoryID }
    }

    /// The document, as a person confirmed it, with its values at the ink that says them: as `learn` wants it.
    ///
    /// Where a person typed a value that is not where another was read, its ink is looked for on the document's pages.
    package func onInk(_ document: Document, pages: [PageReading]) -> Document {
        guard let type = catalog[document.type] else { return document }
        let own = Set(document.pages)
        return ConfirmedInk(type: type, pages: pages.filter { own.contains($0.page.number) }).placed(document)
    }

    /// The layouts that its values and its type go by.
    private func recalls(_ page: LayoutWords, type: String) -> [LayoutRecall] {
        guard !memories.memories.isEmpty else { return [] }
        let fingerprint = LayoutFingerprint(page)
        return [memories.recall(fingerprint, type: type), memories.recall(fingerprint)].compactMap { $0 }
    }

    private static func texts(of document: Document, _ pages: [PageReading]) -> [PageText] {
        let own = Set(document.pages)
        return pages.filter { own.contains($0.page.number) }.map { PageText($0) }.filter { !$0.isBlank }
    }
}
