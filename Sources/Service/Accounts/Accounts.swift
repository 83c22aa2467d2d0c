import Documents
package import Foundation
package import Governance
package import Records

/// People and machines: made here, and known again here.
///
/// The store keeps hashes only. Every account and key made, and every sign-in, is in the audit trail.
package struct Accounts: Sendable {
    static let nameCharacterCountMax = 64
    static let passwordCharacterCounts = 12...1024
    /// How often it is noted that a session, and that a key, is in use.
    private static let sessionNoteSeconds = 60.0
    private static let keyNoteSeconds = 600.0

    let store: Store
    let policy: InService<Policy>
    let settings: SessionSettings
    let hasher: PasswordHasher

    package init(
        store: Store, policy: InService<Policy>, settings: SessionSettings = SessionSettings()
    ) throws {
        self.store = store
        self.policy = policy
        self.settings = settings
        hasher = try PasswordHasher()
    }

    /// Makes a person's account; throws `AccountError` when name or password will not do.
    package func addUser(
        name: String, role: Role, password: String, reach: Reach = .everything, by actor: String, at now: Date = Date()
    ) async throws {
        try Accounts.check(name: name)
        try check(reach)
        try Accounts.check(password: password)
        let user = User(
            id: Identifier.make(at: now), name: name, role: role.rawValue,
            passwordHash: try await hasher.hash(password), createdAt: now)
        try await store.write { transaction in
            guard try transaction.user(named: name) == nil else {
                throw AccountError(.nameTaken, "There is a user '\(name)' already. Choose another name.")
            }
            try transaction.addUser(user)
            try transaction.audit(
                actor: actor, action: "user.added", subject: "user:\(name)", detail: ["role": role.rawValue],
                correlationID: user.id, at: now)
            if reach.isLimited {
                try transaction.limit(user.id, called: "user:\(name)", to: reach, by: actor, at: now)
            }
        }
    }

    /// Makes the administrator `admin` with a random password when there is no user yet.
    ///
    /// Gives the name and the password, which is kept nowhere: show it once. Nil when there are users.
    package func createFirstUser(at now: Date = Date()) async throws -> (name: String, password: String)? {
        guard try await store.read({ try $0.users().isEmpty }) else { return nil }
        let password = SecretText.password()
        do {
            try await addUser(name: "admin", role: .administrator, password: password, by: "system", at: now)
        } catch let error as AccountError where error.code == .nameTaken {
            return nil
        }
        return ("admin", password)
    }

    /// Makes a machine's key and gives its secret, which is kept nowhere: show it once.
    package func addKey(
        name: String, role: Role, reach: Reach = .everything, by actor: String, at now: Date = Date()
    ) async throws -> String {
        try Accounts.check(name: name)
        try check(reach)
        let secret = "mrk_" + SecretText.token()
        let key = APIKey(
            id: Identifier.make(at: now), name: name, role: role.rawValue, secretHash: SecretText.digest(secret),
            createdAt: now)
        try await store.write { transaction in
            guard try !transaction.apiKeys().contains(where: { $0.name == name && $0.revokedAt == nil }) else {
                throw AccountError(.nameTaken, "There is a key '\(name)' already. Choose another name.")
            }
            try transaction.addAPIKey(key)
            try transaction.audit(
                actor: actor, action: "key.added", subject: "key:\(name)", detail: ["role": role.rawValue],
                correlationID: key.id, at: now)
            if reach.isLimited {
                try transaction.limit(key.id, called: "key:\(name)", to: reach, by: actor, at: now)
            }
        }
        return secret
    }

    /// The machine that holds `secret`; nil when no key in force has it.
    package func caller(withKey secret: String, at now: Date = Date()) async throws -> Caller? {
        guard secret.hasPrefix("mrk_") else { return nil }
        let found = try await store.read { transaction in
            try transaction.apiKey(secretHash: SecretText.digest(secret)).map {
                ($0, try transaction.reach(of: $0.id), try transaction.lastUse(of: $0.useSubject))
            }
        }
        guard let (key, reach, lastUse) = found, let caller = Caller(key, reach: reach, policy: policy.current) else {
            return nil
        }
        if lastUse.map({ now.timeIntervalSince($0) >= Accounts.keyNoteSeconds }) ?? true {
            try await store.write { try $0.noteUse(of: key.useSubject, at: now) }
        }
        return caller
    }

    static func check(password: String) throws {
        guard passwordCharacterCounts.contains(password.count) else {
            throw AccountError(
                .badPassword,
                "A password has \(passwordCharacterCounts.lowerBound) to \(passwordCharacterCounts.upperBound) characters. Choose another."
            )
        }
    }

    private static func check(name: String) throws {
        guard name.wholeMatch(of: /[a-z0-9][a-z0-9._-]*/) != nil, name.count <= nameCharacterCountMax else {
            throw AccountError(
                .badName,
                "A name has 1 to \(nameCharacterCountMax) small letters, digits, '.', '_' and '-'. Choose another.")
        }
    }
}

extension Accounts {
    /// Signs a person in and gives the token for the browser's cookie.
    ///
    /// `address` is where the attempt comes from, `former` the token that the browser has: its session ends. Throws
    /// `refused`, or `throttled` after too many failures.
    func signIn(
        name: String, password: String, from address: String?, replacing former: String? = nil, at now: Date
    ) async throws -> String {
        let attempt = SignInGate.Attempt(name: name, address: address)
        let user = try await checked(name: name, password: password, attempt, at: now)
        return try await store.write { try beginSession(of: user, replacing: former, in: $0, at: now) }
    }

    /// The person who has this name and password; throws `refused`, or `throttled` after too many failures.
    func checked(
        name: String, password: String, _ attempt: SignInGate.Attempt, at now: Date
    ) async throws -> User {
        let before = try await gate.admit(attempt, at: now)
        let user = try await store.read { try $0.user(named: name) }
        // Who signs in through a provider has no password; telling so takes as long as any other refusal.
        let kept = user.flatMap { $0.disabled || $0.passwordHash.isEmpty ? nil : $0.passwordHash }
        guard try await hasher.matches(password, kept: kept), let user else {
            try await recordFailure(of: user, at: now)
            throw AccountError(.refused, "Name and password do not belong together. Check both and try again.")
        }
        try await store.write { [gate] in try gate.pass(attempt, before: before, in: $0) }
        return user
    }

    var gate: SignInGate { SignInGate(store: store, settings: settings) }

    /// A session that was used before this moment ended because nobody worked in it.
    func idleSince(_ now: Date) -> Date { now.addingTimeInterval(-settings.idleSeconds) }

    /// Begins a session of `user` and gives its token, which is kept nowhere; that of the token `former` ends.
    func beginSession(
        of user: User, replacing former: String?, detail: [String: String] = [:], in transaction: Transaction,
        at now: Date
    ) throws -> String {
        let token = SecretText.token()
        try transaction.deleteSessions(expiredAt: now, seenSince: idleSince(now))
        if let former { try transaction.endSession(tokenHash: SecretText.digest(former)) }
        try transaction.addSession(
            Session(
                tokenHash: SecretText.digest(token), userID: user.id, csrfToken: SecretText.token(), createdAt: now,
                expiresAt: now.addingTimeInterval(settings.secondsMax)))
        try transaction.noteUse(of: user.useSubject, at: now)
        try transaction.audit(
            actor: user.actor, action: "session.began", subject: user.actor, detail: detail, correlationID: user.id,
            at: now)
        return token
    }

    /// What was typed as a name is kept only when it is one: people type passwords there too.
    private func recordFailure(of user: User?, at now: Date) async throws {
        guard let user else { return }
        try await store.write { transaction in
            _ = try transaction.audit(
                actor: "system", action: "session.refused", subject: "user:\(user.name)", correlationID: user.id,
                at: now)
        }
    }

    /// The session of a browser's cookie; nil when it ended, or its user is gone.
    func session(token: String, at now: Date) async throws -> SignedInSession? {
        let found = try await store.read { transaction -> (Session, SignedInSession)? in
            guard
                let session = try transaction.session(
                    tokenHash: SecretText.digest(token), at: now, seenSince: idleSince(now)),
                let user = try transaction.user(session.userID), !user.disabled,
                let caller = Caller(user, reach: try transaction.reach(of: user.id), policy: policy.current)
            else { return nil }
            return (
                session,
                SignedInSession(
                    caller: caller, userID: user.id, tokenHash: session.tokenHash, formToken: session.csrfToken)
            )
        }
        guard let (session, signedIn) = found else { return nil }
        if now.timeIntervalSince(session.seenAt) >= Accounts.sessionNoteSeconds {
            try await store.write { try $0.noteSessionUse(tokenHash: session.tokenHash, at: now) }
        }
        return signedIn
    }

    func signOut(_ session: SignedInSession, at now: Date) async throws {
        try await store.write { transaction in
            try transaction.endSession(tokenHash: session.tokenHash)
            try transaction.audit(
                actor: session.caller.actor, action: "session.ended", subject: session.caller.actor,
                correlationID: session.userID, at: now)
        }
    }
}

extension User {
    /// What the store calls the person where it keeps when they signed in last.
    var useSubject: String { "user:\(id)" }

    /// What the audit calls the person.
    var actor: String { "user:\(name)" }
}

extension APIKey {
    /// What the store calls the key where it keeps when it was used last.
    var useSubject: String { "key:\(id)" }
}

/// A person at a browser.
package struct SignedInSession: Sendable, Hashable {
    package let caller: Caller
    let userID: String
    let tokenHash: String
    /// What every form of the session sends back.
    let formToken: String
}
