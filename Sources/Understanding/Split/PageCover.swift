import Documents

/// Sees to it that every page with ink on it is in a document, also one on which no word was found.
enum PageCover {
    /// The documents with each page that none of them has: added to the document before it, to the first one when there
    /// is none before, or, when there is no document at all, as one of unknown type with no confidence.
    static func complete(_ documents: [Document], pages: [PageReading]) -> [Document] {
        let inked = pages.filter { !$0.page.blank }.map(\.page.number)
        guard !documents.isEmpty else {
            return inked.isEmpty
                ? [] : [Document(type: DocumentTypeCatalog.otherName, typeConfidence: Confidence(0), pages: inked)]
        }
        var covered = documents
        let present = Set(documents.flatMap(\.pages))
        for number in inked where !present.contains(number) {
            let place = covered.lastIndex { ($0.pages.first ?? .max) < number } ?? 0
            covered[place].pages = (covered[place].pages + [number]).sorted()
        }
        return covered
    }
}
