import Documents
import Foundation
import Governance
import Records
import Understanding

/// Work with all that a person needs to do it: what the paper says, what is refused, and a draft of the appeal.
struct WorkCase: Sendable {
    struct Fact: Sendable {
        let title: String
        let value: String
    }

    let work: WorkItem
    let record: DocumentRecord
    let file: CustodyFile
    /// The denials of the claim that it is about.
    let denials: [DenialRecord]
    /// The pages that tell of what the work is about and of nobody else.
    let pages: [PageFace]
    /// Numbers of the pages that tell of other claims too, or may.
    let sharedPages: [Int]
    /// The paper's facts of the claim.
    let facts: [Fact]
    /// The draft of the appeal; nil for other work, and where the document does not stand.
    let letter: String?
    /// Whether a value like the document's own was found wrong, and nothing is done about it until it is released.
    let isHeld: Bool
    /// Whether something of the document is kept from the caller.
    let isPart: Bool

    /// The work `id` as the caller may see it; the look is on record.
    init(_ id: String, for caller: Caller, context: ServiceContext, in transaction: Transaction, at now: Date) throws {
        work = try WorkDesk.found(id, for: caller, in: transaction)
        guard let record = try transaction.document(work.documentID), let file = try transaction.file(record.sha256)
        else { throw ReviewError(.notFound, "The document of this work is gone. Choose other work.") }
        try transaction.recordView(of: record.id, record.correlationID, by: caller, at: now)
        let seen = try Sight(context: context).seen(record, by: caller, in: transaction)
        self.record = seen.record
        self.file = file
        isPart = seen.isPart
        let place = work.place
        denials = isPart ? [] : try transaction.denials(ofDocument: record.id).filter { $0.claimPlace == place }
        let numbers = WorkCase.pages(of: record.document, at: place)
        sharedPages = numbers.shared
        pages = try numbers.own.compactMap { try transaction.pageFace(of: record.sha256, number: $0) }
        facts = WorkCase.facts(of: seen.record.document, at: place, context)
        isHeld = try transaction.hold(of: record.id) != nil
        letter =
            work.kind == WorkKind.appeal.rawValue && !isPart && !isHeld && record.status == .accepted
            ? WorkCase.letter(work, seen.record.document, denials, context, at: now) : nil
    }

    var kind: WorkKind { WorkKind(rawValue: work.kind) ?? .appeal }

    /// Why nobody packs it now; nil where it may be sent.
    var packRefusal: String? {
        if isHeld { return WorkDesk.heldSentence }
        if isPart { return "Nobody packs this document until it is settled. Do it then." }
        guard record.status == .accepted, [.open, .taken, .awaiting].contains(work.status) else {
            return "The work is done with, or its document was recalled: nothing of it is sent. Choose other work."
        }
        return nil
    }

    /// What the payer says that the patient owes, where the denial is of that; nil for other denials.
    func patientAmount(of denial: DenialRecord, _ table: DenialTable) -> Money? {
        isPart ? nil : table.patientAmount(of: denial, in: record.document)
    }

    private static func pages(of document: Document, at place: String) -> (own: [Int], shared: [Int]) {
        guard let number = FieldPath(place)?.steps.first?.index else { return (document.pages, []) }
        let pages = ClaimPages(ofClaim: number, in: document)
        return (pages.own, pages.shared)
    }

    // MARK: Facts

    private static let paperFields = [
        "payer_name", "letter_date", "response_due_date", "payment_number", "payment_date", "patient_name", "member_id",
        "patient_control_number", "payer_claim_number", "authorization_number", "provider_name", "service_start",
        "service_end", "charge_amount", "reason_codes", "denial_reason", "requested_documents", "appeal_fax",
    ]
    private static let claimFields = [
        "patient_name", "member_id", "patient_control_number", "payer_claim_number", "rendering_provider_name",
        "service_start", "service_end", "charge_amount", "allowed_amount", "paid_amount", "patient_responsibility",
    ]

    private static func facts(of document: Document, at place: String, _ context: ServiceContext) -> [Fact] {
        let titles = DocumentTitles(document.type, catalog: context.understander.catalog)
        var facts = facts(document.fields, paperFields) { titles.title(of: $0) }
        guard let claim = document.claim(at: place) else { return facts }
        facts += WorkCase.facts(claim.fields, claimFields) { titles.title(of: "claims.\($0)") }
        for (index, line) in claim.serviceLines.enumerated() {
            facts.append(Fact(title: "Line \(index + 1)", value: words(of: line)))
        }
        return facts
    }

    private static func facts(_ row: Row, _ names: [String], _ title: (String) -> String) -> [Fact] {
        names.compactMap { name in
            let values = (row[name]?.fields ?? []).map(\.value.description)
            return values.isEmpty ? nil : Fact(title: title(name), value: values.joined(separator: ", "))
        }
    }

    private static func words(of line: Row) -> String {
        func text(_ name: String) -> String? { line[name]?.fields.first?.value.description }
        var words = [text("service_date"), text("procedure_code")].compactMap { $0 }
        for (name, what) in [("charge_amount", "charged"), ("allowed_amount", "allowed"), ("paid_amount", "paid")] {
            if let amount = text(name) { words.append("\(what) \(amount)") }
        }
        if case .groups(let groups)? = line["adjustments"] {
            words += groups.compactMap { group in
                guard let reason = group["reason"]?.value.description else { return nil }
                return "\(reason) \(group["amount"]?.value.description ?? "")"
            }
        }
        words += (line["remark_codes"]?.fields ?? []).map(\.value.description)
        return words.joined(separator: ", ")
    }

    // MARK: The letter

    private static func letter(
        _ work: WorkItem, _ document: Document, _ denials: [DenialRecord], _ context: ServiceContext, at now: Date
    ) -> String {
        let claim = document.claim(at: work.place)
        func text(_ name: String) -> String? {
            claim?.fields[name]?.fields.first?.value.description ?? document.text(name)
        }
        let codes = denials.flatMap(\.codes)
        let categories = denials.map { context.denials.table.category(named: $0.category)?.title ?? $0.category }
        var values: [String: String?] = [
            "today": context.policy.day(of: now)?.description, "reason": document.text("denial_reason"),
            "decision_date": text("letter_date") ?? text("payment_date"),
            "codes": codes.isEmpty ? nil : unique(codes).joined(separator: ", "),
            "category": unique(categories).joined(separator: ", "), "deadline": work.deadline?.description,
            "amount_at_stake": work.amountAtStake?.description,
            "provider_name": text("provider_name") ?? text("payee_name"),
        ]
        for name in [
            "payer_name", "appeal_fax", "payer_claim_number", "authorization_number", "patient_name", "member_id",
            "patient_control_number", "service_start", "service_end",
        ] {
            values[name] = text(name)
        }
        return context.denials.appealLetter.text(values)
    }

    private static func unique(_ words: [String]) -> [String] {
        words.enumerated().filter { !words[..<$0.offset].contains($0.element) }.map(\.element)
    }
}

extension Document {
    /// The claim at `claims[0]`; nil for another place.
    fileprivate func claim(at place: String) -> Documents.Claim? {
        guard let index = FieldPath(place)?.steps.first?.index, claims.indices.contains(index) else { return nil }
        return claims[index]
    }
}
