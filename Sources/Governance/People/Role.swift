/// What a person or a machine is for; what each may do is in `Config/policy.yaml` (`Policy.permissions(of:)`).
package enum Role: String, Codable, Hashable, Sendable, CaseIterable {
    case reviewer
    case seniorReviewer = "senior_reviewer"
    /// A manager, who decides what costs money.
    case approver
    /// Somebody above the managers.
    case director
    case auditor
    case administrator
    /// A machine that calls the HTTP interface with an API key.
    case service
}
