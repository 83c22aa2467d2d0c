/// The matrix file as it is written, before `ApprovalMatrixReader` checks it; the file itself says what each key means.
///
/// Every key may be absent here, so that all that is wrong with a file can be said at once.
struct ApprovalsFile: Codable, Sendable {
    struct Kind: Codable, Sendable {
        var name: String?
        var title: String?
        var remindHours: Double?
        var expireHours: Double?
        var authority: [Row]?
        var otherwise: String?

        private enum CodingKeys: String, CodingKey {
            case name, title
            case remindHours = "remind_hours"
            case expireHours = "expire_hours"
            case authority, otherwise
        }
    }

    struct Row: Codable, Sendable {
        var facilities: [String]?
        var costCentres: [String]?
        var legalEntities: [String]?
        var bands: [Band]?
        var above: String?

        private enum CodingKeys: String, CodingKey {
            case facilities
            case costCentres = "cost_centres"
            case legalEntities = "legal_entities"
            case bands, above
        }
    }

    struct Band: Codable, Sendable {
        var upTo: Double?
        var roles: [String]?
        var people: [String]?
        var approvers: Int?
        var climbHours: Double?

        private enum CodingKeys: String, CodingKey {
            case upTo = "up_to"
            case roles, people, approvers
            case climbHours = "climb_hours"
        }
    }

    var kinds: [Kind]?
}
