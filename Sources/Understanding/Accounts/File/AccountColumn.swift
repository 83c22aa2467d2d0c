/// What a column of the books holds, under the names that hospital systems give it.
enum AccountColumn: String, CaseIterable, Sendable {
    case accountNumber = "account_number"
    case patientName = "patient_name"
    case lastName = "patient_last_name"
    case firstName = "patient_first_name"
    case middleName = "patient_middle_name"
    case birthDate = "patient_birth_date"
    case memberID = "member_id"
    case payerClaimNumber = "payer_claim_number"
    case payerName = "payer_name"
    case serviceStart = "service_start"
    case serviceEnd = "service_end"
    case chargeAmount = "charge_amount"

    /// Other names of the column, in small letters with `_` for everything between.
    private var otherNames: [String] {
        switch self {
        case .accountNumber:
            [
                "account", "account_no", "account_num", "account_id", "acct", "acct_no", "acct_num", "acct_number",
                "patient_account", "patient_account_number", "patient_account_no", "pt_account", "pt_acct",
                "patient_acct", "patient_control_number", "patient_control_no", "pcn", "hospital_account",
                "hospital_account_number", "hospital_account_id", "har", "visit_number", "encounter_number",
                "encounter",
            ]
        case .patientName: ["patient", "name", "pt_name", "full_name", "patient_full_name"]
        case .lastName: ["last_name", "surname", "pat_last_name", "patient_surname", "lastname", "family_name", "last"]
        case .firstName:
            ["first_name", "given_name", "pat_first_name", "patient_given_name", "firstname", "first"]
        case .middleName:
            ["middle_name", "middle_initial", "mi", "patient_middle_initial", "middle", "middlename"]
        case .birthDate:
            [
                "birth_date", "birthdate", "date_of_birth", "dob", "patient_dob", "patient_birthdate", "pat_dob",
                "patient_date_of_birth", "birth_dt",
            ]
        case .memberID:
            [
                "member", "member_no", "member_number", "subscriber_id", "subscriber_number", "insured_id",
                "insurance_id", "policy_number", "policy_no", "policy_id", "mbi", "hicn", "identification_number",
            ]
        case .payerClaimNumber:
            [
                "claim_number", "claim_no", "claim", "claim_id", "icn", "dcn", "tcn", "payer_claim_no", "payer_icn",
                "payer_claim_control_number", "claim_control_number", "payer_control_number",
            ]
        case .payerName:
            [
                "payer", "payor", "payor_name", "insurance", "insurance_name", "insurance_company", "carrier", "plan",
                "plan_name", "health_plan", "primary_payer", "primary_payor", "insurer",
            ]
        case .serviceStart:
            [
                "service_date", "date_of_service", "dos", "service_from", "from_date", "service_from_date", "dos_from",
                "from_dos", "admit_date", "admission_date", "service_start_date", "statement_from", "start_date",
            ]
        case .serviceEnd:
            [
                "service_to", "service_thru", "service_through", "to_date", "thru_date", "through_date",
                "service_to_date", "dos_to", "to_dos", "discharge_date", "service_end_date", "statement_through",
                "statement_to", "end_date",
            ]
        case .chargeAmount:
            [
                "charges", "charge", "total_charges", "total_charge", "total_charge_amount", "billed", "billed_amount",
                "amount_billed", "claim_amount", "claim_charges", "charged", "billed_charges",
            ]
        }
    }

    private static let byName: [String: AccountColumn] = allCases.reduce(into: [:]) { names, column in
        for name in [column.rawValue] + column.otherNames { names[name] = column }
    }

    /// The column with this name, whatever its case and the signs between its words; nil for one of no use here.
    init?(named name: String) {
        let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
        guard let column = AccountColumn.byName[words.joined(separator: "_")] else { return nil }
        self = column
    }
}
