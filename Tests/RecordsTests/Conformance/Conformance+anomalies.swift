import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Anomalies {
        private static func letter(
            _ id: String, claim: String = "HP20260417", status: DocumentStatus = .inReview, ordinal: Int = 1,
            reasons: [Reason] = []
        ) -> DocumentRecord {
            var record = Sample.document(id, ordinal: ordinal, status: status, type: "payer_letter")
            record.document.fields["payer_claim_number"] = .one(Field(value: .text(claim), confidence: 0.9))
            record.document.reasons = reasons
            return record
        }

        @Test(arguments: StoreEngine.allCases)
        func documentsAreFoundByWhatTheySayWhileTheyStand(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { (transaction: Transaction) throws -> Void in
                try transaction.takeFile(Sample.file(1))
                // A letter is read for a digit.
                let keys = DocumentKeys.keys(of: Self.letter("D9", claim: "HP2O260417").document)
                #expect(try transaction.documents(having: keys, besides: "D9", limit: 9).isEmpty)
                try transaction.insertDocument(Self.letter("D1", status: .accepted, ordinal: 1))
                try transaction.insertDocument(Self.letter("D2", ordinal: 2))
                try transaction.insertDocument(Self.letter("D3", status: .rejected, ordinal: 3))
                try transaction.insertDocument(
                    Self.letter("D4", ordinal: 4, reasons: [Reason(code: "recalled", detail: "Wrong.")]))
                func found() throws -> [String] {
                    try transaction.documents(having: keys, besides: "D9", limit: 9).map(\.id)
                }
                // One under recall too: what was done because of it must not be done for its copy.
                #expect(try found() == ["D4", "D2", "D1"])
                #expect(try transaction.documents(having: keys, besides: "D2", limit: 9).map(\.id) == ["D4", "D1"])
                #expect(try transaction.documents(having: keys, besides: "D9", limit: 1).map(\.id) == ["D4"])
                var changed = Self.letter("D2", claim: "HP5550000", ordinal: 2)
                changed = try transaction.updateDocument(changed, at: start)
                #expect(try found() == ["D4", "D1"])
                changed = Self.letter("D1", status: .rejected, ordinal: 1)
                try transaction.updateDocument(changed, at: start)
                #expect(try found() == ["D4"])
                // What shares more comes before what is later.
                var near = Self.letter("D0", status: .accepted, ordinal: 5)
                near.document.fields["patient_control_number"] = .one(
                    Field(value: .text("40017723"), confidence: 0.9))
                try transaction.insertDocument(near)
                let more = DocumentKeys.keys(of: near.document)
                #expect(try transaction.documents(having: more, besides: "D9", limit: 1).map(\.id) == ["D0"])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func documentsOfBeforeGetTheirKeysWhenTheStoreIsOpened(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                for number in 1...3 {
                    try transaction.insertDocument(Self.letter("D\(number)", ordinal: number))
                }
            }
            try await test.driver().write { connection in
                try connection.execute("DELETE FROM document_keys")
                try connection.execute("UPDATE documents SET key_version = 0")
            }
            let keys = DocumentKeys.keys(of: Self.letter("D9").document)
            let found = try await test.another().read { try $0.documents(having: keys, besides: "D9", limit: 9) }
            #expect(found.count == 3)
        }

        @Test(arguments: StoreEngine.allCases)
        func whatIsUnusualIsKeptBeforeItsDocument(engine: StoreEngine) async throws {
            let test = try await TestStore.reviewing(engine)
            let anomaly = Anomaly(
                code: "duplicate_document", detail: "It came already.", otherID: "D1",
                evidence: [Anomaly.Evidence("Claim", here: "<b>", there: nil, agrees: false, field: "x")])
            try await test.store.write { (transaction: Transaction) throws -> Void in
                try transaction.setAnomalies([anomaly], of: "D8", at: start)
                try transaction.insertDocument(Self.letter("D8", ordinal: 8))
                #expect(try transaction.anomalies(of: "D8") == [anomaly])
                try transaction.tellAnomalies(of: "D8", as: .shown)
                try transaction.tellAnomalies(of: "D8", as: .heldBack)
                let another = Anomaly(code: "under_contract", place: "claims[0]", detail: "Too little.")
                try transaction.setAnomalies([another, anomaly], of: "D8", at: start)
                #expect(try transaction.anomalies(of: "D8").map(\.telling) == [.untold, .shown])
                try transaction.setAnomalies([], of: "D8", at: start)
                #expect(try transaction.anomalies(of: "D8").isEmpty)
            }
            await #expect(throws: (any Error).self) {
                try await test.store.write { try $0.setAnomalies([anomaly], of: "nobody", at: start) }
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func anomaliesEndAndAreListedFromTheLatest(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let found = (1...3).map { number in
                // Two of one place: a line has two adjustments.
                Anomaly(code: "unusual_adjustment", place: "claims[0]", detail: "\(number)", amount: Money(cents: 100))
            }
            let copy = Anomaly(code: "duplicate_document", detail: "It came already.", otherID: "D1")
            try await test.store.write { (transaction: Transaction) throws -> Void in
                try transaction.takeFile(Sample.file(1))
                for number in 1...3 { try transaction.insertDocument(Self.letter("D\(number)", ordinal: number)) }
                try transaction.setAnomalies(found + [copy], of: "D2", at: start)
                #expect(try transaction.documentsInReview(naming: ["D1", "D3"]) == ["D2"])
                func ids() throws -> [String] { try transaction.anomalyRecords(of: "D2").map(\.id) }
                let before = try ids()
                // What is found again is the same; what is not is forgotten, or withdrawn with a sentence.
                #expect(
                    try transaction.setAnomalies(found, of: "D2", withdrawing: { _ in "Gone." }, at: start) == [copy])
                #expect(try ids() == before)
                #expect(try transaction.anomalies(of: "D2").map(\.amount?.cents) == [100, 100, 100])
                #expect(try transaction.anomalyRecords(of: "D2").last?.ending?.because == "Gone.")
                #expect(try transaction.documentsInReview(naming: ["D1"]).isEmpty)
                try transaction.setAnomalies(Array(found.prefix(1)), of: "D2", at: start)
                #expect(try transaction.anomalyRecords(of: "D2").map { $0.ending?.outcome } == [nil, .withdrawn])
                try transaction.setAnomalies([copy], of: "D2", at: start)
                #expect(try transaction.anomalyRecords(of: "D2").map { $0.ending?.outcome } == [nil])
                try transaction.endAnomalies(of: "D2", as: .duplicate, at: start)
                try transaction.updateDocument(Self.letter("D2", status: .rejected, ordinal: 2), at: start)
                #expect(try transaction.documentsClosed(asCopiesOf: ["D1"], code: copy.code) == ["D2"])
                #expect(try transaction.documentsClosed(asCopiesOf: ["D1"], code: "other").isEmpty)
                try transaction.setAnomalies(found, of: "D3", at: start)
                func listed(_ filter: AnomalyFilter, before: String? = nil, limit: Int = 9) throws -> [String] {
                    try transaction.anomalies(
                        filter, within: .everything, hidingChecksOf: "", before: before, limit: limit
                    ).map(\.record.documentID)
                }
                #expect(try listed(AnomalyFilter()) == ["D3", "D3", "D3", "D2"])
                #expect(try listed(AnomalyFilter(state: .open)).count == 3)
                #expect(try listed(AnomalyFilter(code: copy.code, state: .duplicate)) == ["D2"])
                let last = try #require(try transaction.anomalyRecords(of: "D3").first?.id)
                #expect(try listed(AnomalyFilter(), before: last) == ["D2"])
                try transaction.reopenAnomalies(of: "D2")
                #expect(try transaction.anomalyRecords(of: "D2").map(\.ending) == [nil])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func contractsTakeThePlaceOfThoseOfTheirPayers(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let day = try #require(CalendarDate(year: 2026, month: 1, day: 1))
            func rate(_ payer: String, _ code: String, _ cents: Int64) -> ContractRate {
                ContractRate(
                    payerName: payer, procedureCode: code, effectiveFrom: day, allowedAmount: Money(cents: cents))
            }
            let (first, second) = (
                [rate("Acme Inc.", "99213", 100), rate("Zenith", "99213", 200)], [rate("ACME", "99214", 300)]
            )
            try await test.store.write { (transaction: Transaction) throws -> Void in
                #expect(try transaction.contractPayers().isEmpty)
                #expect(try transaction.importContracts(first, by: "test", at: start) == 0)
                #expect(try transaction.importContracts(first, by: "test", at: start) == 2)
                #expect(try transaction.importContracts(second, by: "test", at: start) == 1)
                #expect(try transaction.contractPayers() == ["ACME", "ZENITH"])
                let found = try transaction.contractRates(
                    payer: PayerName("acme, inc"), procedures: ["99213", "99214"])
                #expect(found == second)
                #expect(try transaction.importContracts(second, replacingAll: true, by: "test", at: start) == 2)
                #expect(try transaction.contractRateCount() == 1)
                #expect(try transaction.payerContracts(limit: 9).map(\.rateCount) == [1])
                let listed = try transaction.contractRates(of: nil, procedure: "99214", limit: 9)
                #expect(listed.map(\.rate) == second && listed.map(\.source) == ["test"])
            }
        }

        /// Prints how long a check takes beside 100,000 documents; what it asserts is that it finds its one.
        @Test(arguments: StoreEngine.allCases)
        func oneOfAHundredThousandIsFoundAtOnce(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { (transaction: Transaction) throws -> Void in
                try transaction.takeFile(Sample.file(1))
                try transaction.insertDocument(Self.letter("A", ordinal: 1))
            }
            try await test.driver().write { connection in
                let numbers: SQLStatement =
                    "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
                try connection.execute(
                    """
                    INSERT INTO documents (id, sha256, ordinal, type, subtype, status, version, document, versions,
                        created_at, updated_at, correlation_id, merged_into, key_version)
                    \(numbers) SELECT 'B' || i, sha256, i, type, subtype, 'accepted', 1, document, versions, created_at,
                        updated_at, correlation_id, merged_into, 1 FROM documents, n WHERE id = 'A'
                    """)
                for word in ["claim", "control", "payment", "2026-03-14", "service"] {
                    try connection.execute(
                        """
                        INSERT INTO document_keys (match_key, document_id)
                        \(numbers) SELECT \(word) || ' ' || i, 'B' || i FROM n
                        """)
                }
                // A key that half of all have.
                try connection.execute(
                    """
                    INSERT INTO document_keys (match_key, document_id)
                    \(numbers) SELECT 'claim 123456', 'B' || i FROM n WHERE i % 2 = 0 AND i <> 123456
                    """)
            }
            let keys = DocumentKeys.keys(of: Self.letter("Z").document)
            let clock = ContinuousClock()
            for (what, asked) in [("its own", keys), ("and a common", keys.union(["claim 123456"]))] {
                var found: [String] = []
                let time = try await clock.measure {
                    found = try await test.store.read {
                        try $0.documents(having: asked, besides: "Z", limit: 50).map(\.id)
                    }
                }
                #expect(found == ["A"])
                print("A look for copies among 100,000 documents by \(what) keys: \(time)")
            }
        }
    }
}
