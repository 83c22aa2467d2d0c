import Foundation
import Synchronization

/// A hospital's ledger on loopback: it keeps each journal once by its idempotency key, and refuses what does not balance.
package final class LedgerServer: Sendable {
    /// How it answers a call.
    package enum Mood: Sendable {
        case honest
        /// Posts the journal, and says other totals.
        case lying
        /// Posts the journal, and says nothing.
        case silent
        case failing
        case refusing
        /// Does not know who calls.
        case locked
    }

    private final class Book: Sendable {
        let journals = Mutex<[(key: String, body: Data)]>([])
        let moods: Mutex<[Mood]>
        init(_ moods: [Mood]) { self.moods = Mutex(moods) }
    }

    private let book: Book
    package let listener: WebhookListener

    /// Answers the calls by these moods in turn, and honestly after the last.
    package init(_ moods: [Mood] = []) async throws {
        let book = Book(moods)
        self.book = book
        listener = try await WebhookListener { call, _ in
            let mood = book.moods.withLock { $0.isEmpty ? .honest : $0.removeFirst() }
            return LedgerServer.answer(call, mood, book)
        }
    }

    package var url: String { "http://127.0.0.1:\(listener.port)/journals" }
    package var keys: [String] { book.journals.withLock { $0.map(\.key) } }

    /// What all journals together moved on each account, in cents.
    package var balances: [String: Int] {
        book.journals.withLock { journals in
            journals.reduce(into: [:]) { balances, journal in
                for line in LedgerServer.lines(journal.body) {
                    balances[line["account"] ?? "", default: 0] +=
                        LedgerServer.cents(line["debit"]) - LedgerServer.cents(line["credit"])
                }
            }
        }
    }

    private static func lines(_ body: Data) -> [[String: String]] {
        let json = try? JSONSerialization.jsonObject(with: body) as? [String: Any]
        return json?["lines"] as? [[String: String]] ?? []
    }

    private static func cents(_ amount: String?) -> Int { Int((amount ?? "0").replacing(".", with: "")) ?? 0 }

    private static func answer(_ call: WebhookListener.Call, _ mood: Mood, _ book: Book) -> WebhookListener.Answer {
        switch mood {
        case .failing: return .status(503)
        case .refusing: return .status(422, body: #"{"error":"period closed for account 1010"}"#)
        case .locked: return .status(401)
        case .honest, .lying, .silent: break
        }
        guard let key = call.headers["idempotency-key"] else { return .status(400) }
        let lines = lines(call.body)
        let (debits, credits) = (
            lines.map { cents($0["debit"]) }.reduce(0, +), lines.map { cents($0["credit"]) }.reduce(0, +)
        )
        guard debits == credits, debits > 0 else { return .status(422, body: "unbalanced") }
        let number = book.journals.withLock { journals -> Int? in
            if let index = journals.firstIndex(where: { $0.key == key }) {
                return journals[index].body == call.body ? index + 1 : nil
            }
            journals.append((key, call.body))
            return journals.count
        }
        guard let number else { return .status(409) }
        if case .silent = mood { return .silence }
        let said = mood == .lying ? debits - 1 : debits
        let amount = "\(said / 100).\(said % 100 < 10 ? "0" : "")\(said % 100)"
        return .status(
            201, body: #"{"journal_id":"J\#(number)","total_debit":"\#(amount)","total_credit":"\#(amount)"}"#)
    }
}
