/// What a person or a machine is for; what each may do is in `Config/policy.yaml` (`Policy.permissions(of:)`).
package enum Role: String, Codable, Hashable, Sendable, CaseIterable {
    case reviewer
    case seniorReviewer = "senior_reviewer"
    case approver
    case auditor
    case administrator
    /// A machine that calls the HTTP interface with an API key.
    case service
}
