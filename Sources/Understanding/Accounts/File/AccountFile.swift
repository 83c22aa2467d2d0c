package import Documents
package import Foundation

/// The accounts that a file or request names, and the rows of it that cannot be taken.
///
/// Rows with the same account number are the claims of one account. A row that is not right is refused with a sentence,
/// and the others are taken; without the columns that every row needs, the file is refused as a whole.
package struct AccountFile: Sendable {
    /// Why one row is not taken.
    package struct Refusal: Codable, Hashable, Sendable {
        /// `line 7`, of a JSON array `item 3`.
        package let place: String
        /// What is wrong in which column, and what to do.
        package let detail: String
    }

    /// The most bytes of a file.
    package static let byteCountMax = 128 << 20
    /// How many refusals are kept; `refusedCount` counts all.
    package static let refusalCountMax = 100

    /// In the order of their numbers.
    package var accounts: [PatientAccount] { byNumber.values.sorted { $0.accountNumber < $1.accountNumber } }
    package private(set) var refusals: [Refusal] = []
    package private(set) var refusedCount = 0
    /// Columns that say nothing of use here, as they are named.
    package private(set) var unusedColumns: [String] = []
    private var byNumber: [String: PatientAccount] = [:]

    /// Reads comma-separated values; the first record names the columns.
    package init(csv bytes: Data) throws(AccountFileError) {
        try AccountFile.check(bytes)
        var reader = try CSVReader(bytes)
        guard let header = try reader.next() else {
            throw AccountFileError("The file is empty. Its first line should name the columns.")
        }
        let columns = try columns(of: header)
        while let record = try reader.next() {
            let place = "line \(record.line)"
            if let problem = record.problem {
                refuse(place, problem + ".")
            } else if record.cells.count > columns.count, !record.cells[columns.count...].allSatisfy(\.isEmpty) {
                refuse(
                    place,
                    "there are \(record.cells.count) cells under \(columns.count) columns. Put a value that holds the separator in quotation marks."
                )
            } else {
                var cells: [AccountColumn: String] = [:]
                for (column, cell) in zip(columns, record.cells) { if let column { cells[column] = cell } }
                take(cells, at: place) { column in
                    columns.firstIndex(of: column).map { header.cells[$0] } ?? column.rawValue
                }
            }
        }
    }

    /// Reads a JSON array of objects whose members have the names of columns.
    package init(json bytes: Data) throws(AccountFileError) {
        try AccountFile.check(bytes)
        let items: [[String: JSONCell]]
        do {
            items = try JSONDecoder().decode([[String: JSONCell]].self, from: bytes)
        } catch {
            throw AccountFileError(
                "The body is no JSON array of objects with texts and numbers. Send [{\"account_number\": \"…\", \"patient_name\": \"…\"}]."
            )
        }
        var unused: Set<String> = []
        for (index, item) in items.enumerated() {
            var cells: [AccountColumn: String] = [:]
            var names: [AccountColumn: String] = [:]
            for (name, cell) in item.sorted(by: { $0.key < $1.key }) {
                guard let column = AccountColumn(named: name) else {
                    unused.insert(name)
                    continue
                }
                names[column] = name
                cells[column] = cell.text
            }
            take(cells, at: "item \(index + 1)") { names[$0] ?? $0.rawValue }
        }
        unusedColumns = unused.sorted()
    }

    private static func check(_ bytes: Data) throws(AccountFileError) {
        guard bytes.count <= byteCountMax else {
            throw AccountFileError("The accounts have more than \(byteCountMax >> 20) MB. Split them.")
        }
    }

    private mutating func columns(of header: CSVReader.Record) throws(AccountFileError) -> [AccountColumn?] {
        if let problem = header.problem { throw AccountFileError("Line \(header.line): \(problem).") }
        let columns = header.cells.map { AccountColumn(named: $0) }
        for (index, column) in columns.enumerated() {
            if let column, let first = columns.firstIndex(of: column), first < index {
                throw AccountFileError(
                    "The columns '\(header.cells[first])' and '\(header.cells[index])' both mean \(column.rawValue). Leave one out, or rename it."
                )
            }
        }
        guard columns.contains(.accountNumber), columns.contains(.patientName) || columns.contains(.lastName) else {
            let named = header.cells.map { NormalForm.foldWhiteSpace($0) }.joined(separator: ", ").prefix(300)
            throw AccountFileError(
                "Line \(header.line) should name the columns, account_number and patient_name among them (or patient_last_name with patient_first_name). It names \(named)."
            )
        }
        unusedColumns = zip(columns, header.cells).filter { $0.0 == nil && !$0.1.isEmpty }.map(\.1)
        return columns
    }

    private mutating func take(
        _ cells: [AccountColumn: String], at place: String, nameOf: (AccountColumn) -> String
    ) {
        let account: PatientAccount
        do {
            account = try AccountRow(cells).account
        } catch {
            refuse(place, "column '\(nameOf(error.column))': \(error.sentence).")
            return
        }
        guard var known = byNumber[account.accountNumber] else {
            byNumber[account.accountNumber] = account
            return
        }
        let isSamePatient =
            Set(PersonName(known.patientName).words) == Set(PersonName(account.patientName).words)
            && (known.patientBirthDate == account.patientBirthDate || known.patientBirthDate == nil
                || account.patientBirthDate == nil)
        guard isSamePatient else {
            refuse(
                place,
                "column '\(nameOf(.accountNumber))': account \(account.accountNumber) stands further up with another patient. Correct one of the two."
            )
            return
        }
        known.patientBirthDate = known.patientBirthDate ?? account.patientBirthDate
        known.claims += account.claims.filter { !known.claims.contains($0) }
        byNumber[account.accountNumber] = known
    }

    private mutating func refuse(_ place: String, _ detail: String) {
        refusedCount += 1
        if refusals.count < AccountFile.refusalCountMax { refusals.append(Refusal(place: place, detail: detail)) }
    }
}

/// A text, a number or nothing.
private struct JSONCell: Decodable {
    let text: String?

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            text = nil
        } else if let text = try? container.decode(String.self) {
            self.text = text
        } else {
            text = "\(try container.decode(Decimal.self))"
        }
    }
}
