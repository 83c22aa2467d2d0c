import Documents
import Foundation
import Records
import Understanding

extension StepWork {
    /// So many documents are understood again because of one layout, the newest; those before them stay as they are.
    private static let followingCountMax = 300
    /// So many documents that wait are looked through for the layout.
    private static let lookedThroughCountMax = 1000
    /// How many documents are asked for at once.
    private static let batchCount = 50

    /// Looks through the documents that wait, and nobody has in hand, for those that were read, or would be, by a layout
    /// that was learned or forgotten, and has each understood again.
    func followLayout() async throws {
        let understander = try await context.taughtUnderstander()
        var concerned: [(id: String, correlationID: String)] = []
        var before: String?
        var count = 0
        while count < StepWork.lookedThroughCountMax, concerned.count < StepWork.followingCountMax {
            let ids = try await context.store.read { [before, now = context.clock()] in
                try $0.openDocuments(before: before, limit: StepWork.batchCount, at: now)
            }
            guard let last = ids.last else { break }
            for id in ids {
                if let correlationID = try await concern(of: id, understander) { concerned.append((id, correlationID)) }
            }
            before = last
            count += ids.count
        }
        let (now, found) = (context.clock(), concerned.prefix(StepWork.followingCountMax))
        try await context.store.write { [step] transaction in
            for document in found {
                try transaction.enqueueUnderstandingAgain(
                    document.id, correlationID: document.correlationID, at: now)
            }
            try transaction.complete(step)
        }
        context.bell.ring()
    }

    /// The document's correlation id, when the layout that the step is about has to do with it.
    private func concern(of id: String, _ understander: Understander) async throws -> String? {
        let memoryID = step.subject
        let found = try await context.store.read { transaction -> (record: DocumentRecord, pages: [PageReading]?)? in
            guard let record = try transaction.document(id) else { return nil }
            guard try transaction.layoutUse(of: id)?.memoryID != memoryID else { return (record, nil) }
            let pages = try record.document.pages.compactMap { try transaction.page(of: record.sha256, number: $0) }
            return (record, pages.map(\.reading))
        }
        guard let found else { return nil }
        let concerns = found.pages.map { understander.follows(memoryID, found.record.document, pages: $0) } ?? true
        return concerns ? found.record.correlationID : nil
    }
}
