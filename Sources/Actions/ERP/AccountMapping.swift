import Documents

/// The accounts that money of one kind moves between.
package struct PostingAccounts: Hashable, Sendable {
    /// `cash_posting`, or a kind of approval.
    package var kind: String
    /// The facility that it must be of; nil for any.
    package var facility: String?
    /// The payer's name that it must be of, folded; nil for any.
    package var payer: String?
    package var debit: String
    package var credit: String
    /// The account that a payer's provider adjustments go to; nil where there are none, as in an approval.
    package var providerAdjustments: String?

    package init(
        kind: String, facility: String? = nil, payer: String? = nil, debit: String, credit: String,
        providerAdjustments: String? = nil
    ) {
        self.kind = kind
        self.facility = facility
        self.payer = payer.map(AccountMapping.fold)
        self.debit = debit
        self.credit = credit
        self.providerAdjustments = providerAdjustments
    }
}

/// Which accounts money moves between, by its kind, facility and payer.
package struct AccountMapping: Hashable, Sendable {
    /// The kind of a remittance's journal.
    package static let cashPosting = "cash_posting"

    /// In the order in which they are tried.
    package var rows: [PostingAccounts]

    package init(rows: [PostingAccounts]) { self.rows = rows }

    /// The first row that fits; throws `UnsuitableEvent` when there is none.
    package func accounts(
        kind: String, facility: String?, payer: String?
    ) throws(UnsuitableEvent) -> PostingAccounts {
        let payer = payer.map(AccountMapping.fold)
        let row = rows.first {
            $0.kind == kind && ($0.facility == nil || $0.facility == facility) && ($0.payer == nil || $0.payer == payer)
        }
        guard let row else {
            throw UnsuitableEvent(
                "No accounts are configured for '\(kind)': add them under 'erp' in Config/actions.yaml.")
        }
        return row
    }

    /// Upper and lower case and runs of white space do not count.
    static func fold(_ name: String) -> String { NormalForm.foldWhiteSpace(name).lowercased() }
}
