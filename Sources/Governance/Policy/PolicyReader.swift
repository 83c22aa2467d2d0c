import Crypto
import Documents
import Foundation
import Settings

/// Makes a policy of a policy file and gathers everything that is wrong with it; what is wrong has its default instead.
struct PolicyReader {
    /// Threshold of a type's confidence and of a field's where the file says nothing.
    static let defaultConfidence = 0.9
    /// Threshold of the confidence in a document's pages where the file says nothing.
    static let defaultPagesConfidence = 0.8
    private static let defaultReviewLeaseMinutes = 15
    private static let reviewLeaseMinutesRange = 1...1440
    private static let defaultQuestionHours = 4.0
    private static let questionHoursRange = 0.25...80
    private static let defaultErrorTarget = 0.01
    /// A promise of nothing wrong can never be shown, one of more than a fifth is none.
    private static let errorTargetRange = 0.0001...0.2
    private static let defaultErrorCertainty = 0.95
    private static let errorCertaintyRange = 0.5...0.9999
    private static let defaultAuditShare = 0.02

    let file: SettingsFile<PolicyFile>
    let vocabulary: Vocabulary
    private(set) var problems: [SettingsError]
    private(set) var warnings: [SettingsError] = []

    init(_ file: SettingsFile<PolicyFile>, vocabulary: Vocabulary, problems: [SettingsError]) {
        self.file = file
        self.vocabulary = vocabulary
        self.problems = problems
    }

    var content: PolicyFile { file.content }

    /// The policy, which may be used when there are no problems afterwards.
    mutating func policy() -> Policy {
        let permissions = permissions()
        let queues = queues(permissions: permissions)
        let defaultQueue = needed(content.defaultQueue, at: ["default_queue"]) ?? queues.first?.name ?? ""
        if content.defaultQueue != nil { requireQueue(defaultQueue, in: queues, at: ["default_queue"]) }
        let types = types(queues: queues, defaultQueue: defaultQueue)
        let routes = routes(types: types, queues: queues)
        checkSettlers(of: types, routes: routes, queues: queues, permissions: permissions)
        return Policy(
            hash: SHA256.hash(data: file.bytes).hexadecimal, reviewLeaseMinutes: reviewLeaseMinutes(),
            questionHours: number(
                content.questionHours, at: ["question_hours"], in: PolicyReader.questionHoursRange,
                default: PolicyReader.defaultQuestionHours),
            queues: queues,
            thresholdRule: content.thresholds.flatMap {
                known($0, at: ["thresholds"], what: "rule of thresholds")
            } ?? .fixed,
            errorTarget: number(
                content.errorTarget, at: ["error_target"], in: PolicyReader.errorTargetRange,
                default: PolicyReader.defaultErrorTarget),
            errorCertainty: number(
                content.errorCertainty, at: ["error_certainty"], in: PolicyReader.errorCertaintyRange,
                default: PolicyReader.defaultErrorCertainty),
            auditShare: number(
                content.auditShare, at: ["audit_share"], in: 0...1, default: PolicyReader.defaultAuditShare),
            knownAnswers: knownAnswers(), learnsLayouts: content.learnLayouts ?? true,
            anomalies: anomalyRules(), routes: routes, priorityWeights: priorityWeights(), calendar: calendar(),
            defaultQueue: defaultQueue, types: types, permissionsByRole: permissions)
    }

    private mutating func reviewLeaseMinutes() -> Int {
        let minutes = content.reviewLeaseMinutes ?? PolicyReader.defaultReviewLeaseMinutes
        if !PolicyReader.reviewLeaseMinutesRange.contains(minutes) {
            wrong(at: ["review_lease_minutes"], "'review_lease_minutes' should be in 1…1440.")
        }
        return minutes
    }

    private mutating func permissions() -> [Role: Set<Permission>] {
        var permissions: [Role: Set<Permission>] = [:]
        let roles = needed(content.roles, at: ["roles"]) ?? [:]
        for (name, granted) in roles.sorted(by: { $0.key < $1.key }) {
            let role: Role? = known(name, at: ["roles", name], what: "role")
            for (index, word) in granted.enumerated() {
                let permission: Permission? = known(word, at: ["roles", name, "\(index)"], what: "permission")
                if let role, let permission { permissions[role, default: []].insert(permission) }
            }
        }
        return permissions
    }
}

// MARK: - Parts of the checks

extension PolicyReader {
    mutating func wrong(at place: [String], _ sentence: String) { problems.append(file.error(at: place, sentence)) }

    mutating func warn(at place: [String], _ sentence: String) { warnings.append(file.error(at: place, sentence)) }

    /// The value of a key that may not be absent.
    mutating func needed<Value>(_ value: Value?, at place: [String]) -> Value? {
        if value == nil, !file.isLeftOut(place) {
            wrong(at: place, "The key '\(place.joined(separator: "."))' is missing. Add it.")
        }
        return value
    }

    mutating func known<Word: RawRepresentable<String> & CaseIterable>(
        _ word: String, at place: [String], what: String
    ) -> Word? {
        let known = Word(rawValue: word)
        if known == nil {
            wrong(
                at: place,
                "The \(what) '\(word)' is not known. Known are \(PolicyReader.list(Word.allCases.map(\.rawValue))).")
        }
        return known
    }

    mutating func number(
        _ value: Double?, at place: [String], in range: ClosedRange<Double>, default fallback: Double
    ) -> Double {
        guard let value else { return fallback }
        if !range.contains(value) {
            let bounds = "\(PolicyReader.brief(range.lowerBound))…\(PolicyReader.brief(range.upperBound))"
            wrong(at: place, "'\(place.joined(separator: "."))' is \(value); it should be in \(bounds).")
        }
        return value
    }

    mutating func threshold(
        _ value: Double?, at place: [String], default fallback: Double = defaultConfidence
    ) -> Double {
        number(value, at: place, in: 0...1, default: fallback)
    }

    mutating func requireQueue(_ name: String, in queues: [ReviewQueue], at place: [String]) {
        guard !file.isLeftOut(["queues"]), !queues.contains(where: { $0.name == name }) else { return }
        wrong(at: place, "The queue '\(name)' is not known. Known are \(PolicyReader.list(queues.map(\.name))).")
    }

    /// A bound without a needless ".0".
    private static func brief(_ number: Double) -> String {
        number == number.rounded() ? "\(Int(number))" : "\(number)"
    }

    static func list(_ words: some Sequence<String>) -> String { words.sorted().joined(separator: ", ") }
}
