package import Documents

/// Values that are not as in the truth, so that a person can look at what goes wrong.
package struct Miss: Sendable {
    package let file: String
    package let type: String
    /// The field: `payer`, or of the rows `claims.charge` and `claims.service_lines.charge`.
    package let field: String
    /// The true values; none where there is nothing to be read.
    package let truth: [String]
    /// What was read instead; none where nothing was.
    package let read: [String]
    /// The highest confidence, 0…1, of what was read.
    package let confidence: Double?
    /// Whether every true value stands among the words read, letter for letter; nil where it is not known how it is printed.
    ///
    /// What does not stand there is lost by reading.
    package let isAmongWords: Bool?
    /// Where the ink is: of the truth, or else of what was read.
    package let page: Int?
    package let box: Box?
}

extension Miss {
    /// What is not as in the truth of one document, `pages` being those of its file.
    static func all(file: String, truth: Document, read: Document, pages: [PageReading]) -> [Miss] {
        let texts = Dictionary(
            pages.map { ($0.page.number, PrintedValues.text(of: $0)) }, uniquingKeysWith: { first, _ in first })
        func misses(_ known: Row, _ row: Row, _ prefix: String) -> [Miss] {
            Set(known.keys).union(row.keys).sorted().compactMap { name in
                let values = (known[name].map(RowMatch.values) ?? [], row[name].map(RowMatch.values) ?? [])
                guard Tally.of(values.0, values.1) != Tally(right: values.0.count) else { return nil }
                let (fields, others) = (known[name]?.fields ?? [], row[name]?.fields ?? [])
                let ink = fields.first ?? others.first
                let found = fields.compactMap { field in
                    field.printed.map { printed in
                        texts.contains { number, text in
                            (field.page ?? number) == number && PrintedValues.isFound(printed, in: text)
                        }
                    }
                }
                return Miss(
                    file: file, type: truth.type, field: prefix + name, truth: values.0, read: values.1,
                    confidence: others.map(\.confidence.probability).max(),
                    isAmongWords: found.isEmpty ? nil : found.allSatisfy(\.self), page: ink?.page, box: ink?.box)
            }
        }
        func rows(_ known: [Row], _ rows: [Row], _ prefix: String) -> [Miss] {
            let pairs = RowMatch.pairs(known, rows)
            let left = RowMatch.unread(known, pairs)
            return pairs.flatMap { misses($0.truth ?? [:], $0.read, prefix) } + left.flatMap { misses($0, [:], prefix) }
        }
        return misses(truth.fields, read.fields, "")
            + rows(truth.claims.map(\.fields), read.claims.map(\.fields), "claims.")
            + rows(
                truth.claims.flatMap(\.serviceLines), read.claims.flatMap(\.serviceLines), "claims.service_lines.")
            + rows(truth.lineItems, read.lineItems, "line_items.")
    }

    /// The names of `row`.
    package static let heads = [
        "file", "type", "field", "truth", "read", "confidence", "among_words", "page", "left", "top", "right", "bottom",
    ]

    /// The miss as cells under `heads`.
    package var row: [String] {
        let sides = box.map { [$0.left, $0.top, $0.right, $0.bottom].map { "\(Int($0.rounded()))" } }
        return [
            file, type, field, truth.joined(separator: " | "), read.joined(separator: " | "),
            confidence.map(EvaluationReport.decimal) ?? "", isAmongWords.map { $0 ? "yes" : "no" } ?? "",
            page.map { "\($0)" } ?? "",
        ] + (sides ?? Array(repeating: "", count: 4))
    }
}
