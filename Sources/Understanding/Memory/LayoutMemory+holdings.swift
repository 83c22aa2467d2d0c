extension LayoutMemory {
    /// What a memory knows of one value or column, in words.
    package struct Holding: Hashable, Sendable {
        /// The value's path without places: `claims.service_lines.paid_amount`.
        package let path: String
        /// Whether a column of a table holds it.
        package let isColumn: Bool
        /// Where it stands.
        package let place: String
        /// How often a confirmed document said otherwise.
        package let wrongCount: Int
    }

    /// What is known of each value and column, by name.
    package var holdings: [Holding] {
        func path(_ name: String) -> String {
            let parent = fields.keys.contains { $0.hasPrefix("claims.") } ? "claims.service_lines." : "line_items."
            return name.hasPrefix("lines.") ? parent + name.dropFirst("lines.".count) : name
        }
        let values = fields.sorted { $0.key < $1.key }.filter { $0.value.presentCount > 0 }.map { name, field in
            let around = field.surroundings.last.map(\.description) ?? "anywhere"
            let sender = field.names.last.map { ", '\($0)'" } ?? ""
            return Holding(path: path(name), isColumn: false, place: around + sender, wrongCount: field.wrongCount)
        }
        let inColumns = columns.compactMap { column in
            column.name.map { name in
                let head = column.head.isEmpty ? "without a head" : "under '\(column.head.joined(separator: " "))'"
                return Holding(path: path(name), isColumn: true, place: head, wrongCount: column.wrongCount)
            }
        }
        return values + inColumns
    }

    /// The sender's name as it was confirmed last; nil when no document said one.
    package var senderName: String? { fields.sorted { $0.key < $1.key }.compactMap(\.value.names.last).first }

    /// How far it may be trusted, in 0…1: contradictions weaken it, what is borne out strengthens it.
    package var strength: Double {
        let parts =
            fields.values.filter { $0.presentCount > 0 }.map(\.reliability)
            + columns.filter { $0.name != nil }.map(\.reliability)
        return parts.isEmpty ? 0 : parts.sorted().reduce(0, +) / Double(parts.count)
    }
}

extension LayoutMemory: CustomStringConvertible {
    /// What the memory holds, for a person.
    package var description: String {
        let kind = subtype.map { "\(type), \($0)" } ?? type
        var lines = ["\(id)  \(kind)  confirmed \(confirmationCount) \(confirmationCount == 1 ? "time" : "times")"]
        let known = words.prefix(12).map(\.text).joined(separator: " ")
        lines.append("  words of the layout (\(words.count)): \(known)\(words.count > 12 ? " …" : "")")
        for holding in holdings {
            let wrong = holding.wrongCount
            let doubt = wrong > 0 ? ", contradicted \(wrong) \(wrong == 1 ? "time" : "times")" : ""
            lines.append("  \(holding.isColumn ? "column " : "")\(holding.path): \(holding.place)\(doubt)")
        }
        return lines.joined(separator: "\n")
    }
}
