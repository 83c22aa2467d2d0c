import Documents
import Foundation
import TestSupport
import Testing
import Understanding

struct AccountFileTests {
    private func read(_ text: String) throws -> AccountFile { try AccountFile(csv: Data(text.utf8)) }

    private func sentence(_ bytes: Data) -> String {
        do {
            _ = try AccountFile(csv: bytes)
            return ""
        } catch {
            return error.description
        }
    }

    @Test func theUsualNamesInAnyOrderAreKnown() throws {
        let file = try read(
            """
            DOB,"Patient Name",Acct #,Payor,Subscriber ID,ICN,Admit Date,Discharge-Date,Total Charges,Ward
            05/04/1961,"SMITH, JOHN A",40017723,Harbor Point,HPX 882134507,2026031400771,2/11/2026,2026-02-13 00:00:00,"$4,123.50",7

            """)
        let account = try #require(file.accounts.first)
        #expect(file.accounts.count == 1)
        #expect(file.refusals == [])
        #expect(file.unusedColumns == ["Ward"])
        #expect(account.accountNumber == "40017723")
        #expect(account.patientName == "SMITH, JOHN A")
        #expect(account.patientBirthDate == CalendarDate(year: 1961, month: 5, day: 4))
        let claim = try #require(account.claims.first)
        #expect(claim.memberID == "HPX882134507")
        #expect(claim.payerClaimNumber == "2026031400771")
        #expect(claim.serviceEnd == CalendarDate(year: 2026, month: 2, day: 13))
        #expect(claim.chargeAmount == Money(cents: 412_350))
    }

    @Test func lastAndFirstNamesMakeAName() throws {
        let file = try read("account;last name;first name;mi\n123456;O'Neil-Díaz;María;J\n")
        #expect(file.accounts.first?.patientName == "O'Neil-Díaz, María J")
    }

    @Test(arguments: ["\u{FEFF}", ""], ["\r\n", "\n", "\r"])
    func marksAndLineEndsDoNotMatter(mark: String, end: String) throws {
        let text =
            mark + ["account,patient", "\"00123\",\"DOE,\nJANE\"", "", "=\"00456\",ROE", ""].joined(separator: end)
        let file = try read(text)
        #expect(file.accounts.map(\.accountNumber) == ["00123", "00456"])
        #expect(file.accounts.map(\.patientName) == ["DOE, JANE", "ROE"])
    }

    @Test func windowsAndUTF16TextIsRead() throws {
        let latin = Data("account,patient\n123456,MU".utf8) + Data([0xD1]) + Data("OZ\n".utf8)
        #expect(try AccountFile(csv: latin).accounts.first?.patientName == "MUÑOZ")
        let wide =
            Data([0xFF, 0xFE]) + (try #require("account\tpatient\n123456\tMUÑOZ\n".data(using: .utf16LittleEndian)))
        #expect(try AccountFile(csv: wide).accounts.first?.patientName == "MUÑOZ")
    }

    @Test func aBadRowIsNamedAndTheOthersAreTaken() throws {
        let file = try read(
            """
            account,patient,dob,service_from,service_to,charges
            111111,A B,31/12/1980,,,
            222222,C D,12/31/80,2026-02-13,2026-02-11,
            333333,E F,,,,12.345
            1.23457E+11,G H,,,,
            ,I J,,,,
            444444,,,,,
            555555,K L,,,,1,2,3
            666666,"M" N,,,,
            777777,O P,N/A,NULL,,"1,000.00"
            """)
        #expect(file.accounts.map(\.accountNumber) == ["777777"])
        #expect(file.refusedCount == 8)
        #expect(file.refusals.map(\.place) == (2...9).map { "line \($0)" })
        let expected = [
            "column 'dob': the value is no day of the calendar",
            "column 'service_to': the service ends before it begins",
            "column 'charges': the value is no amount", "a spreadsheet has cut short", "there is no account number",
            "column 'patient': there is no patient", "8 cells under 6 columns", "closing quotation mark",
        ]
        for (refusal, part) in zip(file.refusals, expected) { #expect(refusal.detail.contains(part)) }
        for value in ["31/12/1980", "2026-02-1", "12.345", "1.23457", "111111"] {
            #expect(!file.refusals.contains { $0.detail.contains(value) })
        }
    }

    @Test func rowsOfOneAccountAreItsClaims() throws {
        let file = try read(
            """
            account,patient,member_id,charges
            123456,"DOE, JANE",A1111,10
            123456,JANE DOE,B2222,10
            123456,JANE M DOE,B2222,10
            234567,JANE DOE,A1111,10
            234567,JOHN ROE,C3333,10
            234567,JANE DOE,D4444,10
            """)
        #expect(file.accounts.map(\.accountNumber) == ["123456"], "of 234567 nobody knows whose it is")
        #expect(file.accounts.first?.claims.map(\.memberID) == ["A1111", "B2222"])
        #expect(file.refusals.map(\.place) == ["line 6"])
        #expect(file.refusals.first?.detail.contains("with another patient") == true)
    }

    @Test func aRefusedRowLeavesItsAccountAsItWas() throws {
        let file = try read(
            """
            account,patient,dob,charges
            123456,A B,,10
            123456,A B,,a lot
            123456,A B,,30
            234567,C D,,1,2
            234567,C D,,20
            345678,E F,,"4"0
            345678,E F,,40
            456789,G H,,50
            """)
        #expect(file.accounts.map(\.accountNumber) == ["456789"])
        #expect(file.refusals.map(\.place) == ["line 3", "line 5", "line 7"])
        for refusal in file.refusals { #expect(refusal.detail.hasSuffix("and the account stays as it was.")) }
    }

    @Test func anAccountOfManyClaimsIsNone() throws {
        let rows = (1...30_000).map { "123456,A B,\($0)" } + (1...500).map { "234567,C D,\($0)" }
        let file = try read("account,patient,charges\n" + rows.joined(separator: "\n"))
        #expect(file.accounts.map(\.accountNumber) == ["234567"])
        #expect(file.accounts.first?.claims.count == 500)
        #expect(file.refusedCount == 1)
        #expect(file.refusals.first?.place == "line 502")
        #expect(file.refusals.first?.detail.contains("more than 500 claims") == true)
    }

    @Test func manyRecordsOfNothingAreSkipped() throws {
        let file = try read(
            "\n  \n;;\naccount;patient\n" + String(repeating: ";;;\n", count: 300_000) + "123456;A, B and C\n")
        #expect(file.accounts.map(\.patientName) == ["A, B and C"])
    }

    @Test func aRecordOfOneCellThatIsTooLongIsRefused() throws {
        let file = try read("account,patient\n" + String(repeating: "x", count: 10_001) + "\n123456,A B\n")
        #expect(file.accounts.count == 1)
        #expect(file.refusals.map(\.place) == ["line 2"])
        #expect(file.refusals.first?.detail.contains("more than 10000 bytes") == true)
    }

    @Test func whatIsTooMuchIsRefusedOrCutShort() throws {
        let columns = (0..<300).map { "extra\($0)" + String(repeating: "x", count: 200) }.joined(separator: ",")
        let file = try read(
            "account,patient,\(columns)\n123456,A B" + String(repeating: ",", count: 900) + "\n234567,C D"
                + String(repeating: ",1", count: 900) + "\n345678,E\(String(repeating: "\u{301}", count: 250))\n")
        #expect(file.accounts.map(\.accountNumber) == ["123456"], "empty cells are what spreadsheets leave")
        #expect(file.unusedColumns.count == 100)
        #expect(file.unusedColumns.allSatisfy { $0.unicodeScalars.count == 100 })
        #expect(file.refusals.first?.detail.hasPrefix("there are more than 500 cells") == true)
        #expect(file.refusals.last?.detail.contains("more than 200 characters") == true)
    }

    @Test func aListWithoutNamesIsNotRepeated() {
        let said = sentence(Data("40017723,\"SMITH, JOHN\",1961-05-04\n".utf8))
        #expect(said.contains("should name the columns"))
        for value in ["40017723", "SMITH", "1961"] { #expect(!said.contains(value)) }
    }

    @Test(arguments: [
        ("", "The file is empty"), ("\n\n\r\n", "The file is empty"), ("name,dob\nA,B\n", "account_number"),
        ("account,acct,patient\n", "both mean account_number"),
        ("account,patient\n123456,\"JANE\n234567,JOHN\n", "opened on line 2 is never closed"),
        ("%PDF-1.7", "should name the columns"),
    ])
    func aFileOfNoUseIsRefusedWithASentence(text: String, part: String) {
        #expect(sentence(Data(text.utf8)).contains(part))
    }

    @Test func aBirthIsNeverInTheFuture() throws {
        let file = try read("account,patient,dob\n123456,A B,1/2/45\n234567,C D,1/2/19\n")
        #expect(file.accounts.map(\.patientBirthDate?.year) == [1945, 2019])
    }

    @Test func jsonHasTheSameNames() throws {
        let file = try AccountFile(
            json: Data(
                #"[{"account_number":123456,"patient_name":"DOE, JANE","charge_amount":10.5,"dob":null,"ward":"7"},{}]"#
                    .utf8))
        #expect(file.accounts.first?.accountNumber == "123456")
        #expect(file.accounts.first?.claims.first?.chargeAmount == Money(cents: 1050))
        #expect(file.unusedColumns == ["ward"])
        #expect(file.refusals.map(\.place) == ["item 2"])
        #expect(throws: AccountFileError.self) { try AccountFile(json: Data("{}".utf8)) }
    }

    @Test func jsonOfOtherKindsHarmsOnlyWhereItIsUsed() throws {
        let file = try AccountFile(
            json: Data(
                #"[{"account":"1234","patient":"A B","flags":[true]},{"account":"2345","patient":true,"open":false}]"#
                    .utf8))
        #expect(file.accounts.map(\.accountNumber) == ["1234"])
        #expect(file.unusedColumns == ["flags", "open"])
        #expect(file.refusals.map(\.place) == ["item 2"])
        #expect(file.refusals.first?.detail.contains("neither a text nor a number") == true)
        let twice = #expect(throws: AccountFileError.self) {
            try AccountFile(json: Data(#"[{"account":"1234","acct":"2345","patient":"A B"}]"#.utf8))
        }
        #expect(twice?.description.contains("In item 1 'account' and 'acct' both mean account_number") == true)
    }

    @Test func whateverTheBytesNothingTraps() {
        var generator = SeededGenerator(seed: 5)
        let signs = Array("account,patient\n\r\"\";\t|0x=\u{FEFF}é".utf8) + [0, 0xFF, 0xFE, 0x80]
        for _ in 0..<4000 {
            let noise = (0..<Int.random(in: 0...80, using: &generator)).map { _ in
                signs.randomElement(using: &generator) ?? 0
            }
            let head = Bool.random(using: &generator) ? "account,patient,dob\n" : ""
            _ = try? AccountFile(csv: Data(head.utf8) + Data(noise))
            _ = try? AccountFile(json: Data(noise))
        }
    }
}
