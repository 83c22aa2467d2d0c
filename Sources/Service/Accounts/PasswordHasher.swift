import Dispatch
import Foundation

/// Makes and checks password hashes one at a time, off the threads that everything else shares.
///
/// One at a time bounds the memory that sign-ins can ask for: each needs `PasswordHash.Cost` of it.
struct PasswordHasher: Sendable {
    private let queue = DispatchQueue(label: "mailroom.password")
    private let cost: PasswordHash.Cost
    /// A hash of no known password: checked when there is no such user, so that the answer takes as long.
    private let stranger: String

    init(cost: PasswordHash.Cost = .standard) throws {
        self.cost = cost
        stranger = try PasswordHash(
            password: SecretText.token(), salt: SecretText.randomBytes(PasswordHash.saltByteCount), cost: cost
        ).text
    }

    /// The text to keep of `password`.
    func hash(_ password: String) async throws -> String {
        try await onQueue {
            try PasswordHash(
                password: password, salt: SecretText.randomBytes(PasswordHash.saltByteCount), cost: cost
            ).text
        }
    }

    /// Whether `password` is the one that `kept` was made of; nil stands for a user that does not exist.
    func matches(_ password: String, kept: String?) async throws -> Bool {
        try await onQueue {
            guard let hash = PasswordHash(text: kept ?? stranger) else { return false }
            return try hash.matches(password) && kept != nil
        }
    }

    private func onQueue<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
