import Documents
import Foundation
import Records
import Testing

extension StoreConformance {
    @Suite struct Files {
        @Test(arguments: StoreEngine.allCases)
        func theSameBytesAreTakenOnce(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                let isNew = try transaction.takeFile(Sample.file(1))
                #expect(isNew)
                var again = Sample.file(1)
                again.name = "other.pdf"
                #expect(try !transaction.takeFile(again))
                #expect(try transaction.file(Sample.sha256(1)) == Sample.file(1))
                #expect(try transaction.file("none") == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aFilesProgressIsKept(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                try transaction.takeFile(Sample.file(2, at: start + 1))
                try transaction.setFileStatus(Sample.sha256(1), .read, pageCount: 3)
                try transaction.setFileStatus(Sample.sha256(1), .understood)
                try transaction.setFileStatus(Sample.sha256(2), .quarantined, detail: "It is encrypted.")
                let files = try transaction.files()
                #expect(files.map(\.status) == [.quarantined, .understood])
                #expect(files.map(\.pageCount) == [nil, 3])
                #expect(files.map(\.detail) == ["It is encrypted.", nil])
                #expect(try transaction.files(status: .understood).map(\.sha256) == [Sample.sha256(1)])
                #expect(try transaction.fileCounts() == [.quarantined: 1, .understood: 1])
                #expect(code { try transaction.setFileStatus("none", .read) } == .notFound)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func pagesComeBackInOrderAsTheyWereRead(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            func page(_ number: Int, _ text: String) -> StoredPage {
                StoredPage(
                    reading: PageReading(
                        page: Page(number: number, source: .ocr, width: 2550, height: 3300, dpi: 300),
                        words: [
                            Word(
                                text: text, box: Box(left: 1.5, top: 2, right: 3, bottom: 4), confidence: 0.5, line: 0)
                        ], problem: number == 2 ? "Half of the page is torn off." : nil),
                    imageMediaType: "image/png", imageScale: 0.5)
            }
            let (second, first, better) = (page(2, "“b”\0"), page(1, "a"), page(1, "A"))
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                for read in [second, first, better] { try transaction.savePage(of: Sample.sha256(1), read) }
                #expect(try transaction.pages(of: Sample.sha256(1)) == [better, second])
                #expect(try transaction.page(of: Sample.sha256(1), number: 2) == second)
                #expect(try transaction.page(of: Sample.sha256(1), number: 3) == nil)
                let faces = try transaction.pageFaces(of: Sample.sha256(1))
                #expect(faces.map(\.page) == [better.reading.page, second.reading.page])
                #expect(faces.map(\.handling) == [better.handling, second.handling])
                #expect(faces.map(\.problem) == [better.reading.problem, second.reading.problem])
                #expect(try transaction.pageFace(of: Sample.sha256(1), number: 2) == faces.last)
                #expect(try transaction.pageFace(of: Sample.sha256(1), number: 3) == nil)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aPageBelongsToAFile(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let page = StoredPage(
                reading: PageReading(page: Page(number: 1, source: .text, width: 1, height: 1, dpi: 72)))
            let error = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.savePage(of: "none", page) }
            }
            #expect(error?.code == .database)
        }
    }

    @Suite struct Documents {
        @Test(arguments: StoreEngine.allCases)
        func aDocumentComesBackAsItWas(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                try transaction.insertDocument(Sample.document("D1"))
                #expect(try transaction.document("D1") == Sample.document("D1"))
                #expect(try transaction.document("D2") == nil)
            }
            let error = await #expect(throws: RecordsError.self) {
                try await test.store.write { try $0.insertDocument(Sample.document("D2")) }
            }
            #expect(error?.code == .duplicate)
        }

        @Test(arguments: StoreEngine.allCases)
        func nobodyOverwritesAnybody(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                try transaction.insertDocument(Sample.document("D1"))
                var seen = try #require(try transaction.document("D1"))
                seen.status = .accepted
                seen.document.type = "letter"
                let updated = try transaction.updateDocument(seen, at: start + 9)
                #expect(updated.version == 2)
                #expect(updated.updatedAt == start + 9)
                #expect(try transaction.document("D1") == updated)
                #expect(code { try transaction.updateDocument(seen, at: start + 10) } == .versionConflict)
                #expect(try transaction.document("D1") == updated)
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func documentsAreListedByWhatIsAskedFor(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                try transaction.takeFile(Sample.file(2))
                try transaction.insertDocument(Sample.document("D1", ordinal: 2, status: .accepted))
                try transaction.insertDocument(Sample.document("D2", ordinal: 1, type: "letter"))
                try transaction.insertDocument(Sample.document("D3", file: 2, status: .accepted))
                func ids(_ filter: DocumentFilter, before: String? = nil, limit: Int = 100) throws -> [String] {
                    try transaction.documents(filter, before: before, limit: limit).map(\.id)
                }
                #expect(try ids(DocumentFilter()) == ["D3", "D2", "D1"])
                #expect(try ids(DocumentFilter(), before: "D3", limit: 1) == ["D2"])
                #expect(try ids(DocumentFilter(type: "eob", status: .accepted)) == ["D3", "D1"])
                #expect(try ids(DocumentFilter(subtype: "denial", sha256: Sample.sha256(2))) == ["D3"])
                #expect(try ids(DocumentFilter(correlationID: "C1")) == ["D2", "D1"])
                #expect(try ids(DocumentFilter(type: "'; DROP TABLE documents; --")) == [])
                #expect(try transaction.documents(of: Sample.sha256(1)).map(\.id) == ["D2", "D1"])
                #expect(try transaction.documentCounts() == [.accepted: 2, .inReview: 1])
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func aMergedDocumentNamesWhereItsPagesAre(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                try transaction.insertDocument(Sample.document("D1"))
                try transaction.insertDocument(Sample.document("D2", ordinal: 2))
                var merged = Sample.document("D2", ordinal: 2)
                merged.status = .merged
                merged.mergedInto = "D1"
                merged.document.pages = []
                merged = try transaction.updateDocument(merged, at: start)
                #expect(try transaction.document("D2") == merged)
                #expect(try transaction.documents(of: Sample.sha256(1)).map(\.id) == ["D1"])
                #expect(try transaction.documents(of: Sample.sha256(1), withMerged: true).map(\.id) == ["D1", "D2"])
                #expect(try transaction.documents(mergedInto: "D1") == [merged])
                #expect(try transaction.documentCounts() == [.inReview: 1, .merged: 1])
            }
            await #expect(throws: RecordsError.self) {
                try await test.store.write { transaction in
                    var nowhere = Sample.document("D1")
                    nowhere.status = .merged
                    try transaction.updateDocument(nowhere, at: start)
                }
            }
        }

        @Test(arguments: StoreEngine.allCases)
        func whatPeopleSayOfAPageOutlivesANewReading(engine: StoreEngine) async throws {
            let test = try await TestStore(engine)
            let page = StoredPage(
                reading: PageReading(page: Page(number: 2, source: .ocr, width: 100, height: 200, dpi: 300)))
            try await test.store.write { transaction in
                try transaction.takeFile(Sample.file(1))
                try transaction.savePage(of: Sample.sha256(1), page)
                let handling = PageHandling(number: 2, setAsideBy: "user:ann", turn: 270)
                try transaction.setHandling(handling, of: Sample.sha256(1))
                try transaction.savePage(of: Sample.sha256(1), page)
                #expect(try transaction.pageHandlings(of: Sample.sha256(1)) == [handling])
                #expect(try transaction.pageHandling(of: Sample.sha256(1), number: 2) == handling)
                #expect(try transaction.page(of: Sample.sha256(1), number: 2)?.handling == handling)
                let other = PageHandling(number: 3)
                #expect(code { try transaction.setHandling(other, of: Sample.sha256(1)) } == .notFound)
            }
        }
    }
}
