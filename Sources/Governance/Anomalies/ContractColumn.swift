/// What a column of a file of contracts holds, under the names that hospital systems give it.
enum ContractColumn: String, CaseIterable, Sendable {
    case payerName = "payer_name"
    case procedureCode = "procedure_code"
    case modifier
    case allowedAmount = "allowed_amount"
    case effectiveFrom = "effective_from"
    case effectiveTo = "effective_to"
    case facility

    private var otherNames: [String] {
        switch self {
        case .payerName: ["payer", "payor", "payor_name", "plan", "health_plan", "carrier"]
        case .procedureCode: ["procedure", "code", "cpt", "cpt_code", "hcpcs", "hcpcs_code"]
        case .modifier: ["mod", "modifier_code"]
        case .allowedAmount: ["allowed", "rate", "fee", "contract_rate", "contracted_rate", "contract_amount"]
        case .effectiveFrom: ["from", "start", "start_date", "effective_date", "effective_start", "from_date"]
        case .effectiveTo: ["to", "end", "end_date", "effective_end", "termination_date", "to_date", "expires"]
        case .facility: ["facility_name", "site", "location"]
        }
    }

    /// The column with this name, whatever its case and the signs between its words; nil for one that is not known.
    init?(named name: String) {
        let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }.joined(separator: "_")
        guard let column = Self.allCases.first(where: { $0.rawValue == words || $0.otherNames.contains(words) }) else {
            return nil
        }
        self = column
    }
}
