import Crypto
package import Documents
package import Foundation
package import Understanding

/// Examples from outside the corpus: files that a hospital or a public data set has, each with its truth beside it.
package struct ExampleFolder: Sendable {
    package private(set) var examples: [Example] = []
    /// What is wrong with each file that cannot be learned from, and what to do, a sentence each.
    package private(set) var problems: [String] = []
    /// Files with a truth beside them.
    package private(set) var fileCount = 0
    /// Those of them that `problems` names.
    package var unusedCount: Int { problems.count }
    /// Values that could be learned from, were they found on the pages as read.
    package private(set) var valueCount = 0
    package private(set) var foundCount = 0
    /// How the examples' paper is printed and their values are written down, by type.
    package private(set) var conventions: [String: TypeConventions] = [:]

    /// Reads every file of `folders` that has a `.json` of its truth beside it; `read` gives a file's pages and is asked
    /// for as many files at a time as there are `readers`.
    ///
    /// Each document of a file becomes an example. A file that cannot be used is named among `problems` and stops nothing;
    /// throws when a folder cannot be listed, holds no such file, or when no example is left.
    package init(
        folders: [URL], catalog: DocumentTypeCatalog, readers: Int,
        read: @escaping @Sendable (Data) async throws -> [PageReading]
    ) async throws {
        var pairs: [(file: URL, truth: URL)] = []
        for folder in folders {
            let found = try Evaluator.pairs(folder)
            guard !found.isEmpty else {
                throw LearningError(
                    .noExamples, "\(folder.path) holds no file with its truth beside it. Put NAME.json beside NAME.pdf."
                )
            }
            pairs += found
        }
        fileCount = pairs.count
        var truths: Set<URL> = []
        for (file, truth) in pairs where !truths.insert(truth).inserted {
            problems.append(
                "\(file.path): Another file has the same truth, \(truth.lastPathComponent). Keep one of them.")
            pairs.removeAll { $0.file == file }
        }
        let results = try await pairs.concurrentMap(atOnce: readers) { file, truth in
            await ExampleFolder.examples(of: file, truth: truth, catalog: catalog, read: read)
        }
        for result in results {
            switch result {
            case .success(let read): examples += read
            case .failure(let error): problems.append(error.description)
            }
        }
        guard !examples.isEmpty else {
            throw LearningError(
                .noExamples,
                problems.joined(separator: "\n") + "\nNo example is left to learn from. Correct at least one of these.")
        }
        conventions = ConventionLearner(catalog: catalog).conventions(of: examples)
        place(catalog.following(conventions))
    }

    /// Finds the values on the pages as read.
    private mutating func place(_ catalog: DocumentTypeCatalog) {
        for index in examples.indices {
            guard let type = catalog[examples[index].truth.type] else { continue }
            var finder = ValueFinder(examples[index].pages, as: type)
            examples[index].truth = finder.placed(examples[index].truth)
            valueCount += finder.valueCount
            foundCount += finder.foundCount
        }
    }

    private static func examples(
        of file: URL, truth: URL, catalog: DocumentTypeCatalog,
        read: @Sendable (Data) async throws -> [PageReading]
    ) async -> Result<[Example], LearningError> {
        var named = truth
        do {
            let written = try WrittenTruth(Data(contentsOf: truth))
            named = file
            let bytes = try Data(contentsOf: file)
            let pages = try await read(bytes)
            if let problem = pages.lazy.compactMap(\.problem).first {
                throw LearningError(.badExample, "A page cannot be read: \(problem)")
            }
            named = truth
            let documents = try written.documents(on: pages, catalog: catalog)
            return .success(examples(of: documents, pages: pages, family: family(bytes)))
        } catch {
            let sentence = (error as? CocoaError)?.localizedDescription ?? "\(error)"
            return .failure(LearningError(.badExample, "\(named.path): \(sentence)"))
        }
    }

    /// The same bytes are of one family wherever they lie, so that they are never both learned from and judged by.
    private static func family(_ bytes: Data) -> String {
        "given/\(SHA256.hash(data: bytes).prefix(8).hexadecimal)"
    }

    private static func examples(
        of documents: [Document], pages: [PageReading], family: String
    ) -> [Example] {
        documents.map { document in
            let places = Dictionary(uniqueKeysWithValues: document.pages.enumerated().map { ($1, $0 + 1) })
            return Example(
                pages: document.pages.map { number in
                    var page = pages[number - 1]
                    page.page.number = places[number] ?? number
                    return page
                }, truth: document.renumbered(places), family: family)
        }
    }
}

extension Document {
    /// The document with other numbers of pages; a value on a page that has none loses its place.
    fileprivate func renumbered(_ numbers: [Int: Int]) -> Document {
        func renumbered(_ field: Field) -> Field {
            var field = field
            field.page = field.page.flatMap { numbers[$0] }
            if field.page == nil { field.box = nil }
            return field
        }
        func renumbered(_ row: Row) -> Row {
            row.mapValues { leaf in
                switch leaf {
                case .one(let field): .one(renumbered(field))
                case .many(let fields): .many(fields.map { renumbered($0) })
                case .groups(let groups): .groups(groups.map { $0.mapValues { renumbered($0) } })
                }
            }
        }
        var document = self
        document.pages = pages.compactMap { numbers[$0] }
        document.fields = renumbered(fields)
        document.claims = claims.map {
            Claim(fields: renumbered($0.fields), serviceLines: $0.serviceLines.map { renumbered($0) })
        }
        document.lineItems = lineItems.map { renumbered($0) }
        return document
    }
}
