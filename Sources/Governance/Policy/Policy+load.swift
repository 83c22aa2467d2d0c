import Crypto
import Documents
import Foundation
package import Settings

extension Policy {
    /// Threshold of a type's confidence and of a field's where the file says nothing.
    private static let defaultConfidence = 0.9
    /// Threshold of the confidence in a document's pages where the file says nothing.
    private static let defaultPagesConfidence = 0.8
    private static let defaultReviewLeaseMinutes = 15
    private static let reviewLeaseMinutesRange = 1...1440
    private static let defaultErrorTarget = 0.01
    /// A promise of nothing wrong can never be shown, one of more than a fifth is none.
    private static let errorTargetRange = 0.0001...0.2
    private static let defaultErrorCertainty = 0.95
    private static let errorCertaintyRange = 0.5...0.9999
    private static let defaultAuditShare = 0.02

    /// Reads and checks the policy at `path` against the types and fields that exist.
    package static func load(path: String, vocabulary: Vocabulary) throws(SettingsError) -> Policy {
        try Policy(try SettingsFile(path: path), vocabulary: vocabulary)
    }

    /// Checks the policy written in `text`; `path` is only what errors call it.
    package init(text: String, path: String, vocabulary: Vocabulary) throws(SettingsError) {
        try self.init(try SettingsFile(text: text, path: path), vocabulary: vocabulary)
    }

    private init(_ file: SettingsFile<PolicyFile>, vocabulary: Vocabulary) throws(SettingsError) {
        let content = file.content
        hash = SHA256.hash(data: file.bytes).hexadecimal
        reviewLeaseMinutes = content.reviewLeaseMinutes ?? Policy.defaultReviewLeaseMinutes
        guard Policy.reviewLeaseMinutesRange.contains(reviewLeaseMinutes) else {
            throw file.error(at: ["review_lease_minutes"], "'review_lease_minutes' should be in 1…1440.")
        }
        thresholdRule = try Policy.thresholdRule(content.thresholds, file)
        errorTarget = try Policy.number(
            content.errorTarget, file, at: ["error_target"], in: Policy.errorTargetRange,
            default: Policy.defaultErrorTarget)
        errorCertainty = try Policy.number(
            content.errorCertainty, file, at: ["error_certainty"], in: Policy.errorCertaintyRange,
            default: Policy.defaultErrorCertainty)
        auditShare = try Policy.number(
            content.auditShare, file, at: ["audit_share"], in: 0...1, default: Policy.defaultAuditShare)
        learnsLayouts = content.learnLayouts ?? true
        permissionsByRole = try Policy.permissions(file)
        queues = try Policy.queues(file, permissions: permissionsByRole)
        defaultQueue = content.defaultQueue
        try Policy.requireQueue(content.defaultQueue, in: queues, file, at: ["default_queue"])
        types = try Policy.types(file, vocabulary: vocabulary, queues: queues)
    }

    private static func permissions(
        _ file: SettingsFile<PolicyFile>
    ) throws(SettingsError) -> [Role: Set<Permission>] {
        var permissions: [Role: Set<Permission>] = [:]
        for (name, granted) in file.content.roles {
            let role: Role = try known(name, file, at: ["roles", name], what: "role")
            for (index, word) in granted.enumerated() {
                let place = ["roles", name, "\(index)"]
                let permission: Permission = try known(word, file, at: place, what: "permission")
                permissions[role, default: []].insert(permission)
            }
        }
        return permissions
    }

    private static func queues(
        _ file: SettingsFile<PolicyFile>, permissions: [Role: Set<Permission>]
    ) throws(SettingsError) -> [ReviewQueue] {
        var queues: [ReviewQueue] = []
        for (index, queue) in file.content.queues.enumerated() {
            let place = ["queues", "\(index)"]
            guard queue.name.wholeMatch(of: /[a-z][a-z0-9_]*/) != nil else {
                throw file.error(
                    at: place + ["name"],
                    "'\(queue.name)' cannot name a queue. Use lower-case letters, digits and '_', a letter first.")
            }
            guard !queues.contains(where: { $0.name == queue.name }) else {
                throw file.error(at: place + ["name"], "The queue '\(queue.name)' is there twice. Rename one.")
            }
            var roles: Set<Role> = []
            for (number, name) in queue.roles.enumerated() {
                roles.insert(try known(name, file, at: place + ["roles", "\(number)"], what: "role"))
            }
            guard roles.contains(where: { permissions[$0]?.contains(.reviewDocuments) == true }) else {
                throw file.error(
                    at: place + ["roles"],
                    "Nobody can work the queue '\(queue.name)': none of its roles has the permission 'review_documents'."
                )
            }
            queues.append(ReviewQueue(name: queue.name, title: queue.title, roles: roles))
        }
        return queues
    }

    private static func types(
        _ file: SettingsFile<PolicyFile>, vocabulary: Vocabulary, queues: [ReviewQueue]
    ) throws(SettingsError) -> [String: TypePolicy] {
        let content = file.content
        for name in (content.types ?? [:]).keys where vocabulary.types[name] == nil {
            throw file.error(
                at: ["types", name],
                "The document type '\(name)' is not known. Known are \(list(vocabulary.types.keys)).")
        }
        let typeConfidence = try threshold(content.typeConfidence, file, at: ["type_confidence"])
        let pagesConfidence = try threshold(
            content.pagesConfidence, file, at: ["pages_confidence"], default: defaultPagesConfidence)
        let fieldConfidence = try threshold(content.fieldConfidence, file, at: ["field_confidence"])
        let ofAccounts = try accountReasons(content.accountReasons, file, at: ["account_reasons"])
        var types: [String: TypePolicy] = [:]
        for (name, fields) in vocabulary.types {
            let place = ["types", name]
            let entry = content.types?[name] ?? PolicyFile.Entry()
            if let queue = entry.queue { try requireQueue(queue, in: queues, file, at: place + ["queue"]) }
            types[name] = TypePolicy(
                review: try review(entry.review, file, at: place + ["review"]),
                queue: entry.queue ?? content.defaultQueue,
                typeConfidence: try threshold(
                    entry.typeConfidence, file, at: place + ["type_confidence"], default: typeConfidence),
                pagesConfidence: try threshold(
                    entry.pagesConfidence, file, at: place + ["pages_confidence"], default: pagesConfidence),
                fieldConfidence: try threshold(
                    entry.fieldConfidence, file, at: place + ["field_confidence"], default: fieldConfidence),
                fields: try thresholds(entry.fields ?? [:], of: fields, file, at: place + ["fields"]),
                required: try entry.required.map { names throws(SettingsError) -> [FieldPath] in
                    try required(names, of: fields, file, at: place + ["required"])
                } ?? fields.filter(\.value.required).keys.sorted().compactMap { FieldPath($0) },
                requiredBySubtype: try requiredBySubtype(
                    entry.requiredBySubtype ?? [:], of: fields, subtypes: vocabulary.subtypes[name] ?? [], file,
                    at: place + ["required_by_subtype"]),
                accountReasons: try accountReasons(
                    entry.accountReasons, file, at: place + ["account_reasons"], default: ofAccounts))
        }
        return types
    }

    private static func review(
        _ word: String?, _ file: SettingsFile<PolicyFile>, at place: [String]
    ) throws(SettingsError) -> TypePolicy.Review {
        guard let word else { return .whenDoubtful }
        return try known(word, file, at: place, what: "rule of review")
    }

    private static func thresholdRule(
        _ word: String?, _ file: SettingsFile<PolicyFile>
    ) throws(SettingsError) -> ThresholdRule {
        guard let word else { return .fixed }
        return try known(word, file, at: ["thresholds"], what: "rule of thresholds")
    }

    private static func accountReasons(
        _ given: [String]?, _ file: SettingsFile<PolicyFile>, at place: [String],
        default fallback: Set<ReasonCode> = ReasonCode.ofAccountsByDefault
    ) throws(SettingsError) -> Set<ReasonCode> {
        guard let given else { return fallback }
        var reasons: Set<ReasonCode> = []
        for (index, word) in given.enumerated() {
            guard let reason = ReasonCode.ofAccounts.first(where: { $0.rawValue == word }) else {
                throw file.error(
                    at: place + ["\(index)"],
                    "The reason '\(word)' is not one of the books'. Known are \(list(ReasonCode.ofAccounts.map(\.rawValue)))."
                )
            }
            reasons.insert(reason)
        }
        return reasons
    }

    private static func requiredBySubtype(
        _ given: [String: [String]], of fields: [String: Vocabulary.FieldRule], subtypes: Set<String>,
        _ file: SettingsFile<PolicyFile>, at place: [String]
    ) throws(SettingsError) -> [String: [FieldPath]] {
        var paths: [String: [FieldPath]] = [:]
        for (subtype, names) in given {
            guard subtypes.contains(subtype) else {
                throw file.error(
                    at: place + [subtype],
                    "The subtype '\(subtype)' is not one of this type's: \(list(subtypes)).")
            }
            paths[subtype] = try required(names, of: fields, file, at: place + [subtype])
        }
        return paths
    }

    private static func thresholds(
        _ given: [String: Double], of fields: [String: Vocabulary.FieldRule], _ file: SettingsFile<PolicyFile>,
        at place: [String]
    ) throws(SettingsError) -> [String: Double] {
        for (name, value) in given {
            try requireField(name, in: fields, file, at: place + [name])
            _ = try threshold(value, file, at: place + [name])
        }
        return given
    }

    private static func required(
        _ given: [String], of fields: [String: Vocabulary.FieldRule], _ file: SettingsFile<PolicyFile>,
        at place: [String]
    ) throws(SettingsError) -> [FieldPath] {
        var paths: [FieldPath] = []
        for (index, name) in given.enumerated() {
            try requireField(name, in: fields, file, at: place + ["\(index)"])
            guard let path = FieldPath(name), Document.canRequire(path) else {
                throw file.error(
                    at: place + ["\(index)"],
                    "'\(name)' cannot be required. Name a field of the document, its claims, service lines or line items."
                )
            }
            paths.append(path)
        }
        return paths
    }

    private static func requireField(
        _ name: String, in fields: [String: Vocabulary.FieldRule], _ file: SettingsFile<PolicyFile>,
        at place: [String]
    ) throws(SettingsError) {
        guard fields[name] == nil else { return }
        throw file.error(at: place, "The field '\(name)' is not one of this type's: \(list(fields.keys)).")
    }

    private static func requireQueue(
        _ name: String, in queues: [ReviewQueue], _ file: SettingsFile<PolicyFile>, at place: [String]
    ) throws(SettingsError) {
        guard !queues.contains(where: { $0.name == name }) else { return }
        throw file.error(at: place, "The queue '\(name)' is not known. Known are \(list(queues.map(\.name))).")
    }

    private static func threshold(
        _ value: Double?, _ file: SettingsFile<PolicyFile>, at place: [String],
        default fallback: Double = defaultConfidence
    ) throws(SettingsError) -> Double {
        try number(value, file, at: place, in: 0...1, default: fallback)
    }

    private static func number(
        _ value: Double?, _ file: SettingsFile<PolicyFile>, at place: [String], in range: ClosedRange<Double>,
        default fallback: Double
    ) throws(SettingsError) -> Double {
        guard let value else { return fallback }
        guard range.contains(value) else {
            let bounds = "\(brief(range.lowerBound))…\(brief(range.upperBound))"
            throw file.error(at: place, "'\(place.joined(separator: "."))' is \(value); it should be in \(bounds).")
        }
        return value
    }

    /// A bound without a needless ".0".
    private static func brief(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }

    private static func known<Word: RawRepresentable & CaseIterable>(
        _ word: String, _ file: SettingsFile<PolicyFile>, at place: [String], what: String
    ) throws(SettingsError) -> Word where Word.RawValue == String {
        guard let known = Word(rawValue: word) else {
            throw file.error(
                at: place, "The \(what) '\(word)' is not known. Known are \(list(Word.allCases.map(\.rawValue))).")
        }
        return known
    }

    private static func list(_ words: some Sequence<String>) -> String { words.sorted().joined(separator: ", ") }
}
