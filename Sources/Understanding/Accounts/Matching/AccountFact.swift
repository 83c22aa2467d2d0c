import Documents

/// What a document and the books can both say of an account.
package enum AccountFact: String, CaseIterable, Sendable {
    case accountNumber, payerClaimNumber, memberID, patientName, birthDate, serviceStart, serviceEnd, chargeAmount,
        payerName

    /// The fields that say it, by document type's choice of name.
    package var fieldNames: [String] {
        switch self {
        case .accountNumber: ["patient_control_number"]
        case .payerClaimNumber: ["payer_claim_number"]
        case .memberID: ["member_id"]
        case .patientName: ["patient_name", "applicant_name"]
        case .birthDate: ["patient_birth_date", "birth_date"]
        case .serviceStart: ["service_start"]
        case .serviceEnd: ["service_end"]
        case .chargeAmount: ["charge_amount"]
        case .payerName: ["payer_name"]
        }
    }

    /// What people call it, in the midst of a sentence.
    var title: String {
        switch self {
        case .accountNumber: "the account number"
        case .payerClaimNumber: "the payer's claim number"
        case .memberID: "the member id"
        case .patientName: "the patient"
        case .birthDate: "the birth date"
        case .serviceStart: "the first day of service"
        case .serviceEnd: "the last day of service"
        case .chargeAmount: "the charges"
        case .payerName: "the payer"
        }
    }

    /// Whether a document that says it can be looked up at all.
    var identifies: Bool {
        switch self {
        case .accountNumber, .payerClaimNumber, .memberID, .patientName: true
        case .birthDate, .serviceStart, .serviceEnd, .chargeAmount, .payerName: false
        }
    }

    /// Whether another value than the books' deserves a reviewer's look.
    ///
    /// A claim that is decided again gets a new number, and every payer goes by several names.
    var mustAgree: Bool { self != .payerClaimNumber && self != .payerName }

    /// Whether it is the claim's own: another claim of the same account has another.
    var isOfClaim: Bool {
        switch self {
        case .payerClaimNumber, .serviceStart, .serviceEnd, .chargeAmount: true
        case .accountNumber, .memberID, .patientName, .birthDate, .payerName: false
        }
    }

    /// Whether a misread value may be put right: a payer's name is no fact of the account's.
    var isCorrectable: Bool { self != .payerName }

    /// Whether it tells the account from others of the same patient.
    var isOfAccount: Bool { self == .accountNumber || isOfClaim }

    /// The books' value in the normal form of the document result.
    func value(in account: PatientAccount, _ claim: AccountClaim?) -> String? {
        switch self {
        case .accountNumber: account.accountNumber
        case .payerClaimNumber: claim?.payerClaimNumber
        case .memberID: claim?.memberID
        case .patientName: account.patientName
        case .birthDate: account.patientBirthDate?.description
        case .serviceStart: claim?.serviceStart?.description
        case .serviceEnd: (claim?.serviceEnd ?? claim?.serviceStart)?.description
        case .chargeAmount: claim?.chargeAmount?.description
        case .payerName: claim?.payerName
        }
    }
}

/// What one document, or one claim of a remittance, says of its account.
struct AccountFacts {
    /// One of them, with the name of its field.
    struct Said {
        let name: String
        let field: Field
        var value: String { field.value.description }
    }

    private(set) var said: [AccountFact: Said] = [:]

    /// The facts among the fields; `shared` are those of the document that a claim belongs to, whose payer is the
    /// claim's.
    init(_ fields: Row, shared: Row = [:]) {
        for fact in AccountFact.allCases {
            said[fact] = AccountFacts.said(fact, in: fields)
        }
        if said[.payerName] == nil { said[.payerName] = AccountFacts.said(.payerName, in: shared) }
    }

    private static func said(_ fact: AccountFact, in fields: Row) -> Said? {
        for name in fact.fieldNames {
            if case .one(let field)? = fields[name] { return Said(name: name, field: field) }
        }
        return nil
    }

    /// Whether the books can be asked at all.
    var identify: Bool { said.keys.contains(where: \.identifies) }

    /// Those that the books can be asked by, in the order of `AccountFact`.
    var identifying: [AccountFact] { AccountFact.allCases.filter { $0.identifies && said[$0] != nil } }

    /// What the books are asked by: every key of what is printed and of its other readings.
    var keys: [String] {
        let names = values(.patientName).map { PersonName($0) }
        var keys: Set<String> = []
        for name in names {
            keys.formUnion(AccountKeys.names(name))
            for day in dates(.birthDate).flatMap(\.inOtherCenturies) { keys.formUnion(AccountKeys.births(day, name)) }
            for day in dates(.serviceStart) { keys.formUnion(AccountKeys.services(day, name)) }
        }
        keys.formUnion(values(.accountNumber).compactMap { AccountKeys.account($0) })
        keys.formUnion(values(.payerClaimNumber).compactMap { AccountKeys.claim($0) })
        keys.formUnion(values(.memberID).compactMap { AccountKeys.member($0) })
        return keys.sorted()
    }

    private func values(_ fact: AccountFact) -> [String] {
        guard let said = said[fact] else { return [] }
        return [said.value] + (said.field.alternatives ?? []).map(\.description)
    }

    private func dates(_ fact: AccountFact) -> [CalendarDate] { values(fact).compactMap { CalendarDate(printed: $0) } }
}

extension CalendarDate {
    /// The day, and those that the same print with a year in two digits may mean.
    fileprivate var inOtherCenturies: [CalendarDate] {
        [0, -100, 100].compactMap { CalendarDate(year: year + $0, month: month, day: day) }
    }
}
