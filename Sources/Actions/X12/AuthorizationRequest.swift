package import Documents

/// A provider's request to a payer to authorize services: the content of one 278 transaction set (005010X217).
package struct AuthorizationRequest: Codable, Hashable, Sendable {
    package struct Provider: Codable, Hashable, Sendable {
        package var name: String
        package var npi: String?
        package var taxID: String?
    }

    /// UM01.
    package enum Category: String, Codable, Hashable, Sendable {
        case admission = "AR"
        case healthServices = "HS"
        case specialtyCare = "SC"
    }

    /// Where the services are given, as UM04 has it: the code of the place of service.
    package enum Setting: String, Codable, Hashable, Sendable {
        case office = "11"
        case home = "12"
        case inpatient = "21"
        case outpatient = "22"
    }

    package var payerName: String
    package var requester: Provider
    package var requesterPhone: String?
    package var requesterFax: String?
    package var patientName: String
    package var birthDate: CalendarDate
    package var memberID: String
    package var groupNumber: String?
    package var category: Category
    /// UM02: `I` for an initial request, `4` for an extension.
    package var certification: String
    package var setting: Setting?
    package var isUrgent: Bool
    package var serviceStart: CalendarDate?
    package var serviceEnd: CalendarDate?
    /// ICD-10-CM codes, the principal one first.
    package var diagnoses: [String]
    package var procedures: [String]
    package var drugName: String?
    package var servicing: Provider?
    package var facilityName: String?
}

extension AuthorizationRequest {
    /// How many diagnoses one HI segment has room for.
    private static let diagnosesMax = 12

    /// The request that an accepted authorization form makes; throws the sentence that says what is missing.
    package init(of document: Document) throws(X12Problem) {
        guard document.type == "authorization_form" else {
            throw X12Problem(
                "A document of the type '\(document.type)' asks for no authorization: a 278 is written from an authorization_form."
            )
        }
        let fields = document.fields
        let form = "The form"
        payerName = try need(fields.value("payer_name"), "the payer's name (payer_name)", of: form)
        requester = Provider(
            name: try need(
                fields.value("requesting_provider_name"), "the requesting provider (requesting_provider_name)", of: form
            ),
            npi: fields.value("requesting_provider_npi"), taxID: fields.value("requesting_provider_tax_id"))
        guard requester.npi != nil || requester.taxID != nil else {
            throw X12Problem(
                """
                The form gives neither NPI nor tax id of the requesting provider (requesting_provider_npi, \
                requesting_provider_tax_id).
                """)
        }
        requesterPhone = fields.value("requesting_provider_phone")
        requesterFax = fields.value("requesting_provider_fax")
        patientName = try need(fields.value("patient_name"), "the patient's name (patient_name)", of: form)
        birthDate = try need(fields.date("patient_birth_date"), "the date of birth (patient_birth_date)", of: form)
        memberID = try need(fields.value("member_id"), "the member id (member_id)", of: form)
        groupNumber = fields.value("group_number")
        certification = try AuthorizationRequest.certification(
            try need(fields.value("request_type"), "the kind of request (request_type)", of: form))
        setting = AuthorizationRequest.settings[fields.value("setting") ?? ""]
        category =
            if document.subtype == "referral" { .specialtyCare } else if setting == .inpatient { .admission } else {
                .healthServices
            }
        isUrgent = fields.value("urgency") == "expedited"
        (serviceStart, serviceEnd) = (fields.date("service_start"), fields.date("service_end"))
        diagnoses = fields.values("diagnosis_codes")
        procedures = fields.values("procedure_codes")
        drugName = fields.value("drug_name")
        servicing = fields.value("servicing_provider_name").map {
            Provider(name: $0, npi: fields.value("servicing_provider_npi"), taxID: nil)
        }
        facilityName = fields.value("facility_name")
        guard (1...AuthorizationRequest.diagnosesMax).contains(diagnoses.count) else {
            throw X12Problem("The form has \(diagnoses.count) diagnoses (diagnosis_codes): a 278 has 1 to 12.")
        }
        guard !procedures.isEmpty || drugName != nil else {
            throw X12Problem("The form names neither a procedure nor a drug (procedure_codes, drug_name).")
        }
    }

    private static let settings: [String: Setting] = [
        "inpatient": .inpatient, "outpatient": .outpatient, "office": .office, "home": .home,
    ]

    /// A request after the fact is an initial one whose dates are past; one during a stay extends it.
    private static func certification(_ requestType: String) throws(X12Problem) -> String {
        switch requestType {
        case "initial", "retrospective": "I"
        case "extension", "concurrent": "4"
        default: throw X12Problem("The form's kind of request (request_type) is none that a 278 knows.")
        }
    }
}
