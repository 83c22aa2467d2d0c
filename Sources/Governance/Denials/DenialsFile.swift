/// The denials file as it is written, before `DenialTable.load` checks it; the file itself says what each key means.
struct DenialsFile: Codable, Sendable {
    struct Deadlines: Codable, Sendable {
        struct Payer: Codable, Sendable {
            var payer: String
            var appealDays: Int?
            var informationDays: Int?

            private enum CodingKeys: String, CodingKey {
                case payer
                case appealDays = "appeal_days"
                case informationDays = "information_days"
            }
        }

        var appealDays: Int
        var informationDays: Int
        var payers: [Payer]?

        private enum CodingKeys: String, CodingKey {
            case appealDays = "appeal_days"
            case informationDays = "information_days"
            case payers
        }
    }

    struct Work: Codable, Sendable {
        var marginDays: Int?

        private enum CodingKeys: String, CodingKey {
            case marginDays = "margin_days"
        }
    }

    struct Priority: Codable, Sendable {
        var perThousandDollars: Double?
        var dollarsMax: Double?
        var perDayNearerDeadline: Double?
        var deadlineDays: Int?

        private enum CodingKeys: String, CodingKey {
            case perThousandDollars = "per_thousand_dollars"
            case dollarsMax = "dollars_max"
            case perDayNearerDeadline = "per_day_nearer_deadline"
            case deadlineDays = "deadline_days"
        }
    }

    struct Weights: Codable, Sendable {
        var reasonCode: Double
        var remarkCode: Double
        var generalCode: Double
        var phraseWord: Double
        var proseMax: Double

        private enum CodingKeys: String, CodingKey {
            case reasonCode = "reason_code"
            case remarkCode = "remark_code"
            case generalCode = "general_code"
            case phraseWord = "phrase_word"
            case proseMax = "prose_max"
        }
    }

    struct Category: Codable, Sendable {
        var name: String
        var title: String
        var scenario: String?
        var rootCause: String?
        var isDenial: Bool?
        var isAppealable: Bool?
        var reasonCodes: [String]?
        var remarkCodes: [String]?
        var phrases: [String]?

        private enum CodingKeys: String, CodingKey {
            case name, title, scenario
            case rootCause = "root_cause"
            case isDenial = "is_denial"
            case isAppealable = "is_appealable"
            case reasonCodes = "reason_codes"
            case remarkCodes = "remark_codes"
            case phrases
        }
    }

    var deadlines: Deadlines
    var work: Work?
    var priority: Priority?
    var weights: Weights
    var generalCodes: [String]?
    var categories: [Category]

    private enum CodingKeys: String, CodingKey {
        case deadlines, work, priority, weights
        case generalCodes = "general_codes"
        case categories
    }
}
