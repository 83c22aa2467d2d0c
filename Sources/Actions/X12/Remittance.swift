package import Documents

/// One payment as a remittance advice tells it: the content of one 835 transaction set (TR3 005010X221A1).
package struct Remittance: Codable, Hashable, Sendable {
    /// The payer's name as the paper has it.
    package var payerName: String
    package var payee: Payee
    /// Check or trace number (TRN02).
    package var paymentNumber: String
    package var paymentDate: CalendarDate
    /// What was paid (BPR02); never negative.
    package var payment: Money
    package var claims: [RemittanceClaim]
    package var providerAdjustments: [ProviderAdjustment]

    package init(
        payerName: String, payee: Payee, paymentNumber: String, paymentDate: CalendarDate, payment: Money,
        claims: [RemittanceClaim], providerAdjustments: [ProviderAdjustment] = []
    ) {
        self.payerName = payerName
        self.payee = payee
        self.paymentNumber = paymentNumber
        self.paymentDate = paymentDate
        self.payment = payment
        self.claims = claims
        self.providerAdjustments = providerAdjustments
    }

    /// What one payment has in common with no other of its payer.
    ///
    /// Payers give all their payments of nothing one number, such as `0`: those are told apart by date and first claim.
    var paymentKey: String {
        guard payment == .zero else { return paymentNumber }
        return "\(paymentNumber) \(X12Text.date(paymentDate)) \(claims.first?.payerClaimNumber ?? "")"
    }

    /// Who was paid (loop 1000B); it has an NPI or a tax id or both.
    package struct Payee: Codable, Hashable, Sendable {
        package var name: String
        package var npi: String?
        package var taxID: String?

        package init(name: String, npi: String?, taxID: String?) {
            self.name = name
            self.npi = npi
            self.taxID = taxID
        }
    }
}

/// One claim of a payment (loop 2100).
package struct RemittanceClaim: Codable, Hashable, Sendable {
    /// CLP02, of those that paper can tell.
    package enum Status: String, Codable, Hashable, Sendable {
        case primary = "1"
        case secondary = "2"
        /// The payer does not know the patient: no paper says so, and no claim gets it. What was kept before may have it.
        case denied = "4"
        case reversal = "22"
    }

    package var status: Status
    /// The provider's own number of the claim; nil where the paper has none (CLP01 is then `0`, as the TR3 asks).
    package var patientControlNumber: String?
    package var payerClaimNumber: String
    package var patientName: String
    package var memberID: String?
    package var charge: Money
    package var paid: Money
    /// AMT*AU; nil where the paper has none.
    package var allowed: Money?
    package var serviceStart: CalendarDate?
    package var serviceEnd: CalendarDate?
    /// Adjustments of the claim as a whole.
    package var adjustments: [ClaimAdjustment]
    package var lines: [RemittanceLine]

    package init(
        status: Status, patientControlNumber: String?, payerClaimNumber: String, patientName: String,
        memberID: String?, charge: Money, paid: Money, allowed: Money?, serviceStart: CalendarDate?,
        serviceEnd: CalendarDate?, adjustments: [ClaimAdjustment], lines: [RemittanceLine]
    ) {
        self.status = status
        self.patientControlNumber = patientControlNumber
        self.payerClaimNumber = payerClaimNumber
        self.patientName = patientName
        self.memberID = memberID
        self.charge = charge
        self.paid = paid
        self.allowed = allowed
        self.serviceStart = serviceStart
        self.serviceEnd = serviceEnd
        self.adjustments = adjustments
        self.lines = lines
    }

    /// Every adjustment, the claim's own and its lines'.
    package var allAdjustments: [ClaimAdjustment] { adjustments + lines.flatMap(\.adjustments) }

    /// What the adjustments leave to the patient (CLP05).
    package var patientResponsibility: Money {
        allAdjustments.filter { $0.group == .patientResponsibility }.reduce(.zero) { $0 + $1.amount }
    }
}

/// One service of a claim (loop 2110).
package struct RemittanceLine: Codable, Hashable, Sendable {
    package var procedureCode: String
    package var modifiers: [String]
    package var units: String?
    package var serviceDate: CalendarDate?
    package var charge: Money
    package var paid: Money
    /// AMT*B6; nil where the paper has none.
    package var allowed: Money?
    package var adjustments: [ClaimAdjustment]
    package var remarkCodes: [String]

    package init(
        procedureCode: String, modifiers: [String], units: String?, serviceDate: CalendarDate?, charge: Money,
        paid: Money, allowed: Money?, adjustments: [ClaimAdjustment], remarkCodes: [String]
    ) {
        self.procedureCode = procedureCode
        self.modifiers = modifiers
        self.units = units
        self.serviceDate = serviceDate
        self.charge = charge
        self.paid = paid
        self.allowed = allowed
        self.adjustments = adjustments
        self.remarkCodes = remarkCodes
    }
}

/// Why a payment differs from the charge, and by how much (CAS).
package struct ClaimAdjustment: Codable, Hashable, Sendable {
    /// CAS01.
    package enum Group: String, Codable, Hashable, Sendable, CaseIterable {
        case contractualObligation = "CO"
        case patientResponsibility = "PR"
        case other = "OA"
        case payerInitiated = "PI"
    }

    package var group: Group
    /// The Claim Adjustment Reason Code.
    package var reason: String
    /// What the payment is less by.
    package var amount: Money

    package init(_ group: Group, _ reason: String, _ amount: Money) {
        self.group = group
        self.reason = reason
        self.amount = amount
    }
}

/// A change of the payment that is no claim's (PLB).
package struct ProviderAdjustment: Codable, Hashable, Sendable {
    /// PLB03-1, as version 005010X221A1 lists it.
    package var reason: String
    /// PLB03-2.
    package var reference: String?
    /// What the payment is less by; negative where it is more.
    package var amount: Money

    package init(reason: String, reference: String?, amount: Money) {
        self.reason = reason
        self.reference = reference
        self.amount = amount
    }

    /// The reason of a balance that later payments will be less by: it makes a negative payment none (TR3, 1.10.2.12).
    package static let forwardBalance = "FB"

    /// The codes of PLB03-1 (TR3, 2-218).
    package static let reasons: Set<String> = [
        "50", "51", "72", "90", "AH", "AM", "AP", "B2", "B3", "BD", "BN", "C5", "CR", "CS", "CT", "CV", "CW", "DM",
        "E3",
        "FB", "FC", "GO", "HM", "IP", "IR", "IS", "J1", "L3", "L6", "LE", "LS", "OA", "OB", "PI", "PL", "RA", "RE",
        "SL",
        "TL", "WO", "WU",
    ]
}
