import Actions
import Documents
import Foundation
import TestSupport
import Testing

@Suite struct AuthorizationRequestTests {
    static let form: Document = {
        var document = Document(
            type: "authorization_form", subtype: "service_request", typeConfidence: 0.99, pages: [1],
            fields: RemittanceExample.row([
                "payer_name": "Acme Health", "patient_name": "SIMPSON, HOMER J", "patient_birth_date": "1956-05-12",
                "member_id": "M123", "group_number": "G7", "requesting_provider_name": "Julius Hibbert, MD",
                "requesting_provider_npi": "1234567893", "requesting_provider_phone": "2175550100",
                "requesting_provider_fax": "2175550101", "servicing_provider_name": "Springfield Imaging Center",
                "servicing_provider_npi": "1679576722", "facility_name": "Springfield General", "urgency": "expedited",
                "setting": "outpatient", "request_type": "initial", "service_start": "2026-03-01",
                "service_end": "2026-03-05",
            ]), disposition: .accept)
        document.fields["diagnosis_codes"] = .many(["M54.50", "S93.402A"].map(RemittanceExample.field))
        document.fields["procedure_codes"] = .many(["72148", "97110"].map(RemittanceExample.field))
        return document
    }()

    private func text(
        attachment: AuthorizationAttachment? = nil, _ change: (inout Document) -> Void = { _ in }
    ) throws -> String {
        var form = Self.form
        change(&form)
        let madeAt = Date(timeIntervalSince1970: 1_800_000_000)
        let request = try AuthorizationRequest(of: form)
        let segments = request.segments(payerID: "87726", reference: "01K8", madeAt: madeAt, attachment: attachment)
        return segments.map(\.text).joined()
    }

    @Test func aFormBecomesThisRequest() throws {
        #expect(
            try text() == """
                BHT*0007*13*01K8*20270115*0800~
                HL*1**20*1~
                NM1*X3*2*Acme Health*****PI*87726~
                HL*2*1*21*1~
                NM1*1P*1*Hibbert*Julius****XX*1234567893~
                PER*IC**TE*2175550100*FX*2175550101~
                HL*3*2*22*1~
                NM1*IL*1*SIMPSON*HOMER*J***MI*M123~
                REF*6P*G7~
                DMG*D8*19560512~
                HL*4*3*EV*1~
                UM*HS*I**22:B**U~
                DTP*AAH*RD8*20260301-20260305~
                HI*ABK:M5450*ABF:S93402A~
                NM1*SJ*2*Springfield Imaging Center*****XX*1679576722~
                NM1*FA*2*Springfield General~
                HL*5*4*SS*0~
                SV1*HC:72148~
                HL*6*4*SS*0~
                SV1*HC:97110~

                """)
    }

    /// After the diagnoses, before words and parties (005010X217, loop 2000E).
    @Test func whatIsSentBesideItIsAnnounced() throws {
        let attachment = AuthorizationAttachment(reportType: "77", transmission: "EL", controlNumber: "E1-forms")
        let text = try text(attachment: attachment) { form in
            form.fields["drug_name"] = .one(RemittanceExample.field("Humira"))
        }
        #expect(text.contains("HI*ABK:M5450*ABF:S93402A~\nPWK*77*EL***AC*E1-forms~\nMSG*Drug Humira~\nNM1*SJ*"))
    }

    /// pyx12 has no map of this version: it reads the envelopes and the tree of levels.
    @Test func anotherReaderFindsItsEnvelopesAndLevelsWhole() async throws {
        let folder = try TemporaryFolder()
        var generator = SeededGenerator(seed: 278)
        for number in 1...50 {
            var form = Self.form
            form.fields["procedure_codes"] = .many(
                (0..<Int.random(in: 1...12, using: &generator)).map { RemittanceExample.field("\(97_110 + $0)") })
            let name = String((0..<12).map { _ in "a*~:^É'-, ".randomElement(using: &generator) ?? "a" })
            form.fields["patient_name"] = .one(RemittanceExample.field("B\(name)"))
            let attachment = AuthorizationAttachment(reportType: "77", transmission: "EL", controlNumber: "N\(number)")
            let interchange = X12Interchange(
                sender: X12Partner(identifier: "SPRINGFIELD"), receiver: X12Partner(identifier: "ACME"), usage: .test,
                functionalCode: AuthorizationRequest.functionalCode, version: AuthorizationRequest.version,
                controlNumber: number, madeAt: Date(timeIntervalSince1970: 1_800_000_000))
            let segments = try AuthorizationRequest(of: form).segments(
                payerID: "87726", reference: "01K8", madeAt: interchange.madeAt,
                attachment: Bool.random(using: &generator) ? attachment : nil)
            let bytes = interchange.bytes(of: "278", [segments])
            // A level that hangs on none is found: what is read is looked at.
            let broken = number == 50
            let text = String(decoding: bytes, as: UTF8.self)
            try Data((broken ? text.replacing("HL*5*4*SS", with: "HL*5*9*SS") : text).utf8)
                .write(to: folder.url.appending(path: "\(number).278"))
        }
        let run = try await runProgram(
            packageFolder.appending(path: ".venv/bin/python"),
            ["Tests/ActionsTests/X12/check_envelopes.py", folder.url.path])
        let lines = run.standardOutput.split(separator: "\n")
        #expect(lines.count == 2 && lines.last == "50 files", "\(run.standardOutput)\(run.standardError)")
        #expect(lines.first?.hasPrefix("50.278 ") == true)
    }

    @Test(arguments: [
        ("Cardiology Associates, LLC", "2*Cardiology Associates, LLC****"),
        ("Smith Orthopedics, PA", "2*Smith Orthopedics, PA****"), ("Jane Roe MD P.C.", "2*Jane Roe MD P.C.****"),
        ("Roe, Jane", "1*Roe*Jane***"), ("Jane Roe, PA", "1*Roe*Jane***"),
    ])
    func anOrganizationIsNoPerson(_ name: String, _ written: String) throws {
        let text = try text { $0.fields["requesting_provider_name"] = .one(RemittanceExample.field(name)) }
        #expect(text.contains("NM1*1P*\(written)*XX*1234567893~"))
    }

    @Test func aStayIsAnAdmissionAndADrugIsToldInWords() throws {
        let stay = try text { $0.fields["setting"] = .one(RemittanceExample.field("inpatient")) }
        #expect(stay.contains("UM*AR*I**21:B**U~") && stay.contains("DTP*435*D8*20260301~\nDTP*096*D8*20260305~"))
        #expect(stay.contains("SV2**HC:72148~"))
        let drug = try text { form in
            form.fields["procedure_codes"] = nil
            form.fields["drug_name"] = .one(RemittanceExample.field("Humira 40 mg/0.8 mL*~"))
        }
        #expect(drug.contains("HL*4*3*EV*0~") && drug.hasSuffix("General~\n"))
        #expect(drug.contains("MSG*Drug: Humira 40 mg/0.8 mL~") || drug.contains("MSG*Drug Humira 40 mg/0.8 mL~"))
    }

    @Test(arguments: [
        "payer_name", "patient_name", "patient_birth_date", "member_id", "requesting_provider_name",
        "requesting_provider_npi", "request_type", "diagnosis_codes", "procedure_codes",
    ])
    func whatIsMissingIsNamed(_ field: String) throws {
        let error = #expect(throws: X12Problem.self) { try text { $0.fields[field] = nil } }
        #expect(error?.sentence.contains(field) == true)
    }
}
