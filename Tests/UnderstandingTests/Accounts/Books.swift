import Documents
import Foundation
import TestSupport
import Understanding

/// Books and documents about them that tests vary.
enum Books {
    static func day(_ text: String) -> CalendarDate? { CalendarDate(printed: text) }

    static let smith = PatientAccount(
        accountNumber: "40017723", patientName: "SMITH, JOHN A", patientBirthDate: day("1961-05-04"),
        claims: [
            AccountClaim(
                payerName: "Harbor Point Health Plan", memberID: "HPX882134507", payerClaimNumber: "2026031400771",
                serviceStart: day("2026-02-11"), serviceEnd: day("2026-02-13"), chargeAmount: Money(cents: 412_350))
        ])

    static func field(_ value: String, _ confidence: Confidence = 0.97, others: [String]? = nil) -> Leaf {
        .one(
            Field(
                value: .text(value), text: value, confidence: confidence, page: 1,
                box: Box(left: 1, top: 1, right: 9, bottom: 9), alternatives: others?.map { .text($0) }))
    }

    static func letter(_ fields: Row) -> Document {
        Document(type: "payer_letter", subtype: "denial", typeConfidence: 0.99, pages: [1], fields: fields)
    }

    static func matcher() throws -> AccountMatcher {
        AccountMatcher(catalog: try DocumentTypeCatalog(folder: packageFolder.appending(path: "Config/document-types")))
    }

    /// The letter after matching to `accounts` and `strangers` accounts of nobody in particular.
    static func match(_ fields: Row, to accounts: [PatientAccount], strangers: Int = 300) throws -> Document {
        var town = Town(seed: 7)
        let others = (0..<strangers).map { town.account(number: $0) }
        return try matcher().match(letter(fields), in: AccountBook(accounts + others))
    }
}

extension Document {
    /// The codes of the evidence with the fields that they name.
    var findings: [String] { evidence.map { [$0.code, $0.field].compactMap { $0 }.joined(separator: " ") } }

    func field(_ name: String) -> Field? {
        guard case .one(let field)? = fields[name] else { return nil }
        return field
    }
}

/// A town whose people have few surnames and given names, so that many are called alike.
struct Town {
    private static let surnames = [
        "SMITH", "JOHNSON", "GARCIA", "MILLER", "DAVIS", "RODRIGUEZ", "NGUYEN", "KOWALSKI", "OKAFOR", "LINDQVIST",
    ]
    private static let givenNames = [
        "JAMES", "MARY", "ROBERT", "PATRICIA", "LINDA", "MICHAEL", "ELIZABETH", "DAVID", "SUSAN", "CARLOS", "THUY",
    ]

    var generator: SeededGenerator

    init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

    mutating func roll(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

    mutating func name() -> String {
        "\(Town.surnames[roll(0...(Town.surnames.count - 1))]), \(Town.givenNames[roll(0...(Town.givenNames.count - 1))])"
    }

    /// An account that no other `number` gives.
    mutating func account(number: Int) -> PatientAccount {
        let start = CalendarDate(year: 2026, month: roll(1...12), day: roll(1...28))
        return PatientAccount(
            accountNumber: "\(70_000_000 + number * 977 + roll(0...900))", patientName: name(),
            patientBirthDate: CalendarDate(year: roll(1935...2020), month: roll(1...12), day: roll(1...28)),
            claims: [
                AccountClaim(
                    payerName: ["Acme Health", "Blue Lake Insurance", "Northern Mutual"][roll(0...2)],
                    memberID: "M\(roll(100_000_000...999_999_999))",
                    payerClaimNumber: "\(roll(100_000_000_000...999_999_999_999))", serviceStart: start,
                    serviceEnd: start, chargeAmount: Money(cents: Int64(roll(5000...900_000))))
            ])
    }

    /// What a letter about the account prints, as its payer writes names.
    func fields(of account: PatientAccount) -> Row {
        let parts = account.patientName.split(separator: ",").map { $0.trimmingCharacters(in: .whitespaces) }
        let claim = account.claims[0]
        return [
            "patient_control_number": Books.field(account.accountNumber),
            "patient_name": Books.field("\(parts[1]) \(parts[0])".capitalized),
            "member_id": Books.field(claim.memberID ?? ""),
            "payer_claim_number": Books.field(claim.payerClaimNumber ?? ""),
            "service_start": Books.field(claim.serviceStart?.description ?? ""),
            "charge_amount": Books.field(claim.chargeAmount?.description ?? ""),
        ]
    }
}
