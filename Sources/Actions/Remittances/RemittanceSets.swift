import Documents
import Foundation
import Records

/// One transaction set with the items that it tells.
struct RemittanceSet {
    /// What is taken back before what is told.
    var items: [RemittanceItem]
    /// The item that the set is named and numbered by.
    var head: RemittanceItem
    var content: Remittance
    /// What it leaves of the balance to later files.
    var forwardCents: Int
}

/// Makes transaction sets of what waits: one for each document, or each payment that comes on several papers, a reversal
/// with the payment that is told anew.
struct RemittanceSets {
    private static let unreadable = "A payment that waits cannot be read by this version of the program."

    private let settings: RemittanceSettings
    private let payer: RemittancePayer
    private let now: Date

    init(settings: RemittanceSettings, payer: RemittancePayer, at now: Date) {
        self.settings = settings
        self.payer = payer
        self.now = now
    }

    /// What is told of as one: a document, or a payment on several papers.
    private enum Subject: Hashable {
        case document(String)
        case payment(String)
    }

    /// The sets of what waits for a payer's next file.
    ///
    /// What cannot be read or does not balance waits on with a sentence, and holds up no other: it can only be so when the
    /// program that took it was another.
    func sets(of items: [RemittanceItem], in transaction: Transaction) throws -> [RemittanceSet] {
        // A document that told a whole payment and is now one of several papers is taken back with those.
        let payments = items.reduce(into: [String: String]()) { payments, item in
            if item.kind == .payment, let number = item.jointPayment { payments[item.documentID] = number }
        }
        func subject(_ item: RemittanceItem) -> Subject {
            (item.jointPayment ?? payments[item.documentID]).map(Subject.payment) ?? .document(item.documentID)
        }
        var seen: Set<Subject> = []
        let subjects = items.map(subject).filter { seen.insert($0).inserted }
        let bySubject = Dictionary(grouping: items, by: subject)
        return try subjects.compactMap { try set(of: $0, items: bySubject[$0] ?? [], in: transaction) }
    }

    private func set(
        of subject: Subject, items found: [RemittanceItem], in transaction: Transaction
    ) throws -> RemittanceSet? {
        guard let key = found.first?.payer else { return nil }
        var items = found
        var documents = unique(found.map(\.documentID))
        if case .payment(let number) = subject {
            // All its papers, however many wait for the file.
            items =
                found.filter { $0.jointPayment == nil }
                + (try transaction.waitingRemittances(ofJointPayment: number, sender: settings.name, payer: key))
            documents = unique(
                documents + (try transaction.documents(ofJointPayment: number, sender: settings.name, payer: key)))
        }
        let told: (content: Remittance?, items: [RemittanceItem])
        let reversals = items.filter { $0.kind == .reversal }
        var settlement = RemittanceSettlement(reversed: nil, told: nil)
        do {
            settlement.reversed = try reversed(reversals)
            told = try payment(items.filter { $0.kind == .payment })
        } catch {
            try keepBack(items, because: RemittanceSets.unreadable, in: transaction)
            return nil
        }
        settlement.told = told.content
        let brought = try transaction.remittanceForwardCents(of: documents, sender: settings.name, payer: key)
        settlement.broughtForward = Money(cents: Int64(brought))
        // What is left of the balance stays with a document that will be told again.
        let remaining = Set(items.filter { $0.kind == .payment }.map(\.documentID))
        let head = told.items.first ?? reversals.first { remaining.contains($0.documentID) } ?? reversals.first
        guard let head, let (content, left) = settlement.remittance(reference: head.id) else { return nil }
        let alone = settings.interchange(1, at: now).bytes(of: "835", [content.segments(payer: payer)])
        if let finding = RemittanceBalancer.findings(in: alone).first {
            try keepBack(reversals + told.items, because: finding, in: transaction)
            return nil
        }
        // At once: another set of the same file may be about one of the documents too.
        try transaction.takeUpRemittanceForward(of: documents, sender: settings.name, payer: key)
        return RemittanceSet(
            items: reversals + told.items, head: head, content: content, forwardCents: Int(left.cents))
    }

    /// What is told, with the items that tell it: none where papers of the payment are missing.
    private func payment(_ items: [RemittanceItem]) throws -> (content: Remittance?, items: [RemittanceItem]) {
        guard items.first?.jointPayment != nil else { return (try items.first?.remittance, items) }
        guard case .whole(let whole) = JointPayment(try items.map { try $0.remittance }).standing else {
            return (nil, [])
        }
        return (whole, items)
    }

    /// What is taken back: what documents told alone, and what the papers of payments told together.
    private func reversed(_ items: [RemittanceItem]) throws -> Remittance? {
        var told = try items.filter { $0.jointPayment == nil }.map { try $0.remittance }
        let papers = try items.filter { $0.jointPayment != nil }.map { try $0.remittance }
        if !papers.isEmpty {
            guard case .whole(let whole) = JointPayment(papers).standing else {
                throw X12Problem("The papers of a payment that was told do not add up.")
            }
            told.append(whole)
        }
        return Remittance.together(told)
    }

    /// Keeps items waiting, and puts on record once that they are.
    private func keepBack(_ items: [RemittanceItem], because sentence: String, in transaction: Transaction) throws {
        for item in items where item.detail != sentence {
            var kept = item
            kept.detail = sentence
            try transaction.updateRemittance(kept, from: .waiting)
            try transaction.audit(
                actor: "outbox", action: "remittance.kept_back", subject: item.documentID,
                detail: ["connector": settings.name, "remittance": item.id], correlationID: item.correlationID, at: now)
        }
    }

    private func unique(_ documents: [String]) -> [String] {
        documents.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
