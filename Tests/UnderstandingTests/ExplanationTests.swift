import Documents
import Foundation
import Testing
import Understanding

@Suite("Values are explained when asked for")
struct ExplanationTests {
    /// The evidence of each value of a page, by the value's path, besides the document.
    private func explained(
        _ text: String, by understander: Understander? = nil
    ) throws -> (document: Document, explained: Document) {
        let understander = try understander ?? DrawnPaper.understander()
        let pages = [DrawnPaper.page(text)]
        let document = try #require(understander.understand(pages).first)
        return (document, understander.explained(document, pages: pages))
    }

    private func evidence(_ leaf: Leaf?, _ kind: ValueEvidence.Kind) -> [ValueEvidence] {
        leaf?.fields.first?.evidence?.filter { $0.kind == kind } ?? []
    }

    @Test("A value has its label with its place, its shape and the facts that weighed most")
    func label() throws {
        let member = try explained(UnderstanderTests.letter).explained.fields["member_id"]
        let label = try #require(evidence(member, .label).first)
        #expect(label.text == "Member ID:")
        #expect(label.side == .left)
        #expect(label.page == 1)
        let box = try #require(label.box)
        let own = try #require(member?.fields.first?.box)
        #expect(box.right < own.left && box.verticalOverlap(own) > 0)
        #expect(evidence(member, .shape).map(\.text) == ["identifier"])
        let facts = evidence(member, .model).compactMap(\.logOdds)
        #expect((1...5).contains(facts.count))
        #expect(facts.map(abs) == facts.map(abs).sorted(by: >))
    }

    @Test("A value of a table has the head of its column and the sums that hold with it")
    func column() throws {
        let document = try explained(UnderstanderTests.remittance).explained
        let claim = try #require(document.claims.first)
        let line = try #require(claim.serviceLines.first)
        let column = try #require(evidence(line["charge_amount"], .column).first)
        #expect(column.text == "Billed")
        #expect(column.page == 1)
        let (head, amount) = (try #require(column.box), try #require(line["charge_amount"]?.fields.first?.box))
        #expect(head.bottom < amount.top)
        #expect(evidence(line["deductible_amount"], .column).map(\.text) == ["Deductible"])
        #expect(evidence(claim.fields["charge_amount"], .column).map(\.text) == ["Billed"])
        #expect(evidence(claim.fields["charge_amount"], .check).contains { $0.text.contains(" holds: ") })
    }

    @Test("Explaining changes nothing else, and stored boxes, which are rounded, are found again")
    func nothingElse() throws {
        let (document, explained) = try self.explained(UnderstanderTests.letter)
        let stored = try JSONDecoder().decode(Document.self, from: JSONEncoder().encode(document))
        let again = try DrawnPaper.understander().explained(stored, pages: [DrawnPaper.page(UnderstanderTests.letter)])
        #expect(
            again.fields.mapValues { $0.fields.map(\.evidence) }
                == explained.fields.mapValues { $0.fields.map(\.evidence) })
        var bare = explained
        for (name, leaf) in explained.fields {
            guard case .one(var field) = leaf else { continue }
            field.evidence = nil
            bare.fields[name] = .one(field)
        }
        for (name, leaf) in explained.fields {
            guard case .many(let fields) = leaf else { continue }
            bare.fields[name] = .many(
                fields.map { field in
                    var field = field
                    field.evidence = nil
                    return field
                })
        }
        #expect(bare == document)
    }

    @Test("What a confirmed layout and the books say of a value is among its evidence")
    func memoryAndBooks() throws {
        var understander = try DrawnPaper.understander()
        let pages = [DrawnPaper.page(UnderstanderTests.letter)]
        let first = try #require(understander.understand(pages).first)
        let memory = try understander.learn(first, pages: pages)
        var next = try #require(understander.understand(pages).first)
        next.evidence.append(
            Reason(code: "account_supports", field: "member_id", detail: "The member id: account 1 has it too."))
        let member = understander.explained(next, pages: pages).fields["member_id"]
        let known = try #require(evidence(member, .memory).first)
        #expect(known.text.contains(memory.id))
        #expect(known.logOdds.map { $0 > 0 } == true)
        #expect(evidence(member, .account).map(\.text) == ["The member id: account 1 has it too."])
    }
}
