package import Documents
package import Foundation

/// The accounts that a file or request names, and the rows of it that cannot be taken.
///
/// Rows with the same account number are the claims of one account. A row that is not right is refused with a sentence,
/// and with it all of its account: what is left of it would replace the account and lose a claim that was known. The
/// others are taken; without the columns that every row needs, the file is refused as a whole.
package struct AccountFile: Sendable {
    /// Why one row is not taken.
    package struct Refusal: Codable, Hashable, Sendable {
        /// `line 7`, of a JSON array `item 3`.
        package let place: String
        /// What is wrong in which column, and what to do; never a patient's value.
        package let detail: String
    }

    /// The most bytes of a file.
    package static let byteCountMax = 128 << 20
    /// How many refusals are kept; `refusedCount` counts all.
    package static let refusalCountMax = 100
    /// An account with more claims is likelier a number that stands for none.
    package static let claimCountMax = 500
    /// How many columns of no use are named, and how much of each name.
    private static let (unusedCountMax, unusedScalarCountMax) = (100, 100)

    /// In the order of their numbers.
    package var accounts: [PatientAccount] { byNumber.values.sorted { $0.accountNumber < $1.accountNumber } }
    package private(set) var refusals: [Refusal] = []
    package private(set) var refusedCount = 0
    /// Columns that say nothing of use here, as they are named.
    package private(set) var unusedColumns: [String] = []
    private var byNumber: [String: PatientAccount] = [:]
    /// The accounts that a refused row is of.
    private var torn: Set<String> = []

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
            var cells: [AccountColumn: String] = [:]
            for (column, cell) in zip(columns, record.cells) { if let column { cells[column] = cell } }
            if let problem = record.problem {
                refuse(place, problem + ".", tearing: AccountRow.accountNumber(of: cells))
            } else if record.cells.count > columns.count, !record.cells[columns.count...].allSatisfy(\.isEmpty) {
                refuse(
                    place,
                    "there are \(record.cells.count) cells under \(columns.count) columns. Put a value that holds the separator in quotation marks.",
                    tearing: AccountRow.accountNumber(of: cells))
            } else {
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
            var misplaced: String?
            for (name, cell) in item.sorted(by: { $0.key < $1.key }) {
                guard let column = AccountColumn(named: name) else {
                    unused.insert(name)
                    continue
                }
                if let first = names[column] {
                    throw AccountFileError(
                        "In item \(index + 1) '\(first)' and '\(name)' both mean \(column.rawValue). Leave one out, or rename it."
                    )
                }
                names[column] = name
                cells[column] = cell.text
                if cell.isNoText { misplaced = misplaced ?? name }
            }
            let place = "item \(index + 1)"
            if let misplaced {
                refuse(
                    place, "column '\(misplaced)': the value is neither a text nor a number.",
                    tearing: AccountRow.accountNumber(of: cells))
            } else {
                take(cells, at: place) { names[$0] ?? $0.rawValue }
            }
        }
        unusedColumns = AccountFile.named(unused.sorted())
    }

    private static func check(_ bytes: Data) throws(AccountFileError) {
        guard bytes.count <= byteCountMax else {
            throw tooLarge
        }
    }

    /// Of accounts of more than `byteCountMax`.
    package static let tooLarge = AccountFileError(
        "The accounts have more than \(byteCountMax >> 20) MB. Send them in parts: split between accounts, never within one, and without 'replace'."
    )

    /// As many names of columns as a report has room for.
    private static func named(_ columns: [String]) -> [String] {
        columns.prefix(unusedCountMax).map { String($0.unicodeScalars.prefix(unusedScalarCountMax)) }
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
            // Of a list without names the first line is a patient's: only what is known is repeated.
            let known = columns.compactMap { $0?.rawValue }.joined(separator: ", ")
            throw AccountFileError(
                "Line \(header.line) should name the columns, account_number and patient_name among them (or patient_last_name with patient_first_name). \(known.isEmpty ? "None of its cells is a name that is known." : "It names only \(known).")"
            )
        }
        unusedColumns = AccountFile.named(zip(columns, header.cells).filter { $0.0 == nil && !$0.1.isEmpty }.map(\.1))
        return columns
    }

    private mutating func take(
        _ cells: [AccountColumn: String], at place: String, nameOf: (AccountColumn) -> String
    ) {
        let account: PatientAccount
        do {
            account = try AccountRow(cells).account
        } catch {
            refuse(
                place, "column '\(nameOf(error.column))': \(error.sentence).",
                tearing: AccountRow.accountNumber(of: cells))
            return
        }
        let number = account.accountNumber
        guard !torn.contains(number) else { return }
        // Taken out while it changes, or each row would copy all claims before it.
        guard var known = byNumber.removeValue(forKey: number) else {
            byNumber[number] = account
            return
        }
        let isSamePatient =
            PersonName(known.patientName).maySpell(PersonName(account.patientName))
            && (known.patientBirthDate == account.patientBirthDate || known.patientBirthDate == nil
                || account.patientBirthDate == nil)
        guard isSamePatient else {
            refuse(
                place,
                "column '\(nameOf(.accountNumber))': the account stands further up with another patient. Correct one of the two.",
                tearing: number)
            return
        }
        known.patientBirthDate = known.patientBirthDate ?? account.patientBirthDate
        known.claims += account.claims.filter { !known.claims.contains($0) }
        guard known.claims.count <= AccountFile.claimCountMax else {
            refuse(
                place,
                "column '\(nameOf(.accountNumber))': the account has more than \(AccountFile.claimCountMax) claims. Is this its own number?",
                tearing: number)
            return
        }
        byNumber[number] = known
    }

    /// Leaves a row out, and the account that it is of where that can be told.
    private mutating func refuse(_ place: String, _ detail: String, tearing number: String?) {
        refusedCount += 1
        if let number {
            torn.insert(number)
            byNumber[number] = nil
        }
        guard refusals.count < AccountFile.refusalCountMax else { return }
        let rest = " The account's other rows are left out too, and the account stays as it was."
        refusals.append(Refusal(place: place, detail: number == nil ? detail : detail + rest))
    }
}

/// A text, a number or nothing; anything else is told apart, for in a column of no use it does no harm.
private struct JSONCell: Decodable {
    let text: String?
    let isNoText: Bool

    init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if container.decodeNil() {
            (text, isNoText) = (nil, false)
        } else if let text = try? container.decode(String.self) {
            (self.text, isNoText) = (text, false)
        } else {
            text = (try? container.decode(Decimal.self)).map { "\($0)" }
            isNoText = text == nil
        }
    }
}
