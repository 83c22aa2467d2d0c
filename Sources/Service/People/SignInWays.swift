import Foundation
import Records

/// In which ways people may sign in to this house.
struct SignInWays {
    private let allowsPasswords: Bool
    private let hasProvider: Bool

    init(_ settings: ServiceSettings) {
        allowsPasswords = settings.openID?.allowsPasswords ?? true
        hasProvider = settings.openID != nil
    }

    /// Whether a way is open to the person: the account is in force, and its password or its provider is in use here.
    func isOpen(to user: User, in transaction: Transaction) throws -> Bool {
        guard !user.disabled else { return false }
        if allowsPasswords, !user.passwordHash.isEmpty { return true }
        return try hasProvider && transaction.hasIdentity(user.id)
    }
}

extension Transaction {
    /// Gives what the person holds back to its queues.
    func freeTasks(of user: User, by actor: String, at now: Date) throws {
        for task in try releaseTasks(of: user.actor) {
            guard let record = try document(task.documentID) else { continue }
            try audit(
                actor: actor, action: "task.released", subject: record.id,
                detail: ["task": task.id, "held_by": user.actor], correlationID: record.correlationID, at: now)
            // What was learned or forgotten while it was in hand left it alone.
            if try layoutChange() > 0 {
                try enqueueUnderstandingAgain(record.id, correlationID: record.correlationID, at: now)
            }
        }
    }
}
