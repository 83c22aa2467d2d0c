import Documents
import Foundation
import Governance
import Records
import Understanding

/// An approval in a list, in words.
struct ApprovalLine: Sendable {
    let id: String
    let kind: String
    let amount: String
    let about: String
    let facility: String?
    let requestedBy: String
    let requestedAt: String
    /// When it expires: `in 3 h`; nil for never.
    let due: String?
    let status: String
    let statusWords: String
    /// What it has to do with whoever looks.
    let part: String?
    let isMine: Bool
    let who: String?

    init(_ approval: Approval, context: ServiceContext) throws {
        self.init(
            approval, try approval.decodedContent(), context: context, due: nil, statusWords: approval.status.rawValue)
    }

    init(_ entry: ApprovalEntry, context: ServiceContext, at now: Date) {
        let found = entry.found
        let votes = found.authority.votes(on: found.state, at: now).count
        let words = votes > 0 ? "one of two approved" : found.record.climbedCount > 0 ? "climbed" : "open"
        let due = found.state.expiresAt.map { end in
            let seconds = end.timeIntervalSince(now)
            return seconds > 0 ? "in \(PageTime.age(seconds: seconds))" : "its time is over"
        }
        self.init(
            found.record, found.content, context: context, due: due, statusWords: words, part: entry.part,
            who: entry.part == .others ? found.authority.whoMay(on: found.state, at: now) : nil)
    }

    private init(
        _ approval: Approval, _ content: ApprovalContent, context: ServiceContext, due: String?, statusWords: String,
        part: ApprovalEntry.Part? = nil, who: String? = nil
    ) {
        id = approval.id
        kind = context.approvalMatrix.title(of: content.kind)
        amount = content.amount?.dollars ?? "amount not known"
        about = [content.payerName, content.reference].compactMap { $0 }.joined(separator: ", ")
        facility = content.facility
        requestedBy = approval.requestedBy.askerWords
        requestedAt = PageTime.minute(approval.requestedAt)
        self.due = due
        status = approval.status.rawValue
        self.statusWords = statusWords
        isMine = part == .asked
        self.part =
            switch part {
            case .asked: "for you"
            case .mayDecide: "you may too"
            case .others, nil: nil
            }
        self.who = who
    }
}

/// The page of one approval.
struct ApprovalView: Sendable {
    struct Fact: Sendable {
        let name: String
        let value: String
    }

    struct Claim: Sendable {
        let payer: String
        let number: String
        let service: String
        let charge: String
    }

    struct Account: Sendable {
        let number: String
        let patient: String
        let claims: [Claim]
        let hasClaims: Bool
    }

    struct Step: Sendable {
        let at: String
        let words: String
        let reason: String?
    }

    let id: String
    let title: String
    let amount: String
    let status: String
    let statusWords: String
    let facts: [Fact]
    let sheets: [PageSheet]
    let hasSheets: Bool
    let hasManyPages: Bool
    let documentID: String?
    let documentTitle: String?
    let fileName: String?
    let form: DocumentForm?
    /// The places of the values that say the amount, with a space between.
    let evidence: String
    let accounts: [Account]
    let hasAccounts: Bool
    let history: [Step]
    /// By what right the person who looks may decide; nil when they may not.
    let warrant: String?
    /// Why they may not; nil when they may or it is over.
    let hindrance: String?
    /// Who may, as a sentence; nil when it is over.
    let whoMay: String?
    /// What they may do with it, in a word.
    let verb: String
    /// Whether they may approve it, too: not while its amount is not known.
    let mayApprove: Bool
    let approveTitle: String
    let mayWithdraw: Bool
    let seen: String
    let done: String?
    let notice: String?
    let reasonLengthMax = ApprovalDesk.reasonLengthMax
    let formToken: String

    init(
        _ sight: ApprovalSight, context: ServiceContext, session: SignedInSession, done: String?, notice: String?
    ) {
        let found = sight.found
        let (record, content) = (found.record, found.content)
        let now = context.clock()
        id = record.id
        title = context.approvalMatrix.title(of: content.kind)
        amount = content.amount?.dollars ?? "amount not known"
        status = record.status.rawValue
        statusWords = record.status == .requested ? "open" : record.status.rawValue
        facts = ApprovalView.facts(record, content)
        documentID = sight.document?.id
        sheets = PageSheet.all(sight.pages, documentID: sight.document?.id ?? "")
        hasSheets = !sheets.isEmpty
        hasManyPages = sheets.count > 1
        fileName = sight.fileName
        let titles = sight.document.map { document in
            DocumentTitles(
                document.type, catalog: context.understander.catalog,
                hiding: Sight(context: context).hiddenFields(of: document, from: session.caller))
        }
        documentTitle = titles?.title
        form = sight.document.flatMap { document in
            titles.map {
                DocumentForm(FieldInputs(document: document.document, definitions: $0, typed: [:], errors: [:]))
            }
        }
        evidence = content.evidence.map(\.field).joined(separator: " ")
        accounts = sight.accounts.map(Account.init)
        hasAccounts = !accounts.isEmpty
        history = ApprovalView.history(found, at: now)
        let isOpen = !found.isOver
        let isKnown = content.amount != nil
        let isCovered = found.authority.covers(content)
        let answer = found.authority.refusal(by: session.caller.name, of: found.state, at: now)
        let stands = answer.warrant?.onBehalfOf.map { ", on behalf of \($0)" } ?? ""
        warrant = isOpen ? answer.warrant.map { "\($0.row)\(stands)" } : nil
        verb = isKnown && isCovered ? "decide" : "refuse"
        mayApprove = warrant != nil && isKnown && isCovered
        let names = isKnown ? found.authority.whoMay(on: found.state, at: now) : ApprovalView.unknownAmount
        whoMay = isOpen ? names : nil
        if isOpen, case .no(let clause) = answer {
            hindrance = "You may not decide it: \(clause)."
        } else {
            hindrance = nil
        }
        approveTitle = found.missingCount == 2 ? "Approve as the first of two" : "Approve"
        mayWithdraw = isOpen && record.requestedBy == session.caller.actor
        seen = record.contentHash
        self.done = done
        self.notice = notice
        formToken = session.formToken
    }

    private static let unknownAmount =
        "Nobody may approve it: the amount is not known. Have it refused and asked for with an amount."

    private static func facts(_ record: Approval, _ content: ApprovalContent) -> [Fact] {
        let given: [(String, String?)] = [
            ("Payer", content.payerName), ("About", content.reference), ("Facility", content.facility),
            ("Cost centre", content.costCentre), ("Legal entity", content.legalEntity),
            ("Asked for by", record.requestedBy.askerWords), ("Asked for", PageTime.minute(record.requestedAt)),
            ("Expires", record.status == .requested ? record.expiresAt.map(PageTime.minute) : nil),
            ("Reminders", record.remindedCount > 0 ? "\(record.remindedCount)" : nil),
        ]
        return given.compactMap { name, value in value.map { Fact(name: name, value: $0) } }
    }

    private static func history(_ found: ApprovalCase, at now: Date) -> [Step] {
        let counted = found.authority.votes(on: found.state, at: now)
        let decisions = found.decisions.map { decision in
            let isVoid =
                decision.verdict == .approved
                && (decision.contentHash != found.record.contentHash
                    || found.record.status == .requested
                        && (decision.matrixHash != found.authority.matrix.hash
                            || !counted.contains { $0.person == decision.person }))
            return Step(
                at: PageTime.minute(decision.decidedAt),
                words: "\(decision.people) \(decision.verdict.rawValue) it (\(decision.warrant))"
                    + (isVoid
                        ? ", which does not count any more: what is asked for, the matrix or who may was changed" : ""),
                reason: decision.reason)
        }
        let asked = Step(
            at: PageTime.minute(found.record.requestedAt), words: "\(found.record.requestedBy.askerWords) asked for it",
            reason: nil)
        guard let endedAt = found.record.endedAt, [.withdrawn, .expired].contains(found.record.status) else {
            return [asked] + decisions
        }
        let end = Step(
            at: PageTime.minute(endedAt),
            words: found.record.status == .expired
                ? "It expired" : "\(found.record.endedBy?.askerWords ?? "") took it back", reason: found.record.reason)
        return [asked] + decisions + [end]
    }
}

extension ApprovalView.Account {
    fileprivate init(_ account: PatientAccount) {
        number = account.accountNumber
        patient = account.patientName
        claims = account.claims.map { claim in
            ApprovalView.Claim(
                payer: claim.payerName ?? "", number: claim.payerClaimNumber ?? "",
                service: claim.serviceStart.map(\.description) ?? "", charge: claim.chargeAmount?.dollars ?? "")
        }
        hasClaims = !claims.isEmpty
    }
}

extension String {
    /// A person's name, `the rule …` or `the machine …`.
    fileprivate var askerWords: String {
        let parts = split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { return self }
        return switch parts[0] {
        case "rule": "the rule “\(parts[1])”"
        case "key": "the machine \(parts[1])"
        default: parts[1]
        }
    }
}
