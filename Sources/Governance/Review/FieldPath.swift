/// The place of a value in a document, as checks, reasons and edits write it: `claims[0].service_lines[2].paid_amount`.
package struct FieldPath: Hashable, Sendable {
    /// A name and, in a list or table, the place from 0.
    package struct Step: Hashable, Sendable {
        package var name: String
        package var index: Int?

        package init(_ name: String, _ index: Int? = nil) {
            self.name = name
            self.index = index
        }
    }

    package var steps: [Step]

    package init(_ steps: [Step]) { self.steps = steps }

    /// The path without places, under which `Vocabulary` and policy know the field: `claims.service_lines.paid_amount`.
    package var definition: String { steps.map(\.name).joined(separator: ".") }

    /// Whether this path is `other` or lies inside it.
    package func isWithin(_ other: FieldPath) -> Bool { steps.starts(with: other.steps) }
}

extension FieldPath: LosslessStringConvertible {
    package var description: String {
        steps.map { step in step.index.map { "\(step.name)[\($0)]" } ?? step.name }.joined(separator: ".")
    }

    /// Gives nil unless each part is a lower-case name, with at most one place of up to five digits.
    package init?(_ text: String) {
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard let match = part.wholeMatch(of: /([a-z][a-z0-9_]*)(?:\[(0|[1-9][0-9]{0,4})\])?/) else { return nil }
            steps.append(Step(String(match.output.1), match.output.2.flatMap { Int($0) }))
        }
        self.init(steps)
    }
}

extension FieldPath: Comparable {
    /// Orders by names, and in one list by place, so that the last value of a list sorts last.
    package static func < (left: FieldPath, right: FieldPath) -> Bool {
        left.steps.lexicographicallyPrecedes(right.steps) { ($0.name, $0.index ?? -1) < ($1.name, $1.index ?? -1) }
    }
}
