import Documents
import Governance
import Testing

/// Whether an account of the books is of a letter's patient.
@Suite struct LetterPatientTests {
    private static func isOfPatient(_ fields: [String: String], _ account: PatientAccount) -> Bool {
        Document(
            type: "payer_letter", typeConfidence: 0.99, pages: [1],
            fields: fields.mapValues { .one(Field(value: .text($0), confidence: 0.99)) }
        ).isOfPatient(of: account)
    }

    private static func account(_ name: String, born: String? = nil, member: String? = nil) -> PatientAccount {
        PatientAccount(
            accountNumber: "1", patientName: name, patientBirthDate: born.flatMap { CalendarDate(printed: $0) },
            claims: [AccountClaim(memberID: member)])
    }

    @Test func theNameTheBirthDateAndTheMemberMustAgree() {
        let letter = ["patient_name": "Maria Example", "member_id": "W123456789", "patient_birth_date": "1960-01-02"]
        #expect(Self.isOfPatient(letter, Self.account("EXAMPLE, MARIA A")))
        #expect(Self.isOfPatient(letter, Self.account("EXAMPLE, MARIA", born: "1960-01-02", member: "X99999999")))
        #expect(!Self.isOfPatient(letter, Self.account("EXAMPLE, MARIA", born: "1961-01-02", member: "W123456789")))
        #expect(Self.isOfPatient(letter, Self.account("EXAMPLE, MARIA", member: "W123456789")))
        #expect(!Self.isOfPatient(letter, Self.account("EXAMPLE, MARIA", member: "X99999999")))
        // Of one family, with one member id.
        #expect(!Self.isOfPatient(letter, Self.account("EXAMPLE, PETER", member: "W123456789")))
    }

    @Test func withoutANameTheMemberMustBeTheSame() {
        #expect(Self.isOfPatient(["member_id": "W123456789"], Self.account("DOE, JANE", member: "W123456789")))
        #expect(!Self.isOfPatient(["member_id": "W123456789"], Self.account("DOE, JANE")))
        #expect(!Self.isOfPatient([:], Self.account("DOE, JANE", member: "W123456789")))
    }
}
