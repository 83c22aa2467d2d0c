import Documents
import Foundation
import Governance
import Records

/// Looks for what is unusual about a document beside all that the store knows, in the transaction that decides on it: of two
/// copies that come at once, one finds the other.
struct AnomalyFinder {
    /// So many other documents are compared, those that share the most first.
    private static let comparedMax = 50

    let policy: Policy
    let vocabulary: Vocabulary
    let transaction: Transaction
    /// The document's own identifier.
    let id: String
    let sha256: String

    private var rules: AnomalyRules { policy.anomalies }

    func anomalies(of document: Document) throws -> [Anomaly] {
        guard !rules.reasons.isEmpty else { return [] }
        let others = try transaction.documents(
            having: DocumentKeys.keys(of: document), besides: id, limit: Self.comparedMax
        ).filter { other in
            // While pages go from one document to another, both say for a moment what stands on them.
            other.sha256 != sha256 || Set(other.document.pages).isDisjoint(with: document.pages)
        }
        let copies = try duplicates(of: document, among: others)
        let copied = Set(copies.compactMap(\.otherID))
        let distinct = others.filter { !copied.contains($0.id) }
        var found = copies
        // What a copy says again is said once: that it is one.
        if copies.isEmpty {
            found += repeatedPayments(of: document, among: distinct)
            // One that waits may be a copy of another; it is counted once it is accepted.
            found += try overpaidAccounts(of: document, among: distinct.filter { $0.status == .accepted })
            found += repeatedRequests(of: document, among: distinct)
        }
        found += try shortfalls(of: document)
        found += try unusualAdjustments(of: document)
        return found.filter { anomaly in rules.reasons.contains { $0.rawValue == anomaly.code } }
    }

    // MARK: Other documents

    private func duplicates(of document: Document, among others: [DocumentRecord]) throws -> [Anomaly] {
        guard rules.reasons.contains(.duplicateDocument), document.type != "other" else { return [] }
        let hashes = try transaction.pageHashes(of: sha256, pages: document.pages)
        return try others.compactMap { other in
            let theirs = try transaction.pageHashes(of: other.sha256, pages: other.document.pages)
            let looksAlike = PageHashes.lookAlike(hashes, theirs)
            let likeness = DocumentLikeness(
                document, other.document, pagesLookAlike: looksAlike, vocabulary: vocabulary)
            guard likeness.isDuplicate else { return nil }
            let same = likeness.evidence.filter(\.agrees).map { $0.title.lowercased() }
            let differing = likeness.evidence.count - same.count
            let look = looksAlike == true ? " Their pages look alike." : ""
            let detail =
                "It seems to be a document that came \(arrival(of: other)) already: the same \(same.prefix(5).joined(separator: ", "))."
                + (differing == 0 ? "" : " \(differing) \(differing == 1 ? "value differs" : "values differ").") + look
            return Anomaly(
                code: ReasonCode.duplicateDocument.rawValue, detail: detail, otherID: other.id,
                amount: document.amountMoved, evidence: likeness.evidence)
        }
    }

    private func repeatedPayments(of document: Document, among others: [DocumentRecord]) -> [Anomaly] {
        EarlierPayments(others.map(\.document)).repeated(in: document).map { payment, index in
            let other = others[index]
            let services = payment.services.isEmpty ? "" : " for \(payment.services.prefix(3).joined(separator: ", "))"
            let place = "claims[\(payment.claim)]"
            return Anomaly(
                code: ReasonCode.duplicatePayment.rawValue, place: place,
                detail:
                    "Claim \(payment.claim + 1) may be paid twice\(services): \(payment.paidHere) here, and the payer paid the same services in a document that came \(arrival(of: other)).",
                otherID: other.id, amount: payment.paidHere,
                evidence: [
                    Anomaly.Evidence(
                        "Paid", here: "\(payment.paidHere)", there: "\(payment.paidThere)",
                        agrees: payment.paidHere == payment.paidThere, field: "claims.paid_amount"),
                    Anomaly.Evidence(
                        "Payment number", here: document.text("payment_number"),
                        there: other.document.text("payment_number"),
                        agrees: document.text("payment_number") == other.document.text("payment_number"),
                        field: "payment_number"),
                    Anomaly.Evidence(
                        "Payment date", here: document.text("payment_date"), there: other.document.text("payment_date"),
                        agrees: document.text("payment_date") == other.document.text("payment_date"),
                        field: "payment_date"),
                ])
        }
    }

    /// Accounts of the books that all payers together, with this document, paid more than was charged.
    private func overpaidAccounts(of document: Document, among others: [DocumentRecord]) throws -> [Anomaly] {
        guard rules.reasons.contains(.accountOverpaid) else { return [] }
        return try document.accountNumbers.compactMap { number in
            guard let charged = try transaction.account(number)?.chargedAmount,
                let excess = AccountPayments(account: number, document, others.map(\.document)).excess(over: charged)
            else { return nil }
            let (before, over) = (excess.total - excess.here, excess.total - charged)
            return Anomaly(
                code: ReasonCode.accountOverpaid.rawValue,
                detail:
                    "Account \(number) was charged \(charged). Payers paid \(before) so far, and this document pays \(excess.here): that is \(excess.total) in all, \(over) over the charge.",
                otherID: excess.document.map { others[$0].id }, amount: over,
                evidence: [
                    Anomaly.Evidence(
                        "Paid on the account", here: "\(excess.here)", there: "\(before)", agrees: false,
                        field: "claims.paid_amount"),
                    Anomaly.Evidence("Charged on the account", here: "\(charged)", there: nil, agrees: true),
                ])
        }
    }

    private func repeatedRequests(of document: Document, among others: [DocumentRecord]) -> [Anomaly] {
        guard let other = others.first(where: { document.asksSameRefund(as: $0.document) }) else { return [] }
        let (mine, theirs) = (document, other.document)
        return [
            Anomaly(
                code: ReasonCode.repeatedRefundRequest.rawValue, place: "requested_amount",
                detail:
                    "The payer asked for this refund in a letter that came \(arrival(of: other)) already: pay it once.",
                otherID: other.id, amount: mine.amountMoved,
                evidence: [("Requested", "requested_amount"), ("Letter date", "letter_date")].map { title, field in
                    Anomaly.Evidence(
                        title, here: mine.text(field), there: theirs.text(field),
                        agrees: mine.text(field) == theirs.text(field), field: field)
                })
        ]
    }

    private func arrival(of other: DocumentRecord) -> String {
        let recall = other.document.isRecalled ? " (and is under recall)" : ""
        return "on \(PageTime.moment(other.createdAt).prefix(10))\(recall)"
    }

    // MARK: Contracts and history

    private func shortfalls(of document: Document) throws -> [Anomaly] {
        let procedures = ContractComparison.procedures(in: document)
        guard rules.reasons.contains(.underContract), document.type == "eob", !procedures.isEmpty,
            let payer = try contractPayer(of: document)
        else { return [] }
        let comparison = ContractComparison(
            rates: try transaction.contractRates(payer: payer, procedures: procedures),
            facility: try transaction.file(sha256)?.facility)
        let found = comparison.shortfalls(in: document, tolerance: rules.contractTolerance)
        let total = found.map(\.difference).reduce(.zero, +)
        return found.map { shortfall in
            let all = found.count > 1 ? " All \(found.count) such lines of the document: \(total)." : ""
            return Anomaly(
                code: ReasonCode.underContract.rawValue, place: shortfall.place,
                detail:
                    "Allowed \(shortfall.allowed), and the contract with \(shortfall.rate.payerName) says \(shortfall.agreed) (\(shortfall.rate.words), \(shortfall.units) \(shortfall.units == 1 ? "unit" : "units")): \(shortfall.difference) too little.\(all)",
                amount: shortfall.difference,
                evidence: [
                    Anomaly.Evidence(
                        "Allowed for \(shortfall.rate.procedureCode)", here: "\(shortfall.allowed)",
                        there: "\(shortfall.agreed)", agrees: false, field: "claims.service_lines.allowed_amount")
                ])
        }
    }

    /// The payer under the name that its contract has.
    private func contractPayer(of document: Document) throws -> PayerName? {
        guard let name = document.text("payer_name").map({ PayerName($0) }) else { return nil }
        let known = try transaction.contractPayers().map { PayerName($0) }
        if known.contains(name) { return name }
        let near = known.filter { $0.maySpell(name) }
        return near.count == 1 ? near.first : nil
    }

    private func unusualAdjustments(of document: Document) throws -> [Anomaly] {
        guard rules.reasons.contains(.unusualAdjustment), let payer = document.text("payer_name") else { return [] }
        let adjustments = document.lineAdjustments
        let wanted = AdjustmentHistory.wanted(forLines: adjustments.count, least: rules.leastHistory)
        var histories: [String: AdjustmentHistory] = [:]
        for reason in Set(adjustments.map(\.reason)) {
            histories[reason] = AdjustmentHistory(
                shares: try transaction.adjustmentShares(
                    payerKey: PayerName(payer).key, reason: reason, besides: id, limit: wanted),
                least: rules.leastHistory)
        }
        return adjustments.compactMap { adjustment in
            guard let history = histories[adjustment.reason],
                history.isUnusual(adjustment.share, amongLines: adjustments.count)
            else { return nil }
            let share = "\((adjustment.share + 50) / 100) %"
            return Anomaly(
                code: ReasonCode.unusualAdjustment.rawValue, place: "\(adjustment.place).charge_amount",
                detail:
                    "\(adjustment.reason) took \(share) of the charge (\(adjustment.amount) of \(adjustment.charge)); of this payer's last \(history.lineCount) lines with it nine in ten are at \(history.usual).",
                amount: adjustment.amount,
                evidence: [
                    Anomaly.Evidence(
                        "\(adjustment.reason) of the charge", here: share, there: history.usual, agrees: false,
                        field: "claims.service_lines.adjustments")
                ])
        }
    }
}

extension Document {
    /// The money that the document as a whole is about: what it pays, or asks to have back.
    fileprivate var amountMoved: Money? {
        let amount = (text("payment_amount") ?? text("requested_amount")).flatMap { Money($0) }
        return amount.flatMap { $0 > .zero ? $0 : nil }
    }
}

extension ServiceContext {
    /// The document with what is unusual about it in its evidence, for policy to decide on; that is kept for its reviewers,
    /// in the transaction that decides.
    func noting(
        anomaliesOf document: Document, id: String, sha256: String, in transaction: Transaction, at now: Date
    ) throws -> Document {
        // Two copies at once must not both be the first.
        try transaction.takeTurn()
        let found = try anomalies(of: document, id: id, sha256: sha256, in: transaction)
        try transaction.setAnomalies(found, of: id, at: now)
        return document.noting(found, withdrawn: try transaction.withdrawals(of: id))
    }

    /// What is unusual about the document beside all that the store knows.
    func anomalies(
        of document: Document, id: String, sha256: String, in transaction: Transaction
    ) throws -> [Anomaly] {
        try AnomalyFinder(
            policy: policy, vocabulary: vocabulary, transaction: transaction, id: id, sha256: sha256
        ).anomalies(of: document)
    }
}

extension Transaction {
    /// Why anomalies of the document stand no more, a sentence for each.
    func withdrawals(of documentID: String) throws -> [String] {
        try anomalyRecords(of: documentID).filter(\.isWithdrawn).compactMap { $0.ending?.because }
    }
}
