extension ApprovalMatrix {
    /// Why this matrix may not come into service in a house as it is, as sentences; none when it may.
    ///
    /// - Parameters:
    ///   - people: everybody of the house.
    ///   - open: how many approvals of each kind nobody has decided.
    ///   - named: the kinds of approval that `Config/actions.yaml` names.
    package func lockedOut(people: [Approver], open: [String: Int], named: Set<String>) -> [String] {
        let stranded = open.filter { name, count in count > 0 && kind(name) == nil }.sorted { $0.key < $1.key }.map {
            "\($0.value == 1 ? "1 open approval is" : "\($0.value) open approvals are") of the kind '\($0.key)', which this matrix does not have. Keep the kind until they are decided."
        }
        let unknown = named.filter { kind($0) == nil }.sorted().map {
            "Config/actions.yaml names the kind '\($0)', which this matrix does not have: the service could not start again. Take it out of that file first, and start the service."
        }
        let approvers = people.filter { $0.isActive && $0.mayDecide }
        return stranded + unknown + kinds.flatMap { $0.undecidable(by: approvers) }
    }
}

extension ApprovalKind {
    /// A sentence for each band for which there are too few of the `approvers`.
    ///
    /// Whoever may approve more may approve less, too.
    fileprivate func undecidable(by approvers: [Approver]) -> [String] {
        rows.enumerated().flatMap { index, row in
            row.bands.indices.compactMap { place in
                let band = row.bands[place]
                let count = approvers.count { approver in row.bands[place...].contains { $0.names(approver) } }
                guard count < band.approverCount else { return nil }
                let needed = band.approverCount == 1 ? "one person" : "two people"
                let found = count == 0 ? "nobody" : "only one person"
                return
                    "'\(title)' \(band.limitWords) (row \(index + 1)) takes \(needed), and of those whom the matrix names \(found) can sign in and decide approvals. Name others, or give somebody the role under People."
            }
        }
    }
}
