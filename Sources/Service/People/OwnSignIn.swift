import Foundation
import Governance
import Records

/// What people do with their own sign-in: another password, an end to stays.
struct OwnSignIn: Sendable {
    let context: ServiceContext
    let accounts: Accounts

    /// The person's stays, the one used last first.
    func sessions(of session: SignedInSession) async throws -> [Session] {
        let now = context.clock()
        return try await context.store.read {
            try $0.sessions(of: session.userID, at: now, seenSince: accounts.idleSince(now))
        }
    }

    /// Changes the password; every other stay ends.
    ///
    /// Throws `AccountError`. A wrong `current` one counts as a failed sign-in: whoever finds an open browser may not guess on.
    func changePassword(
        from current: String, to password: String, of session: SignedInSession, address: String?
    ) async throws {
        try Accounts.check(password: password)
        let now = context.clock()
        let name = session.caller.name
        _ = try await accounts.checked(
            name: name, password: current, SignInGate.Attempt(name: name, address: address), at: now)
        let hash = try await accounts.hasher.hash(password)
        try await context.store.write { transaction in
            try transaction.setPasswordHash(hash, of: session.userID)
            let count = try transaction.endSessions(of: session.userID, except: session.tokenHash)
            try transaction.audit(
                actor: session.caller.actor, action: "user.password_changed", subject: session.caller.actor,
                detail: ["sessions_ended": "\(count)"], correlationID: session.userID, at: now)
        }
    }

    /// Ends one of the person's own stays, or with nil all but this one; gives how many ended.
    func endSessions(_ tokenHash: String?, of session: SignedInSession) async throws {
        let now = context.clock()
        try await context.store.write { transaction in
            let own = try transaction.sessions(of: session.userID, at: now, seenSince: .distantPast)
            let ended = own.filter { $0.tokenHash != session.tokenHash && (tokenHash ?? $0.tokenHash) == $0.tokenHash }
            guard !ended.isEmpty else { return }
            for session in ended { try transaction.endSession(tokenHash: session.tokenHash) }
            try transaction.audit(
                actor: session.caller.actor, action: "session.ended", subject: session.caller.actor,
                detail: ["sessions": "\(ended.count)"], correlationID: session.userID, at: now)
        }
    }
}
