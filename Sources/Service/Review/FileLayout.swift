import Documents
import Foundation
package import Governance
package import Records

/// The whole file around a document in review: which document each page is in, and what people said of the pages.
package struct FileLayout: Sendable {
    package var arrangement: PageArrangement
    /// Every page of the file, in order.
    package var handlings: [PageHandling]
    /// The file's documents by id.
    package var documents: [String: DocumentRecord]

    /// Changes when a page changes its place: whoever moves pages says which layout they saw.
    package var version: String {
        let parts = arrangement.parts.map { "\($0.documentID ?? ""):\($0.pages)" }
        return String(SecretText.digest("\(parts) \(arrangement.setAside.keys.sorted())").prefix(16))
    }
}

extension ReviewDesk {
    /// The file around the document of a task that `caller` works on.
    func layout(
        around record: DocumentRecord, for caller: Caller, in transaction: Transaction, at now: Date
    ) throws -> FileLayout {
        let handlings = try transaction.pageHandlings(of: record.sha256)
        let documents = try transaction.documents(of: record.sha256)
        let setAside = handlings.reduce(into: [Int: String]()) { $0[$1.number] = $1.setAsideBy }
        let taken = Set(documents.flatMap(\.document.pages))
        let blank = try handlings.map(\.number).filter { number in
            guard !taken.contains(number), setAside[number] == nil else { return false }
            return try transaction.pageFace(of: record.sha256, number: number)?.page.blank == true
        }
        let own = documents.firstIndex { $0.id == record.id } ?? 0
        let parts = try documents.enumerated().map { place, document in
            // Only the documents beside it can be changed with it.
            let lock = abs(place - own) == 1 ? try lock(on: document, for: caller, in: transaction, at: now) : nil
            return PageArrangement.Part(documentID: document.id, pages: document.document.pages, lock: lock)
        }
        return FileLayout(
            arrangement: PageArrangement(
                parts: parts, setAside: setAside, blank: Set(blank),
                pageCount: max(handlings.last?.number ?? 0, taken.max() ?? 0)),
            handlings: handlings,
            documents: Dictionary(documents.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }))
    }

    private func lock(
        on document: DocumentRecord, for caller: Caller, in transaction: Transaction, at now: Date
    ) throws -> PageArrangement.Lock? {
        guard document.status == .inReview, let task = try transaction.task(ofDocument: document.id),
            task.status != .done
        else { return .settled }
        if let holder = task.leaseOwner, holder != caller.actor, task.isHeld(at: now) { return .held(by: holder) }
        guard try transaction.orderedTurn(ofDocument: document.id) == nil else { return .beingRead }
        if let keeper = try transaction.keeper(ofTask: task.id, at: now), keeper != caller.actor {
            return .held(by: keeper)
        }
        guard context.policy.mayWork(task.queue, by: caller) else {
            return .otherQueue(context.policy.queues.first { $0.name == task.queue }?.title ?? task.queue)
        }
        return nil
    }
}
