import Actions
import Documents
import Foundation
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

    private func text(_ change: (inout Document) -> Void = { _ in }) throws -> String {
        var form = Self.form
        change(&form)
        let madeAt = Date(timeIntervalSince1970: 1_800_000_000)
        let request = try AuthorizationRequest(of: form)
        let segments = request.segments(payerID: "87726", reference: "01K8", madeAt: madeAt)
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
