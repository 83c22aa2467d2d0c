import Documents
import Foundation
import Testing

@Suite struct PatientAccountTests {
    @Test func documentsAndClaimsSayTheirAccountInJSON() throws {
        let match = AccountMatch(accountNumber: "40017723", probability: 0.99871)
        let document = Document(
            type: "eob", typeConfidence: 1.0, pages: [1],
            claims: [
                Claim(fields: ["member_id": .one(Field(value: .text("W1"), confidence: 1.0))], accountMatch: match),
                Claim(fields: [:]),
            ], accountMatch: match)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let json = try encoder.encode(document)
        let text = String(decoding: json, as: UTF8.self)
        #expect(
            text.components(separatedBy: #""account_match":{"account_number":"40017723","probability":0.9987}"#).count
                == 3)
        let back = try JSONDecoder().decode(Document.self, from: json)
        #expect(back.claims.map(\.accountMatch?.accountNumber) == ["40017723", nil])
        #expect(back.claims[0].fields.keys.sorted() == ["member_id"])
        #expect(back.accountMatch?.accountNumber == "40017723")
    }

    @Test(arguments: [
        ("SMITH, JOHN A", ["SMITH", "JOHN", "A"], 1), ("Mr. John A. Smith Jr.", ["JOHN", "A", "SMITH"], nil),
        ("John Smith, Jr.", ["JOHN", "SMITH"], nil), ("SMITH, JOHN, JR", ["SMITH", "JOHN"], 1),
        ("SMITH JR, JOHN", ["SMITH", "JOHN"], 1), ("Dr", ["DR"], nil), (", John Smith", ["JOHN", "SMITH"], nil),
        ("de la Cruz-O'Brien, María", ["DE", "LA", "CRUZ", "OBRIEN", "MARIA"], 4), ("", [], nil),
    ])
    func namesAreComparedByTheirWords(printed: String, words: [String], surnameCount: Int?) {
        let name = PersonName(printed)
        #expect(name.words == words)
        #expect(name.surnameCount == surnameCount)
    }

    @Test(arguments: [
        ("SMITH, JOHN", "John A. Smith", true), ("SMITH, JOHN A", "John Alan Smith", true),
        ("SMITH, JOHN A", "John B Smith", false), ("SMITH, JOHN", "Smith, Mary", false),
        ("SMITH, JOHN, JR", "John Smith", true), ("SMITH JR, JOHN", "John Smith, Sr.", false),
        ("SMITH", "Smith", true), ("SMITH", "Smith, John", false),
    ])
    func aMiddleNameMayBeLeftOutAndAGenerationNotBeAnother(one: String, other: String, isOne: Bool) {
        #expect(PersonName(one).maySpell(PersonName(other)) == isOne)
        #expect(PersonName(other).maySpell(PersonName(one)) == isOne)
    }
}
