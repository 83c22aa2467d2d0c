package import Foundation

/// Who a file is from and for, as both have agreed (TR3 005010X221A1 appendix C.1, ISA05…ISA08, GS02, GS03).
package struct X12Partner: Hashable, Sendable {
    /// The qualifier of the identifier: `ZZ` for mutually defined, `30` for a federal tax id.
    package var qualifier: String
    /// At most 15 signs.
    package var identifier: String

    package init(qualifier: String = "ZZ", identifier: String) {
        self.qualifier = qualifier
        self.identifier = identifier
    }
}

/// The envelope of one file: one interchange with one functional group.
package struct X12Interchange: Hashable, Sendable {
    /// Whether the receiver is to act on it (ISA15).
    package enum Usage: String, Hashable, Sendable, CaseIterable {
        case production = "P"
        case test = "T"
    }

    package var sender: X12Partner
    package var receiver: X12Partner
    package var usage: Usage
    /// GS01: `HP` for 835, `HI` for 278.
    package var functionalCode: String
    /// GS08: the implementation guide.
    package var version: String
    /// ISA13 and GS06: from 1 to 999,999,999, without gaps between the files of a sender.
    package var controlNumber: Int
    package var madeAt: Date

    package init(
        sender: X12Partner, receiver: X12Partner, usage: Usage, functionalCode: String, version: String,
        controlNumber: Int, madeAt: Date
    ) {
        self.sender = sender
        self.receiver = receiver
        self.usage = usage
        self.functionalCode = functionalCode
        self.version = version
        self.controlNumber = controlNumber
        self.madeAt = madeAt
    }

    /// The exact bytes of a file with these transaction sets, each without its ST and SE, in order.
    ///
    /// - Parameter code: the transaction set's identifier, `835`.
    package func bytes(of code: String, _ transactions: [[X12Segment]]) -> Data {
        let calendar = Calendar.greenwich.dateComponents([.year, .month, .day, .hour, .minute], from: madeAt)
        func two(_ number: Int?) -> String { X12Text.number(number ?? 0, length: 2) }
        let day = two(calendar.month) + two(calendar.day)
        let time = two(calendar.hour) + two(calendar.minute)
        let year = X12Text.number(calendar.year ?? 0, length: 4)
        let number = X12Text.number(controlNumber, length: 9)
        var segments = [
            X12Segment(
                name: "ISA",
                elements: [
                    "00", padded("", 10), "00", padded("", 10), sender.qualifier, padded(sender.identifier, 15),
                    receiver.qualifier, padded(receiver.identifier, 15), "\(year.suffix(2))\(day)", time,
                    String(X12Text.repetitionSeparator), "00501", number, "0", usage.rawValue,
                ].map { [$0] } + [["", ""]]),
            X12Segment(
                "GS", .code(functionalCode), .text(sender.identifier, 15), .text(receiver.identifier, 15),
                .code("\(year)\(day)"), .code(time), .code(String(controlNumber)), "X", .code(version)),
        ]
        for (index, transaction) in transactions.enumerated() {
            let number = X12Text.number(index + 1, length: 4)
            // ST03 names the guide once more in every set but an 835, which does not use it.
            segments.append(
                X12Segment("ST", .code(code), .code(number), code == "835" ? .unused : .code(version)))
            segments += transaction
            segments.append(X12Segment("SE", .code(String(transaction.count + 2)), .code(number)))
        }
        segments.append(X12Segment("GE", .code(String(transactions.count)), .code(String(controlNumber))))
        segments.append(X12Segment("IEA", "1", .code(number)))
        return Data(segments.map(\.text).joined().utf8)
    }

    private func padded(_ text: String, _ length: Int) -> String {
        X12Text.element(text, length: length).padding(toLength: length, withPad: " ", startingAt: 0)
    }
}

extension X12Segment {
    /// The segment with its separators, a new line behind it so that people can read a file.
    package var text: String {
        let parts = elements.map { $0.joined(separator: String(X12Text.componentSeparator)) }
        return ([name] + parts).joined(separator: String(X12Text.elementSeparator))
            + String(X12Text.segmentTerminator) + "\n"
    }
}

extension Calendar {
    /// The Gregorian calendar of Greenwich.
    static let greenwich = {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar
    }()
}
