import Documents
package import Foundation

/// What a ledger is to be told because of an event.
package enum PostingOrder: Hashable, Sendable {
    case post(Journal)
    /// Take back what was posted: the lines are those of the journal as it was posted, which the store has.
    case reverse(ReversalOrder)

    /// Reads what `json` wrote.
    package init(json: Data) throws {
        let decoder = JSONDecoder()
        if let reversal = try? decoder.decode(ReversalOrder.self, from: json) {
            self = .reverse(reversal)
        } else {
            self = .post(try decoder.decode(Journal.self, from: json))
        }
    }

    package func json() throws -> Data {
        switch self {
        case .post(let journal): return try journal.json()
        case .reverse(let reversal):
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(reversal)
        }
    }
}

/// Asks to take back the journal of a document that was recalled, or of an approval that was withdrawn.
package struct ReversalOrder: Codable, Hashable, Sendable {
    /// The key of the journal that takes it back.
    package var key: String
    /// The key of the journal to take back, where the event names it; else it is the latest one of `subject`.
    package var reversesKey: String?
    /// The document or the approval.
    package var reversesSubject: String
    /// When it was recalled or withdrawn, ISO 8601.
    package var time: String

    package init(key: String, reversesKey: String? = nil, reversesSubject: String, time: String) {
        self.key = key
        self.reversesKey = reversesKey
        self.reversesSubject = reversesSubject
        self.time = time
    }

    private enum CodingKeys: String, CodingKey {
        case key
        case reversesKey = "reverses_key"
        case reversesSubject = "reverses_subject"
        case time
    }
}
