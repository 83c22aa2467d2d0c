import Actions
import Documents
package import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat
package import Records

/// `/v1/remittances`: the 835 files that were written of accepted remittances.
struct RemittancesController: Sendable {
    private static let answerCountMax = 100

    let context: ServiceContext

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("remittances") { try await list($0, context: $1) }
        group.get("remittances/{id}/file") { try await file($0, context: $1) }
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.unlimitedCaller(having: .viewRemittances)
        let before = request.uri.queryParameters["before"].map(String.init)
        let (connectors, now) = (self.context.remittanceSettings, self.context.clock())
        let answer = try await self.context.store.read { transaction in
            RemittancesAnswer(
                remittances: try transaction.remittanceBatches(
                    before: before, limit: RemittancesController.answerCountMax
                ).map(RemittancesAnswer.File.init),
                waiting: try connectors.flatMap { connector in
                    try transaction.waitingRemittances(of: connector.name).map {
                        RemittancesAnswer.Waiting($0, of: connector)
                    }
                },
                incomplete: try connectors.flatMap { connector in
                    try transaction.waitingPapers(of: connector.name).compactMap {
                        RemittancesAnswer.Incomplete($0, of: connector, at: now)
                    }
                })
        }
        return try Response.json(answer)
    }

    private func file(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .viewRemittances)
        let (id, now) = (try context.parameters.require("id"), self.context.clock())
        let found = try await self.context.store.write { transaction in
            try transaction.remittanceFile(id, seenBy: caller.actor, at: now)
        }
        guard let found else {
            throw Problem(
                .notFound, "There is no remittance file \(id). GET /v1/remittances lists those that there are.")
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/EDI-X12",
                .contentDisposition: "attachment; filename=\"\(found.name)\"",
            ], body: ResponseBody(byteBuffer: ByteBuffer(data: found.bytes)))
    }
}

extension Transaction {
    /// The name and bytes of an 835 file, with the look at each of its documents on record; nil when there is none.
    package func remittanceFile(_ id: String, seenBy actor: String, at now: Date) throws -> (name: String, bytes: Data)?
    {
        guard let batch = try remittanceBatch(id), let bytes = try remittanceBytes(id) else { return nil }
        var seen: Set<String> = []
        for item in try remittances(inBatch: id) where seen.insert(item.documentID).inserted {
            try audit(
                actor: actor, action: "remittance.viewed", subject: item.documentID, detail: ["file": batch.fileName],
                correlationID: item.correlationID, at: now)
        }
        return (batch.fileName, bytes)
    }
}

/// The JSON of the list of files.
private struct RemittancesAnswer: Encodable {
    let remittances: [File]
    let waiting: [Waiting]
    let incomplete: [Incomplete]

    struct File: Encodable {
        let id: String
        let href: String
        let fileName: String
        let connector: String
        let payer: String
        let controlNumber: Int
        let transactions: Int
        let payment: Money
        let sha256: String
        let madeAt: Date
        let delivery: String?

        init(_ batch: RemittanceBatch) {
            id = batch.id
            href = "/v1/remittances/\(batch.id)/file"
            fileName = batch.fileName
            connector = batch.sender
            payer = batch.payer
            controlNumber = batch.controlNumber
            transactions = batch.setCount
            payment = Money(cents: Int64(batch.paymentCents))
            sha256 = batch.sha256
            madeAt = batch.madeAt
            delivery = batch.delivery?.rawValue
        }

        private enum CodingKeys: String, CodingKey {
            case id, href
            case fileName = "file_name"
            case connector, payer
            case controlNumber = "control_number"
            case transactions, payment, sha256
            case madeAt = "made_at"
            case delivery
        }
    }

    struct Waiting: Encodable {
        let connector: String
        let payer: String
        let payments: Int
        let oldest: Date
        let problem: String?

        init(_ waiting: WaitingRemittances, of connector: RemittanceSettings) {
            self.connector = connector.name
            payer = connector.payerName(keyed: waiting.payer)
            payments = waiting.count
            oldest = waiting.oldest
            problem = waiting.detail
        }
    }

    /// A payment of which papers are missing.
    struct Incomplete: Encodable {
        let connector: String
        let payer: String
        let documents: [String]
        let oldest: Date
        let isLate: Bool
        let problem: String

        /// Nil for papers that add up.
        init?(_ papers: [RemittanceItem], of connector: RemittanceSettings, at now: Date) {
            guard let first = papers.first, let problem = first.detail else { return nil }
            self.connector = connector.name
            payer = connector.payerName(keyed: first.payer)
            documents = papers.map(\.documentID)
            oldest = papers.map(\.createdAt).min() ?? first.createdAt
            isLate = connector.isLate(oldest, at: now)
            self.problem = problem
        }

        private enum CodingKeys: String, CodingKey {
            case connector, payer, documents, oldest
            case isLate = "is_late"
            case problem
        }
    }
}
