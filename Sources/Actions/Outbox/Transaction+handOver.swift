package import Foundation
package import Records

extension Transaction {
    /// Gives what is left of a connector that the rules have no longer to another, on behalf of `actor`; the bytes and the
    /// keys stay, so that the receiver knows a repetition.
    ///
    /// Throws `RecordsError`: `wrongState` when the rules still have the one or do not have the other.
    package func handOverActions(
        from former: String, to name: String, rules: ActionRules, by actor: String, at now: Date
    ) throws -> (deliveries: Int, payments: Int) {
        func isThere(_ name: String) -> Bool { rules.connectors[name] != nil || rules.inactive[name] != nil }
        guard !isThere(former) else {
            throw RecordsError(
                .wrongState, "Config/actions.yaml still has the connector '\(former)': it sends what is left by itself."
            )
        }
        guard isThere(name) else {
            throw RecordsError(
                .wrongState, "Config/actions.yaml has no connector '\(name)'. Name the one that took its place.")
        }
        let handed = try handOver(from: former, to: name)
        try audit(
            actor: actor, action: "actions.handed_over", subject: "connector:\(former)",
            detail: ["to": name, "deliveries": "\(handed.deliveries)", "payments": "\(handed.payments)"],
            correlationID: "connector:\(former)", at: now)
        return handed
    }
}
