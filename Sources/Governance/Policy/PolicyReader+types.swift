import Documents
import Settings

extension PolicyReader {
    mutating func types(queues: [ReviewQueue], defaultQueue: String) -> [String: TypePolicy] {
        for name in (content.types ?? [:]).keys.sorted() where vocabulary.types[name] == nil {
            wrong(
                at: ["types", name],
                "The document type '\(name)' is not known. Known are \(PolicyReader.list(vocabulary.types.keys)).")
        }
        let typeConfidence = threshold(content.typeConfidence, at: ["type_confidence"])
        let pagesConfidence = threshold(
            content.pagesConfidence, at: ["pages_confidence"], default: PolicyReader.defaultPagesConfidence)
        let fieldConfidence = threshold(content.fieldConfidence, at: ["field_confidence"])
        let ofAccounts = accountReasons(
            content.accountReasons, at: ["account_reasons"], default: ReasonCode.ofAccountsByDefault)
        var types: [String: TypePolicy] = [:]
        for (name, fields) in vocabulary.types.sorted(by: { $0.key < $1.key }) {
            let place = ["types", name]
            let entry = content.types?[name] ?? PolicyFile.Entry()
            if let queue = entry.queue { requireQueue(queue, in: queues, at: place + ["queue"]) }
            types[name] = TypePolicy(
                review: entry.review.flatMap { known($0, at: place + ["review"], what: "rule of review") }
                    ?? .whenDoubtful,
                queue: entry.queue ?? defaultQueue,
                typeConfidence: threshold(
                    entry.typeConfidence, at: place + ["type_confidence"], default: typeConfidence),
                pagesConfidence: threshold(
                    entry.pagesConfidence, at: place + ["pages_confidence"], default: pagesConfidence),
                fieldConfidence: threshold(
                    entry.fieldConfidence, at: place + ["field_confidence"], default: fieldConfidence),
                fields: thresholds(entry.fields ?? [:], of: fields, at: place + ["fields"]),
                required: entry.required.map { required($0, of: fields, at: place + ["required"]) }
                    ?? fields.filter(\.value.required).keys.sorted().compactMap { FieldPath($0) },
                requiredBySubtype: requiredBySubtype(
                    entry.requiredBySubtype ?? [:], of: fields, subtypes: vocabulary.subtypes[name] ?? [],
                    at: place + ["required_by_subtype"]),
                accountReasons: accountReasons(
                    entry.accountReasons, at: place + ["account_reasons"], default: ofAccounts),
                amountAtStake: (entry.amountAtStake ?? []).enumerated().compactMap { index, field in
                    kinded(field, .money, "an amount", of: fields, at: place + ["amount_at_stake", "\(index)"])
                },
                deadline: entry.deadline.flatMap {
                    kinded($0, .date, "a date", of: fields, at: place + ["deadline"])
                }, doubleBlind: doubleBlind(entry.doubleBlind, of: fields, at: place + ["double_blind"]))
        }
        return types
    }

    private mutating func accountReasons(
        _ given: [String]?, at place: [String], default fallback: Set<ReasonCode>
    ) -> Set<ReasonCode> {
        guard let given else { return fallback }
        var reasons: Set<ReasonCode> = []
        for (index, word) in given.enumerated() {
            if let reason = ReasonCode.ofAccounts.first(where: { $0.rawValue == word }) {
                reasons.insert(reason)
            } else {
                let known = PolicyReader.list(ReasonCode.ofAccounts.map(\.rawValue))
                wrong(
                    at: place + ["\(index)"], "The reason '\(word)' is not one of the books'. Known are \(known).")
            }
        }
        return reasons
    }

    private mutating func requiredBySubtype(
        _ given: [String: [String]], of fields: [String: Vocabulary.FieldRule], subtypes: Set<String>,
        at place: [String]
    ) -> [String: [FieldPath]] {
        var paths: [String: [FieldPath]] = [:]
        for (subtype, names) in given.sorted(by: { $0.key < $1.key }) {
            if !subtypes.contains(subtype) {
                wrong(
                    at: place + [subtype],
                    "The subtype '\(subtype)' is not one of this type's: \(PolicyReader.list(subtypes)).")
            }
            paths[subtype] = required(names, of: fields, at: place + [subtype])
        }
        return paths
    }

    private mutating func thresholds(
        _ given: [String: Double], of fields: [String: Vocabulary.FieldRule], at place: [String]
    ) -> [String: Double] {
        for (name, value) in given.sorted(by: { $0.key < $1.key }) {
            requireField(name, in: fields, at: place + [name])
            _ = threshold(value, at: place + [name])
        }
        return given
    }

    private mutating func required(
        _ given: [String], of fields: [String: Vocabulary.FieldRule], at place: [String]
    ) -> [FieldPath] {
        given.enumerated().compactMap { index, name in
            guard requireField(name, in: fields, at: place + ["\(index)"]) else { return nil }
            guard let path = FieldPath(name), Document.canRequire(path) else {
                wrong(
                    at: place + ["\(index)"],
                    "'\(name)' cannot be required. Name a field of the document, its claims, service lines or line items."
                )
                return nil
            }
            return path
        }
    }

    /// The name of a field that is of the kind; nil, and a problem, when it is not.
    private mutating func kinded(
        _ name: String, _ kind: NormalForm, _ words: String, of fields: [String: Vocabulary.FieldRule],
        at place: [String]
    ) -> String? {
        guard requireField(name, in: fields, at: place) else { return nil }
        guard fields[name]?.kind == kind else {
            let fitting = PolicyReader.list(fields.filter { $0.value.kind == kind }.keys)
            wrong(
                at: place,
                "The field '\(name)' is not \(words). \(fitting.isEmpty ? "This type has none: remove it." : "Such are \(fitting).")"
            )
            return nil
        }
        return name
    }

    @discardableResult
    mutating func requireField(
        _ name: String, in fields: [String: Vocabulary.FieldRule], at place: [String]
    ) -> Bool {
        if fields[name] != nil { return true }
        wrong(at: place, "The field '\(name)' is not one of this type's: \(PolicyReader.list(fields.keys)).")
        return false
    }
}
