package import Documents
package import Foundation
package import Understanding

/// Measures understanding on files with known truth.
package struct Evaluator {
    package let understander: Understander
    /// The hospital's books, where documents are matched to them.
    private let books: AccountBook?
    /// Whether amounts are changed on the pages, to see that it is found.
    private let plantsImbalances: Bool
    package private(set) var report: EvaluationReport

    /// - Parameters:
    ///   - books: the accounts to match documents to.
    ///   - plantsImbalances: whether pages are understood again with amounts changed, to see that it is found.
    ///   - report: what was counted before.
    package init(
        understander: Understander, books: AccountBook? = nil, plantsImbalances: Bool = false,
        report: EvaluationReport = EvaluationReport()
    ) {
        self.understander = understander
        self.books = books
        self.plantsImbalances = plantsImbalances
        self.report = report
    }

    /// Reads every file of `folder` that has a `.json` of its truth beside it; `read` gives a file's pages and is asked
    /// for as many files at a time as there are `readers`.
    package mutating func evaluate(
        folder: URL, readers: Int, read: @escaping @Sendable (URL) async throws -> [PageReading]
    ) async throws {
        for (file, result) in try await Evaluator.readings(
            of: folder, catalog: understander.catalog, readers: readers, read: read)
        {
            switch result {
            case .success(let (pages, truth)): try add(pages: pages, truth: truth, file: file)
            case .failure(let error): report.failures.append("\(file): \(error)")
            }
        }
    }

    /// A file's pages with the true documents on them.
    typealias TrueReading = (pages: [PageReading], truth: [Document])

    /// Each file of a folder that has its truth beside it, by its name, as it was read.
    static func readings(
        of folder: URL, catalog: DocumentTypeCatalog, readers: Int,
        read: @escaping @Sendable (URL) async throws -> [PageReading]
    ) async throws -> [(file: String, result: Result<TrueReading, any Error>)] {
        try await pairs(folder).concurrentMap(atOnce: readers) { file, truth in
            do {
                let known = try WrittenTruth(Data(contentsOf: truth))
                let pages = try await read(file)
                return (file.lastPathComponent, .success((pages, try known.documents(on: pages, catalog: catalog))))
            } catch {
                return (file.lastPathComponent, .failure(error))
            }
        }
    }

    /// Every file of a folder that has a `.json` of the same name, with it, in the order of their names.
    package static func pairs(_ folder: URL) throws -> [(file: URL, truth: URL)] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        } catch {
            throw LearningError(
                .file, "\(folder.path) cannot be listed. Name a folder of files with their truth as .json.")
        }
        let known = Set(names)
        return names.compactMap { name in
            let truth = "\(name.split(separator: ".").dropLast().joined(separator: ".")).json"
            guard !name.hasSuffix(".json"), known.contains(truth) else { return nil }
            return (folder.appending(path: name), folder.appending(path: truth))
        }
    }

    /// Understands a file's pages and counts what is right.
    ///
    /// - Parameter file: what the report calls the file where something is wrong with it.
    package mutating func add(pages: [PageReading], truth: [Document], file: String = "a file") throws {
        let clock = ContinuousClock()
        var read: [Document] = []
        let time = clock.measure { read = understander.understand(pages) }
        if let books {
            let matcher = AccountMatcher(catalog: understander.catalog)
            read = try read.map { try matcher.match($0, in: books) }
        }
        report.seconds += Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18
        report.fileCount += 1
        report.pageCount += pages.count
        if read.map(\.pages) == truth.map(\.pages) {
            report.splitRightCount += 1
        } else {
            report.splitErrors.append(
                "\(file): \(Evaluator.parts(truth)), said to be \(Evaluator.parts(read))")
        }
        let starts = Set(truth.compactMap(\.pages.first))
        for (page, probability) in understander.boundaries(pages) {
            report.boundaryReliability.add(probability, isRight: starts.contains(page))
        }
        for document in truth {
            let best = Evaluator.best(read, for: document)
            add(document, read: best, pages: pages, file: file)
            guard plantsImbalances, let best else { continue }
            var trial = report.imbalances ?? ImbalanceTrial()
            trial.add(document, read: best, pages: pages, understander: understander)
            report.imbalances = trial
        }
    }

    /// The documents' pages: `1-2 | 3`.
    private static func parts(_ documents: [Document]) -> String {
        documents.map { document in
            guard let first = document.pages.first, let last = document.pages.last, first != last else {
                return "\(document.pages.first ?? 0)"
            }
            return "\(first)-\(last)"
        }.joined(separator: " | ")
    }

    /// The document read that shares most pages with the true one.
    private static func best(_ read: [Document], for truth: Document) -> Document? {
        let own = Set(truth.pages)
        return read.enumerated().max {
            (own.intersection($0.element.pages).count, $1.offset) < (
                own.intersection($1.element.pages).count, $0.offset
            )
        }?.element
    }

    private mutating func add(_ truth: Document, read: Document?, pages: [PageReading], file: String) {
        let source = pages.first?.page.source.rawValue ?? "none"
        report.documentCount += 1
        let read = read ?? Document(type: DocumentTypeCatalog.otherName, typeConfidence: 0.0, pages: truth.pages)
        let isRight = read.type == truth.type
        report.typeReliability.add(read.typeConfidence.probability, isRight: isRight)
        if isRight {
            report.typeRightCount += 1
            report.types[truth.type, default: Tally()].right += 1
        } else {
            report.types[truth.type, default: Tally()].missed += 1
            report.types[read.type, default: Tally()].wrong += 1
            report.confusions["\(truth.type) > \(read.type)", default: 0] += 1
        }
        if truth.type == DocumentTypeCatalog.otherName {
            report.otherCount += 1
            if !isRight, read.typeConfidence > 0.9 { report.otherTakenCount += 1 }
        }
        if let subtype = truth.subtype {
            report.subtypeCount += 1
            if isRight, read.subtype == subtype {
                report.subtypeRightCount += 1
            } else if isRight {
                report.confusions["\(subtype) > \(read.subtype ?? "none")", default: 0] += 1
            }
        }
        report.misses += Miss.all(file: file, truth: truth, read: read, pages: pages)
        let score = DocumentScore(truth: truth, read: read)
        let fields = score.fields.values.reduce(Tally(), +)
        report.fieldsByType[truth.type, default: Tally()] += fields
        report.fieldsBySource[source, default: Tally()] += fields
        for (name, tally) in score.fields { report.fieldsByName["\(truth.type).\(name)", default: Tally()] += tally }
        report.claims += score.claims
        report.lines += score.lines
        report.cells += score.cells
        report.items += score.items
        if books != nil { report.accounts = (report.accounts ?? Tally()) + score.accounts }
        report.fieldReliability.merge(score.reliability)
    }
}
