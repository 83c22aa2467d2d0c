import Records
package import Understanding

/// What became of accounts that somebody brought.
package struct BookReport: Codable, Sendable {
    package let added: Int
    /// Known before, and otherwise now or open again.
    package let changed: Int
    package let unchanged: Int
    package let closed: Int
    /// Rows that are not right; the others of their accounts are left out with them.
    package let refused: Int
    /// Why; of the first hundred.
    package let refusals: [AccountFile.Refusal]
    /// Columns that say nothing of use here.
    package let unusedColumns: [String]
    /// How many accounts are open now.
    package let openCount: Int
    /// Why other accounts were not closed although that was asked for.
    package let notice: String?

    init(_ done: AccountImport, file: AccountFile, openCount: Int, skippedClosing: Bool) {
        added = done.added
        changed = done.changed
        unchanged = done.unchanged
        closed = done.closed
        refused = file.refusedCount
        refusals = file.refusals
        unusedColumns = file.unusedColumns
        self.openCount = openCount
        notice =
            skippedClosing
            ? "No account was closed, for one that is missing may be among the rows refused. Correct them and send the list again."
            : nil
    }

    private enum CodingKeys: String, CodingKey {
        case added, changed, unchanged, closed, refused, refusals
        case unusedColumns = "unused_columns"
        case openCount = "open_count"
        case notice
    }
}
