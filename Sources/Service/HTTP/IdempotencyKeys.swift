import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Records
import Synchronization

/// Makes a repeated request with the same `Idempotency-Key` give the answer of the first, and do nothing again.
///
/// Answers are kept in the store for a day. That a request is still in progress is known to this process only: two
/// processes that get the same key at the same moment both take the file in, which custody makes one file.
final class IdempotencyKeys: Sendable {
    static let keptSeconds = 24.0 * 3600
    static let keyCharacterCountMax = 255

    private let store: Store
    private let clock: @Sendable () -> Date
    private let inProgress = Mutex<Set<String>>([])

    init(store: Store, clock: @escaping @Sendable () -> Date) {
        self.store = store
        self.clock = clock
    }

    /// An answer that can be kept.
    struct Answer: Sendable {
        var status: HTTPResponse.Status
        var location: String
        var body: Data
        /// What the wait preference came to; not kept.
        var preferenceApplied: String?
    }

    /// The key of a request, quoted or not; throws when it is empty, too long or has other than visible ASCII.
    static func key(of request: Request) throws -> String? {
        guard let header = request.headers[.idempotencyKey] else { return nil }
        let quoted = header.count >= 2 && header.hasPrefix("\"") && header.hasSuffix("\"")
        let key = quoted ? String(header.dropFirst().dropLast()) : header
        guard (1...keyCharacterCountMax).contains(key.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw Problem(
                .malformedRequest,
                "'Idempotency-Key' has 1 to \(keyCharacterCountMax) visible ASCII characters. Send a UUID, for example."
            )
        }
        return key
    }

    /// The kept answer to `key`, or that of `work`, which is then kept.
    ///
    /// - Parameters:
    ///   - key: the caller's, made unique among callers.
    ///   - fingerprint: tells the same request from another.
    func answer(key: String, fingerprint: String, work: () async throws -> Answer) async throws -> Answer {
        guard inProgress.withLock({ $0.insert(key).inserted }) else {
            throw Problem(
                .requestInProgress, "A request with this 'Idempotency-Key' is under way. Send it again in a moment.",
                retryAfterSeconds: 1)
        }
        defer { inProgress.withLock { _ = $0.remove(key) } }
        if let kept = try await kept(key, fingerprint: fingerprint) { return kept }
        let answer = try await work()
        let now = clock()
        let response = IdempotentResponse(
            key: key, fingerprint: fingerprint, status: answer.status.code, location: answer.location,
            body: answer.body, createdAt: now)
        try await store.write { transaction in
            try transaction.deleteIdempotentResponses(before: now.addingTimeInterval(-IdempotencyKeys.keptSeconds))
            try transaction.saveIdempotentResponse(response)
        }
        return answer
    }

    private func kept(_ key: String, fingerprint: String) async throws -> Answer? {
        let oldest = clock().addingTimeInterval(-IdempotencyKeys.keptSeconds)
        guard let kept = try await store.read({ try $0.idempotentResponse(key) }), kept.createdAt > oldest else {
            return nil
        }
        guard kept.fingerprint == fingerprint else {
            throw Problem(
                .idempotencyKeyReused,
                "Another file was sent with this 'Idempotency-Key'. Send this one with a new key.")
        }
        return Answer(status: .init(code: kept.status), location: kept.location ?? "", body: kept.body ?? Data())
    }
}
