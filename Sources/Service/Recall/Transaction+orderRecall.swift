import Documents
package import Foundation
package import Records

extension Transaction {
    /// Orders, in the name of `actor`, that an action is carried out on documents of a recall; gives on how many.
    ///
    /// The running service carries it out, one document after the other; what is carried out already stays. Throws
    /// `ReviewError`.
    package func orderRecall(
        _ action: RecallAction, _ choice: RecallChoice, of id: String, by actor: String, at now: Date
    ) throws -> Int {
        if case .documents(let documents) = choice {
            guard (1...RecallDesk.orderCountMax).contains(documents.count) else {
                throw ReviewError(.notPossible, "Choose from 1 to \(RecallDesk.orderCountMax) documents.")
            }
        }
        guard let recall = try recall(id) else { throw ReviewError.noSuchRecall }
        guard recall.status == .listed else {
            throw ReviewError(
                .notPossible, "The documents are still being looked for. Load the page again in a moment.")
        }
        let count = try orderRecalled(by: id, choice, action, orderedBy: actor)
        guard count > 0 else { return 0 }
        try enqueueAgain(
            Step(
                id: Identifier.make(at: now), kind: .carryOutRecall, subject: id, availableAt: now,
                correlationID: recall.correlationID))
        var detail = ["action": action.rawValue, "documents": "\(count)"]
        if case .cause(let cause) = choice { detail["cause"] = cause }
        try audit(
            actor: actor, action: "recall.ordered", subject: id, detail: detail, correlationID: recall.correlationID,
            at: now)
        return count
    }

    /// A recall with some of its documents; that `actor` looked is on record.
    ///
    /// Throws `ReviewError`.
    package func lookAtRecall(
        _ id: String, offset: Int, limit: Int, by actor: String, at now: Date
    ) throws -> RecallCase {
        guard let recall = try recall(id) else { throw ReviewError.noSuchRecall }
        let seen = try RecallCase(recall, isKept: false, offset: offset, limit: limit, in: self)
        try audit(
            actor: actor, action: "recall.viewed", subject: id, detail: ["from": "\(offset)"],
            correlationID: recall.correlationID, at: now)
        return seen
    }
}

extension ReviewError {
    static let noSuchRecall = ReviewError(
        .notFound, "There is no such recall. Choose one from the list of recalls.")
}
