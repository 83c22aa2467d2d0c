import Documents
import Foundation
import Governance
import Hummingbird
import Records

/// What is, and was, unusual about the documents that a person may see.
struct AnomalyDesk: Sendable {
    struct Entry: Sendable {
        let listed: ListedAnomaly
        /// Nil for who may come to key values of the document.
        let detail: String?
        let amount: Money?
        /// The other document and its file, for who may see it.
        let other: (id: String, fileName: String)?
        /// Whether there is another document that the person may not see.
        let isOutOfReach: Bool

        var record: AnomalyRecord { listed.record }

        /// How far people are with it.
        var state: String {
            if let outcome = record.ending?.outcome { return outcome.rawValue }
            // Of a type of which policy doubts nothing but the type.
            return listed.document.status == .inReview ? AnomalyFilter.State.open.rawValue : "not_reviewed"
        }
    }

    let context: ServiceContext

    init(context: ServiceContext) { self.context = context.holdingPolicy() }

    /// Those found last first, at most `limit`; `before` is the identifier of the last one of the page before.
    func anomalies(
        _ filter: AnomalyFilter, before: String?, limit: Int, for caller: Caller
    ) async throws -> [Entry] {
        try await context.store.read { transaction in
            try transaction.anomalies(
                filter, within: caller.reach, hidingChecksOf: caller.actor, before: before, limit: limit
            ).map { try entry($0, for: caller, in: transaction) }
        }
    }

    private func entry(
        _ listed: ListedAnomaly, for caller: Caller, in transaction: Transaction
    ) throws -> Entry {
        let anomaly = listed.record.anomaly
        let isBlind = !Sight(context: context).hiddenFields(of: listed.document, from: caller).isEmpty
        let near = try anomaly.otherID.flatMap { try transaction.document($0, within: caller.reach) }
        return Entry(
            listed: listed, detail: isBlind ? nil : anomaly.detail, amount: isBlind ? nil : anomaly.amount,
            other: try near.map { ($0.id, try transaction.file($0.sha256)?.name ?? "") },
            isOutOfReach: anomaly.otherID != nil && near == nil)
    }
}

/// What of the list is asked for: `kind`, `state` and `before` of the address.
struct AnomalyQuery: Sendable {
    let filter: AnomalyFilter
    let before: String?

    /// Throws a problem where `kind` or `state` is none that there is.
    init(_ request: Request) throws {
        func text(_ name: Substring) -> String? {
            let value = request.uri.queryParameters[name].map(String.init)
            return value.flatMap { $0.isEmpty ? nil : $0 }
        }
        let (kind, state) = (text("kind"), text("state"))
        let kinds = ReasonCode.ofAnomalies.map(\.rawValue)
        if let kind, !kinds.contains(kind) {
            throw Problem(.malformedRequest, "'kind' should be one of \(kinds.joined(separator: ", ")).")
        }
        let states = AnomalyFilter.State.allCases.map(\.rawValue)
        if let state, !states.contains(state) {
            throw Problem(.malformedRequest, "'state' should be one of \(states.joined(separator: ", ")).")
        }
        filter = AnomalyFilter(code: kind, state: state.flatMap(AnomalyFilter.State.init))
        before = text("before")
    }

    private init(_ filter: AnomalyFilter, before: String? = nil) {
        self.filter = filter
        self.before = before
    }

    func with(kind: String?) -> String { AnomalyQuery(AnomalyFilter(code: kind, state: filter.state)).address }

    func with(state: AnomalyFilter.State?) -> String {
        AnomalyQuery(AnomalyFilter(code: filter.code, state: state)).address
    }

    /// The address of the page behind the anomaly `id`; nil is the first page.
    func with(before id: String?) -> String { AnomalyQuery(filter, before: id).address }

    private var address: String {
        let pairs = [
            filter.code.map { "kind=\($0)" }, filter.state.map { "state=\($0.rawValue)" },
            before.map { "before=\($0)" },
        ].compactMap { $0 }
        return pairs.isEmpty ? "/anomalies" : "/anomalies?" + pairs.joined(separator: "&")
    }
}
