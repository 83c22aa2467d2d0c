package import Documents
package import Foundation
import Understanding

/// The books of a hospital that labelled documents are about, drawn from their truth: some of their accounts, written as
/// books write them, among strangers who have the same names.
package struct DrawnBooks {
    package private(set) var accounts: [PatientAccount] = []
    /// The share of the documents' accounts that the books have, in 0…1.
    private let heldShare: Double
    private var dice: Dice

    /// - Parameter strangers: how many accounts are no document's.
    package init(seed: UInt64, wordLists: URL, heldShare: Double, strangers: Int) throws {
        let words = try WordLists(folder: wordLists)
        self.heldShare = heldShare
        dice = Dice("drawn books", "\(seed)")
        for _ in 0..<strangers {
            let service = CalendarDate.drawn(years: 2025...2026, using: &dice)
            accounts.append(
                PatientAccount(
                    accountNumber: number(8),
                    patientName: "\(dice.pick(words.lastNames)), \(dice.pick(words.firstNames))".uppercased(),
                    patientBirthDate: CalendarDate.drawn(years: 1930...2019, using: &dice),
                    claims: [
                        AccountClaim(
                            payerName: dice.pick(words.payers), memberID: "M\(number(9))", serviceStart: service,
                            chargeAmount: Money(cents: Int64(dice.int(2000...900_000))))
                    ]))
        }
    }

    /// Takes some of a file's documents into the books, and gives all of them with the accounts that the books then have.
    ///
    /// A document without claims is about one account, each claim about one of its own. What names no patient is about
    /// none.
    package mutating func add(_ documents: [Document]) -> [Document] {
        documents.map { document in
            var document = document
            if document.claims.isEmpty {
                document.accountMatch = account(document.fields, shared: [:])
            }
            for index in document.claims.indices {
                document.claims[index].accountMatch = account(document.claims[index].fields, shared: document.fields)
            }
            return document
        }
    }

    /// The account of these fields, when the dice take it into the books.
    private mutating func account(_ fields: Row, shared: Row) -> AccountMatch? {
        func value(_ fact: AccountFact) -> String? {
            let leaf = fact.fieldNames.lazy.compactMap { fields[$0] ?? shared[$0] }.first
            return leaf?.fields.first?.value.description
        }
        guard let name = value(.patientName), dice.chance(heldShare) else { return nil }
        let account = PatientAccount(
            accountNumber: value(.accountNumber) ?? number(8), patientName: DrawnBooks.filed(name),
            patientBirthDate: value(.birthDate).flatMap { CalendarDate(printed: $0) },
            claims: [
                AccountClaim(
                    payerName: value(.payerName), memberID: value(.memberID),
                    payerClaimNumber: value(.payerClaimNumber),
                    serviceStart: value(.serviceStart).flatMap { CalendarDate(printed: $0) },
                    serviceEnd: value(.serviceEnd).flatMap { CalendarDate(printed: $0) },
                    chargeAmount: value(.chargeAmount).flatMap { Money($0) })
            ])
        accounts.append(account)
        return AccountMatch(accountNumber: account.accountNumber, probability: 1.0)
    }

    /// A name as books file it: `VANCE, ROSA M`.
    private static func filed(_ name: String) -> String {
        let words = name.split(separator: " ").map(String.init)
        guard !name.contains(","), words.count > 1, let last = words.last else { return name.uppercased() }
        return "\(last), \(words.dropLast().joined(separator: " "))".uppercased()
    }

    private mutating func number(_ digits: Int) -> String {
        "\(dice.int(1...9))" + (1..<digits).map { _ in "\(dice.int(0...9))" }.joined()
    }

    /// The books as `mailroom import accounts` takes them.
    package var csv: Data {
        var lines = [
            "account_number,patient_name,patient_birth_date,member_id,payer_claim_number,payer_name,service_start,"
                + "service_end,charge_amount"
        ]
        for account in accounts {
            for claim in account.claims {
                let cells: [String?] = [
                    account.accountNumber, account.patientName, account.patientBirthDate?.description, claim.memberID,
                    claim.payerClaimNumber, claim.payerName, claim.serviceStart?.description,
                    claim.serviceEnd?.description, claim.chargeAmount?.description,
                ]
                lines.append(cells.map { "\"\(($0 ?? "").replacing("\"", with: "\"\""))\"" }.joined(separator: ","))
            }
        }
        return Data((lines.joined(separator: "\n") + "\n").utf8)
    }
}

extension CalendarDate {
    /// A day of these years.
    fileprivate static func drawn(years: ClosedRange<Int>, using dice: inout Dice) -> CalendarDate? {
        CalendarDate(year: dice.int(years), month: dice.int(1...12), day: dice.int(1...28))
    }
}
