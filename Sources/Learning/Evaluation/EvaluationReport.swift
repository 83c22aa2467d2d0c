/// What an evaluation found, as figures and as a table for a person.
package struct EvaluationReport: Sendable {
    package var fileCount = 0
    package var documentCount = 0
    package var typeRightCount = 0
    /// How each type was told from the others.
    package var types: [String: Tally] = [:]
    package var subtypeCount = 0
    package var subtypeRightCount = 0
    package var splitRightCount = 0
    /// Header fields by document type.
    package var fieldsByType: [String: Tally] = [:]
    /// Header fields by how the pages came: `text` or `ocr`.
    package var fieldsBySource: [String: Tally] = [:]
    package var fieldsByName: [String: Tally] = [:]
    package var claims = Tally()
    package var lines = Tally()
    package var cells = Tally()
    package var items = Tally()
    /// Accounts of the books, document by document and claim by claim; nil where there are no books.
    package var accounts: Tally?
    package var fieldReliability = Reliability()
    package var typeReliability = Reliability()
    /// Nil where no amounts were changed.
    package var imbalances: ImbalanceTrial?
    /// Of the probability that a document begins with a page.
    package var boundaryReliability = Reliability()
    /// The files that were split wrongly: the pages of each document in truth and as said.
    package var splitErrors: [String] = []
    /// Papers that are none of ours, and how many of them were surely taken for ours.
    package var otherCount = 0
    package var otherTakenCount = 0
    /// Files that could not be read, with the reason.
    package var failures: [String] = []
    /// Every value that is not as in the truth.
    package var misses: [Miss] = []
    /// Documents whose type was not recognised: truth, then what was said.
    package var confusions: [String: Int] = [:]
    package var seconds = 0.0
    package var pageCount = 0

    /// The shares that are right, 0…1; nil where there was nothing to be right about.
    package var typeRight: Double? { EvaluationReport.ratio(typeRightCount, documentCount) }
    package var subtypeRight: Double? { EvaluationReport.ratio(subtypeRightCount, subtypeCount) }
    package var splitRight: Double? { EvaluationReport.ratio(splitRightCount, fileCount) }

    private static func ratio(_ part: Int, _ whole: Int) -> Double? {
        whole == 0 ? nil : Double(part) / Double(whole)
    }

    package var fields: Tally { fieldsByType.values.reduce(Tally(), +) }

    package init() {}
}

extension EvaluationReport: CustomStringConvertible {
    package var description: String {
        var lines = [
            row("files / documents / pages", "\(fileCount) / \(documentCount) / \(pageCount)"),
            row("type right", share(typeRightCount, documentCount)),
        ]
        lines += types.sorted { $0.key < $1.key }.map { row("  \($0.key), F1", figure($0.value)) }
        lines += [
            row("subtype right", share(subtypeRightCount, subtypeCount)),
            row("none of ours, taken for ours above 0.9", share(otherTakenCount, otherCount)),
            row("files split without error", share(splitRightCount, fileCount)),
            row("header fields, micro F1", figure(fields)),
        ]
        lines += fieldsByType.sorted { $0.key < $1.key }.map { row("  \($0.key)", figure($0.value)) }
        lines += fieldsBySource.sorted { $0.key < $1.key }.map { row("  pages from \($0.key)", figure($0.value)) }
        if let accounts { lines.append(row("accounts of the books, F1", figure(accounts))) }
        lines += [
            row("values of claims, micro F1", figure(claims)),
            row("service lines, all cells right, F1", figure(self.lines)),
            row("cells of service lines, F1", figure(cells)), row("invoice lines, all cells right, F1", figure(items)),
            row("calibration error of fields", fieldReliability.error.map(Self.decimal) ?? "-"),
            row("area under the ROC curve, fields", fieldReliability.rocArea.map(Self.decimal) ?? "-"),
            row(
                "fields accepted, 99 % of them right",
                fieldReliability.acceptedShare(precision: 0.99).map(Self.decimal) ?? "-"),
            row("calibration error of types", typeReliability.error.map(Self.decimal) ?? "-"),
            row("calibration error of boundaries", boundaryReliability.error.map(Self.decimal) ?? "-"),
            row("understanding, ms a page", Self.decimal(1000 * seconds / Double(max(1, pageCount)))),
        ]
        if let imbalances {
            lines += [
                row("planted imbalances found", share(imbalances.foundCount, imbalances.plantedCount)),
                row("balanced, said not to be", share(imbalances.falseAlarmCount, imbalances.balancedCount)),
            ]
        }
        lines += confusions.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
            row("  taken for: \($0.key)", "\($0.value)")
        }
        lines += splitErrors.map { "  split wrongly: \($0)" }
        lines += failures.map { "not read: \($0)" }
        return lines.joined(separator: "\n")
    }

    /// Header fields one by one, the worst first.
    package var fieldTable: String {
        fieldsByName.sorted { (($0.value.f1 ?? 1), $0.key) < (($1.value.f1 ?? 1), $1.key) }
            .map { row("  \($0.key)", figure($0.value)) }.joined(separator: "\n")
    }

    private func row(_ name: String, _ value: String) -> String {
        name + String(repeating: " ", count: max(1, 46 - name.count)) + value
    }

    private func figure(_ tally: Tally) -> String {
        "\(tally.f1.map(Self.decimal) ?? "-")  (\(tally.right) right, \(tally.wrong) wrong, \(tally.missed) missed)"
    }

    private func share(_ part: Int, _ whole: Int) -> String {
        EvaluationReport.ratio(part, whole).map { "\(Self.decimal($0))  (\(part) of \(whole))" } ?? "-"
    }

    static func decimal(_ value: Double) -> String {
        let thousandths = Int((value * 1000).rounded())
        return "\(thousandths / 1000).\(String(1000 + abs(thousandths) % 1000).dropFirst())"
    }
}
