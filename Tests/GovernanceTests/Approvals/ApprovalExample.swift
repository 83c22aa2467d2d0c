import Documents
import Foundation
import Governance

/// A small matrix and people that the tests of this folder vary.
enum ApprovalExample {
    static let now = Date(timeIntervalSince1970: 1_790_000_000)

    static let policy = PolicyExample.text.replacing(
        "  auditor: [view_audit]",
        with: """
              auditor: [view_audit]
              approver: [view_documents, decide_approvals]
              director: [view_documents, decide_approvals]
            """)

    static let text = """
        kinds:
          - name: refund
            title: Refund to payer
            remind_hours: 8
            expire_hours: 80
            authority:
              - facilities: [north]
                bands:
                  - {up_to: 100, people: [ana]}
                above: nobody
              - bands:
                  - {up_to: 5000, roles: [approver], climb_hours: 16}
                  - {up_to: 50000, roles: [director]}
                  - {roles: [director], approvers: 2}
        """

    static func matrix(_ text: String = text) throws -> ApprovalMatrix {
        try ApprovalMatrix(
            text: text, path: "approvals.yaml", policy: try PolicyExample.policy(policy))
    }

    static func check(_ text: String) throws -> ApprovalMatrixCheck {
        ApprovalMatrix.check(text: text, path: "approvals.yaml", policy: try PolicyExample.policy(policy))
    }

    static func person(_ name: String, _ role: Role, isActive: Bool = true) -> Approver {
        Approver(
            name: name, role: role, isActive: isActive, mayDecide: [Role.approver, .director].contains(role))
    }

    static let people = [
        person("ana", .approver), person("bo", .approver), person("cy", .director), person("di", .director),
        person("rob", .reviewer),
    ]

    static func state(
        _ dollars: Int64?, facility: String? = nil, involved: [Involvement] = [], expiresAt: Date? = nil
    ) throws -> ApprovalState {
        let content = ApprovalContent(
            kind: "refund", amount: dollars.map { Money(cents: $0 * 100) }, facility: facility)
        return ApprovalState(
            content: content, contentHash: try content.sha256(), requestedBy: "rule:refunds", involved: involved,
            expiresAt: expiresAt)
    }
}
