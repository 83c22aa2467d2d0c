import Documents
import Testing
import Understanding

@Suite("Streams of pages are parted into documents")
struct SplitterTests {
    @Test("Unlike papers one after another are parted; blank pages are in none")
    func split() throws {
        let pages = [
            DrawnPaper.page(UnderstanderTests.letter, number: 1), DrawnPaper.page("", number: 2),
            DrawnPaper.page(UnderstanderTests.remittance, number: 3),
        ]
        let documents = try DrawnPaper.understander().understand(pages)
        #expect(documents.map(\.pages) == [[1], [3]])
        #expect(documents.map(\.type) == ["payer_letter", "eob"])
    }

    @Test("Two letters in one layout about two patients are two documents, and say why")
    func splitOfOneLayout() throws {
        let other = UnderstanderTests.letter.replacing("NLH4471902", with: "NLH8150367").replacing(
            "26-1039441", with: "26-2280517"
        )
        .replacing("02/03/2026", with: "01/27/2026").replacing("John Q. Public", with: "Mary Example")
        let pages = [DrawnPaper.page(UnderstanderTests.letter, number: 1), DrawnPaper.page(other, number: 2)]
        let documents = try DrawnPaper.understander().understand(pages)
        #expect(documents.map(\.pages) == [[1], [2]])
        let beginning = try #require(documents.last?.evidence.first { $0.code == "document_begins" })
        #expect(beginning.detail?.hasPrefix("a document begins with page 2: ") == true)
        #expect(documents.allSatisfy { $0.pagesConfidence.map { $0 > 0.5 } == true })
        #expect(documents.allSatisfy { $0.evidence.contains { $0.code == "type_words" } })
    }

    @Test("A letter of two pages that was sent twice is two documents of two pages")
    func copies() throws {
        let rest = """
            NORTHERN LAKES HEALTH PLAN
            Claim Number: 26-1039441-02          Member ID: NLH4471902

            Your rights of appeal

            You may ask us to look at this decision again within 60 days. Write to the address on the first page
            and name the claim. You may send records that bear on the decision, and have somebody speak for you.
            A decision on your appeal is made by persons who had no part in the first one, within 30 days.
            """
        let texts = [UnderstanderTests.letter, rest, UnderstanderTests.letter, rest]
        let pages = texts.enumerated().map { DrawnPaper.page($1, number: $0 + 1) }
        let documents = try DrawnPaper.understander().understand(pages)
        #expect(documents.map(\.pages) == [[1, 2], [3, 4]])
        let beginning = try #require(documents.last?.evidence.first { $0.code == "document_begins" })
        #expect(beginning.detail?.contains("page 3 is a copy of page 1") == true)
    }

    @Test("The instructions printed before a form belong to it")
    func instructions() throws {
        let instructions = """
            Instructions

            Complete every section. A request that is not signed by the provider cannot be processed.
            Section A: enter the name, date of birth and identification number of the member as shown on the card.
            Section B: enter the name, the NPI and the fax number of the provider who orders the service.
            Check urgent only if waiting could seriously harm the patient. We answer a standard request within 14 days.
            Attach clinical notes. Keep a copy of the completed form for your records.
            """
        let form = """
            HARBOR MUTUAL HEALTH                         PRIOR AUTHORIZATION REQUEST FORM

            SECTION A - MEMBER INFORMATION
            Member Name: Gloria Pike          Date of Birth: 04/11/1961        Member ID: HMH5521830

            SECTION B - REQUESTING PROVIDER
            Provider Name: Alan Reed, MD      NPI: 1245319599                  Fax: 218-555-0177

            SECTION C - SERVICE REQUESTED
            Procedure Code: 27447             Diagnosis Code: M17.11           Start Date: 05/06/2026

            Signature: ______________________ Date: 04/20/2026
            """
        let pages = [
            DrawnPaper.page(UnderstanderTests.letter, number: 1), DrawnPaper.page(instructions, number: 2),
            DrawnPaper.page(form, number: 3), DrawnPaper.page(UnderstanderTests.remittance, number: 4),
        ]
        let documents = try DrawnPaper.understander().understand(pages)
        #expect(documents.map(\.pages) == [[1], [2, 3], [4]])
        #expect(documents.map(\.type) == ["payer_letter", "authorization_form", "eob"])
    }
}
