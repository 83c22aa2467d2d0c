import Documents
import Foundation
import Learning
import Testing

@Suite("Truth of drawn documents")
struct CorpusTruthTests {
    private static let drawn = Result {
        let generator = try CorpusGenerator(seed: 11, wordLists: CorpusFolders.words)
        return try (0..<500).map { try generator.document(index: $0) }
    }
    private let documents: [LabelledDocument]

    init() throws { documents = try CorpusTruthTests.drawn.get() }

    @Test("Every value stands in its box, by the words drawn there")
    func valuesStandInTheirBoxes() throws {
        var count = 0
        for document in documents {
            for (path, field) in document.truth.everyField where path != "signed" {
                let page = try #require(field.page)
                let box = try #require(field.box).grown(by: 1)
                let words = document.readings[page - 1].words.filter { $0.box.overlapArea(box) > 0 }.map(\.text)
                let text = try #require(field.text)
                for piece in text.split(separator: " ") {
                    #expect(
                        words.contains { $0.contains(piece) }, "\(document.family): \(path) \"\(text)\" among \(words)")
                }
                count += 1
            }
        }
        #expect(count > 4_000)
    }

    @Test("Every type and subtype of the contract is drawn")
    func everyTypeIsDrawn() {
        let drawn = Set(documents.map { "\($0.truth.type)/\($0.truth.subtype ?? "")" })
        let letters = [
            "denial", "information_request", "overpayment_request", "authorization_approval", "authorization_denial",
            "appeal_acknowledgement", "appeal_decision", "coverage_notice", "general",
        ]
        let expected =
            letters.map { "payer_letter/\($0)" }
            + ["eob/remittance_advice", "eob/member_eob", "financial_assistance_application/", "invoice/", "other/"]
            + ["service_request", "drug_request", "referral"].map { "authorization_form/\($0)" }
        #expect(drawn == Set(expected))
    }

    @Test("What is none of ours has no values; what is ours has its telling ones")
    func valuesBelongToTypes() {
        for document in documents where document.truth.type == "other" {
            #expect(document.truth.fields.isEmpty && document.truth.claims.isEmpty, "\(document.family)")
        }
        let telling = ["payer_letter": "letter_date", "invoice": "total_amount", "eob": "payer_name"]
        for document in documents {
            guard let name = telling[document.truth.type] else { continue }
            #expect(document.truth.fields[name] != nil, "\(document.family) has no \(name)")
        }
    }

    @Test("What only a following page's head prints is a value too")
    func runningHeadsAreTrue() {
        var count = 0
        for document in documents where document.truth.type == "payer_letter" {
            let printed = document.readings.flatMap(\.words).map(\.text).filter {
                $0.wholeMatch(of: /(AUTH|PA-|OP)\d{6,10}/) != nil
            }
            guard !printed.isEmpty else { continue }
            count += 1
            let truth = document.truth.fields["authorization_number"]?.fields.first?.text
            #expect(printed.allSatisfy { $0 == truth }, "\(document.family): \(printed), not \(truth ?? "nothing")")
        }
        #expect(count > 10)
    }

    @Test("A family has one use, and a document of a named use is of such a family")
    func familiesKeepToTheirSplit() throws {
        let generator = try CorpusGenerator(seed: 5, wordLists: CorpusFolders.words)
        var families: [CorpusSplit: Set<String>] = [:]
        for split in CorpusSplit.allCases {
            for index in 0..<100 {
                let document = try generator.document(index: index, split: split)
                #expect(document.split == split)
                families[split, default: []].insert(document.family)
            }
        }
        let all = families.values.flatMap { $0 }
        #expect(all.count == Set(all).count)
    }

    @Test("A family's papers look alike and say different things")
    func familiesLookAlike() throws {
        let generator = try CorpusGenerator(seed: 5, wordLists: CorpusFolders.words)
        let papers = try (0..<3).map { try generator.document(family: "letter-denial/7", number: $0) }
        let other = try generator.document(family: "letter-denial/8", number: 0)
        #expect(papers[0].likeness(papers[1]) > 1.5 * papers[0].likeness(other))
        #expect(Set(papers.map { $0.truth.fields["letter_date"] }).count == 3)
    }
}

extension LabelledDocument {
    /// The share of the different words on either paper that both have.
    fileprivate func likeness(_ other: LabelledDocument) -> Double {
        Double(vocabulary.intersection(other.vocabulary).count) / Double(vocabulary.union(other.vocabulary).count)
    }

    private var vocabulary: Set<String> { Set(readings.flatMap(\.words).map(\.text)) }
}

extension Box {
    fileprivate func grown(by margin: Double) -> Box {
        Box(left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin)
    }
}
