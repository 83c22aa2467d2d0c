import Documents
import Foundation
import Governance
import Settings
import Testing

/// The shipped table of denials, and what is refused of a damaged one.
@Suite struct DenialTableTests {
    static func config() throws -> URL { try Installation.locate(workingDirectory: #filePath).config }

    static func shipped() throws -> DenialTable { try DenialTable.load(config: config()) }

    @Test func codesNameTheCategoryThatTheirMeaningHas() throws {
        let table = try Self.shipped()
        let known: [(codes: [String], remarks: [String], category: String)] = [
            (["CO-197"], [], "prior_authorization"), (["50"], [], "medical_necessity"),
            (["CO-29"], [], "timely_filing"),
            (["PR-27"], [], "eligibility"), (["OA-22"], [], "coordination_of_benefits"), (["CO-18"], [], "duplicate"),
            (["CO-97"], [], "bundling"), (["CO-11"], [], "coding"), (["CO-96"], [], "non_covered"),
            (["CO-45"], [], "contractual"), (["PR-1"], [], "patient_responsibility"),
            // A general code says what its remark says.
            (["CO-16"], [], "claim_data"), (["CO-16"], ["M127"], "documentation"), (["CO-16"], ["MA63"], "coding"),
            (["CO-999"], ["N999"], "unspecified"), ([], [], "unspecified"),
        ]
        for (codes, remarks, category) in known {
            let found = table.find(reasonCodes: codes, remarkCodes: remarks)
            #expect(found.category.name == category, "\(codes) \(remarks)")
            #expect((0...1).contains(found.confidence.probability))
        }
        let found = table.find(
            reasonCodes: ["CO-197"], prose: "Prior authorization was required, and was not obtained.")
        #expect(found.confidence.probability > 0.95)
        #expect(found.grounds.contains("CO-197") && found.grounds.contains("prior auth*"))
        let torn = table.find(reasonCodes: ["CO-29"], prose: "Prior authorization was required, and was not obtained.")
        #expect(torn.confidence.probability < 0.9, "code and prose that disagree are no certainty")
    }

    @Test func everyWordOfTheShippedTableIsReachable() throws {
        let table = try Self.shipped()
        #expect(Set(table.categories.filter(\.isDenial).map(\.scenario)) == Set(DenialScenario.allCases))
        for category in table.categories {
            for phrase in category.phrases {
                let words = phrase.text.split(separator: " ").filter { $0 != ".." }.map { $0.replacing("*", with: "") }
                let found = table.find(reasonCodes: [], prose: words.joined(separator: " "))
                #expect(found.confidence.probability > 0.05, "\(phrase.text)")
            }
        }
    }

    @Test(arguments: [
        ("[\"15\", \"39\"", "[\"15\", \"3999\"", "There is no reason code '3999'"),
        ("[M62, N54]", "[M62, ZZ9]", "There is no remark code 'ZZ9'"),
        ("[\"18\", \"B13\"]", "[\"18\", \"97\"]", "The code 97 is in 'duplicate' and in 'bundling'"),
        ("root_cause: coding\n    reason_codes: [\"4\"", "root_cause: coder\n    reason_codes: [\"4\"", "'coder'"),
        ("name: referral", "name: duplicate", "is there twice"),
        ("name: unspecified", "name: other", "'unspecified' is missing"),
        ("appeal_days: 60", "appeal_days: 0", "should be 1 to 730"),
        ("      - prior auth*", "      - prior ..", "is no phrase"),
        ("margin_days: 3", "margin: 3", "The key 'work.margin' is not known"),
    ])
    func aDamagedTableIsRefusedWithItsLine(change: (from: String, to: String, problem: String)) throws {
        let config = try Self.config()
        let text = try String(contentsOf: config.appending(path: "denials.yaml"), encoding: .utf8)
        let damaged = text.replacing(change.from, with: change.to)
        try #require(damaged != text)
        let codes = try CodeLists(folder: config.appending(path: "code-lists"))
        let error = #expect(throws: SettingsError.self) {
            try DenialTable(text: damaged, path: "denials.yaml", codes: codes)
        }
        #expect(error?.description.contains(change.problem) == true, "\(String(describing: error))")
        #expect(error?.line != nil)
    }

    @Test func longProseCostsLittle() throws {
        let table = try Self.shipped()
        let prose = String(repeating: "not without no a the of prior claim ", count: 12_500)
        let clock = ContinuousClock()
        #expect(clock.measure { _ = table.find(reasonCodes: [], prose: prose) } < .seconds(2))
    }
}
