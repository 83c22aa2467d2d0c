import Documents
import Foundation
import Learning
import Testing

@Suite("Truth as a person writes it")
struct WrittenTruthTests {
    /// Two pages that were read at another resolution than the truth's, the second one blank.
    private static let pages = (1...2).map {
        PageReading(page: Page(number: $0, source: .ocr, width: 1700, height: 2200, dpi: 200, blank: $0 == 2))
    }

    private func documents(_ json: String) throws -> [Document] {
        try WrittenTruth(Data(json.utf8)).documents(on: Self.pages, catalog: try GivenPaper.catalog.get())
    }

    @Test("Type and values are enough; values come out in normal form, what is not on the page is left out")
    func bareValues() throws {
        let found = try documents(
            """
            {"documents": [{"type": "payer_letter", "subtype": "denial", "fields": {
              "letter_date": "March 14, 2026", "charge_amount": 1234.5, "member_id": {"value": "W12 345"},
              "appeal_fax": "", "patient_name": null, "reason_codes": "CO45", "requested_documents": ["Chart", ""]}}]}
            """)
        let document = try #require(found.first)
        #expect(document.pages == [1])
        #expect(
            document.fields.keys.sorted() == [
                "charge_amount", "letter_date", "member_id", "reason_codes", "requested_documents",
            ])
        func values(_ name: String) -> [String] { document.fields[name]?.fields.map(\.value.description) ?? [] }
        #expect(values("letter_date") == ["2026-03-14"])
        #expect(values("charge_amount") == ["1234.50"])
        #expect(values("member_id") == ["W12345"])
        #expect(document.fields["reason_codes"].map { if case .many = $0 { true } else { false } } == true)
        #expect(values("reason_codes") == ["CO-45"] && values("requested_documents") == ["Chart"])
    }

    @Test("A file without a page has no truth")
    func noPages() throws {
        let truth = try WrittenTruth(
            Data(#"{"documents": [{"type": "eob", "fields": {"payer_name": {"value": "A", "page": 1}}}]}"#.utf8))
        let error = #expect(throws: LearningError.self) {
            try truth.documents(on: [], catalog: try GivenPaper.catalog.get())
        }
        #expect(error?.description.contains("no page") == true)
    }

    @Test("The accounts that a document and its claims were matched to are part of the truth")
    func accounts() throws {
        let found = try documents(
            """
            {"documents": [{"type": "eob", "account_match": {"account_number": "A1", "probability": 1},
              "claims": [{"patient_name": "Rosa Vance", "account_match": {"account_number": "B2", "probability": 0.99}},
                         {"patient_name": "Omar Reyes", "account_match": null}]}]}
            """)
        #expect(found.map(\.accountNumbers) == [["A1", "B2"]])
        #expect(found.first?.claims.map { $0.fields.keys.sorted() } == [["patient_name"], ["patient_name"]])
    }

    @Test("A whole document result says the same as it did; boxes come into the frame of the page as read")
    func contractForm() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: CorpusFolders.samples.path)
            .filter { $0.hasSuffix(".json") && !$0.hasSuffix(".words.json") }
        #expect(names.count >= 15)
        for name in names {
            let json = try Data(contentsOf: CorpusFolders.samples.appending(path: name))
            let truth = try JSONDecoder().decode(DocumentResult.self, from: json)
            let read = truth.pages.map { PageReading(page: $0) }
            #expect(
                try WrittenTruth(json).documents(on: read, catalog: try GivenPaper.catalog.get()) == truth.documents,
                "\(name)")
        }
        let scaled = try documents(
            """
            {"pages": [{"number": 1, "width": 2550, "height": 3300}], "documents": [{"type": "invoice", "pages": [1],
             "fields": {"invoice_number": {"value": "A1", "page": 1, "box": [300, 600, 450, 660]}}}]}
            """)
        let box = try #require(scaled.first?.fields["invoice_number"]?.fields.first?.box)
        #expect(abs(box.left - 200) < 0.01 && abs(box.top - 400) < 0.01 && abs(box.right - 300) < 0.01)
    }

    @Test(
        "What is wrong is said with its place and what to do",
        arguments: [
            ("not json", "It is no JSON."),
            (#"{"pages": []}"#, "It has no 'documents'."),
            (#"{"documents": []}"#, "'documents' is empty."),
            (#"{"documents": [{"fields": {}}]}"#, "documents[0] has no 'type'."),
            (#"{"documents": [{"type": 7}]}"#, "documents[0].type is of another kind"),
            (#"{"documents": [{"type": "passport"}]}"#, "documents[0].type 'passport' is none of the types"),
            (#"{"documents": [{"type": "invoice", "subtype": "x"}]}"#, "documents[0].subtype 'x' is none of invoice's"),
            (#"{"documents": [{"type": "invoice", "pages": [3]}]}"#, "names page 3, but the file has 2."),
            (#"{"documents": [{"type": "invoice", "pages": []}]}"#, "documents[0].pages is empty."),
            (
                #"{"documents": [{"type": "invoice", "pages": [1]}, {"type": "eob", "pages": [1]}]}"#,
                "Page 1 belongs to two documents."
            ),
            (#"{"documents": [{"type": "invoice"}, {"type": "eob"}]}"#, "documents[0] does not name its 'pages'"),
            (
                #"{"documents": [{"type": "invoice", "fields": {"colour": "red"}}]}"#,
                "documents[0].fields.colour is no field of invoice. Add it to invoice.yaml or leave it out."
            ),
            (
                #"{"documents": [{"type": "invoice", "fields": {"due_date": "31/31/2026"}}]}"#,
                "documents[0].fields.due_date '31/31/2026' is no date."
            ),
            (
                #"{"documents": [{"type": "invoice", "fields": {"due_date": ["1/2/2026", "1/3/2026"]}}]}"#,
                "documents[0].fields.due_date has 2 values"
            ),
            (
                #"{"documents": [{"type": "authorization_form", "fields": {"urgency": "soon"}}]}"#,
                "documents[0].fields.urgency 'soon' is none of"
            ),
            (
                #"{"documents": [{"type": "invoice", "fields": {"due_date": {"value": "1/2/2026", "page": 5}}}]}"#,
                "documents[0].fields.due_date is on page 5, but the file has 2."
            ),
            (#"{"documents": [{"type": "invoice", "fields": {"due_date": {"date": 1}}}]}"#, "is no value"),
        ])
    func whatIsWrong(json: String, sentence: String) throws {
        let error = #expect(throws: LearningError.self) { try documents(json) }
        #expect(error?.description.contains(sentence) == true, "\(error?.description ?? "nothing")")
    }
}
