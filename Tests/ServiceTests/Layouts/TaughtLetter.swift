import Documents
import Foundation
import Governance
import Records
import Service
import Testing

/// A denial letter of a payer whose labels nobody knows; its number makes what it says.
struct TaughtLetter: Sendable {
    let number: Int

    static let sender = "ZENITH BENEFIT ADMINISTRATORS"

    var bytes: Data { Data("letter \(number)".utf8) }
    var sha256: String { Originals.sha256(of: bytes) }
    var fileName: String { "letter-\(number).pdf" }

    /// What is true of it, by field.
    var truth: [String: String] {
        [
            "payer_name": Self.sender, "letter_date": "2026-\(two(3 + number % 7))-\(two(10 + number % 17))",
            "member_id": "ZBA\(4_471_902 + number * 13_577)",
            "payer_claim_number": "\(7_710_394_410 + number * 7_654_321)",
        ]
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    var page: PageReading {
        let date = (truth["letter_date"] ?? "").split(separator: "-")
        let lines = [
            0: [(0, Self.sender)], 1: [(0, "Correspondence Unit, Floor Nine, Harbor Tower")],
            4: [(0, "Kolumne Alpha"), (20, "\(date[1])/\(date[2])/\(date[0])")],
            6: [
                (0, "Kolumne Beta"), (20, truth["payer_claim_number"] ?? ""), (40, "Sektor Norden"),
                (61, truth["member_id"] ?? ""),
            ],
            8: [(0, "Notice of claim denial")], 10: [(0, "Dear Provider:")],
            12: [(0, "We have reviewed the claim shown above and have denied it, as the service was not authorized")],
            13: [(0, "before it was provided. You may appeal this decision in writing to the unit named above.")],
            15: [(0, "Sincerely,")], 16: [(0, "Appeals Department")],
        ]
        var page = PageReading(page: Page(number: 1, source: .text, width: 2550, height: 3300, dpi: 300))
        for (row, parts) in lines.sorted(by: { $0.key < $1.key }) {
            for (column, text) in parts { page.words += TaughtLetter.words(text, row: row, column: column) }
        }
        return page
    }

    private static func words(_ text: String, row: Int, column: Int) -> [Word] {
        var x = 150 + Double(column) * 20
        let top = 150 + Double(row) * 50
        return text.split(separator: " ").map { word in
            let box = Box(left: x, top: top, right: x + Double(word.count) * 20, bottom: top + 34)
            x = box.right + 20
            return Word(text: String(word), box: box, confidence: 0.98, line: row)
        }
    }

    /// Puts it into a store as read, to be understood.
    func put(into store: Store, at now: Date = Date()) async throws {
        let (page, sha256, name, size) = (page, sha256, fileName, Int64(bytes.count))
        try await store.write { transaction in
            let correlationID = Identifier.make(at: now)
            _ = try transaction.takeFile(
                CustodyFile(
                    sha256: sha256, name: name, mediaType: "application/pdf", size: size, pageCount: 1, status: .read,
                    correlationID: correlationID, takenAt: now))
            try transaction.savePage(of: sha256, StoredPage(reading: page))
            try transaction.enqueue(
                Step(
                    id: Identifier.make(at: now), kind: .understand, subject: sha256, availableAt: now,
                    correlationID: correlationID))
        }
    }

    /// Its only document.
    func record(in store: Store) async throws -> DocumentRecord {
        let sha256 = sha256
        let documents = try await store.read { try $0.documents(of: sha256) }
        return try #require(documents.first)
    }

    func task(in store: Store) async throws -> ReviewTask {
        let id = try await record(in: store).id
        let task = try await store.read { try $0.task(ofDocument: id) }
        return try #require(task)
    }

    /// Whether the values that are true were read, each of them.
    func isRight(_ document: Document) -> Bool {
        truth.allSatisfy { document.fields[$0.key]?.fields.map(\.value.description) == [$0.value] }
    }

    /// What a reviewer does to make the document say what is true and nothing else.
    func edits(of document: Document) -> [FieldEdit] {
        let removals = document.fields.keys.filter { truth[$0] == nil }.sorted().map {
            FieldEdit(path: $0, change: .remove)
        }
        return truth.sorted { $0.key < $1.key }.filter { name, value in
            document.fields[name]?.fields.first?.value.description != value
        }.map { FieldEdit(path: $0.key, change: .correct($0.value)) } + removals
    }

    /// Takes the letter, makes it say what is true, and confirms it.
    func confirm(at desk: ReviewDesk, in store: Store, by caller: Caller) async throws {
        let task = try await desk.take(try await task(in: store).id, by: caller)
        let record = try await record(in: store)
        try await desk.confirm(task.id, edits: edits(of: record.document), seen: record.version, by: caller)
    }
}

extension Store {
    /// Waits until no step is left to do.
    func settle() async throws {
        try await eventually("the steps to end") {
            let left = try await read { try $0.stepCounts() }.values.flatMap(\.keys).contains { $0 != .done }
            return left ? nil : true
        }
    }
}
