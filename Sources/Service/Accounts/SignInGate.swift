import Crypto
import Foundation
import Records

/// Locks names that somebody guesses passwords of, and addresses that guess, each time for longer.
///
/// What fails is counted in the store, so that starting the service anew forgives nothing. An attempt counts before its
/// password is looked at: many at once are no more than one after another. Names that nobody has are counted and locked
/// like all others.
struct SignInGate: Sendable {
    /// How many more failures than a name an address may have.
    private static let addressFactor = 10

    let store: Store
    let settings: SessionSettings

    /// One attempt to sign in.
    struct Attempt: Sendable {
        fileprivate let name: String
        /// Nil where the address is not the person's own: behind a proxy all have the proxy's.
        fileprivate let address: String?

        init(name: String, address: String?) {
            self.name = Attempt.subject("name", name)
            self.address = address.map { Attempt.subject("address", $0) }
        }

        /// People type passwords where their name should be: what is kept is one of a million numbers, which many texts
        /// have, and nobody can tell which was meant.
        fileprivate static func subject(_ kind: String, _ text: String) -> String {
            let number = SHA256.hash(data: Data("\(kind) \(text)".utf8)).prefix(3).reduce(0) { $0 << 8 | Int($1) }
            return "\(kind):\(number % 1_000_000)"
        }
    }

    /// Counts the attempt, and gives what the address had failed before; throws `throttled` while the name or the address
    /// is locked.
    func admit(_ attempt: Attempt, at now: Date) async throws -> SignInFailures? {
        try await store.write { [settings] transaction in
            try transaction.forgetSignInFailures(before: now.addingTimeInterval(-settings.memorySeconds))
            let failures = try transaction.signInFailures(of: [attempt.name] + (attempt.address.map { [$0] } ?? []))
            let ends = failures.compactMap(lockEnd)
            if let end = ends.max(), end > now {
                let seconds = Int(end.timeIntervalSince(now).rounded(.up))
                throw AccountError(
                    .throttled,
                    "Too many failed attempts. Wait \(seconds) seconds and try again, or ask a person who manages people.",
                    retryAfterSeconds: seconds)
            }
            try transaction.noteSignInFailure(of: attempt.name, at: now)
            if let address = attempt.address { try transaction.noteSignInFailure(of: address, at: now) }
            return failures.first { $0.subject == attempt.address }
        }
    }

    /// Takes back what `admit` counted, and forgives the name; `before` is what `admit` gave.
    func pass(_ attempt: Attempt, before: SignInFailures?, in transaction: Transaction) throws {
        try transaction.forgetSignInFailures(of: attempt.name)
        if let address = attempt.address {
            try transaction.takeBackSignInFailure(of: address, lastAt: before?.lastAt)
        }
    }

    /// Until when the name is locked at `now`; nil when it is not.
    func lockEnd(ofName name: String, in transaction: Transaction, at now: Date) throws -> Date? {
        try transaction.signInFailures(of: [Attempt.subject("name", name)]).compactMap(lockEnd).first { $0 > now }
    }

    /// Forgives the name its failures; false when there were none.
    func unlock(name: String, in transaction: Transaction) throws -> Bool {
        try transaction.forgetSignInFailures(of: Attempt.subject("name", name))
    }

    private func lockEnd(_ failures: SignInFailures) -> Date? {
        let isAddress = failures.subject.hasPrefix("address:")
        let free = settings.failuresBeforeLock * (isAddress ? SignInGate.addressFactor : 1)
        return settings.lockEnd(after: failures.count, of: free, last: failures.lastAt)
    }
}

extension ServiceRequestContext {
    /// Where an attempt to sign in comes from; nil behind a proxy on this machine, whose address all have.
    func attemptAddress(_ settings: ServiceSettings) -> String? {
        let address = remoteAddress ?? "local"
        let isProxy = settings.externalURL != nil && (address.hasPrefix("127.") || address == "::1")
        return isProxy ? nil : address
    }
}
