/// Walks along an audit chain, entry by entry, and stops at the first that is not as it was written.
struct AuditVerifier {
    /// The sequence that the next entry must have.
    private(set) var next = 1
    private var previousHash = AuditEntry.genesisHash
    /// What is wrong, once something is.
    private(set) var verdict: AuditVerdict?

    /// Looks at the next row of the chain.
    mutating func check(_ row: SQLRow) {
        do {
            let entry = try AuditEntry(row: row)
            if let problem = problem(of: entry, detail: try row["detail"]) {
                verdict = .broken(sequence: min(next, entry.sequence), why: problem)
            }
            next += 1
            previousHash = entry.hash
        } catch {
            verdict = .broken(sequence: next, why: "The entry does not have the form of an entry.")
        }
    }

    /// The verdict after the last row, given what the chain's head says.
    func end(count: Int, head: String) -> AuditVerdict {
        if count >= next {
            return .broken(sequence: next, why: "The entry is missing: the chain had \(count) entries.")
        }
        if count < next - 1 {
            return .broken(
                sequence: count + 1, why: "The entry was added from outside: the chain had \(count) entries.")
        }
        if head != previousHash {
            return .broken(
                sequence: max(count, 1), why: "The latest entry is not the one that the head of the chain names.")
        }
        return .intact(count: count, head: head)
    }

    private func problem(of entry: AuditEntry, detail: String) -> String? {
        if entry.sequence > next { return "The entry is missing." }
        if entry.sequence < next { return "The entry stands before the start of the chain." }
        if entry.previousHash != previousHash { return "The entry does not follow from the one before." }
        let isCanonical = detail.utf8.elementsEqual(AuditEntry.detailText(entry.detail).utf8)
        if entry.hash != entry.expectedHash || !isCanonical {
            return "The entry was altered after it was written."
        }
        return nil
    }
}
