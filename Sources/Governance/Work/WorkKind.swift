/// What is to be done about a payer's paper.
package enum WorkKind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Ask the payer to decide again.
    case appeal
    /// Send what the payer asks for.
    case informationRequest = "information_request"
    /// Write the number of an authorization to the claim that it is for.
    case authorizationNumber = "authorization_number"

    /// How work of the kind may end.
    package var outcomes: [WorkOutcome] {
        switch self {
        case .appeal: [.won, .lost, .resubmitted, .writtenOff]
        case .informationRequest: [.sent, .notNeeded, .writtenOff]
        case .authorizationNumber: [.writtenBack, .notNeeded]
        }
    }

    /// Whether the payer's answer is waited for once it was sent.
    package var awaitsAnswer: Bool { self == .appeal }

    /// The subtypes of letter that call for it; an appeal may be made of an explanation of benefits too.
    package var subtypes: Set<String> {
        switch self {
        case .appeal: ["denial", "authorization_denial", "appeal_decision"]
        case .informationRequest: ["information_request"]
        case .authorizationNumber: ["authorization_approval"]
        }
    }
}

/// How work ended.
package enum WorkOutcome: String, Codable, Hashable, Sendable, CaseIterable {
    /// The payer pays after all.
    case won
    case lost
    /// What the payer asked for is on its way.
    case sent
    /// The claim was corrected and sent again.
    case resubmitted
    case writtenOff = "written_off"
    /// The number stands at the claim.
    case writtenBack = "written_back"
    case notNeeded = "not_needed"
}
