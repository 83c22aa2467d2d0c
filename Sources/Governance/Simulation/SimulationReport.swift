import Documents
package import Settings

/// A simulation in words and tables, for who thinks of changing the policy.
package struct SimulationReport: CustomStringConvertible {
    let simulation: PolicySimulation
    /// In what the proposed policy differs from that in service.
    let differences: [SettingsDifference]
    /// How many changed documents are named; the rest is only counted.
    let namedMax: Int
    /// What the count of those that are not named goes on with.
    let rest: String

    /// The most differences that the first sentence names.
    private static let headlineMax = 3

    package init(
        _ simulation: PolicySimulation, differences: [SettingsDifference], namedMax: Int, rest: String = ""
    ) {
        self.simulation = simulation
        self.differences = differences
        self.namedMax = namedMax
        self.rest = rest
    }

    package var description: String {
        let total = simulation.total
        guard total.documents > 0 else { return "There is no document to decide on.\n" }
        var parts = [headline]
        if differences.count > SimulationReport.headlineMax {
            parts.append((["The policies differ in"] + differences.map { "  \($0)" }).joined(separator: "\n"))
        }
        parts.append(table("type", simulation.byType.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
        if !simulation.byDay.isEmpty {
            parts.append(
                table("day", simulation.byDay.sorted { $0.key < $1.key }.map { ($0.key.description, $0.value) }))
        }
        if !simulation.changes.isEmpty { parts += [reasons, named].compactMap { $0 } }
        return parts.joined(separator: "\n\n") + "\n"
    }

    /// What would change, in a sentence: how many more documents, and how many a day.
    private var headline: String {
        let total = simulation.total
        let difference = total.reviewedThen - total.reviewedNow
        let number = difference == 0 ? "as many" : "\(difference.magnitude) \(difference > 0 ? "more" : "fewer")"
        var sentence =
            "\(with), \(number) of \(total.documents) documents go to review"
        if difference != 0, !simulation.byDay.isEmpty {
            sentence +=
                " (\(SimulationReport.tenths(Double(difference.magnitude) / Double(simulation.byDay.count))) a day)"
        }
        sentence += ": \(total.reviewedThen), now \(total.reviewedNow)."
        if total.moved > 0 { sentence += " \(total.moved) that are reviewed go to another queue." }
        return sentence
    }

    private var with: String {
        switch differences.count {
        case 0: "With the same policy"
        case 1...SimulationReport.headlineMax:
            "With \(differences.map(\.description).joined(separator: ", "))"
        default: "With the proposed policy, which differs in \(differences.count) values"
        }
    }

    private func table(_ title: String, _ rows: [(name: String, count: PolicySimulation.Count)]) -> String {
        let heads = [title, "documents", "reviewed now", "then", "more", "other queue"]
        let cells = rows.map { name, count in
            [
                name, "\(count.documents)", "\(count.reviewedNow)", "\(count.reviewedThen)",
                "\(count.reviewedThen - count.reviewedNow)", "\(count.moved)",
            ]
        }
        let widths = heads.indices.map { column in ([heads] + cells).map { $0[column].count }.max() ?? 0 }
        return ([heads] + cells).map { row in
            zip(row, widths).enumerated().map { column, cell in
                let space = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + space : space + cell.0
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    /// Why documents that are accepted now would be reviewed; a document may have several reasons.
    private var reasons: String? {
        var counts: [String: Int] = [:]
        for case .toReview(let reasons) in simulation.changes.map(\.outcome) {
            for code in Set(reasons.map(\.code)) { counts[code, default: 0] += 1 }
        }
        guard !counts.isEmpty else { return nil }
        let lines = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "  \($0.key): \($0.value)" }
        return (["What would send accepted documents to review:"] + lines).joined(separator: "\n")
    }

    private var named: String {
        let lines = simulation.changes.prefix(namedMax).map { change in
            "  \(change.document.id)  \(change.document.document.type)  \(SimulationReport.words(change.outcome))"
        }
        let count = simulation.changes.count - lines.count
        let more = count > 0 ? ["  and \(count) more\(rest)"] : []
        return (["Documents whose way would change:"] + lines + more).joined(separator: "\n")
    }

    private static func words(_ outcome: PolicySimulation.Outcome) -> String {
        switch outcome {
        case .toReview(let reasons):
            "accepted → review: "
                + reasons.prefix(3).map { [$0.code, $0.field].compactMap { $0 }.joined(separator: " ") }
                .joined(separator: ", ")
                + (reasons.count > 3 ? " and \(reasons.count - 3) more" : "")
        case .accepted: "review → accepted"
        case .moved(let from, let to): "queue \(from) → \(to)"
        }
    }

    private static func tenths(_ number: Double) -> String { "\((number * 10).rounded() / 10)" }
}
