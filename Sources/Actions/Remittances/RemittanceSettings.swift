package import Foundation

/// How one connector tells payments in 835 files: an entry of `x12_835` in the actions file, checked.
package struct RemittanceSettings: Sendable {
    package var name: String
    package var sender: X12Partner
    package var receiver: X12Partner
    package var usage: X12Interchange.Usage
    /// The drop that takes the files; nil when they are fetched.
    package var drop: String?
    /// When a day's files are closed, in minutes after midnight of `timeZone`.
    package var closeMinute: Int
    package var timeZone: TimeZone
    /// A file is closed at once when it has so many payments.
    package var itemsMax: Int
    /// Papers of one payment may wait for each other for so long; then it is told as a warning.
    package var paperDaysMax: Double
    package var payee: RemittanceReader.Payee
    package var payers: [RemittancePayer]

    package init(
        name: String, sender: X12Partner, receiver: X12Partner, usage: X12Interchange.Usage, drop: String?,
        closeMinute: Int, timeZone: TimeZone, itemsMax: Int, paperDaysMax: Double, payee: RemittanceReader.Payee,
        payers: [RemittancePayer]
    ) {
        self.name = name
        self.sender = sender
        self.receiver = receiver
        self.usage = usage
        self.drop = drop
        self.closeMinute = closeMinute
        self.timeZone = timeZone
        self.itemsMax = itemsMax
        self.paperDaysMax = paperDaysMax
        self.payee = payee
        self.payers = payers
    }

    /// Whether a paper that came at `time` has waited for others of its payment for too long.
    package func isLate(_ time: Date, at now: Date) -> Bool { now.timeIntervalSince(time) > paperDaysMax * 86_400 }

    /// What is added to what is said of a payment whose papers wait for too long.
    var lateSentence: String {
        "It has waited for more than \(paperDaysMax.formatted()) days: look for the paper, or ask the payer for it."
    }

    /// The payer that papers call `name`; throws a sentence where none is configured.
    func payer(named name: String) throws(X12Problem) -> RemittancePayer {
        let folded = Rule.fold(name)
        guard let payer = payers.first(where: { $0.names.contains { Rule.fold($0) == folded } }) else {
            throw X12Problem(
                """
                The connector '\(self.name)' has no payer '\(name)': an 835 needs its tax id, address and contact. Add it \
                to 'payers' in actions.yaml.
                """)
        }
        return payer
    }

    /// The payer that items are kept under as `key`; what was kept before payers had keys has a name instead.
    func payer(keyed key: String) throws(X12Problem) -> RemittancePayer {
        if let payer = payers.first(where: { $0.key == key }) { return payer }
        return try payer(named: key)
    }

    /// What the payer that items are kept under as `key` is called; a dash where the actions file has it no longer.
    package func payerName(keyed key: String) -> String { (try? payer(keyed: key))?.names.first ?? "—" }

    /// The last time at or before `now` at which a day's files were closed.
    func lastClose(before now: Date) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = timeZone
        let today = calendar.startOfDay(for: now)
        func close(_ day: Date) -> Date {
            calendar.date(bySettingHour: closeMinute / 60, minute: closeMinute % 60, second: 0, of: day) ?? day
        }
        if close(today) <= now { return close(today) }
        return close(calendar.date(byAdding: .day, value: -1, to: today) ?? today)
    }

    func interchange(_ controlNumber: Int, at now: Date) -> X12Interchange {
        X12Interchange(
            sender: sender, receiver: receiver, usage: usage, functionalCode: Remittance.functionalCode,
            version: Remittance.version, controlNumber: controlNumber, madeAt: now)
    }
}
