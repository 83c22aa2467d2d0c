import Documents
import Foundation
import Testing
import Understanding

@Suite("A confirmed document teaches its layout")
struct LayoutMemoryTests {
    /// What a letter says under labels that no payer uses.
    struct Values {
        var date: String
        var member: String
        var claim: String
        var sender = "ZENITH BENEFIT ADMINISTRATORS"

        static let first = Values(date: "03/14/2026", member: "ZBA4471902", claim: "7710394410")
        static let second = Values(date: "05/02/2026", member: "ZBA9083316", claim: "7729958102")
    }

    private static func page(_ values: Values, number: Int = 1) -> PageReading {
        DrawnPaper.page(
            """
            \(values.sender)
            Correspondence Unit, Floor Nine, Harbor Tower


            Kolumne Alpha       \(values.date)

            Kolumne Beta        \(values.claim)         Sektor Norden        \(values.member)

            Notice of claim denial

            Dear Provider:

            We have reviewed the claim shown above and have denied it, as the service was not authorized
            before it was provided. You may appeal this decision in writing to the unit named above.

            Sincerely,
            Appeals Department
            """, number: number)
    }

    /// The letter as a person confirms it, each value with its ink.
    private static func confirmed(_ values: Values, on page: PageReading) -> Document {
        func field(_ value: String, printed: String) -> Leaf {
            let parts = printed.split(separator: " ").map(String.init)
            let start = page.words.indices.first { index in
                page.words[index...].prefix(parts.count).map(\.text) == parts
            }
            let boxes = start.map { page.words[$0..<$0 + parts.count].map(\.box) } ?? []
            return .one(
                Field(
                    value: .text(value), text: printed, confidence: 1.0, page: page.page.number,
                    box: Box.enclosing(boxes)))
        }
        let date = values.date.split(separator: "/")
        return Document(
            type: "payer_letter", subtype: "denial", typeConfidence: 1.0, pages: [page.page.number],
            fields: [
                "payer_name": field(values.sender, printed: values.sender),
                "letter_date": field("\(date[2])-\(date[0])-\(date[1])", printed: values.date),
                "member_id": field(values.member, printed: values.member),
                "payer_claim_number": field(values.claim, printed: values.claim),
            ], disposition: .accept)
    }

    private static func taught(_ count: Int = 1) throws -> Understander {
        var understander = try DrawnPaper.understander()
        for _ in 0..<count {
            try understander.learn(confirmed(.first, on: page(.first)), pages: [page(.first)])
        }
        return understander
    }

    @Test("The next document of the layout is read right, and says why")
    func teaches() throws {
        let page = Self.page(.second)
        let before = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(before.value("member_id") != Values.second.member || before.value("payer_claim_number") == nil)
        let after = try #require(try Self.taught().understand([page]).first)
        #expect(after.type == "payer_letter" && after.subtype == "denial")
        #expect(after.value("member_id") == Values.second.member)
        #expect(after.value("payer_claim_number") == Values.second.claim)
        #expect(after.value("letter_date") == "2026-05-02")
        let reason = try #require(after.evidence.first { $0.code == "layout_known" }?.detail)
        #expect(reason.hasPrefix("laid out like a document confirmed before (memory "))
    }

    @Test("Another scale, a shift and misread words hide no layout")
    func isRobust() throws {
        var page = Self.page(.second)
        for index in page.words.indices {
            let box = page.words[index].box
            page.words[index].box = Box(
                left: box.left * 0.93 + 60, top: box.top * 0.93 - 30, right: box.right * 0.93 + 60,
                bottom: box.bottom * 0.93 - 30)
            if index % 6 == 5, page.words[index].text.allSatisfy(\.isLetter) {
                page.words[index].text = String(page.words[index].text.dropFirst()) + "l"
            }
        }
        let document = try #require(try Self.taught().understand([page]).first)
        #expect(document.value("member_id") == Values.second.member)
        #expect(document.value("payer_claim_number") == Values.second.claim)
    }

    @Test("What a scan of another scale and place confirms holds for the next scan")
    func otherFrames() throws {
        var understander = try Self.taught()
        var second = Self.page(.second)
        for index in second.words.indices {
            let box = second.words[index].box
            second.words[index].box = Box(
                left: box.left * 0.9 + 90, top: box.top * 0.9 + 120, right: box.right * 0.9 + 90,
                bottom: box.bottom * 0.9 + 120)
        }
        let memory = try understander.learn(Self.confirmed(.second, on: second), pages: [second])
        #expect(understander.memories.memories.count == 1 && memory.confirmationCount == 2)
        #expect(!memory.description.contains("contradicted"))
        let third = Values(date: "06/30/2026", member: "ZBA1120074", claim: "7738840217")
        let document = try #require(understander.understand([Self.page(third)]).first)
        #expect(document.value("member_id") == third.member && document.value("payer_claim_number") == third.claim)
    }

    @Test("A patient's name is never read as another's that was confirmed there")
    func patientsNames() throws {
        func letter(_ name: String) -> PageReading {
            DrawnPaper.page(UnderstanderTests.letter.replacing("John Q. Public", with: name))
        }
        let first = letter("Maria Garcia")
        var understander = try DrawnPaper.understander()
        var confirmed = try #require(understander.understand([first]).first)
        // As the reviewer leaves it, whatever was read there.
        let words = first.words.filter { ["Maria", "Garcia"].contains($0.text) }
        #expect(words.count == 2)
        confirmed.fields["patient_name"] = .one(
            Field(
                value: .text("Maria Garcia"), text: "Maria Garcia", confidence: 1.0, page: 1,
                box: Box.enclosing(words.map(\.box))))
        try understander.learn(confirmed, pages: [first])
        let document = try #require(understander.understand([letter("Mario Garcia")]).first)
        #expect(document.value("patient_name") == "Mario Garcia")
        #expect(document.evidence.contains { $0.code == "layout_known" })
        let json = String(decoding: try JSONEncoder().encode(understander.memories.memories), as: UTF8.self)
        #expect(!json.contains("Garcia") && !json.contains("GARCIA"))
    }

    @Test("A claim's number that stands on each of its lines, and is confirmed on the first, keeps its column's name")
    func repeatedNumbers() throws {
        func advice(_ account: String) -> PageReading {
            DrawnPaper.page(
                """
                NORTHERN LAKES HEALTH PLAN                                  REMITTANCE ADVICE

                Payee: Cedar Valley Orthopedics             Check Number: 30045811
                NPI: 1245319599                             Check Date: 04/02/2026
                                                            Check Amount: $190.00

                Patient          Account     Service Date   Procedure   Billed     Allowed    Adj Code   Adj Amount     Paid
                PUBLIC, JOHN     \(account)    02/03/2026     99213       150.00     100.00     CO-45         50.00    100.00
                PUBLIC, JOHN     \(account)    02/03/2026     73030       100.00      60.00     CO-45         40.00     60.00
                PUBLIC, JOHN     \(account)    02/03/2026     72100        50.00      30.00     CO-45         20.00     30.00
                Claim Total                                            300.00     190.00                  110.00    190.00

                Total Paid: $190.00
                """)
        }
        var understander = try DrawnPaper.understander()
        let first = advice("14822-81")
        var confirmed = try #require(understander.understand([first]).first)
        try #require(confirmed.claims.count == 1)
        // As the reviewer leaves it, whatever was read there.
        let printed = try #require(first.words.first { $0.text == "14822-81" })
        confirmed.claims[0].fields["patient_control_number"] = .one(
            Field(value: .text("14822-81"), text: "14822-81", confidence: 1.0, page: 1, box: printed.box))
        try understander.learn(confirmed, pages: [first])
        let second = try #require(understander.understand([advice("20917-36")]).first)
        #expect(second.evidence.contains { $0.code == "layout_known" })
        #expect(second.claims.map { $0.fields["patient_control_number"]?.fields.first?.value } == [.text("20917-36")])
    }

    @Test("A layout confirmed as another type is of that type from then on")
    func correctedType() throws {
        var understander = try Self.taught()
        let page = Self.page(.second)
        var other = Self.confirmed(.second, on: page)
        (other.type, other.subtype) = ("other", nil)
        other.fields = [:]
        try understander.learn(other, pages: [page])
        #expect(understander.memories.memories.map(\.type) == ["other"])
        #expect(understander.classify([page]).type == "other")
    }

    @Test("A sender's name that is torn is known again")
    func tornName() throws {
        var values = Values.second
        values.sender = "ENITH BENEFIT ADMINISTRAT0RS"
        let document = try #require(try Self.taught().understand([Self.page(values)]).first)
        let payer = try #require(document.fields["payer_name"]?.fields.first)
        #expect(payer.value == .text("ZENITH BENEFIT ADMINISTRATORS"))
        #expect(payer.text == "ENITH BENEFIT ADMINISTRAT0RS")
    }

    @Test("Paper of another layout is not taken for it")
    func otherLayouts() throws {
        let understander = try Self.taught()
        for text in [UnderstanderTests.letter, UnderstanderTests.remittance] {
            let page = DrawnPaper.page(text)
            #expect(try understander.understand([page]) == DrawnPaper.understander().understand([page]))
        }
    }

    @Test("Documents that contradict a memory weaken it, and it says so")
    func contradictions() throws {
        var understander = try Self.taught()
        var page = Self.page(.second)
        page.page.number = 1
        // The claim number is confirmed where the member's was, and the other way round.
        let swapped = Values(date: Values.second.date, member: Values.second.claim, claim: Values.second.member)
        let memory = try understander.learn(Self.confirmed(swapped, on: page), pages: [page])
        #expect(understander.memories.memories.count == 1)
        #expect(memory.confirmationCount == 2)
        #expect(memory.description.contains("contradicted 1 time"))
    }

    @Test("What is forgotten is gone, and what is kept is kept as JSON")
    func forgetting() throws {
        var understander = try Self.taught()
        let memory = try #require(understander.memories.memories.first)
        let json = try JSONEncoder().encode(memory)
        #expect(try JSONDecoder().decode(LayoutMemory.self, from: json) == memory)
        let page = Self.page(.second)
        let restored = Understander(
            catalog: understander.catalog, model: understander.model,
            memories: LayoutMemories([try JSONDecoder().decode(LayoutMemory.self, from: json)]))
        #expect(restored.understand([page]) == understander.understand([page]))
        #expect(understander.memories.forget("0") == nil)
        #expect(understander.memories.forget(memory.id) == memory)
        #expect(try understander.understand([page]) == DrawnPaper.understander().understand([page]))
    }

    @Test("A document of few words is refused in a sentence, and so is a type that nobody knows")
    func refusals() throws {
        var understander = try DrawnPaper.understander()
        let page = DrawnPaper.page("Invoice 4711")
        var document = Document(type: "invoice", typeConfidence: 1.0, pages: [1])
        let few = #expect(throws: UnderstandingError.self) { try understander.learn(document, pages: [page]) }
        #expect(few?.description.contains("words outside its values") == true)
        document.type = "parking_ticket"
        let unknown = #expect(throws: UnderstandingError.self) { try understander.learn(document, pages: [page]) }
        #expect(unknown?.description.contains("Add parking_ticket.yaml") == true)
        #expect(understander.memories.memories.isEmpty)
    }
}
