package import Foundation
import NIOHTTP1
package import Records

/// Posts journals to a hospital's ledger: over HTTP, or as CSV files in a folder.
///
/// Before a journal is sent it is kept in the store and what it rests on is looked at again; afterwards the ledger's totals
/// are compared with its own.
package struct LedgerConnector: Connector {
    /// How journals get to the ledger.
    package enum Way: Hashable, Sendable {
        case http(Endpoint, BearerToken?)
        /// A file of its own for each journal, named by its key, whole or not there, and never replaced.
        case folder(URL)
    }

    private static let answerBytesMax = 64 << 10
    private static let folderTimeoutSeconds = 30.0

    private let name: String
    private let way: Way
    private let writer: PostingWriter
    package let retry: RetryPolicy
    private var book: PostingBook?

    package init(name: String, way: Way, writer: PostingWriter, retry: RetryPolicy = RetryPolicy()) {
        self.name = name
        self.way = way
        self.writer = writer
        self.retry = retry
    }

    /// Of two calls: a journal may be sent once more before it is taken back.
    package var timeoutSeconds: Double {
        if case .http(let endpoint, _) = way {
            2 * endpoint.timeoutSeconds
        } else {
            LedgerConnector.folderTimeoutSeconds
        }
    }

    package func connected(to store: Store, binder: (any PageBinder)?) -> any Connector {
        var connector = self
        let writesFiles = if case .folder = way { true } else { false }
        connector.book = PostingBook(store: store, connector: name, writesFiles: writesFiles)
        return connector
    }

    package func payload(for event: MailroomEvent, key: String) throws -> Data {
        try writer.order(for: event, key: key).json()
    }

    package func send(_ message: OutgoingMessage) async -> SendOutcome {
        guard let book else {
            return .refused(status: nil, problem: "The connector '\(name)' has no store to keep its journals in.")
        }
        do {
            return try await send(try PostingOrder(json: message.payload), message, book)
        } catch let error as RecordsError {
            return .failed(status: nil, problem: "The store could not be used: \(error.code).")
        } catch {
            return .failed(status: nil, problem: "The journal could not be prepared: \(type(of: error)).")
        }
    }

    private func send(
        _ order: PostingOrder, _ message: OutgoingMessage, _ book: PostingBook
    ) async throws -> SendOutcome {
        switch try await book.prepare(order, at: message.sentAt) {
        case .over(let outcome): return outcome
        case .send(let sending): return try await send(sending, message, book)
        case .first(let sending):
            let outcome = try await send(sending, message, book)
            guard case .delivered = outcome else {
                return LedgerConnector.unsettled(sending.journal, outcome)
            }
            return try await send(order, message, book)
        }
    }

    private func send(
        _ sending: PostingBook.Sending, _ message: OutgoingMessage, _ book: PostingBook
    ) async throws -> SendOutcome {
        switch way {
        case .http(let endpoint, let token): try await post(sending, to: endpoint, token, message, book)
        case .folder(let folder): try await write(sending.journal, to: folder, message, book)
        }
    }

    /// Why a journal is not taken back yet: whether the ledger has it could not be settled.
    private static func unsettled(_ journal: Journal, _ outcome: SendOutcome) -> SendOutcome {
        let why = "The journal \(journal.key), which this takes back, was sent again first, to know that it is there."
        switch outcome {
        case .delivered: return outcome
        case .failed(let status, let problem): return .failed(status: status, problem: "\(why) \(problem)")
        case .busy(let status, let problem, let seconds):
            return .busy(status: status, problem: "\(why) \(problem)", retryAfterSeconds: seconds)
        case .refused(let status, let problem): return .refused(status: status, problem: "\(why) \(problem)")
        }
    }

    private func post(
        _ sending: PostingBook.Sending, to endpoint: Endpoint, _ token: BearerToken?, _ message: OutgoingMessage,
        _ book: PostingBook
    ) async throws -> SendOutcome {
        let journal = sending.journal
        var headers: HTTPHeaders = [
            "content-type": "application/json", "accept": "application/json", "idempotency-key": journal.key,
            "x-correlation-id": message.correlationID,
        ]
        if let token { headers.add(name: "authorization", value: token.header) }
        let body = try journal.json()
        let call = EndpointCall(endpoint: endpoint, answerBytesMax: LedgerConnector.answerBytesMax)
        switch await call.post(body, headers: headers, attempt: message.attempt) {
        case .unanswered(let outcome): return outcome
        case .answered(let status, _, let answer):
            return try await reconcile(sending, status, answer, message, book)
        }
    }

    /// Compares what the ledger says that it has posted with what was sent, and keeps the result.
    ///
    /// Only a judgement of the journal (400, 422) that no attempt came before says that the ledger does not have it; any
    /// other refusal leaves that open.
    private func reconcile(
        _ sending: PostingBook.Sending, _ status: Int, _ body: String, _ message: OutgoingMessage, _ book: PostingBook
    ) async throws -> SendOutcome {
        let journal = sending.journal
        switch status {
        case 200...299:
            guard let answer = LedgerAnswer(json: Data(body.utf8)) else {
                return .failed(
                    status: status,
                    problem:
                        "The ledger answered \(status), but not with journal_id, total_debit and total_credit.")
            }
            if let difference = answer.difference(from: journal) {
                try await book.settle(
                    journal, .differing, ledgerID: answer.journalID, problem: difference, at: message.sentAt)
                return .refused(status: status, problem: difference)
            }
            try await book.settle(journal, .posted, ledgerID: answer.journalID, at: message.sentAt)
            return .delivered(
                status: status,
                receipt:
                    "Journal \(answer.journalID): \(answer.totalDebit) debit, \(answer.totalCredit) credit.")
        case 300...399:
            return .failed(status: status, problem: "The ledger answered \(status), a redirect, which is not followed.")
        case 408, 429, 500...:
            return .failed(status: status, problem: "The ledger answered \(status).")
        default:
            let said = AnswerWords.words(body, sent: try journal.json())
            let problem = "The ledger answered \(status).\(said.isEmpty ? "" : " It says: \(said)")"
            guard sending.isNew, status == 400 || status == 422 else {
                let open = "It may have the journal all the same: look there, then send this again or dismiss it."
                return .refused(status: status, problem: "\(problem) \(open)")
            }
            try await book.settle(journal, .refused, problem: problem, at: message.sentAt)
            return .refused(status: status, problem: problem)
        }
    }

    private func write(
        _ journal: Journal, to folder: URL, _ message: OutgoingMessage, _ book: PostingBook
    ) async throws -> SendOutcome {
        let file = DropName.file(for: "\(journal.key).csv")
        let (drop, bytes) = (FolderDrop(name: name, folder: folder), JournalCSV(journal).bytes)
        let outcome = try await BlockingWork.run { drop.drop(bytes, as: file) }
        guard case .delivered = outcome else { return outcome }
        try await book.settle(journal, .posted, ledgerID: file, at: message.sentAt)
        return .delivered(status: nil, receipt: PostingBook.receipt(file: file, total: journal.total))
    }
}
