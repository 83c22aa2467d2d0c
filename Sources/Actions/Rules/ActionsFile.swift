/// The actions file as it is written, before `ActionRules.load` checks it; the file itself says what each key means.
struct ActionsFile: Codable, Sendable {
    struct Place: Codable, Sendable {
        var environment: String?
        var file: String?
    }

    struct Retry: Codable, Sendable {
        var attempts: Int?
        var firstDelaySeconds: Double?
        var factor: Double?
        var maxDelaySeconds: Double?
        var jitter: Double?
        var failuresMax: Int?
        var firstPauseSeconds: Double?
        var maxPauseSeconds: Double?

        private enum CodingKeys: String, CodingKey {
            case attempts
            case firstDelaySeconds = "first_delay_seconds"
            case factor
            case maxDelaySeconds = "max_delay_seconds"
            case jitter
            case failuresMax = "failures_to_pause"
            case firstPauseSeconds = "first_pause_seconds"
            case maxPauseSeconds = "max_pause_seconds"
        }
    }

    struct WebhookEntry: EndpointEntry {
        var name: String
        var url: String?
        var urlFrom: Place?
        var secretFrom: Place
        var privateAddresses: String?
        var connectTimeoutSeconds: Double?
        var timeoutSeconds: Double?
        var retry: Retry?

        private enum CodingKeys: String, CodingKey {
            case name, url
            case urlFrom = "url_from"
            case secretFrom = "secret_from"
            case privateAddresses = "private_addresses"
            case connectTimeoutSeconds = "connect_timeout_seconds"
            case timeoutSeconds = "timeout_seconds"
            case retry
        }
    }

    struct Condition: Codable, Sendable {
        var anyOf: [String]?
        var lacks: [String]?
        var atLeast: String?
        var atMost: String?

        private enum CodingKeys: String, CodingKey {
            case lacks
            case anyOf = "any_of"
            case atLeast = "at_least"
            case atMost = "at_most"
        }
    }

    struct When: Codable, Sendable {
        var event: String
        var types: [String]?
        var subtypes: [String]?
        var payers: [String]?
        var fields: [String: Condition]?
        var kinds: [String]?
        var facilities: [String]?
        var amount: AmountCondition?
    }

    struct AmountCondition: Codable, Sendable {
        var atLeast: String?
        var atMost: String?

        private enum CodingKeys: String, CodingKey {
            case atLeast = "at_least"
            case atMost = "at_most"
        }
    }

    struct RuleEntry: Codable, Sendable {
        var name: String
        var when: When
        var then: [Step]
    }

    var source: String?
    var address: String?
    var webhooks: [WebhookEntry]?
    var drops: [DropEntry]?
    var x12835: [RemittanceEntry]?
    var x12278: [AuthorizationEntry]?
    var fhir: [FHIRServerEntry]?
    var erp: [LedgerEntry]?
    var nats: [NATSEntry]?
    var rules: [RuleEntry]

    private enum CodingKeys: String, CodingKey {
        case source, address, webhooks, drops, fhir, erp, nats
        case x12835 = "x12_835"
        case x12278 = "x12_278"
        case rules
    }
}
