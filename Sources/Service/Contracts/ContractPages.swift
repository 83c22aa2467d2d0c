import Documents
import Foundation
import Governance
import Hummingbird
import Records

/// What payers agreed to allow: whose contracts there are, and the rates of one.
struct ContractPages: Sendable {
    private static let rowCount = 200

    let context: ServiceContext
    let pages: PageWriter

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("contracts") { try await list($0, context: $1) }
    }

    private struct List {
        let payers: [Payer]
        /// The payer whose rates are shown, or nil.
        let payer: String?
        let code: String
        let rates: [Rate]
        let isEmpty: Bool
        let previous: String?
        let next: String?

        struct Payer {
            let name: String
            let address: String
            let rateCount: Int
            let importedAt: String
        }

        struct Rate {
            let code: String
            let modifier: String?
            let facility: String?
            let amount: String
            let from: String
            let to: String?
            let source: String?
            let importedAt: String
        }
    }

    private func list(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        _ = try context.unlimitedCaller(having: .viewAnomalies)
        let query = ContractQuery(request)
        let limit = ContractPages.rowCount
        let (payers, rates) = try await self.context.store.read { transaction -> ([PayerContract], [ListedRate]) in
            guard let payer = query.payer else {
                return (try transaction.payerContracts(offset: query.offset, limit: limit + 1), [])
            }
            return (
                [],
                try transaction.contractRates(
                    of: payer, procedure: query.procedure, offset: query.offset, limit: limit + 1)
            )
        }
        let content = List(
            payers: payers.prefix(limit).map(payer), payer: query.payerName,
            code: query.procedure ?? "", rates: rates.prefix(limit).map(rate),
            isEmpty: payers.isEmpty && rates.isEmpty,
            previous: query.offset > 0 ? query.with(offset: max(0, query.offset - limit)) : nil,
            next: max(payers.count, rates.count) > limit ? query.with(offset: query.offset + limit) : nil)
        return try pages.page(
            "contracts", content, title: "Contracts", session: try context.signedIn(), section: .anomalies)
    }

    private func payer(_ contract: PayerContract) -> List.Payer {
        List.Payer(
            name: contract.payerName, address: ContractQuery(payer: contract.payerName).address,
            rateCount: contract.rateCount, importedAt: PageTime.minute(contract.importedAt))
    }

    private func rate(_ listed: ListedRate) -> List.Rate {
        List.Rate(
            code: listed.rate.procedureCode, modifier: listed.rate.modifier, facility: listed.rate.facility,
            amount: "$\(listed.rate.allowedAmount)",
            from: listed.rate.effectiveFrom.description, to: listed.rate.effectiveTo?.description,
            source: listed.source?.actorName, importedAt: PageTime.minute(listed.importedAt))
    }
}

/// What of the contracts is asked for: `payer`, `procedure` and `from` of the address.
struct ContractQuery: Sendable {
    /// The payer's name as it was given.
    let payerName: String?
    let procedure: String?
    let offset: Int

    var payer: PayerName? { payerName.map { PayerName($0) } }

    init(_ request: Request) {
        func text(_ name: Substring) -> String? {
            // A form of a browser writes a blank as '+'.
            let value = request.uri.queryParameters[name].map { String($0).replacing("+", with: " ") }
            return value.flatMap(\.removingPercentEncoding).flatMap { $0.isEmpty ? nil : $0 }
        }
        payerName = text("payer")
        procedure = text("procedure")?.uppercased()
        offset = request.listOffset()
    }

    init(payer: String?, procedure: String? = nil, offset: Int = 0) {
        payerName = payer
        self.procedure = procedure
        self.offset = offset
    }

    func with(offset: Int) -> String {
        ContractQuery(payer: payerName, procedure: procedure, offset: offset).address
    }

    var address: String {
        func pair(_ name: String, _ value: String?) -> String? {
            value?.addingPercentEncoding(withAllowedCharacters: .alphanumerics).map { "\(name)=\($0)" }
        }
        let pairs = [
            pair("payer", payerName), pair("procedure", procedure), offset > 0 ? "from=\(offset)" : nil,
        ].compactMap { $0 }
        return pairs.isEmpty ? "/contracts" : "/contracts?" + pairs.joined(separator: "&")
    }
}
