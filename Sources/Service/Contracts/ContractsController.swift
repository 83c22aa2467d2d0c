import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// `/v1/contracts`: what payers agreed to allow, to which explanations of benefits are compared.
struct ContractsController: Sendable {
    let context: ServiceContext

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("contracts") { try await list($0, context: $1) }
        group.post("contracts") { try await take($0, context: $1) }
    }

    private struct Answer: Encodable {
        let rates: [RateAnswer]
        let total: Int
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.unlimitedCaller(having: .viewAnomalies)
        let (query, limit) = (ContractQuery(request), request.listLimit())
        let answer = try await self.context.store.read { transaction in
            Answer(
                rates: try transaction.contractRates(
                    of: query.payer, procedure: query.procedure, offset: query.offset, limit: limit
                ).map(RateAnswer.init), total: try transaction.contractRateCount())
        }
        return try Response.json(answer)
    }

    private func take(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .importContracts)
        let replacesAll = try request.flag("replace")
        let mediaType = request.mediaType(orIfAbsent: "text/csv")
        guard mediaType == "text/csv" else {
            throw Problem(.unsupportedMediaType, "Contracts of type '\(mediaType)' are not read. Send text/csv.")
        }
        let bytes = try await request.bytes(
            upTo: ContractFile.byteCountMax, tooLarge: ContractFile.tooLarge.description)
        do {
            let report = try await ContractKeeper(store: self.context.store, clock: self.context.clock).take(
                ContractFile(csv: bytes), sha256: SecretText.digest(bytes), replacingAll: replacesAll,
                by: caller.actor)
            return Response.json(bytes: try Response.encoded(report))
        } catch let error as ContractFileError {
            throw Problem(.invalidValues, error.description)
        }
    }
}

/// The JSON of one rate.
private struct RateAnswer: Encodable {
    let payerName: String
    let procedureCode: String
    let modifier: String?
    let facility: String?
    let allowedAmount: Money
    let effectiveFrom: CalendarDate
    let effectiveTo: CalendarDate?
    let source: String?
    let importedAt: Date

    init(_ listed: ListedRate) {
        payerName = listed.rate.payerName
        procedureCode = listed.rate.procedureCode
        modifier = listed.rate.modifier
        facility = listed.rate.facility
        allowedAmount = listed.rate.allowedAmount
        effectiveFrom = listed.rate.effectiveFrom
        effectiveTo = listed.rate.effectiveTo
        source = listed.source
        importedAt = listed.importedAt
    }

    private enum CodingKeys: String, CodingKey {
        case payerName = "payer_name"
        case procedureCode = "procedure_code"
        case modifier, facility
        case allowedAmount = "allowed_amount"
        case effectiveFrom = "effective_from"
        case effectiveTo = "effective_to"
        case source
        case importedAt = "imported_at"
    }
}
