package import Foundation
package import Records

extension Transaction {
    /// Gives what is left of a connector that the rules have no longer to another, on behalf of `actor`; the bytes and the
    /// keys stay, so that the receiver knows a repetition.
    ///
    /// Throws `RecordsError`: `wrongState` when the rules still have the one, do not have the other or have it without an
    /// address, or the two are of different kinds.
    package func handOverActions(
        from former: String, to name: String, rules: ActionRules, by actor: String, at now: Date
    ) throws -> HandedOver {
        guard rules.connectors[former] == nil, rules.inactive[former] == nil else {
            throw RecordsError(
                .wrongState, "Config/actions.yaml still has the connector '\(former)': it sends what is left by itself."
            )
        }
        guard let connector = rules.connectors[name] else {
            throw RecordsError(
                .wrongState, "Config/actions.yaml has no active connector '\(name)'. Name the one that took its place.")
        }
        // A name stands for one kind: its newest messages say which.
        let written = try deliveries(of: former, limit: 100).map(\.payload).filter { !$0.isEmpty }
        // When it throws, nothing of this is kept.
        let handed = try handOver(from: former, to: name)
        let tellsPayments = handed.payments > 0 || written.contains(where: RemittanceConnector.wrote)
        let posts = handed.journals > 0 || written.contains { (try? PostingOrder(json: $0)) != nil }
        let isKnown = tellsPayments || posts || !written.isEmpty
        guard !isKnown || tellsPayments == (connector is RemittanceConnector) && posts == (connector is LedgerConnector)
        else {
            throw RecordsError(
                .wrongState,
                """
                '\(former)' was of another kind than '\(name)' is: payments go to a connector of x12_835, journals to one \
                of erp, and nothing else goes to those. Name the one that took its place.
                """)
        }
        try audit(
            actor: actor, action: "actions.handed_over", subject: "connector:\(former)",
            detail: [
                "to": name, "deliveries": "\(handed.deliveries)", "payments": "\(handed.payments)",
                "journals": "\(handed.journals)",
            ],
            correlationID: "connector:\(former)", at: now)
        return handed
    }
}
