import Foundation

/// What is learned of the thresholds, as a table for a terminal.
package struct ThresholdTable: CustomStringConvertible {
    package let description: String

    /// - Parameter fieldCount: how many fields all types have.
    package init(policy: Policy, learned: LearnedThresholds, fieldCount: Int) {
        var rows = [["field", "outcomes", "wrong", "policy", "in force", "what was learned"]]
        for (type, fields) in learned.known {
            guard let rules = policy.types[type] else { continue }
            if let finding = learned.finding(type: type) {
                rows.append(
                    ThresholdTable.row(
                        "\(type) (all)", own: rules.fieldTenThousandths, inForce: nil, finding))
            }
            for field in fields {
                guard let finding = learned.finding(type: type, field: field) else { continue }
                rows.append(
                    ThresholdTable.row(
                        "\(type).\(field)", own: rules.tenThousandths(of: field),
                        inForce: policy.threshold(of: field, in: type, learned: learned), finding))
            }
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        let lines = rows.map { row in
            zip(row, widths).map { $0.padding(toLength: max($1, $0.count), withPad: " ", startingAt: 0) }
                .joined(separator: "  ").replacing(#/ +$/#, with: "")
        }
        let knownCount = learned.known.reduce(0) { $0 + $1.fields.count }
        let target = Decimals.percent(policy.errorTarget)
        let certainty = Decimals.percent(policy.errorCertainty)
        let heading =
            "Policy lets at most \(target) of a document's values be wrong without review, with \(certainty) certainty. "
            + (policy.thresholdRule == .learned
                ? "Thresholds are learned: those in force decide."
                : "Thresholds are fixed: what is learned is shown and decides nothing.")
        let share = Decimals.percent(policy.auditShare)
        let rest =
            knownCount < fieldCount
            ? [
                """
                Not enough outcomes yet: of \(fieldCount - knownCount) fields there are none. The \(share) of documents \
                that are drawn for review bring them.
                """
            ] : []
        description = ([heading, ""] + (rows.count > 1 ? lines + [""] : []) + rest).joined(separator: "\n")
    }

    private static func row(
        _ name: String, own: Int, inForce: Threshold?, _ finding: ThresholdFinding
    ) -> [String] {
        [
            name, "\(finding.documentCount)", Decimals.count(finding.wrong), Decimals.text(own), inForce?.text ?? "",
            "\(finding)",
        ]
    }
}
