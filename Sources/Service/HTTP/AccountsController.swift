import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Understanding

/// `/v1/accounts`: the hospital's accounts and claims in, to which documents are matched.
struct AccountsController: Sendable {
    let context: ServiceContext
    let idempotency: IdempotencyKeys

    init(context: ServiceContext) {
        self.context = context
        idempotency = IdempotencyKeys(store: context.store, clock: context.clock)
    }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.post("accounts") { try await take($0, context: $1) }
    }

    /// The form of a body, by its media type.
    private enum Form: String, CaseIterable {
        case csv = "text/csv"
        case json = "application/json"

        init(_ request: Request) throws {
            let mediaType = request.mediaType(orIfAbsent: Form.csv.rawValue)
            guard let form = Form(rawValue: mediaType) else {
                throw Problem(
                    .unsupportedMediaType,
                    "Accounts of type '\(mediaType)' are not read. Send \(Form.allCases.map(\.rawValue).joined(separator: " or "))."
                )
            }
            self = form
        }

        func accounts(in bytes: Data) throws(AccountFileError) -> AccountFile {
            switch self {
            case .csv: try AccountFile(csv: bytes)
            case .json: try AccountFile(json: bytes)
            }
        }
    }

    private func take(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .importAccounts)
        let key = try IdempotencyKeys.key(of: request)
        let closesOthers = try request.flag("replace")
        let isForced = try request.flag("force")
        let form = try Form(request)
        let bytes = try await request.bytes(
            upTo: AccountFile.byteCountMax, tooLarge: AccountFile.tooLarge.description)
        guard let key else {
            let answer = try await imported(
                bytes, as: form, closesOthers: closesOthers, isForced: isForced, from: caller)
            return Response.json(bytes: answer.body)
        }
        let fingerprint = SecretText.digest("\(SecretText.digest(bytes)) \(form.rawValue) \(closesOthers) \(isForced)")
        let answer = try await idempotency.answer(
            key: "\(caller.actor) accounts \(key)", fingerprint: fingerprint
        ) {
            try await imported(bytes, as: form, closesOthers: closesOthers, isForced: isForced, from: caller)
        }
        return Response.json(bytes: answer.body, status: answer.status)
    }

    private func imported(
        _ bytes: Data, as form: Form, closesOthers: Bool, isForced: Bool, from caller: Caller
    ) async throws -> IdempotencyKeys.Answer {
        do {
            let report = try await BookKeeper(store: context.store, clock: context.clock).take(
                form.accounts(in: bytes), sha256: SecretText.digest(bytes), closingOthers: closesOthers,
                forced: isForced, by: caller.actor)
            return IdempotencyKeys.Answer(status: .ok, location: "", body: try Response.encoded(report))
        } catch let error as AccountFileError {
            throw Problem(.invalidValues, error.description)
        }
    }
}
