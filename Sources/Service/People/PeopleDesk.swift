import Documents
package import Foundation
package import Governance
package import Records

/// A person with an account, as those who manage people see them.
package struct PersonSummary: Sendable {
    package let user: User
    /// When they signed in last; nil for never.
    package let lastSignIn: Date?
    package let sessionCount: Int
    /// Until when failed sign-ins lock the name.
    package let lockedUntil: Date?
    /// The queues and facilities that they are limited to.
    package let reach: Reach
}

/// Where those who manage people add them, give them roles and end their stays.
///
/// Each change is one transaction with its audit entry, and never the one that locks the house out (`HouseRules`).
package struct PeopleDesk: Sendable {
    let context: ServiceContext
    let accounts: Accounts

    package init(context: ServiceContext, accounts: Accounts) {
        self.context = context
        self.accounts = accounts
    }

    /// People by name, `offset` of them left out, and how many there are.
    package func people(offset: Int, limit: Int) async throws -> (people: [PersonSummary], count: Int) {
        let now = context.clock()
        return try await context.store.read { transaction in
            (
                try summaries(of: transaction.users(offset: offset, limit: limit), in: transaction, at: now),
                try transaction.userCount()
            )
        }
    }

    /// The person with this id; throws `notFound`.
    package func person(_ id: String) async throws -> PersonSummary {
        let now = context.clock()
        let found = try await context.store.read { transaction in
            try summaries(of: [transaction.user(id)].compactMap(\.self), in: transaction, at: now).first
        }
        guard let found else { throw PeopleDesk.nobody }
        return found
    }

    private func summaries(
        of users: [User], in transaction: Transaction, at now: Date
    ) throws -> [PersonSummary] {
        let uses = try transaction.lastUses()
        let counts = try transaction.sessionCounts(at: now, seenSince: accounts.idleSince(now))
        let reaches = try transaction.reaches()
        return try users.map { user in
            PersonSummary(
                user: user, lastSignIn: uses[user.useSubject], sessionCount: counts[user.id] ?? 0,
                lockedUntil: try accounts.gate.lockEnd(ofName: user.name, in: transaction, at: now),
                reach: reaches[user.id] ?? .everything)
        }
    }

    /// Makes an account and gives its first password, which is kept nowhere: show it once.
    package func add(name: String, role: Role, by caller: Caller) async throws -> String {
        let password = SecretText.password()
        try await accounts.addUser(name: name, role: role, password: password, by: caller.actor, at: context.clock())
        return password
    }

    /// Gives the person another role, or disables or enables the account; their stays end and what they hold is free.
    ///
    /// Throws `GovernanceError` with `peopleRefused`.
    package func change(_ change: HouseRules.Change, of id: String, by caller: Caller) async throws {
        try await self.change(change, of: id, by: caller) { user, transaction, now in
            var detail: [String: String] = [:]
            switch change {
            case .role(let role):
                try refuseProvided(user, in: transaction)
                detail = ["from": user.role, "to": role.rawValue]
                user.role = role.rawValue
            case .disable: user.disabled = true
            case .enable: user.disabled = false
            case .limit: break
            }
            try transaction.updateUser(user)
            try transaction.audit(
                actor: caller.actor, action: change.auditAction, subject: user.actor, detail: detail,
                correlationID: user.id, at: now)
        }
    }

    /// Limits the person to queues and facilities from their next click on, or takes limits away; what they hold is free.
    ///
    /// Throws `AccountError` for a queue or facility that is none, and `GovernanceError` with `peopleRefused`.
    package func limit(_ id: String, to reach: Reach, by caller: Caller) async throws {
        try accounts.check(reach)
        try await change(.limit(reach.isLimited), of: id, by: caller) { user, transaction, now in
            try transaction.limit(user.id, called: user.actor, to: reach, by: caller.actor, at: now)
        }
    }

    /// Makes a change that `HouseRules` allow, and gives back what the person holds.
    private func change(
        _ change: HouseRules.Change, of id: String, by caller: Caller,
        _ make: @escaping @Sendable (inout User, Transaction, Date) throws -> Void
    ) async throws {
        let now = context.clock()
        let rules = HouseRules(policy: context.policy)
        try await context.store.write { transaction in
            try transaction.takeTurn()
            let users = try transaction.users()
            guard var user = users.first(where: { $0.id == id }) else { throw PeopleDesk.nobody }
            let signIn = SignInWays(context.settings)
            let reaches = try transaction.reaches()
            try rules.check(
                change, of: id, by: users.first { $0.actor == caller.actor }?.id,
                among: users.map {
                    HouseRules.Person(
                        id: $0.id, role: Role(rawValue: $0.role), isActive: try signIn.isOpen(to: $0, in: transaction),
                        isLimited: reaches[$0.id]?.isLimited == true)
                })
            try make(&user, transaction, now)
            try transaction.freeTasks(of: user, by: caller.actor, at: now)
        }
        context.bell.ring()
    }

    /// Gives the person another password, which is kept nowhere: show it once.
    ///
    /// Their stays end.
    package func resetPassword(of id: String, by caller: Caller) async throws -> String {
        let password = SecretText.password()
        let hash = try await accounts.hasher.hash(password)
        let now = context.clock()
        try await context.store.write { transaction in
            guard var user = try transaction.user(id) else { throw PeopleDesk.nobody }
            guard user.actor != caller.actor else {
                throw GovernanceError(.peopleRefused, "Change your own password on the page Your sign-in.")
            }
            try refuseProvided(user, in: transaction)
            user.passwordHash = hash
            try transaction.updateUser(user)
            _ = try accounts.gate.unlock(name: user.name, in: transaction)
            try transaction.audit(
                actor: caller.actor, action: "user.password_reset", subject: user.actor, correlationID: user.id, at: now
            )
        }
        return password
    }

    /// Ends every stay of the person.
    package func endSessions(of id: String, by caller: Caller) async throws {
        let now = context.clock()
        try await context.store.write { transaction in
            guard let user = try transaction.user(id) else { throw PeopleDesk.nobody }
            let count = try transaction.endSessions(of: id)
            try transaction.audit(
                actor: caller.actor, action: "session.ended_by_other", subject: user.actor,
                detail: ["sessions": "\(count)"], correlationID: user.id, at: now)
        }
    }

    /// Forgives the person's name its failed sign-ins.
    package func unlock(_ id: String, by caller: Caller) async throws {
        let now = context.clock()
        try await context.store.write { transaction in
            guard let user = try transaction.user(id) else { throw PeopleDesk.nobody }
            guard try accounts.gate.unlock(name: user.name, in: transaction) else { return }
            try transaction.audit(
                actor: caller.actor, action: "user.unlocked", subject: user.actor, correlationID: user.id, at: now)
        }
    }

    /// A provider's person has the role of their groups and no password here: another one would outlast the provider's no.
    private func refuseProvided(_ user: User, in transaction: Transaction) throws {
        guard try transaction.hasIdentity(user.id) else { return }
        throw GovernanceError(
            .peopleRefused,
            "\(user.name) signs in through a provider, which says the role and keeps the password. Change the groups there, or disable the account here."
        )
    }

    static let nobody = Problem(.notFound, "There is nobody with this id. Choose somebody on the page People.")
}

extension PeopleDesk {
    /// Every key with when it was used last, those in force first, then by name.
    package func keys() async throws -> [(key: APIKey, lastUse: Date?)] {
        try await context.store.read { transaction in
            let uses = try transaction.lastUses()
            return try transaction.apiKeys().map { ($0, uses[$0.useSubject]) }.sorted {
                ($0.0.revokedAt == nil ? 0 : 1, $0.0.name) < ($1.0.revokedAt == nil ? 0 : 1, $1.0.name)
            }
        }
    }

    /// Makes a machine's key and gives its secret, which is kept nowhere: show it once.
    package func addKey(name: String, role: Role, by caller: Caller) async throws -> String {
        try await accounts.addKey(name: name, role: role, by: caller.actor, at: context.clock())
    }

    /// Refuses the key from now on; throws `notFound` for one that is not in force.
    package func revokeKey(_ id: String, by caller: Caller) async throws {
        let now = context.clock()
        try await context.store.write { transaction in
            guard let key = try transaction.apiKeys().first(where: { $0.id == id }) else {
                throw Problem(.notFound, "There is no such key. Choose one on the page People.")
            }
            try transaction.revokeAPIKey(id, at: now)
            try transaction.audit(
                actor: caller.actor, action: "key.revoked", subject: "key:\(key.name)", correlationID: id, at: now)
        }
    }
}

extension HouseRules.Change {
    /// What the audit chain calls the change.
    fileprivate var auditAction: String {
        switch self {
        case .role: "user.role_changed"
        case .disable: "user.disabled"
        case .enable: "user.enabled"
        case .limit: "user.limited"
        }
    }
}
