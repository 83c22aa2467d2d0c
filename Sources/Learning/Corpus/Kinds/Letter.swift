import Documents

/// The nine kinds of letter that payers send.
enum LetterSubtype: String, CaseIterable, Sendable {
    case denial
    case informationRequest = "information_request"
    case overpaymentRequest = "overpayment_request"
    case authorizationApproval = "authorization_approval"
    case authorizationDenial = "authorization_denial"
    case appealAcknowledgement = "appeal_acknowledgement"
    case appealDecision = "appeal_decision"
    case coverageNotice = "coverage_notice"
    case general

    var isAboutAuthorization: Bool { self == .authorizationApproval || self == .authorizationDenial }

    /// The share of families that write to the patient, not to the provider.
    var memberShare: Double {
        switch self {
        case .authorizationApproval, .authorizationDenial: 0.4
        case .coverageNotice: 0.45
        case .denial, .appealAcknowledgement, .appealDecision: 0.25
        case .informationRequest, .general: 0.12
        case .overpaymentRequest: 0
        }
    }
}

/// A payer's letter: what it is about.
struct Letter {
    let subtype: LetterSubtype
    var facts: Facts
    let toMember: Bool
    let address: Address
    let payerAddress: Address
    let payerPhone: String

    init(subtype: LetterSubtype, source: inout Source) {
        self.subtype = subtype
        facts = source.commonFacts()
        toMember = source.style.chance("to the member", subtype.memberShare)
        address = source.address()
        payerAddress = source.senderAddress()
        payerPhone = source.senderPhone()
        inventParties(&source)
        inventNumbers(&source)
        inventDays(&source)
        inventReason(&source)
    }

    private mutating func inventParties(_ source: inout Source) {
        let style = source.style
        facts.set("payer_name", source.payer(), .name)
        facts.set(
            "provider_name", source.dice.chance(0.5) ? source.dice.pick(source.words.providers) : source.physician(),
            .name)
        if source.dice.chance(subtype == .general ? 0.6 : 0.97) {
            facts.set("patient_name", style.formats.name(source.person()), .name)
            facts.set("member_id", source.memberID(), .identifier)
        }
        facts.say("other_payer", source.dice.pick(source.words.payers))
        facts.say("other_policy", source.memberID())
        facts.say("group_number", source.groupNumber())
        let procedure = source.procedure()
        facts.say("procedure_code", procedure[0])
        facts.say("procedure", procedure[1].lowercased())
        facts.say("drug", source.dice.pick(source.words.drugs))
    }

    private mutating func inventNumbers(_ source: inout Source) {
        let formats = source.formats
        if subtype.isAboutAuthorization || [.appealDecision, .appealAcknowledgement].contains(subtype) {
            facts.set("authorization_number", source.authorizationNumber(), .identifier)
        }
        if !subtype.isAboutAuthorization, source.dice.chance(subtype == .coverageNotice ? 0.3 : 0.92) {
            facts.set("payer_claim_number", source.claimNumber(), .identifier)
            facts.set("patient_control_number", source.accountNumber(), .identifier)
            let charge = source.money(
                source.dice.chance(0.7) ? 60...2_500 : 2_500...60_000, round: source.dice.chance(0.5))
            facts.set("charge_amount", formats.money(charge), .money)
            let paid = Money(cents: charge.cents * Int64(source.dice.int(30...90)) / 100)
            facts.say("paid_amount", formats.money(paid))
            if subtype == .overpaymentRequest {
                let share = source.dice.chance(0.5) ? 100 : Int64(source.dice.int(10...95))
                facts.set("requested_amount", formats.money(Money(cents: paid.cents * share / 100)), .money)
            }
        } else if subtype == .overpaymentRequest {
            facts.set("requested_amount", formats.money(source.money(20...5_000)), .money)
        }
        if source.dice.chance(0.75) { facts.set("appeal_fax", formats.phone(source.phone()), .phone) }
    }

    private mutating func inventDays(_ source: inout Source) {
        let formats = source.formats
        let letterDay = source.day()
        facts.set("letter_date", formats.longDate(letterDay), .date)
        let service = letterDay.later(
            subtype.isAboutAuthorization ? source.dice.int(-5...30) : -source.dice.int(15...400))
        if source.dice.chance(0.92) {
            let inProse = source.style.chance("long dates of service", 0.25)
            let print = { inProse ? formats.longDate($0) : formats.date($0) }
            facts.set("service_start", print(service), .date)
            if subtype.isAboutAuthorization || source.dice.chance(0.3) {
                let stay =
                    subtype.isAboutAuthorization ? source.dice.pick([7, 30, 60, 90, 180, 365]) : source.dice.int(0...9)
                facts.set("service_end", print(service.later(stay)), .date)
            }
        }
        facts.say("paid_date", formats.date(letterDay.later(-source.dice.int(20...300))))
        facts.say("received_date", formats.longDate(letterDay.later(-source.dice.int(2...40))))
        facts.say("decision_date", formats.longDate(letterDay.later(source.dice.int(25...60))))
        facts.say("event_date", formats.longDate(letterDay.later(source.dice.int(-120...60))))
        if subtype != .authorizationApproval { inventDeadline(letterDay, &source) }
    }

    /// A deadline is a date, or days from the letter's date (derived), or days from its receipt (no date at all).
    private mutating func inventDeadline(_ letterDay: CalendarDate, _ source: inout Source) {
        let days = source.dice.pick([10, 14, 15, 20, 21, 30, 30, 45, 60, 60, 90, 120, 180])
        let words = source.dice.chance(0.3) ? Letter.spelled(days) : "\(days)"
        let kind = source.style.pick("calendar days", ["", "", " calendar"])
        switch source.style.pick("deadline", [0, 0, 1, 1, 2]) {
        case 0: facts.set("due_date", source.formats.longDate(letterDay.later(days)), .date)
        case 1:
            let ending = source.dice.pick([
                "of the date of this letter", "from the date of this letter", "of the date of this notice",
                "from the date on this notice", "of this letter",
            ])
            facts["due_days"] = Span(
                "within \(words)\(kind) days \(ending)",
                [
                    Tag(
                        "response_due_date", .date, value: .text(letterDay.later(days).description),
                        derivedFrom: ["letter_date"])
                ])
        default:
            let ending = source.dice.pick(["of receipt of this letter", "after you receive this notice", "of receipt"])
            facts.say("receipt_days", "within \(words)\(kind) days \(ending)")
        }
        if let due = facts["due_date"] {
            facts["due_date"] = Span(due.text, "response_due_date", .date)
        }
    }

    private static func spelled(_ days: Int) -> String {
        let names = [
            10: "ten", 14: "fourteen", 15: "fifteen", 20: "twenty", 21: "twenty-one", 30: "thirty", 45: "forty-five",
            60: "sixty", 90: "ninety", 120: "one hundred twenty", 180: "one hundred eighty",
        ]
        return names[days].map { "\($0) (\(days))" } ?? "\(days)"
    }

    private mutating func inventReason(_ source: inout Source) {
        if [.denial, .authorizationDenial, .appealDecision].contains(subtype) || subtype == .overpaymentRequest {
            var rule = "reason"
            var isDenied = subtype != .overpaymentRequest
            if subtype == .appealDecision {
                let side = source.dice.chance(0.6) ? "upheld" : "overturned"
                facts["outcome"] = Span(source.phrase(subtype.rawValue, "outcome_\(side)", facts).plainText)
                rule += "_\(side)"
                isDenied = side == "upheld"
            }
            let sentence = source.phrase(subtype.rawValue, rule, facts).plainText
            if isDenied {
                facts.set("denial_reason", sentence, .text)
            } else {
                facts.say("reason", sentence)
            }
        }
        if subtype == .denial, source.dice.chance(0.6) {
            let reason = source.dice.pick(source.words.adjustmentReasons)
            let group = source.dice.pick(["CO", "CO", "PR", "OA", "PI"])
            let text = source.style.chance("grouped reasons", 0.7) ? source.formats.reason(group, reason) : reason
            facts["reason_code"] = Span(text, "reason_codes[0]", .adjustmentReason)
            facts.say("remark_code", source.dice.pick(source.words.remarkCodes))
        }
    }
}
