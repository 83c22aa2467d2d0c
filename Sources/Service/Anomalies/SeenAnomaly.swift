import Documents
import Governance
import Records

/// Something unusual about a document with what it is compared with, as far as a person may see that.
struct SeenAnomaly: Sendable {
    /// The other document, for who may see it.
    struct Other: Sendable {
        let id: String
        let fileName: String
        let record: DocumentRecord
    }

    let anomaly: Anomaly
    let other: Other?
    /// Whether there is another document that the person may not see.
    let isOutOfReach: Bool

    /// What is unusual about the document as it was looked at last; of what the person may not see, or may come to key,
    /// nothing is told but that there is something.
    static func all(
        of record: DocumentRecord, hiding hidden: Set<String>, within reach: Reach, in transaction: Transaction
    ) throws -> [SeenAnomaly] {
        guard hidden.isEmpty else { return [] }
        return try transaction.anomalies(of: record.id).map { anomaly in
            let near = try anomaly.otherID.flatMap { try transaction.document($0, within: reach) }
            let other = try near.map { record in
                Other(id: record.id, fileName: try transaction.file(record.sha256)?.name ?? "", record: record)
            }
            var shown = anomaly
            let isOutOfReach = anomaly.otherID != nil && near == nil
            if isOutOfReach {
                // What agrees is what this document says itself.
                shown.evidence = anomaly.evidence.filter(\.agrees).map { line in
                    var own = line
                    own.there = line.here
                    return own
                }
            }
            return SeenAnomaly(anomaly: shown, other: other, isOutOfReach: isOutOfReach)
        }
    }
}
