/// The policy file as it is written, before `Policy.load` checks it; the file itself says what each key means.
struct PolicyFile: Codable, Sendable {
    struct Entry: Codable, Sendable {
        var review: String?
        var queue: String?
        var typeConfidence: Double?
        var pagesConfidence: Double?
        var fieldConfidence: Double?
        var fields: [String: Double]?
        var required: [String]?
        var requiredBySubtype: [String: [String]]?
        var accountReasons: [String]?

        private enum CodingKeys: String, CodingKey {
            case review, queue
            case typeConfidence = "type_confidence"
            case pagesConfidence = "pages_confidence"
            case fieldConfidence = "field_confidence"
            case fields, required
            case requiredBySubtype = "required_by_subtype"
            case accountReasons = "account_reasons"
        }
    }

    struct Queue: Codable, Sendable {
        var name: String
        var title: String
        var roles: [String]
    }

    var typeConfidence: Double?
    var pagesConfidence: Double?
    var fieldConfidence: Double?
    var thresholds: String?
    var errorTarget: Double?
    var errorCertainty: Double?
    var auditShare: Double?
    var accountReasons: [String]?
    var learnLayouts: Bool?
    var reviewLeaseMinutes: Int?
    var defaultQueue: String
    var queues: [Queue]
    var types: [String: Entry]?
    var roles: [String: [String]]

    private enum CodingKeys: String, CodingKey {
        case typeConfidence = "type_confidence"
        case pagesConfidence = "pages_confidence"
        case fieldConfidence = "field_confidence"
        case thresholds
        case errorTarget = "error_target"
        case errorCertainty = "error_certainty"
        case auditShare = "audit_share"
        case accountReasons = "account_reasons"
        case learnLayouts = "learn_layouts"
        case reviewLeaseMinutes = "review_lease_minutes"
        case defaultQueue = "default_queue"
        case queues, types, roles
    }
}
