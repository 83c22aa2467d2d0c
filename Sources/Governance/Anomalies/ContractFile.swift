package import Documents
package import Foundation
import Understanding

/// Why a file of contracts is not taken: nothing of it is.
package struct ContractFileError: Error, Hashable, Sendable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}

/// The rates of payers' contracts that a file names, all of them right.
///
/// Half a contract would call lines right that fall short of the other half: a file with one wrong row is refused as a
/// whole, with a sentence for each of the first rows that are wrong.
package struct ContractFile: Sendable {
    /// The most bytes of a file: it is taken in by one transaction, which others that write wait for.
    package static let byteCountMax = 16 << 20
    private static let namedProblemCountMax = 20
    private static let characterCountMax = 200
    private static let required: [ContractColumn] = [.payerName, .procedureCode, .allowedAmount, .effectiveFrom]

    /// In the order of the file.
    package private(set) var rates: [ContractRate] = []
    private var places: [String: Int] = [:]
    private var problems: [String] = []

    /// Reads comma-separated values; the first record names the columns.
    package init(csv bytes: Data) throws(ContractFileError) {
        guard bytes.count <= Self.byteCountMax else { throw Self.tooLarge }
        do {
            var reader = try CSVReader(bytes)
            guard let header = try reader.next() else {
                throw ContractFileError("The file is empty. Its first line should name the columns.")
            }
            let columns = try Self.columns(of: header)
            while let record = try reader.next() { take(record, columns) }
        } catch let error as AccountFileError {
            throw ContractFileError(error.description)
        } catch let error as ContractFileError {
            throw error
        } catch {
            throw ContractFileError("The file cannot be read. Save it as CSV in UTF-8.")
        }
        guard problems.isEmpty else {
            let more = problems.count - Self.namedProblemCountMax
            throw ContractFileError(
                "No contract was taken, for \(problems.count) rows are wrong.\n"
                    + problems.prefix(Self.namedProblemCountMax).joined(separator: "\n")
                    + (more > 0 ? "\nAnd \(more) more." : ""))
        }
        guard !rates.isEmpty else { throw ContractFileError("There is no rate in the file. Nothing was changed.") }
    }

    /// Of contracts of more than `byteCountMax`.
    package static let tooLarge = ContractFileError(
        "The contracts have more than \(byteCountMax >> 20) MB. Send them in parts: split between payers, never within one, and without 'replace'."
    )

    private static func columns(of header: CSVReader.Record) throws(ContractFileError) -> [ContractColumn] {
        if let problem = header.problem { throw ContractFileError("Line \(header.line): \(problem).") }
        var columns: [ContractColumn] = []
        for cell in header.cells {
            guard let column = ContractColumn(named: cell) else {
                throw ContractFileError(
                    "Line \(header.line): the column '\(cell.prefix(100))' is not known. Known are \(ContractColumn.allCases.map(\.rawValue).joined(separator: ", "))."
                )
            }
            guard !columns.contains(column) else {
                throw ContractFileError("Line \(header.line): two columns mean \(column.rawValue). Leave one out.")
            }
            columns.append(column)
        }
        if let missing = required.first(where: { !columns.contains($0) }) {
            throw ContractFileError(
                "Line \(header.line) should name the columns, \(missing.rawValue) among them. Add it.")
        }
        return columns
    }

    private mutating func take(_ record: CSVReader.Record, _ columns: [ContractColumn]) {
        if let problem = record.problem { return refuse(record, "\(problem).") }
        guard record.cells.count <= columns.count || record.cells[columns.count...].allSatisfy(\.isEmpty) else {
            return refuse(
                record,
                "there are \(record.cells.count) cells under \(columns.count) columns. Put a value that holds the separator in quotation marks."
            )
        }
        var cells: [ContractColumn: String] = [:]
        for (column, cell) in zip(columns, record.cells) {
            let folded = NormalForm.foldWhiteSpace(cell)
            if !folded.isEmpty { cells[column] = folded }
        }
        do {
            let rate = try Self.rate(cells)
            let key = [
                PayerName(rate.payerName).key, rate.procedureCode, rate.modifier ?? "", rate.facility ?? "",
                rate.effectiveFrom.description,
            ].joined(separator: "\u{1F}")
            if let first = places[key] {
                return refuse(
                    record, "the rate stands on line \(first) already, for the same day. Leave one of the two out.")
            }
            places[key] = record.line
            rates.append(rate)
        } catch {
            refuse(record, error.description)
        }
    }

    private mutating func refuse(_ record: CSVReader.Record, _ sentence: String) {
        problems.append("Line \(record.line): \(sentence)")
    }

    private static func rate(_ cells: [ContractColumn: String]) throws(ContractFileError) -> ContractRate {
        for column in ContractColumn.allCases {
            guard let cell = cells[column] else {
                if required.contains(column) {
                    throw ContractFileError("column '\(column.rawValue)': there is no value. Every row needs one.")
                }
                continue
            }
            guard cell.unicodeScalars.count <= characterCountMax else {
                throw ContractFileError(
                    "column '\(column.rawValue)': the value has more than \(characterCountMax) characters.")
            }
        }
        guard let code = NormalForm.procedureCode.normalize(cells[.procedureCode] ?? "") else {
            throw ContractFileError(
                "column 'procedure_code': '\(cells[.procedureCode] ?? "")' is no CPT or HCPCS code. Write it as 99213 or J1885."
            )
        }
        let modifier = cells[.modifier].map { NormalForm.modifier.normalize($0) }
        if let modifier, modifier == nil {
            throw ContractFileError("column 'modifier': '\(cells[.modifier] ?? "")' is no modifier of two characters.")
        }
        guard let amount = Money(cells[.allowedAmount] ?? ""), amount > .zero else {
            throw ContractFileError(
                "column 'allowed_amount': '\(cells[.allowedAmount] ?? "")' is no amount of more than nothing. Write it as 1234.50."
            )
        }
        guard !PayerName(cells[.payerName] ?? "").words.isEmpty else {
            throw ContractFileError("column 'payer_name': the name has no letter.")
        }
        let (from, to) = (try day(cells, .effectiveFrom), try day(cells, .effectiveTo))
        guard let from else { throw ContractFileError("column 'effective_from': there is no value.") }
        if let to, to < from { throw ContractFileError("column 'effective_to': the rate ends before it begins.") }
        return ContractRate(
            payerName: cells[.payerName] ?? "", procedureCode: code, modifier: modifier ?? nil,
            facility: cells[.facility], effectiveFrom: from, effectiveTo: to, allowedAmount: amount)
    }

    private static func day(
        _ cells: [ContractColumn: String], _ column: ContractColumn
    ) throws(ContractFileError) -> CalendarDate? {
        guard let cell = cells[column] else { return nil }
        guard let day = CalendarDate(printed: cell) else {
            throw ContractFileError(
                "column '\(column.rawValue)': '\(cell)' is no day of the calendar. Write it as 2026-03-14 or 03/14/2026."
            )
        }
        return day
    }
}
