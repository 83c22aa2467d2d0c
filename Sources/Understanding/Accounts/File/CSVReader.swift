package import Foundation

/// Reads comma-separated values (RFC 4180) record by record, as hospital systems and spreadsheets write them.
///
/// Takes UTF-8, UTF-16 with a byte order mark and Windows-1252; commas, semicolons, tabs or bars, whichever the first
/// record has most of; any line ends. Empty lines are skipped.
package struct CSVReader {
    package struct Record: Equatable {
        /// The line that it begins on, from 1.
        package var line: Int
        package var cells: [String]
        /// Why its cells cannot be told apart; nil when they can.
        package var problem: String?
    }

    /// A longer cell is taken for a quotation mark that somebody forgot to close.
    static let cellByteCountMax = 10_000
    /// No list has more columns; empty cells beyond them are what spreadsheets leave.
    static let cellCountMax = 500

    private let bytes: [UInt8]
    private var place = 0
    private var line = 1
    private let separator: UInt8

    package init(_ data: Data) throws(AccountFileError) {
        let text = try CSVReader.text(of: data)
        bytes = Array(text.utf8)
        separator = CSVReader.separator(of: bytes)
    }

    private static let (quote, lineFeed, carriageReturn) = (UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\r"))

    private static func text(of data: Data) throws(AccountFileError) -> String {
        let mark = Array(data.prefix(3))
        if mark.starts(with: [0xFF, 0xFE]) || mark.starts(with: [0xFE, 0xFF]) {
            guard let text = String(data: data, encoding: .utf16) else {
                throw AccountFileError("The file says that it is UTF-16 and is not. Save it as CSV in UTF-8.")
            }
            return text
        }
        let bare = mark == [0xEF, 0xBB, 0xBF] ? data.dropFirst(3) : data
        if let text = String(validating: bare, as: UTF8.self) { return text }
        guard let text = String(data: bare, encoding: .windowsCP1252) else {
            throw AccountFileError("The file is text neither in UTF-8 nor in Windows-1252. Save it as CSV in UTF-8.")
        }
        return text
    }

    private static func separator(of bytes: [UInt8]) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var (isQuoted, isBlank) = (false, true)
        for byte in bytes {
            if byte == quote { isQuoted.toggle() }
            if !isQuoted, byte == lineFeed || byte == carriageReturn {
                guard isBlank else { break }
                counts = [:]
                continue
            }
            if byte > UInt8(ascii: " ") { isBlank = false }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        let known = [",", ";", "\t", "|"].flatMap { Array($0.utf8) }
        return known.max {
            (counts[$0] ?? 0, known.firstIndex(of: $1) ?? 0) < (counts[$1] ?? 0, known.firstIndex(of: $0) ?? 0)
        }
            ?? UInt8(ascii: ",")
    }

    /// The next record, or nil at the end; throws when a quotation mark is never closed, for nobody knows what it
    /// swallowed.
    package mutating func next() throws(AccountFileError) -> Record? {
        while true {
            while place < bytes.count, isLineEnd(bytes[place]) { endLine() }
            guard place < bytes.count else { return nil }
            let record = try record()
            let isEmpty = record.cells.allSatisfy { $0.allSatisfy(\.isWhitespace) }
            // A cell that is too long is kept as none: its record says so all the same.
            if !isEmpty || record.problem != nil { return record }
        }
    }

    private mutating func record() throws(AccountFileError) -> Record {
        var record = Record(line: line, cells: [])
        while true {
            let cell = try cell(&record)
            if record.cells.count < CSVReader.cellCountMax {
                record.cells.append(cell)
            } else if !cell.allSatisfy(\.isWhitespace) {
                record.problem = "there are more than \(CSVReader.cellCountMax) cells"
            }
            guard place < bytes.count, bytes[place] == separator else { break }
            place += 1
        }
        endLine()
        return record
    }

    private mutating func cell(_ record: inout Record) throws(AccountFileError) -> String {
        if place < bytes.count, bytes[place] == CSVReader.quote { return try quotedCell(&record) }
        let start = place
        while place < bytes.count, bytes[place] != separator, !isLineEnd(bytes[place]) { place += 1 }
        return text(bytes[start..<place], &record)
    }

    private mutating func quotedCell(_ record: inout Record) throws(AccountFileError) -> String {
        let opened = line
        var cell: [UInt8] = []
        place += 1
        while true {
            guard place < bytes.count else {
                throw AccountFileError(
                    "The quotation mark opened on line \(opened) is never closed. Close it, or write it twice where it is meant."
                )
            }
            let byte = bytes[place]
            if byte == CSVReader.quote {
                place += 1
                guard place < bytes.count, bytes[place] == CSVReader.quote else { break }
            } else if isLineEnd(byte) {
                endLine()
                cell.append(CSVReader.lineFeed)
                continue
            }
            cell.append(byte)
            place += 1
        }
        let rest = place
        while place < bytes.count, bytes[place] != separator, !isLineEnd(bytes[place]) { place += 1 }
        if bytes[rest..<place].contains(where: { $0 != UInt8(ascii: " ") }) {
            record.problem = "something follows a closing quotation mark. Write a quotation mark within a cell twice"
        }
        return text(cell[...], &record)
    }

    private func text(_ cell: ArraySlice<UInt8>, _ record: inout Record) -> String {
        guard cell.count <= CSVReader.cellByteCountMax else {
            record.problem =
                "a cell has more than \(CSVReader.cellByteCountMax) bytes. Is a quotation mark not closed there?"
            return ""
        }
        return String(decoding: cell, as: UTF8.self)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == CSVReader.lineFeed || byte == CSVReader.carriageReturn }

    /// Goes past a line's end; carriage return and line feed are one.
    private mutating func endLine() {
        guard place < bytes.count else { return }
        let byte = bytes[place]
        place += 1
        if byte == CSVReader.carriageReturn, place < bytes.count, bytes[place] == CSVReader.lineFeed { place += 1 }
        line += 1
    }
}
