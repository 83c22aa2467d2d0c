import Documents
import Foundation
import Governance
import Records

extension Accounts {
    /// Signs in the person whom the provider vouches for, with the role and the limits that their groups give them now, and
    /// gives the token for the browser's cookie.
    ///
    /// The first time makes the person: bound to the provider's own name for them, never to what they are called. Throws
    /// `OpenIDError` with `noRole` or `disabled`; who is known and has no role any more has no session left either.
    func signIn(
        _ identity: OpenIDIdentity, role: OpenIDSettings.GroupRole?, replacing former: String?, at now: Date
    ) async throws -> String {
        let outcome = try await store.write { transaction -> Result<String, OpenIDError> in
            let known = try transaction.user(issuer: identity.issuer, subject: identity.subject)
            if known?.disabled == true {
                try refuse(known, "disabled", in: transaction, at: now)
                return .failure(OpenIDError(.disabled, "The person is disabled here."))
            }
            guard let role else {
                try refuse(known, "no_role", in: transaction, at: now)
                return .failure(OpenIDError(.noRole, "None of the person's groups is among 'openid.roles'."))
            }
            let user =
                if let known { try giving(role, to: known, in: transaction, at: now) } else {
                    try add(identity, role, in: transaction, at: now)
                }
            return .success(
                try beginSession(
                    of: user, replacing: former, detail: ["issuer": identity.issuer], in: transaction, at: now))
        }
        return try outcome.get()
    }

    /// Whether the person signs in through a provider.
    func isOfProvider(_ userID: String) async throws -> Bool { try await store.read { try $0.hasIdentity(userID) } }

    private func refuse(_ user: User?, _ reason: String, in transaction: Transaction, at now: Date) throws {
        guard let user else { return }
        _ = try transaction.endSessions(of: user.id)
        try transaction.audit(
            actor: "system", action: "session.refused", subject: "user:\(user.name)", detail: ["reason": reason],
            correlationID: user.id, at: now)
    }

    /// The provider's groups say the role and the limits anew each time; sessions with another role end.
    private func giving(
        _ given: OpenIDSettings.GroupRole, to known: User, in transaction: Transaction, at now: Date
    ) throws -> User {
        var user = known
        user.role = given.role.rawValue
        let isLimitedAnew = try limit(user, as: given, in: transaction, at: now)
        if user.role != known.role {
            try transaction.updateUser(user)
            try transaction.audit(
                actor: "system", action: "user.role_changed", subject: "user:\(user.name)",
                detail: ["from": known.role, "to": user.role], correlationID: user.id, at: now)
        }
        if isLimitedAnew || user.role != known.role {
            try transaction.freeTasks(of: user, by: "system", at: now)
        }
        return user
    }

    /// Whether the person is limited otherwise than before.
    private func limit(
        _ user: User, as given: OpenIDSettings.GroupRole, in transaction: Transaction, at now: Date
    ) throws -> Bool {
        let former = try transaction.reach(of: user.id)
        let reach = given.reach(instead: former)
        guard reach != former else { return false }
        try transaction.limit(user.id, called: "user:\(user.name)", to: reach, by: "system", at: now)
        return true
    }

    private func add(
        _ identity: OpenIDIdentity, _ given: OpenIDSettings.GroupRole, in transaction: Transaction, at now: Date
    ) throws -> User {
        let user = User(
            id: Identifier.make(at: now), name: try freeName(like: identity.name ?? "", in: transaction),
            role: given.role.rawValue, passwordHash: "", createdAt: now)
        try transaction.addUser(user)
        try transaction.addIdentity(issuer: identity.issuer, subject: identity.subject, of: user.id)
        try transaction.audit(
            actor: "system", action: "user.added", subject: "user:\(user.name)",
            detail: ["role": user.role, "issuer": identity.issuer, "subject": identity.subject],
            correlationID: user.id, at: now)
        _ = try limit(user, as: given, in: transaction, at: now)
        return user
    }

    /// A name that nobody has: a person who is called like another is still another.
    private func freeName(like given: String, in transaction: Transaction) throws -> String {
        let name = Accounts.name(from: given)
        var (free, number) = (name, 1)
        while try transaction.user(named: free) != nil {
            number += 1
            free = "\(name)-\(number)"
        }
        return free
    }

    /// `given` in the letters that a name may have: `ana-diaz-hospital.org` for `Ana Díaz@hospital.org`.
    static func name(from given: String) -> String {
        let plain = given.folding(options: .diacriticInsensitive, locale: Locale(identifier: "en_US_POSIX"))
            .lowercased()
        let parts = plain.split { character in
            !character.isASCII || !(character.isLetter || character.isNumber || "._-".contains(character))
        }
        let name = parts.joined(separator: "-").drop { !$0.isLetter && !$0.isNumber }
        // Room is left for the number that tells namesakes apart.
        return name.isEmpty ? "person" : String(name.prefix(nameCharacterCountMax - 10))
    }
}
