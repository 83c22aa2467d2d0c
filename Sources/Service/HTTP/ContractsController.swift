import Foundation
import Governance
import HTTPTypes
import Hummingbird
import NIOCore
import NIOFoundationCompat

/// `/v1/contracts`: what payers agreed to allow, to which explanations of benefits are compared.
struct ContractsController: Sendable {
    let context: ServiceContext

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("contracts") { try await take($0, context: $1) }
    }

    private func take(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .importContracts)
        let replacesAll = try request.flag("replace")
        let given = request.headers[.contentType] ?? "text/csv"
        let mediaType = given.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        guard mediaType == "text/csv" else {
            throw Problem(.unsupportedMediaType, "Contracts of type '\(mediaType)' are not read. Send text/csv.")
        }
        let bytes = try await ContractsController.body(of: request)
        do {
            let report = try await ContractKeeper(store: self.context.store, clock: self.context.clock).take(
                ContractFile(csv: bytes), sha256: SecretText.digest(bytes), replacingAll: replacesAll,
                by: caller.actor)
            return Response.json(bytes: try Response.encoded(report))
        } catch let error as ContractFileError {
            throw Problem(.invalidValues, error.description)
        }
    }

    private static func body(of request: Request) async throws -> Data {
        do {
            return Data(buffer: try await request.body.collect(upTo: ContractFile.byteCountMax))
        } catch is NIOTooManyBytesError {
            throw Problem(.bodyTooLarge, ContractFile.tooLarge.description)
        }
    }
}
