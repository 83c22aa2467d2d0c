import Documents
import Foundation

/// Where the corpus's folders are, for tests.
enum CorpusFolders {
    static let corpus = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Corpus")
    static let words = corpus.appending(path: "words")
    static let samples = corpus.appending(path: "samples")
}

extension Document {
    /// Every field of the document with the name that it stands under.
    var everyField: [(path: String, field: Field)] {
        let rows = [fields] + claims.map(\.fields) + claims.flatMap(\.serviceLines) + lineItems
        return rows.flatMap { row in row.flatMap { name, leaf in leaf.fields.map { (name, $0) } } }
    }
}
