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
        fileprivate let address: String

        init(name: String, address: String) {
            self.name = Attempt.subject("name", name)
            self.address = Attempt.subject("address", address)
        }

        /// People type passwords where their name should be: what is kept is one of a million numbers, which many texts
        /// have, and nobody can tell which was meant.
        fileprivate static func subject(_ kind: String, _ text: String) -> String {
            let number = SHA256.hash(data: Data("\(kind) \(text)".utf8)).prefix(3).reduce(0) { $0 << 8 | Int($1) }
            return "\(kind):\(number % 1_000_000)"
        }
    }

    /// Counts the attempt; throws `throttled` while the name or the address is locked.
    func admit(_ attempt: Attempt, at now: Date) async throws {
        try await store.write { [settings] transaction in
            try transaction.forgetSignInFailures(before: now.addingTimeInterval(-settings.memorySeconds))
            let ends = try transaction.signInFailures(of: [attempt.name, attempt.address]).compactMap(lockEnd)
            if let end = ends.max(), end > now {
                let seconds = Int(end.timeIntervalSince(now).rounded(.up))
                throw AccountError(
                    .throttled,
                    "Too many failed attempts. Wait \(seconds) seconds and try again, or ask a person who manages people.",
                    retryAfterSeconds: seconds)
            }
            try transaction.noteSignInFailure(of: attempt.name, at: now)
            try transaction.noteSignInFailure(of: attempt.address, at: now)
        }
    }

    /// Takes back what `admit` counted, and forgives the name.
    func pass(_ attempt: Attempt, in transaction: Transaction) throws {
        try transaction.forgetSignInFailures(of: attempt.name)
        try transaction.takeBackSignInFailure(of: attempt.address)
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
