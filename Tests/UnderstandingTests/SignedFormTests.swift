import Documents
import Testing
import Understanding

@Suite("Whether a form is signed")
struct SignedFormTests {
    private static let form = """
        Northwind Health Plan
        Prior Authorization Request Form

        Member name: Rebecca Alden          Member ID: NLH4471902
        Date of birth: 06/04/1958           Group number: 10442

        Requesting provider: Anna Beck, MD  NPI: 1245319599
        Provider phone: (218) 555-0143      Provider fax: (218) 555-0144

        Diagnosis code: M54.50              Procedure code: 72148
        Type of request: initial            Setting: outpatient

        Provider signature:
        """

    @Test("A signature that was seen beside its label says so, and none says that it is not", arguments: [true, false])
    func aSignatureIsEvidence(isSigned: Bool) throws {
        var page = DrawnPaper.page(Self.form)
        let label = try #require(page.words.last).box
        if isSigned {
            page.page.signatures = [
                Signature(
                    box: Box(
                        left: label.right + 20, top: label.top - 40, right: label.right + 320, bottom: label.bottom),
                    confidence: 0.97)
            ]
        }
        let document = try #require(try DrawnPaper.understander().understand([page]).first)
        #expect(document.type == "authorization_form")
        #expect(document.value("signed") == (isSigned ? "true" : "false"))
    }

    @Test("A signature below its label, as in a numbered box, is the label's unless it has one of its own below")
    func aSignatureBelowItsLabel() throws {
        var page = DrawnPaper.page(Self.form)
        let label = try #require(page.words.last).box
        let signature = Box(
            left: label.left, top: label.bottom + 4, right: label.right + 200, bottom: label.bottom + 3 * label.height)
        page.page.signatures = [Signature(box: signature, confidence: 0.97)]
        let understander = try DrawnPaper.understander()
        #expect(try #require(understander.understand([page]).first).value("signed") == "true")
        var other = try #require(page.words.last)
        other.text = "Signing"
        other.box = Box(
            left: label.left, top: signature.bottom, right: label.left + 80, bottom: signature.bottom + label.height)
        other.line += 1
        page.words.append(other)
        #expect(try #require(understander.understand([page]).first).value("signed") == "false")
    }

    @Test("A signature that covers the words that ask for it says that the form is signed")
    func aSignatureOverItsLabel() throws {
        var page = DrawnPaper.page(Self.form)
        let label = try #require(page.words.last).box
        page.words.removeLast(2)
        let understander = try DrawnPaper.understander()
        page.page.signatures = [Signature(box: label, confidence: 0.97)]
        #expect(try #require(understander.understand([page]).first).value("signed") == nil)
        page.words.append(Word(text: "hnvn", box: label, confidence: 0.4, line: 99))
        #expect(try #require(understander.understand([page]).first).value("signed") == "true")
    }
}
