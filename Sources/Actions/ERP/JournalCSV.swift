import Documents
package import Foundation

/// A journal as CSV (RFC 4180): a header, then a row for each line.
///
/// A file that was taken away before it was noted here is written once more: whoever reads it takes each `journal_key`
/// once.
package struct JournalCSV: Sendable {
    package static let columns = [
        "journal_key", "reverses", "kind", "time", "payment_date", "legal_entity", "cost_centre", "facility", "payer",
        "reference", "document_id", "approval_id", "correlation_id", "line", "account", "debit", "credit", "currency",
        "line_reference",
    ]

    private let journal: Journal

    package init(_ journal: Journal) { self.journal = journal }

    package var bytes: Data {
        let header = journal.header
        let rows = journal.lines.enumerated().map { index, line in
            [
                journal.key, journal.reverses, header.kind, header.time, header.paymentDate?.description,
                header.legalEntity, header.costCentre, header.facility, header.payer, header.reference,
                header.documentID, header.approvalID, header.correlationID, "\(index + 1)", line.account,
                line.side == .debit ? "\(line.amount)" : nil, line.side == .credit ? "\(line.amount)" : nil, "USD",
                line.reference,
            ].map { $0 ?? "" }
        }
        let text = ([JournalCSV.columns] + rows).map { row in
            row.map(JournalCSV.cell).joined(separator: ",") + "\r\n"
        }
        return Data(text.joined().utf8)
    }

    /// A cell that no spreadsheet takes for a formula: one that begins like a formula gets an apostrophe before it
    /// (OWASP, "CSV Injection").
    private static func cell(_ text: String) -> String {
        let isFormula = text.unicodeScalars.first.map { "=+-@\t\r\n".unicodeScalars.contains($0) } ?? false
        let safe = isFormula ? "'\(text)" : text
        guard safe.unicodeScalars.contains(where: { "\",\r\n".unicodeScalars.contains($0) }) else { return safe }
        return "\"\(safe.replacing("\"", with: "\"\""))\""
    }
}
