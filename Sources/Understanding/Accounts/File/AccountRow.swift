import Documents

/// One row of the books: an account with at most one of its claims.
struct AccountRow {
    /// Why the row cannot be taken, in the column named; the sentence begins with a small letter and does not repeat the
    /// value, for it is a patient's and sentences are kept and logged.
    struct Problem: Error {
        let column: AccountColumn
        let sentence: String
    }

    /// The longest value, in Unicode scalars: a character may be of any number of them.
    static let characterCountMax = 200
    /// Two-digit years of birth are those of this century up to the year 19 years on: nobody is born later.
    private static let birthPivotYear = 2007
    private static let nothingByteCountMax = 10
    /// What systems write for nothing.
    private static let nothing: Set<String> = ["NULL", "N/A", "NA", "NONE", "\\N", "00/00/0000", "0000-00-00"]

    let account: PatientAccount

    init(_ cells: [AccountColumn: String]) throws(Problem) {
        var values: [AccountColumn: String] = [:]
        // In the order of the columns, so that the first problem is the same every time.
        for column in AccountColumn.allCases {
            if let cell = cells[column], let value = try AccountRow.value(cell, column) { values[column] = value }
        }
        guard let number = try AccountRow.number(values, .accountNumber) else {
            throw Problem(column: .accountNumber, sentence: "there is no account number. Every row needs one")
        }
        var account = PatientAccount(
            accountNumber: number,
            patientName: try AccountRow.name(values),
            patientBirthDate: try AccountRow.date(values, .birthDate, pivotYear: AccountRow.birthPivotYear))
        let claim = AccountClaim(
            payerName: values[.payerName], memberID: try AccountRow.number(values, .memberID),
            payerClaimNumber: try AccountRow.number(values, .payerClaimNumber),
            serviceStart: try AccountRow.date(values, .serviceStart),
            serviceEnd: try AccountRow.date(values, .serviceEnd), chargeAmount: try AccountRow.amount(values))
        if let start = claim.serviceStart, let end = claim.serviceEnd, end < start {
            throw Problem(column: .serviceEnd, sentence: "the service ends before it begins")
        }
        if claim != AccountClaim() { account.claims = [claim] }
        self.account = account
    }

    /// The account number of a row that may not be right otherwise; nil when it cannot be read.
    static func accountNumber(of cells: [AccountColumn: String]) -> String? {
        guard let cell = cells[.accountNumber], let printed = try? AccountRow.value(cell, .accountNumber) else {
            return nil
        }
        return try? AccountRow.number(printed, .accountNumber)
    }

    /// The cell with white space folded, without the `="…"` that keeps spreadsheets from changing numbers; nil when it
    /// says nothing.
    private static func value(_ cell: String, _ column: AccountColumn) throws(Problem) -> String? {
        var value = NormalForm.foldWhiteSpace(cell)
        if value.hasPrefix("=\""), value.hasSuffix("\""), value.count > 3 {
            value = String(value.dropFirst(2).dropLast())
        }
        guard !value.isEmpty, value.utf8.count > nothingByteCountMax || !nothing.contains(value.uppercased()) else {
            return nil
        }
        guard value.unicodeScalars.count <= characterCountMax else {
            throw Problem(column: column, sentence: "the value has more than \(characterCountMax) characters")
        }
        guard !value.unicodeScalars.contains(where: { $0.value < 0x20 || (0x7F...0x9F).contains($0.value) }) else {
            throw Problem(column: column, sentence: "the value holds a sign that cannot be printed")
        }
        return value
    }

    private static func name(_ values: [AccountColumn: String]) throws(Problem) -> String {
        if let name = values[.patientName] { return name }
        guard let last = values[.lastName] else {
            throw Problem(column: .patientName, sentence: "there is no patient. Every row needs one")
        }
        let given = [values[.firstName], values[.middleName]].compactMap { $0 }
        return given.isEmpty ? last : "\(last), \(given.joined(separator: " "))"
    }

    private static func number(_ values: [AccountColumn: String], _ column: AccountColumn) throws(Problem) -> String? {
        guard let value = values[column] else { return nil }
        return try number(value, column)
    }

    private static func number(_ value: String, _ column: AccountColumn) throws(Problem) -> String {
        guard !value.contains("+") || value.wholeMatch(of: /[0-9](?:[.,][0-9]+)?[eE]\+[0-9]+/) == nil else {
            throw Problem(
                column: column,
                sentence: "the number is one that a spreadsheet has cut short. Export the column as text")
        }
        guard !AccountKeys.signs(value).isEmpty else {
            throw Problem(column: column, sentence: "the number has no letter or digit")
        }
        return value.filter { !$0.isWhitespace }
    }

    /// A day, whatever time of day follows it.
    private static func date(
        _ values: [AccountColumn: String], _ column: AccountColumn, pivotYear: Int = 2026
    ) throws(Problem) -> CalendarDate? {
        guard let value = values[column] else { return nil }
        let day = value.contains(":") ? value.replacing(/[T ][0-9]{1,2}:[0-9]{2}.*$/, with: "") : value
        guard let date = CalendarDate(printed: day, pivotYear: pivotYear) else {
            throw Problem(
                column: column, sentence: "the value is no day of the calendar. Write it as 2026-03-14 or 03/14/2026")
        }
        return date
    }

    private static func amount(_ values: [AccountColumn: String]) throws(Problem) -> Money? {
        guard let value = values[.chargeAmount] else { return nil }
        guard let amount = Money(value) else {
            throw Problem(column: .chargeAmount, sentence: "the value is no amount. Write it as 1234.50")
        }
        return amount
    }
}
