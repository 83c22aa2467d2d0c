/// One thing that a role may be allowed to do.
package enum Permission: String, Codable, Hashable, Sendable, CaseIterable {
    /// Hand in files and ask what type a file is.
    case submitDocuments = "submit_documents"
    /// Bring the hospital's accounts and claims, to which documents are matched.
    case importAccounts = "import_accounts"
    /// Bring payers' contracts, to which explanations of benefits are compared.
    case importContracts = "import_contracts"
    /// See documents, their pages and fields.
    case viewDocuments = "view_documents"
    /// Take review tasks of the queues open to the role; correct, confirm, reject, choose another type
    /// and other pages.
    case reviewDocuments = "review_documents"
    /// Decide where two people keyed different values.
    case settleDifferences = "settle_differences"
    /// See how well people and the machine read: known-answer checks and the audit sample.
    case viewQuality = "view_quality"
    /// Raise or lower a review task's priority, with a reason.
    case overridePriority = "override_priority"
    /// See the receipt ledger, the queues and what the pipeline is doing.
    case viewIntake = "view_intake"
    /// See the layouts that confirmed documents taught, and make them forgotten.
    case manageLayouts = "manage_layouts"
    /// Recall a wrong value: find what the same cause released, hold it or send it to review again.
    case recallDocuments = "recall_documents"
    /// See which payments were told in 835 files, and the files.
    case viewRemittances = "view_remittances"
    /// See what payers refuse, and the work on it.
    case viewDenials = "view_denials"
    /// See what is, and was, unusual about documents, and the payers' contracts.
    case viewAnomalies = "view_anomalies"
    /// Take work on denials, requests and authorization numbers, and say how it ended.
    case workDenials = "work_denials"
    /// Send a delivered or parked action again.
    case replayActions = "replay_actions"
    /// See the journals that were sent to the ledger, and how it answered.
    case viewJournals = "view_journals"
    /// Ask for an approval: a refund, a write-off.
    case requestApproval = "request_approval"
    /// Decide the approvals for which the matrix gives one authority, and delegate that authority for a time.
    case decideApprovals = "decide_approvals"
    /// Have somebody stand in for a person who is away, as the machine that keeps the house's absences.
    case delegateApprovals = "delegate_approvals"
    /// See and verify the audit trail.
    case viewAudit = "view_audit"
    /// Propose another policy or approval matrix.
    case proposePolicy = "propose_policy"
    /// Put a policy or approval matrix that another person stands for into service, or refuse it.
    case confirmPolicy = "confirm_policy"
    /// Make and disable users and API keys.
    case managePeople = "manage_people"
}
