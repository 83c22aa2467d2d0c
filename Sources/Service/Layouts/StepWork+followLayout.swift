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
        var concerned: [OpenDocument] = []
        var seen: Set<String> = []
        var before: String?
        while seen.count < StepWork.lookedThroughCountMax, concerned.count < StepWork.followingCountMax {
            let waiting = try await context.store.read { [before, now = context.clock()] in
                try $0.openDocuments(before: before, limit: StepWork.batchCount, at: now)
            }
            guard let last = waiting.last else { break }
            for document in waiting where try await isConcerned(document, understander) { concerned.append(document) }
            seen.formUnion(waiting.map(\.id))
            before = last.id
        }
        context.waitingLayouts.keep(only: seen)
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

    /// Whether the layout that the step is about has to do with the document.
    private func isConcerned(_ document: OpenDocument, _ understander: Understander) async throws -> Bool {
        if document.memoryID == step.subject { return true }
        let words = try await context.waitingLayouts.words(of: document) {
            let found = try await context.store.read { transaction -> (Document, [PageReading])? in
                guard let record = try transaction.document(document.id) else { return nil }
                return (
                    record.document, try transaction.readings(record.document.pages, of: record.sha256)
                )
            }
            return found.flatMap { understander.layoutWords(of: $0, pages: $1) }
        }
        return words.map { understander.follows(step.subject, $0, type: document.type) } ?? false
    }
}
