import Documents
import Foundation
import Testing
import Understanding

struct AccountMatcherTests {
    @Test func aLetterThatPrintsWhatTheBooksSayMatches() throws {
        let letter = try Books.match(
            [
                "patient_control_number": Books.field("4001-7723"), "patient_name": Books.field("John Smith"),
                "member_id": Books.field("HPX882134507", 0.62), "charge_amount": Books.field("4123.50"),
            ], to: [Books.smith])
        let match = try #require(letter.accountMatch)
        #expect(match.accountNumber == "40017723")
        #expect(match.probability.probability > 0.999)
        #expect(letter.findings == ["account_matches", "account_supports member_id"])
        let sentence = try #require(letter.evidence.first?.detail)
        #expect(sentence.contains("the account number, the member id, the patient and the charges agree"))
        let member = try #require(letter.field("member_id"))
        #expect(member.value == .text("HPX882134507"))
        #expect(member.confidence.probability > 0.95)
        #expect(member.confidence <= match.probability)
    }

    @Test func aCommonNameAloneMatchesNobody() throws {
        let namesakes = (0..<12).map { number in
            PatientAccount(accountNumber: "5000\(number)991", patientName: "SMITH, JOHN")
        }
        let letter = try Books.match(["patient_name": Books.field("John Smith")], to: namesakes)
        #expect(letter.accountMatch == nil)
        #expect(letter.findings == ["no_account"])
        #expect(letter.evidence.first?.detail?.contains("11 more are as near") == true)
    }

    @Test func aNameThatOnlyOneHasIsNotEnoughEither() throws {
        let letter = try Books.match(["patient_name": Books.field("John Smith")], to: [Books.smith], strangers: 0)
        #expect(letter.accountMatch == nil)
    }

    @Test(arguments: ["4OO17723", "40O17723", "40011723"])
    func aMisreadAccountNumberIsPutRightWhereTheRestAgrees(read: String) throws {
        let letter = try Books.match(
            [
                "patient_control_number": Books.field(read, 0.55),
                "patient_name": Books.field("SMITH JOHN A"), "service_start": Books.field("2026-02-11"),
                "member_id": Books.field("HPX882134507"),
            ], to: [Books.smith])
        #expect(letter.accountMatch?.accountNumber == "40017723")
        let number = try #require(letter.field("patient_control_number"))
        #expect(number.value == .text("40017723"))
        #expect(number.text == read)
        #expect(number.alternatives?.first == .text(read))
        #expect(number.confidence.probability > 0.55)
        #expect(number.confidence.probability <= 0.95, "not surer than that the account's number is the one printed")
        let reason = try #require(letter.evidence.first { $0.code == "account_corrects" })
        #expect(reason.field == "patient_control_number")
        for part in [read, "40017723"] { #expect(reason.detail?.contains(part) == true) }
    }

    @Test func aNumberThatStandsElsewhereOnThePageIsNotPutInPlaceOfTheOneRead() throws {
        let letter = try Books.match(
            [
                "patient_control_number": Books.field("48891120", 0.55, others: ["40017723"]),
                "patient_name": Books.field("SMITH JOHN A"), "service_start": Books.field("2026-02-11"),
                "member_id": Books.field("HPX882134507"),
            ], to: [Books.smith])
        #expect(letter.accountMatch?.accountNumber == "40017723")
        #expect(letter.field("patient_control_number")?.value == .text("48891120"))
        #expect(letter.findings == ["account_matches", "account_disagrees patient_control_number"])
    }

    @Test func aNameAndMemberIDAreThePatientsAndNotTheAccounts() throws {
        var fields: Row = [
            "patient_name": Books.field("John A Smith"), "member_id": Books.field("HPX882134507"),
            "patient_birth_date": Books.field("1961-05-04"),
        ]
        let patient = try Books.match(fields, to: [Books.smith])
        #expect(patient.accountMatch == nil)
        #expect(patient.findings == ["no_account"])
        #expect(patient.evidence.first?.detail?.contains("nothing agrees that is the account's own") == true)
        fields["service_start"] = Books.field("2026-02-12")
        #expect(try Books.match(fields, to: [Books.smith]).accountMatch?.accountNumber == "40017723")
    }

    @Test func aBirthInAnotherCenturyIsTheSameWithTwoDigits() throws {
        let fields: Row = [
            "patient_name": Books.field("John Smith"), "patient_birth_date": Books.field("2061-05-04", 0.7),
            "service_start": Books.field("2026-02-11"),
        ]
        let letter = try Books.match(fields, to: [Books.smith])
        #expect(letter.accountMatch?.accountNumber == "40017723")
        #expect(letter.findings == ["account_matches"])
        #expect(letter.field("patient_birth_date")?.confidence == 0.7, "the century is not confirmed")
    }

    @Test(arguments: [
        ("ANA LOPEZ", "LOPEZ, DANA", 0.98, ["account_disagrees patient_name"]),
        ("Jon Lopez", "LOPEZ, JOHN", 0.98, ["account_disagrees patient_name"]),
        ("Maria Lopes", "LOPEZ, MARIA", 0.98, ["account_disagrees patient_name"]),
        ("Mary A. Lopez", "LOPEZ, ALAN", 0.98, ["account_disagrees patient_name"]),
        ("M. Lopez", "LOPEZ, MARIA", 0.98, []),
        (
            "Maria Lopez Jr.", "LOPEZ SR, MARIA", 0.98,
            ["account_disagrees patient_name"]
        ),
        ("Lopez, Maria, Jr.", "MARIA LOPEZ", 0.98, []),
    ])
    func aNameThatIsSurelyAnotherIsSaidToDisagree(
        printed: String, book: String, confidence: Double, findings: [String]
    ) throws {
        var account = Books.smith
        account.patientName = book
        let letter = try Books.match(
            [
                "patient_control_number": Books.field("40017723"),
                "patient_name": Books.field(printed, Confidence(confidence)),
                "payer_claim_number": Books.field("2026031400771"), "charge_amount": Books.field("4123.50"),
            ], to: [account])
        #expect(letter.accountMatch?.accountNumber == "40017723")
        #expect(letter.findings == ["account_matches"] + findings)
    }

    @Test func aConfidentValueThatDiffersIsLeftAndSaidToDisagree() throws {
        let letter = try Books.match(
            [
                "patient_control_number": Books.field("40017723"), "patient_name": Books.field("John Smith"),
                "member_id": Books.field("HPX882134501", 0.98), "charge_amount": Books.field("999.00", 0.98),
                "service_start": Books.field("2026-02-12"),
            ], to: [Books.smith])
        #expect(letter.accountMatch?.accountNumber == "40017723")
        #expect(letter.field("member_id")?.value == .text("HPX882134501"))
        #expect(letter.field("charge_amount")?.value == .text("999.00"))
        #expect(
            letter.findings == [
                "account_matches", "account_disagrees member_id", "account_disagrees charge_amount",
            ], "a day within the stay is no disagreement")
    }

    @Test func aNameIsPutRightInTheOrderAndCaseOfThePaper() throws {
        let weak = Books.field("John A. Snnith", 0.5, others: nil)
        let letter = try Books.match(
            [
                "patient_control_number": Books.field("40017723"), "patient_name": Books.field("John A. Smlth", 0.5),
                "member_id": Books.field("HPX882134507"),
            ], to: [Books.smith])
        #expect(letter.field("patient_name")?.value == .text("John A. Smith"))
        let torn = try Books.match(
            [
                "patient_control_number": Books.field("40017723"), "patient_name": weak,
                "member_id": Books.field("HPX882134507"),
            ], to: [Books.smith])
        #expect(torn.field("patient_name")?.value == .text("John A. Snnith"), "two errors are not mended")
    }

    @Test func aValueThatIsNotOnThePageIsNotInvented() throws {
        let letter = try Books.match(
            ["patient_control_number": Books.field("40017723"), "patient_name": Books.field("John Smith")],
            to: [Books.smith])
        #expect(letter.accountMatch != nil)
        #expect(Set(letter.fields.keys) == ["patient_control_number", "patient_name"])
    }

    @Test func anotherOfTheFamilyWithTheSameMemberIDIsNotThePatient() throws {
        let letter = try Books.match(
            ["patient_name": Books.field("Mary Smith"), "member_id": Books.field("HPX882134507")], to: [Books.smith])
        #expect(letter.accountMatch == nil)
        #expect(letter.findings == ["no_account"])
    }

    @Test func twinsAreToldApart() throws {
        var twin = Books.smith
        twin.accountNumber = "40017724"
        twin.patientName = "SMITH, EDGAR"
        twin.claims[0].payerClaimNumber = nil
        twin.claims[0].serviceStart = Books.day("2026-03-02")
        twin.claims[0].serviceEnd = nil
        let fields: Row = [
            "patient_name": Books.field("Edgar Smith"), "member_id": Books.field("HPX882134507"),
            "patient_birth_date": Books.field("1961-05-04"), "service_start": Books.field("2026-03-02"),
        ]
        #expect(try Books.match(fields, to: [Books.smith, twin]).accountMatch?.accountNumber == "40017724")
        #expect(try Books.match(fields, to: [Books.smith]).accountMatch == nil)
    }

    @Test func anotherVisitOfThePatientIsNotThisAccount() throws {
        let letter = try Books.match(
            [
                "patient_control_number": Books.field("51880342", 0.98), "patient_name": Books.field("John Smith"),
                "member_id": Books.field("HPX882134507"), "service_start": Books.field("2025-08-30"),
            ], to: [Books.smith])
        #expect(letter.accountMatch == nil)
    }

    @Test func eachClaimOfARemittanceHasItsOwnAccount() throws {
        var town = Town(seed: 3)
        let (first, second) = (town.account(number: 1), town.account(number: 2))
        var stranger = town.account(number: 3)
        stranger.patientName = "QUILL, PEREGRINE"
        let remittance = Document(
            type: "eob", typeConfidence: 0.99, pages: [1], fields: ["payer_name": Books.field("Acme Health")],
            claims: [first, stranger, second].map { Claim(fields: town.fields(of: $0)) })
        let matched = try Books.matcher().match(remittance, in: AccountBook([first, second]))
        #expect(matched.claims.map(\.accountMatch?.accountNumber) == [first.accountNumber, nil, second.accountNumber])
        #expect(matched.accountMatch == nil)
        #expect(matched.accountNumbers == [first.accountNumber, second.accountNumber])
        let missing = try #require(matched.evidence.first { $0.code == "no_account" })
        #expect(missing.field == "claims[1]")
        #expect(missing.detail?.hasPrefix("Claim 2: no account of the books matches") == true)
    }

    @Test func anotherClaimsNumberOnThePageSpeaksForNothing() throws {
        let letter = try Books.match(
            [
                "payer_claim_number": Books.field("99137750284411", 0.98, others: ["2026031400771"]),
                "payer_name": Books.field("Harbor Point"),
            ], to: [Books.smith])
        #expect(letter.accountMatch == nil)
        let next = try Books.match(["payer_claim_number": Books.field("2026031400772")], to: [Books.smith])
        #expect(next.accountMatch == nil, "numbers are given out in order")
    }

    @Test func anotherClaimOfTheAccountKeepsWhatIsItsOwn() throws {
        let letter = try Books.match(
            [
                "patient_control_number": Books.field("40017723"), "patient_name": Books.field("John Smith"),
                "payer_claim_number": Books.field("99137750284411", 0.6, others: ["2026031400771"]),
                "charge_amount": Books.field("88.00"),
            ], to: [Books.smith])
        #expect(letter.accountMatch?.accountNumber == "40017723")
        #expect(letter.field("payer_claim_number")?.value == .text("99137750284411"))
        #expect(letter.findings == ["account_matches"])
    }

    @Test func aMisreadClaimNumberIsPutRightWhereTheClaimIsKnown() throws {
        let letter = try Books.match(
            [
                "patient_control_number": Books.field("40017723"), "patient_name": Books.field("John Smith"),
                "payer_claim_number": Books.field("202603l400771", 0.6), "charge_amount": Books.field("4123.50"),
            ], to: [Books.smith])
        #expect(letter.field("payer_claim_number")?.value == .text("2026031400771"))
    }

    @Test func emptyBooksAndDocumentsOfNobodySayNothing() throws {
        let letter = Books.letter(["patient_name": Books.field("John Smith")])
        #expect(try Books.matcher().match(letter, in: AccountBook([])) == letter)
        let general = Books.letter(["payer_name": Books.field("Acme Health")])
        #expect(try Books.matcher().match(general, in: AccountBook([Books.smith])) == general)
    }

    @Test(arguments: [20, 300, 3000])
    func whoeverIsInTheBooksIsFoundAndNobodyElse(count: Int) throws {
        var town = Town(seed: UInt64(count))
        let accounts = (0..<count).map { town.account(number: $0) }
        let (book, matcher) = (AccountBook(accounts), try Books.matcher())
        for account in accounts.prefix(60) {
            let letter = try matcher.match(Books.letter(town.fields(of: account)), in: book)
            let match = try #require(letter.accountMatch)
            #expect(match.accountNumber == account.accountNumber)
            #expect(match.probability.probability > 0.99)
        }
        for number in 0..<60 {
            let letter = try matcher.match(
                Books.letter(town.fields(of: town.account(number: 100_000 + number))), in: book)
            #expect(letter.accountMatch == nil)
            #expect(letter.findings == ["no_account"])
            let nearest = letter.evidence.first?.detail?.firstMatch(of: /\(([01]\.[0-9]{3})\)/).flatMap {
                Double($0.output.1)
            }
            #expect((nearest ?? 0) <= 0.5)
        }
    }

    @Test func theSameDocumentGivesTheSameBytes() throws {
        var town = Town(seed: 11)
        let accounts = (0..<200).map { town.account(number: $0) }
        let fields = town.fields(of: accounts[17])
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let texts = try [accounts, accounts.reversed()].map { order in
            try encoder.encode(Books.matcher().match(Books.letter(fields), in: AccountBook(order)))
        }
        #expect(texts[0] == texts[1])
    }
}
