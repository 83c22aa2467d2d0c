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
        /// A file of its own for each journal, named by its key, whole or not there.
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

    package var timeoutSeconds: Double {
        if case .http(let endpoint, _) = way { endpoint.timeoutSeconds } else { LedgerConnector.folderTimeoutSeconds }
    }

    package func connected(to store: Store) -> any Connector {
        var connector = self
        connector.book = PostingBook(store: store, connector: name)
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
            switch try await book.prepare(try PostingOrder(json: message.payload), at: message.sentAt) {
            case .over(let outcome): return outcome
            case .send(let journal):
                switch way {
                case .http(let endpoint, let token):
                    return try await post(journal, to: endpoint, token, message, book)
                case .folder(let folder): return try await write(journal, to: folder, message, book)
                }
            }
        } catch let error as RecordsError {
            return .failed(status: nil, problem: "The store could not be used: \(error.code).")
        } catch {
            return .failed(status: nil, problem: "The journal could not be prepared: \(type(of: error)).")
        }
    }

    private func post(
        _ journal: Journal, to endpoint: Endpoint, _ token: BearerToken?, _ message: OutgoingMessage,
        _ book: PostingBook
    ) async throws -> SendOutcome {
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
            return try await reconcile(journal, status, answer, message, book)
        }
    }

    /// Compares what the ledger says that it has posted with what was sent, and keeps the result.
    private func reconcile(
        _ journal: Journal, _ status: Int, _ body: String, _ message: OutgoingMessage, _ book: PostingBook
    ) async throws -> SendOutcome {
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
            try await book.settle(journal, .refused, problem: problem, at: message.sentAt)
            return .refused(status: status, problem: problem)
        }
    }

    private func write(
        _ journal: Journal, to folder: URL, _ message: OutgoingMessage, _ book: PostingBook
    ) async throws -> SendOutcome {
        let name = "\(journal.key).csv"
        let bytes = JournalCSV(journal).bytes
        do {
            try await BlockingWork.run {
                try DurableFile.save(
                    bytes, to: folder.appending(path: name), scratch: folder.appending(path: ".unfinished"))
            }
        } catch {
            return .failed(status: nil, problem: "The file \(name) could not be written into the ledger's folder.")
        }
        try await book.settle(journal, .posted, ledgerID: name, at: message.sentAt)
        return .delivered(status: nil, receipt: "Written as \(name): \(journal.total) debit and credit.")
    }
}
