import Actions
import Documents
import Foundation
import TestSupport
import Testing

@Suite struct PostingWriterTests {
    private static let writer = PostingWriter(
        accounts: AccountMapping(rows: [
            PostingAccounts(kind: "refund", facility: "north", debit: "2101", credit: "1010"),
            PostingAccounts(kind: "refund", payer: "ACME  health", debit: "2102", credit: "1010"),
            PostingAccounts(kind: "refund", debit: "2100", credit: "1010"),
            PostingAccounts(kind: "cash_posting", debit: "1010", credit: "1200", providerAdjustments: "4010"),
        ]), legalEntity: "General Hospital")

    private func journal(_ event: MailroomEvent, key: String = "01K8EVENT-ledger") throws -> Journal {
        guard case .post(let journal) = try Self.writer.order(for: event, key: key) else {
            throw UnsuitableEvent("It is a reversal.")
        }
        return journal
    }

    private func approval(
        _ amount: Money, kind: String = "refund", facility: String? = nil, payer: String? = nil,
        type: EventType = .approvalApproved
    ) -> MailroomEvent {
        MailroomEvent(
            id: "01K8EVENT", type: type, time: Date(timeIntervalSince1970: 1_800_000_000),
            data: .approval(
                ApprovalEventData(
                    approvalID: "01K8APPROVAL", kind: kind, amount: amount, facility: facility, payerName: payer,
                    reference: "CLM1", contentSHA256: "ab", status: "approved", requestedBy: "bo",
                    correlationID: "01K8ARRIVAL")))
    }

    /// What each account gained by a journal, added up apart from the code under test.
    private func movements(_ journals: Journal...) throws -> [String: Int64] {
        var movements: [String: Int64] = [:]
        for journal in journals {
            let json = try #require(try JSONSerialization.jsonObject(with: try journal.json()) as? [String: Any])
            for line in try #require(json["lines"] as? [[String: String]]) {
                for (side, sign) in [("debit", 1), ("credit", -1)] {
                    guard let amount = line[side] else { continue }
                    #expect(!amount.hasPrefix("-"))
                    let cents = try #require(Int64(amount.replacing(".", with: "")))
                    movements[line["account"] ?? "", default: 0] += Int64(sign) * cents
                }
            }
        }
        return movements
    }

    @Test func everyJournalBalancesAndItsReversalTakesItBack() throws {
        var example = DrawnDocuments(seed: 11)
        var posted = 0
        for number in 0..<2_000 {
            let document = example.remittance(claimCount: number % 9, isBalanced: number % 7 > 0)
            let event = DrawnDocuments.event(document)
            guard let journal = try? journal(event) else {
                if number % 7 > 0, number % 9 > 1 {
                    #expect(
                        document.claims.allSatisfy { $0.fields["paid_amount"]?.fields.first?.value == .text("0.00") })
                }
                continue
            }
            posted += 1
            #expect(number % 7 > 0, "The remittance does not add up, but was posted.")
            let movements = try movements(journal)
            #expect(movements.values.reduce(0, +) == 0)
            let payment = try #require(document.fields["payment_amount"]?.fields.first?.value.description)
            #expect("\(Money(cents: movements["1010"] ?? 0))" == payment)
            let reversal = try journal.reversal(key: "r", time: "2027-01-16T08:00:00Z")
            #expect(try self.movements(journal, reversal).values.allSatisfy { $0 == 0 })
            #expect(reversal.reverses == journal.key)
            #expect(try JSONDecoder().decode(Journal.self, from: try journal.json()) == journal)
        }
        #expect(posted > 1_400)
    }

    @Test func noUnbalancedJournalCanBeMade() throws {
        var generator = SeededGenerator(seed: 12)
        let header = JournalHeader(kind: "refund", time: "t", subject: "s", correlationID: "c")
        for _ in 0..<1_000 {
            let lines = (0..<Int.random(in: 0...4, using: &generator)).map { _ in
                JournalLine(
                    account: "1", side: JournalSide.allCases.randomElement(using: &generator) ?? .debit,
                    amount: Money(cents: Int64.random(in: -2...4, using: &generator)))
            }
            let sum = lines.map { $0.side == .debit ? $0.amount.cents : -$0.amount.cents }.reduce(0, +)
            let isSound = !lines.isEmpty && sum == 0 && lines.allSatisfy { $0.amount.cents > 0 }
            let isMade = (try? Journal(key: "k", header: header, lines: lines)) != nil
            #expect(isMade == isSound)
        }
    }

    @Test(arguments: [(nil, nil, "2100"), ("north", "Acme Health", "2101"), ("south", "acme health", "2102")])
    func theFirstRowThatFitsGivesTheAccounts(facility: String?, payer: String?, account: String) throws {
        let journal = try journal(approval(Money(cents: 123_450), facility: facility, payer: payer))
        #expect(journal.lines.map(\.account) == [account, "1010"])
        #expect(journal.lines.map(\.side) == [.debit, .credit])
        #expect(journal.total == Money(cents: 123_450))
        #expect(journal.header.legalEntity == "General Hospital")
    }

    @Test(arguments: [
        (Int64(0), "refund", EventType.approvalApproved, "The approved amount is 0.00"),
        (-100, "refund", .approvalApproved, "The approved amount is -1.00"),
        (100, "invoice", .approvalApproved, "No accounts are configured for 'invoice'"),
        (100, "refund", .approvalRequested, "Nothing is posted because of"),
    ])
    func whatCannotBePostedIsSaid(cents: Int64, kind: String, type: EventType, sentence: String) throws {
        let error = #expect(throws: UnsuitableEvent.self) {
            try Self.writer.order(for: approval(Money(cents: cents), kind: kind, type: type), key: "k")
        }
        #expect(error?.problem.hasPrefix(sentence) == true, "\(error?.problem ?? "")")
    }

    @Test func aRemittanceThatDoesNotAddUpIsSaidWithItsSums() throws {
        var example = DrawnDocuments(seed: 13)
        var document = example.remittance(claimCount: 1)
        document.claims[0].fields["paid_amount"] = .one(example.field("100.00"))
        document.fields["provider_adjustments"] = nil
        document.fields["payment_amount"] = .one(example.field("90.00"))
        let error = #expect(throws: UnsuitableEvent.self) { try journal(DrawnDocuments.event(document)) }
        #expect(
            error?.problem == """
                The payment is 90.00, but its claims come to 100.00 and its provider adjustments to 0.00: -10.00 is \
                unexplained.
                """)
    }

    @Test func recallsAndWithdrawalsAskForAReversal() throws {
        var withdrawn = approval(Money(cents: 100), type: .approvalWithdrawn)
        withdrawn.compensates = "01K8FIRST-ledger"
        let order = try Self.writer.order(for: withdrawn, key: "01K8EVENT-ledger")
        let expected = ReversalOrder(
            key: "01K8EVENT-ledger", reversesKey: "01K8FIRST-ledger", reversesSubject: "01K8APPROVAL",
            time: "2027-01-15T08:00:00.000Z")
        #expect(order == .reverse(expected))
        #expect(try PostingOrder(json: try order.json()) == order)
        let journal = try journal(approval(Money(cents: 100)))
        #expect(try PostingOrder(json: try PostingOrder.post(journal).json()) == .post(journal))
    }

    @Test func anotherImplementationReadsTheCSVAndNoCellIsAFormula() async throws {
        var example = DrawnDocuments(seed: 14)
        let script = """
            import csv, io, json, sys
            text = sys.stdin.buffer.read().decode()
            print(json.dumps(list(csv.DictReader(io.StringIO(text, newline=""), strict=True))))
            """
        for _ in 0..<5 {
            let journal = try journal(DrawnDocuments.event(example.remittance(claimCount: 20)))
            let run = try await runProgram(
                packageFolder.appending(path: ".venv/bin/python"), ["-c", script],
                standardInput: JournalCSV(journal).bytes)
            let rows = try JSONDecoder().decode([[String: String]].self, from: Data(run.standardOutput.utf8))
            #expect(rows.count == journal.lines.count)
            for (row, line) in zip(rows, journal.lines) {
                #expect(row["account"] == line.account)
                #expect(row[line.side.rawValue] == "\(line.amount)")
                #expect(row.values.allSatisfy { $0.first.map { !"=+-@\t\r\n".contains($0) } ?? true })
                let reference = line.reference ?? ""
                #expect(row["line_reference"] == reference || row["line_reference"] == "'\(reference)")
            }
        }
    }
}
