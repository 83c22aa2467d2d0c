import Documents
import Foundation
import Governance

/// What somebody typed, ticked and chose on the page of keys.
package struct KeyForm: Sendable {
    /// What they say of one place.
    package enum Answer: Hashable, Sendable {
        case typed(String)
        /// Nothing of the kind is on the page.
        case absent
        /// The reading with this name: `first`, `second` or `machine`.
        case reading(String)
    }

    package let answers: [String: Answer]

    package init(answers: [String: Answer]) { self.answers = answers }

    /// `v.PATH` is what was typed, `none.PATH` the tick, `c.PATH` the reading that was chosen.
    init(_ form: FormBody) { self.init(fields: form.fields) }

    /// What was kept of such a form; the order of its fields says nothing.
    init(draft: [String: String]) {
        self.init(fields: draft.sorted { $0.key > $1.key }.map { (name: $0.key, value: $0.value) })
    }

    /// The place that a field of the form is about; nil for one that is about none.
    static func place(of name: String) -> String? {
        ["v.", "none.", "c."].first(where: name.hasPrefix).map { String(name.dropFirst($0.count)) }
    }

    private init(fields: [(name: String, value: String)]) {
        var answers: [String: Answer] = [:]
        for (name, value) in fields {
            if name.hasPrefix("v."), answers[String(name.dropFirst(2))] == nil {
                let text = NormalForm.foldWhiteSpace(value)
                if !text.isEmpty { answers[String(name.dropFirst(2))] = .typed(text) }
            } else if name.hasPrefix("none.") {
                // Both a value and a tick are no answer.
                let place = String(name.dropFirst(5))
                answers[place] = answers[place] == nil ? .absent : nil
            } else if name.hasPrefix("c."), value != "typed", !value.isEmpty {
                answers[String(name.dropFirst(2))] = .reading(value)
            }
        }
        self.answers = answers
    }

    /// The values at `places`, in normal form; a place that is said to be empty has none.
    ///
    /// Throws `editRefused` with a sentence for each place that is not answered or holds no value of its kind.
    func values(
        at places: [String], of type: String, readings: [String: [String: String]], vocabulary: Vocabulary
    ) throws(GovernanceError) -> [String: String] {
        var values: [String: String] = [:]
        var problems: [GovernanceError.Problem] = []
        for place in places {
            switch answers[place] {
            case .typed(let text)?:
                guard let path = FieldPath(place) else { continue }
                switch Policy.keyedValue(text, at: path, in: type, vocabulary: vocabulary) {
                case .success(let value): values[place] = value
                case .failure(let error): problems.append(.init(path: place, sentence: error.description))
                }
            case .reading(let name)?:
                if let reading = readings[name] {
                    values[place] = reading[place]
                } else {
                    problems.append(.init(path: place, sentence: "There is no such reading. Choose one that is shown."))
                }
            case .absent?: break
            case nil:
                problems.append(
                    .init(path: place, sentence: "Type the value, or tick that it is not on the page."))
            }
        }
        guard problems.isEmpty else {
            throw GovernanceError(.editRefused, "Some values are missing or are none.", problems: problems)
        }
        return values
    }
}
