import Governance
import Records

extension GovernedKind {
    /// What sentences call it.
    var noun: String {
        switch self {
        case .policy: "policy"
        case .approvalMatrix: "approval matrix"
        }
    }

    /// What its page in the workbench is called.
    var page: String { noun.capitalizedFirst }

    /// The address of that page.
    var path: String {
        switch self {
        case .policy: "/policy"
        case .approvalMatrix: "/approval-matrix"
        }
    }

    /// What all of the kind are called in JSON, and in addresses of the interface with `-` between the words.
    var plural: String {
        switch self {
        case .policy: "policies"
        case .approvalMatrix: "approval_matrices"
        }
    }

    /// The file under `Config` that a fresh store takes it from.
    var fileName: String {
        switch self {
        case .policy: "policy.yaml"
        case .approvalMatrix: "approvals.yaml"
        }
    }

    /// The command that checks and tries such files.
    var command: String {
        switch self {
        case .policy: "policy"
        case .approvalMatrix: "approvals"
        }
    }

    /// What to do when the one in service cannot be used any more.
    var remedy: String {
        let version = "start the version of Mailroom that it was in service with."
        return self == .policy
            ? "Put the document types back that it was made for, or \(version)" : version.capitalizedFirst
    }

    /// Who proposes what stands in that file.
    var fileActor: String { "file:\(fileName)" }

    /// Who may see it has one of these.
    var viewers: [Permission] {
        let keepers: [Permission] = [.viewAudit, .proposePolicy, .confirmPolicy]
        return self == .policy ? keepers : keepers + [.decideApprovals]
    }

    /// What is decided by the one in service, up to its name.
    var rule: String {
        switch self {
        case .policy: "Every decision is made by the policy"
        case .approvalMatrix: "Who may approve what is decided by the approval matrix"
        }
    }

    /// What happens once it is confirmed.
    var effect: String {
        switch self {
        case .policy:
            """
            Once confirmed, it decides at once: on new documents, on what people may do, on how long a task is held. \
            Documents that were decided stay as they are; those that wait keep their reasons until somebody changes them \
            or they are understood again, and their priority and due time follow within half a minute.
            """
        case .approvalMatrix:
            """
            Once confirmed, it decides at once, on open approvals too: who may decide on them is what it says when they \
            do. What one of two approved under the former matrix does not count any more; what is decided stays decided. \
            Reminders, climbs and ends that were set for open approvals stay until they are due, and what follows them is \
            set by this matrix.
            """
        }
    }
}
