import Documents
import Foundation

/// How many times likelier an agreement is when a document is about an account, or near it, than when it is about a
/// stranger to the books (Fellegi and Sunter, "A Theory for Record Linkage", 1969).
///
/// Besides the account itself there are two ways to be near it, which would else be taken for it: another visit of the
/// same patient, with an account that the books lack, and somebody of the patient's family, who shares surname and
/// member id and may be a twin.
struct FactWeight: Sendable {
    var account: Double
    var otherVisit = 1.0
    var relative = 1.0

    /// The account's own facts say nothing of the patient's other visits and family.
    private init(account: Double) { self.account = account }

    /// A patient's facts are the same at every visit.
    private init(patient: Double, relative: Double) {
        account = patient
        otherVisit = patient
        self.relative = relative
    }

    /// - Parameters:
    ///   - confidence: the probability that the value was read right; what is misread agrees rarely, and speaks little
    ///     against the account when it does not.
    ///   - book: the books' value.
    ///   - nameShare: the share of people who have the books' name.
    init(_ fact: AccountFact, _ agreement: Agreement, confidence: Double, book: String, nameShare: Double) {
        /// The likelihood from that of a value read right and that of one misread.
        func of(_ right: Double, _ misread: Double) -> Double { confidence * right + (1 - confidence) * misread }
        switch fact {
        case .accountNumber:
            self.init(account: FactWeight.number(agreement, book, other: 0.05, of))
        case .payerClaimNumber:
            self.init(account: FactWeight.number(agreement, book, other: 0.4, of))
        case .memberID:
            let weight = FactWeight.number(agreement, book, other: 0.05, of)
            self.init(patient: weight, relative: weight)
        case .patientName:
            self = FactWeight.name(agreement, share: nameShare, of)
        case .birthDate:
            self = FactWeight.birth(agreement, of)
        case .serviceStart, .serviceEnd:
            self.init(account: FactWeight.service(agreement, of))
        case .chargeAmount:
            self.init(account: FactWeight.charges(agreement, of))
        case .payerName:
            let weight = FactWeight.payer(agreement, of)
            self.init(patient: weight, relative: weight)
        }
    }

    private typealias Likelihood = (_ right: Double, _ misread: Double) -> Double

    /// A stranger's number is any number of as many signs, and more often a neighbour, as numbers are given out in order.
    ///
    /// `other` is how often the right account has another number printed.
    private static func number(
        _ agreement: Agreement, _ book: String, other: Double, _ of: Likelihood
    ) -> Double {
        let signCount = Double(min(8, max(1, AccountKeys.signs(book).count)))
        let chance = pow(10, -signCount)
        return switch agreement {
        case .same: of(0.98 - other, 0) / chance
        case .confused: of(0.01, 0.5) / max(1e-4, chance * 2 * signCount)
        case .near: of(0.01, 0.3) / max(1e-3, chance * 20 * signCount)
        case .partial, .family, .different: of(other, 0.3)
        }
    }

    /// One person in a hundred has a surname as common as the commonest.
    private static func name(_ agreement: Agreement, share: Double, _ of: Likelihood) -> FactWeight {
        let (nearShare, surnameShare) = (20 * share + 0.02, 0.01)
        return switch agreement {
        case .same: FactWeight(patient: of(0.85, 0.1) / share, relative: 0.02 / share)
        case .confused, .near: FactWeight(patient: of(0.06, 0.5) / nearShare, relative: 0.05 / nearShare)
        case .partial: FactWeight(patient: of(0.05, 0.1) / surnameShare, relative: 0.05 / surnameShare)
        case .family: FactWeight(patient: of(0.02, 0.1) / surnameShare, relative: 0.9 / surnameShare)
        case .different: FactWeight(patient: of(0.03, 0.3), relative: 0.3)
        }
    }

    /// Of two relatives three in a hundred are twins.
    private static func birth(_ agreement: Agreement, _ of: Likelihood) -> FactWeight {
        let dayShare = 1.0 / 25_000
        return switch agreement {
        case .same: FactWeight(patient: of(0.96, 0) / dayShare, relative: 0.03 / dayShare)
        case .confused, .near: FactWeight(patient: of(0.015, 0.6) / (60 * dayShare), relative: 1)
        case .partial, .family, .different: FactWeight(patient: of(0.02, 0.3), relative: 1)
        }
    }

    private static func service(_ agreement: Agreement, _ of: Likelihood) -> Double {
        switch agreement {
        case .same: of(0.8, 0) / 0.004
        case .confused, .near: of(0.02, 0.4) / 0.06
        case .partial: of(0.12, 0.1) / 0.03
        case .family, .different: of(0.07, 0.5)
        }
    }

    /// A claim may be for a part of what the account was charged.
    private static func charges(_ agreement: Agreement, _ of: Likelihood) -> Double {
        switch agreement {
        case .same: of(0.7, 0) / 0.0005
        case .confused, .near: of(0.02, 0.4) / 0.02
        case .partial, .family, .different: of(0.28, 0.6)
        }
    }

    /// Every payer goes by several names, and some have most of the patients.
    private static func payer(_ agreement: Agreement, _ of: Likelihood) -> Double {
        switch agreement {
        case .same: of(0.55, 0.1) / 0.1
        case .confused, .near, .partial: of(0.25, 0.2) / 0.1
        case .family, .different: of(0.2, 0.8) / 0.8
        }
    }
}
