import Documents
import Foundation
import Governance
import Understanding

/// One value on a task's page: what the reviewer sees and types into.
struct FieldInput: Sendable {
    /// How much the value needs a look.
    enum Level: String {
        /// Policy or a check doubts it, or it is missing and policy asks for it.
        case doubtful
        case fair
        case sure
        /// There is no value, and none is asked for.
        case empty
    }

    /// Another reading of the value, with the digit of the key that takes it.
    struct Other: Sendable {
        let digit: Int
        let reading: String
    }

    struct Option: Sendable {
        let value: String
        let title: String
        let selected: Bool
    }

    let path: String
    let id: String
    /// What stands beside the input.
    let label: String
    /// What a screen reader says, with the row or claim that the value belongs to.
    let fullLabel: String
    let value: String
    let level: String
    let isDoubtful: Bool
    /// The confidence as a percentage; nil where there is no value.
    let percent: Int?
    /// Why the value is doubted.
    let note: String?
    /// Why what was typed is refused.
    let error: String?
    let page: Int?
    /// `left top right bottom` in pixels of the page.
    let box: String?
    /// The value's place among those that need a look, from 1.
    var rank: Int?
    let kind: String
    let isLong: Bool
    let options: [Option]
    let hasOptions: Bool
    /// Up to four other readings, the likeliest first.
    let others: [Other]
    let hasOthers: Bool
}

/// Makes the inputs of one document, with what was typed and refused put back in its place.
struct FieldInputs {
    let document: Document
    let definitions: DocumentTitles
    let typed: [String: String]
    let errors: [String: String]

    /// The input for the value at `path`, or for the value that could be there.
    func input(_ path: String, field: Field?, label: String, within place: String = "") -> FieldInput {
        let definition = definitions.definition(at: path)
        let value = typed[path] ?? field?.value.description ?? ""
        let doubt = doubt(on: path)
        let note = [doubt, correction(of: path, field)].compactMap { $0 }.joined(separator: ". ")
        let options = options(of: definition, selected: value)
        let others = options.isEmpty ? FieldInputs.others(field) : []
        let level: FieldInput.Level
        if doubt != nil || errors[path] != nil {
            level = .doubtful
        } else if let field {
            level = field.confidence.probability >= 0.9 ? .sure : .fair
        } else {
            level = .empty
        }
        return FieldInput(
            path: path, id: FieldInputs.id(path), label: label, fullLabel: place.isEmpty ? label : "\(label), \(place)",
            value: value, level: level.rawValue, isDoubtful: level == .doubtful,
            percent: field.map { Int(($0.confidence.probability * 100).rounded(.down)) },
            note: note.isEmpty ? nil : note,
            error: errors[path], page: field?.page, box: field?.box.map(FieldInputs.text), rank: nil,
            kind: definition?.kind.rawValue ?? NormalForm.text.rawValue,
            isLong: definition?.kind == .text && value.count > 48,
            options: options, hasOptions: !options.isEmpty, others: others, hasOthers: !others.isEmpty)
    }

    private static func others(_ field: Field?) -> [FieldInput.Other] {
        (field?.alternatives ?? []).filter { $0 != field?.value }.prefix(4).enumerated().map {
            FieldInput.Other(digit: $0.offset + 1, reading: $0.element.description)
        }
    }

    /// An id for the page made of a path: letters, digits and `-`.
    static func id(_ path: String) -> String {
        "f-" + path.map { $0.isLetter || $0.isNumber || $0 == "_" ? String($0) : "-" }.joined()
    }

    private static func text(_ box: Box) -> String {
        [box.left, box.top, box.right, box.bottom].map { "\(Int($0.rounded()))" }.joined(separator: " ")
    }

    /// What the hospital's books made of the value, until a person has vouched for it.
    private func correction(of path: String, _ field: Field?) -> String? {
        guard field?.confidence.probability != 1 else { return nil }
        let ofBooks = [AccountMatcher.Finding.corrects, .supports].map(\.rawValue)
        return document.evidence.first { $0.field == path && ofBooks.contains($0.code) }?.detail
    }

    private func doubt(on path: String) -> String? {
        let reasons = document.reasons.filter { $0.field == path }.compactMap(\.detail)
        let failed = document.checks.filter { !$0.passed && $0.fields?.contains(path) == true }.compactMap(\.detail)
        // A reason for a failed check repeats the check's own sentence after its name.
        let sentences = reasons.filter { reason in !failed.contains(where: reason.hasSuffix) } + failed
        return sentences.isEmpty ? nil : sentences.joined(separator: ". ")
    }

    private func options(of definition: DocumentTitles.Definition?, selected: String) -> [FieldInput.Option] {
        let values: [(String, String)]
        switch definition?.kind {
        case .boolean: values = [("", "–"), ("true", "yes"), ("false", "no")]
        case .choice: values = [("", "–")] + (definition?.options ?? []).map { ($0, $0.replacing("_", with: " ")) }
        default: return []
        }
        return values.map { FieldInput.Option(value: $0.0, title: $0.1, selected: $0.0 == selected) }
    }
}
