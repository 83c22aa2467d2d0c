import Documents
import Governance
import Understanding

extension Document {
    /// Takes back what was matched by values that a person has since made others: whose document it is would else be told
    /// by a name or number that it does not have.
    ///
    /// Which values the account put right stays told until a person vouches for them.
    mutating func dropAccounts(after changes: [FieldChange]) {
        let findings = [AccountMatcher.Finding.matches, .supports, .disagrees].map(\.rawValue)
        for change in changes where change.isCorrection {
            let parts = change.path.split(separator: ".").map(String.init)
            guard let name = parts.last, AccountMatcher.identifyingFields.contains(name) else { continue }
            if parts.count == 1 {
                accountMatch = nil
                evidence.removeAll {
                    findings.contains($0.code) && $0.field?.hasPrefix("claims[") != true
                }
            } else if parts.count == 2, let index = claims.indices.first(where: { parts[0] == "claims[\($0)]" }) {
                claims[index].accountMatch = nil
                evidence.removeAll {
                    findings.contains($0.code) && ($0.field == parts[0] || $0.field?.hasPrefix(parts[0] + ".") == true)
                }
            }
        }
    }
}
