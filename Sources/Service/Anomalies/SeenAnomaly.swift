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

    /// Whether the document was kept from being confirmed because of it, and the person has not been shown it since.
    let isNews: Bool

    /// Why it is no more; nil while it stands, and where a person settled it.
    let withdrawnBecause: String?

    /// What is unusual about the document as it was looked at last; of what the person may not see, or may come to key,
    /// nothing is told but that there is something, and which other document to look at.
    static func all(
        of record: DocumentRecord, by caller: Caller, _ sight: Sight, in transaction: Transaction
    ) throws -> [SeenAnomaly] {
        let isBlind = !sight.hiddenFields(of: record, from: caller).isEmpty
        return try transaction.anomalyRecords(of: record.id).map { kept in
            let anomaly = kept.anomaly
            let near = try anomaly.otherID.flatMap { try transaction.document($0, within: caller.reach) }
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
            if isBlind {
                shown.detail = "You may come to key values of this document: what they are is not told here."
            }
            if isBlind || near.map({ !sight.hiddenFields(of: $0, from: caller).isEmpty }) == true {
                shown.evidence = []
            }
            // What is no more is compared with nothing.
            if kept.isWithdrawn { shown.evidence = [] }
            return SeenAnomaly(
                anomaly: shown, other: other, isOutOfReach: isOutOfReach,
                isNews: anomaly.telling == .heldBack && !kept.isWithdrawn,
                withdrawnBecause: kept.isWithdrawn ? kept.ending?.because ?? "" : nil)
        }
    }
}
