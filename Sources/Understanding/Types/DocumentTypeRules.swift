import Documents
import Settings

/// What must hold in the file of a document type beyond its keys and their kinds.
struct DocumentTypeRules {
    let file: SettingsFile<DocumentType>

    func check(fileName: String) throws(SettingsError) {
        let type = file.content
        if type.name != fileName {
            throw file.error(
                at: ["name"],
                "The type is called '\(type.name)' but its file '\(fileName).yaml'. Give both the same name."
            )
        }
        try check(names: type.subtypes.map(\.name), at: ["subtypes"], what: "subtype")
        try check(fields: type.fields, at: ["fields"])
        try check(fields: type.lineItems, at: ["line_items"])
        if let claims = type.claims {
            try check(fields: claims.fields, at: ["claims", "fields"])
            try check(fields: claims.serviceLines, at: ["claims", "service_lines"])
        }
        for (index, rule) in type.checks.enumerated() {
            try check(rule: rule, of: type, at: ["checks", "\(index)"])
        }
    }

    private func check(names: [String], at place: [String], what: String) throws(SettingsError) {
        var seen: Set<String> = []
        for (index, name) in names.enumerated() {
            if name.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil {
                throw file.error(
                    at: place + ["\(index)", "name"],
                    "The name '\(name)' is not made of small letters, digits and '_' alone. Rename it.")
            }
            if !seen.insert(name).inserted {
                throw file.error(
                    at: place + ["\(index)", "name"],
                    "The \(what) '\(name)' stands here twice. Remove or rename one.")
            }
        }
    }

    private func check(fields: [FieldDefinition], at place: [String]) throws(SettingsError) {
        try check(names: fields.map(\.name), at: place, what: "field")
        for (index, field) in fields.enumerated() {
            let here = place + ["\(index)"]
            if !field.labels.contains(where: { $0.contains(where: \.isLetter) || $0.contains("#") }) {
                throw file.error(
                    at: here + ["labels"],
                    "No label announces the field '\(field.name)'. List the words that stand beside it on paper."
                )
            }
            if (field.kind == .choice) != !field.options.isEmpty {
                throw file.error(
                    at: here + ["options"],
                    "The field '\(field.name)' is \(field.kind == .choice ? "a choice without options. List them" : "no choice but has options. Remove them")."
                )
            }
            try check(names: field.options.map(\.name), at: here + ["options"], what: "option")
            for (number, option) in field.options.enumerated() where option.words.isEmpty {
                throw file.error(
                    at: here + ["options", "\(number)"],
                    "The option '\(option.name)' has no words. List what is printed beside its box.")
            }
            if !field.parts.isEmpty { try check(fields: field.parts, at: here + ["parts"]) }
        }
    }

    private func check(rule: CheckDefinition, of type: DocumentType, at place: [String])
        throws(SettingsError)
    {
        if !rule.name.fieldCounts.contains(rule.fields.count) {
            throw file.error(
                at: place,
                "The check '\(rule.name.rawValue)' wants \(Self.words(for: rule.name.fieldCounts)), not \(rule.fields.count)."
            )
        }
        for (index, name) in rule.fields.enumerated()
        where !type.fields.contains(where: { $0.name == name }) {
            throw file.error(
                at: place + ["fields", "\(index)"],
                "The check '\(rule.name.rawValue)' names '\(name)', which is no field of this type. Correct or remove it."
            )
        }
    }

    private static func words(for counts: ClosedRange<Int>) -> String {
        counts.count == 1
            ? "\(counts.lowerBound) fields" : "\(counts.lowerBound) to \(counts.upperBound) fields"
    }
}
