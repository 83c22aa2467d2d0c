import Documents
import Foundation
import Governance
import Records
import Service
import Testing
import Understanding

/// A file of several pages with words on them, its documents before reviewers as somebody joined them.
struct SampleBundle {
    let sha256: String
    /// In the order of `documents`.
    let records: [DocumentRecord]
    let tasks: [ReviewTask]

    static let letter = [
        "Acme Health Plan", "P.O. Box 100, Springfield, IL 62701", "March 14, 2026", "", "Notice of Denial of Payment",
        "Patient Name: Maria Example", "Member ID: W123456789", "Claim Number: 2026031400017", "",
        "Dear Provider:", "We have reviewed the claim listed above and have denied payment.",
        "Reason: CO-197 Precertification or authorization absent.",
        "You may appeal this decision in writing within 180 days of the date of this letter.",
        "Sincerely, Claims Department, Acme Health Plan",
    ]
    static let otherLetter = letter.map {
        $0.replacing("Maria Example", with: "John Sample").replacing("W123456789", with: "W987654321")
            .replacing("2026031400017", with: "2026031400099").replacing("March 14", with: "March 16")
    }
    static let secondPage = ["Page 2 of 2", "Your right to appeal", "Send your appeal to the address on page one."]

    /// What reading a page with these lines yields.
    static func reading(_ number: Int, _ lines: [String]) -> PageReading {
        var words: [Word] = []
        for (line, text) in lines.enumerated() {
            var left = 200.0
            for word in text.split(separator: " ") {
                let width = Double(word.count) * 24
                let box = Box(
                    left: left, top: 200 + Double(line) * 80, right: left + width, bottom: 240 + Double(line) * 80)
                words.append(Word(text: String(word), box: box, confidence: 0.98, line: line))
                left += width + 24
            }
        }
        return PageReading(
            page: Page(number: number, source: .ocr, width: 2550, height: 3300, dpi: 300, blank: lines.isEmpty),
            words: words)
    }

    /// Puts a file of `pages` into the store, with a document in review for each list of page numbers, read as `type`.
    static func seed(
        _ context: ServiceContext, pages: [[String]], documents: [[Int]], type: String = "payer_letter"
    ) async throws -> SampleBundle {
        let now = context.clock()
        let sha256 = try await context.store.originals.put(SampleLetter.png)
        let readings = pages.enumerated().map { reading($0.offset + 1, $0.element) }
        for number in pages.indices {
            try await context.store.originals.putPageImage(
                SampleLetter.png, of: sha256, page: number + 1, mediaType: "image/png")
        }
        let records = documents.enumerated().map { index, numbers in
            var document = context.understander.read(numbers.map { readings[$0 - 1] }, as: type)
            document.pages = numbers
            document.pagesConfidence = 0.5
            return DocumentRecord(
                id: Identifier.make(at: now), sha256: sha256, ordinal: index + 1, status: .inReview,
                document: context.policy.decide(document), versions: context.versions, createdAt: now,
                correlationID: "C")
        }
        let tasks = records.map { record in
            ReviewTask(
                id: Identifier.make(at: now), documentID: record.id, queue: context.policy.queue(for: type),
                createdAt: now, reasons: record.document.reasons)
        }
        try await context.store.write { transaction in
            _ = try transaction.takeFile(
                CustodyFile(
                    sha256: sha256, name: "mail.png", mediaType: "image/png", size: 1, pageCount: pages.count,
                    status: .understood, correlationID: "C", takenAt: now))
            for reading in readings {
                try transaction.savePage(
                    of: sha256, StoredPage(reading: reading, imageMediaType: "image/png", imageScale: 0.1))
            }
            for (record, task) in zip(records, tasks) {
                try transaction.insertDocument(record)
                try transaction.keepDecided(record.document, of: record.id)
                try transaction.openTask(task)
            }
        }
        return SampleBundle(sha256: sha256, records: records, tasks: tasks)
    }
}

extension WebFixture {
    var desk: ReviewDesk { ReviewDesk(context: context) }

    /// Somebody at the desk.
    func person(_ name: String, _ role: Role = .reviewer) async throws -> Caller {
        let key = try await accounts.addKey(name: name, role: role, by: "test")
        return try #require(try await accounts.caller(withKey: key))
    }

    /// The file's documents as they are now, in order.
    func documents(of bundle: SampleBundle) async throws -> [DocumentRecord] {
        try await context.store.read { try $0.documents(of: bundle.sha256) }
    }

    /// Changes pages as a person does who looks first.
    @discardableResult
    func change(_ task: String, _ operation: PageOperation, by person: Caller) async throws -> TaskPlace {
        let seen = try await desk.look(at: task, by: person)
        return try await desk.changePages(
            task, operation, layout: seen.layout.version, seen: seen.record.version, by: person)
    }
}
