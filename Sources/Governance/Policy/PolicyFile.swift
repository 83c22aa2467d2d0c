/// The policy file as it is written, before `PolicyReader` checks it; the file itself says what each key means.
///
/// Every key may be absent here, so that all that is wrong with a file can be said at once.
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
        var amountAtStake: [String]?
        var deadline: String?
        var doubleBlind: [String]?

        private enum CodingKeys: String, CodingKey {
            case review, queue
            case typeConfidence = "type_confidence"
            case pagesConfidence = "pages_confidence"
            case fieldConfidence = "field_confidence"
            case fields, required
            case requiredBySubtype = "required_by_subtype"
            case accountReasons = "account_reasons"
            case amountAtStake = "amount_at_stake"
            case deadline
            case doubleBlind = "double_blind"
        }
    }

    struct KnownAnswers: Codable, Sendable {
        var share: Double?
        var leastDocuments: Int?

        private enum CodingKeys: String, CodingKey {
            case share
            case leastDocuments = "least_documents"
        }
    }

    struct Anomalies: Codable, Sendable {
        var reasons: [String]?
        var contractTolerance: Double?
        var leastHistory: Int?

        private enum CodingKeys: String, CodingKey {
            case reasons
            case contractTolerance = "contract_tolerance"
            case leastHistory = "least_history"
        }
    }

    struct Queue: Codable, Sendable {
        var name: String?
        var title: String?
        var roles: [String]?
        var serviceLevelHours: Double?
        var escalateTo: String?

        private enum CodingKeys: String, CodingKey {
            case name, title, roles
            case serviceLevelHours = "service_level_hours"
            case escalateTo = "escalate_to"
        }
    }

    struct Route: Codable, Sendable {
        var queue: String?
        var type: String?
        var subtypes: [String]?
        var payers: [String]?
        var reasons: [String]?
        var amountAtLeast: Double?
        var amountAtMost: Double?
        var facilities: [String]?

        private enum CodingKeys: String, CodingKey {
            case queue, type, subtypes, payers, reasons, facilities
            case amountAtLeast = "amount_at_least"
            case amountAtMost = "amount_at_most"
        }
    }

    struct Priority: Codable, Sendable {
        var perThousandDollars: Double?
        var dollarsMax: Double?
        var perDayNearerDeadline: Double?
        var deadlineDays: Double?
        var perDayOfAge: Double?
        var perDoubtfulValue: Double?
        var breach: Double?

        private enum CodingKeys: String, CodingKey {
            case perThousandDollars = "per_thousand_dollars"
            case dollarsMax = "dollars_max"
            case perDayNearerDeadline = "per_day_nearer_deadline"
            case deadlineDays = "deadline_days"
            case perDayOfAge = "per_day_of_age"
            case perDoubtfulValue = "per_doubtful_value"
            case breach
        }
    }

    struct Calendar: Codable, Sendable {
        var timeZone: String?
        var hours: [String: String]?
        var holidays: [String]?
        var closed: [String]?

        private enum CodingKeys: String, CodingKey {
            case timeZone = "time_zone"
            case hours, holidays, closed
        }
    }

    var typeConfidence: Double?
    var pagesConfidence: Double?
    var fieldConfidence: Double?
    var thresholds: String?
    var errorTarget: Double?
    var errorCertainty: Double?
    var auditShare: Double?
    var knownAnswers: KnownAnswers?
    var accountReasons: [String]?
    var anomalies: Anomalies?
    var learnLayouts: Bool?
    var reviewLeaseMinutes: Int?
    var questionHours: Double?
    var defaultQueue: String?
    var queues: [Queue]?
    var types: [String: Entry]?
    var routes: [Route]?
    var priority: Priority?
    var calendar: Calendar?
    var roles: [String: [String]]?

    private enum CodingKeys: String, CodingKey {
        case typeConfidence = "type_confidence"
        case pagesConfidence = "pages_confidence"
        case fieldConfidence = "field_confidence"
        case thresholds
        case errorTarget = "error_target"
        case errorCertainty = "error_certainty"
        case auditShare = "audit_share"
        case knownAnswers = "known_answers"
        case accountReasons = "account_reasons"
        case anomalies
        case learnLayouts = "learn_layouts"
        case reviewLeaseMinutes = "review_lease_minutes"
        case questionHours = "question_hours"
        case defaultQueue = "default_queue"
        case queues, types, routes, priority, calendar, roles
    }
}
