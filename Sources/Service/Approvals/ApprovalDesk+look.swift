package import Documents
import Foundation
import Governance
package import Records

/// An approval in a list.
package struct ApprovalEntry: Sendable {
    /// What it has to do with whoever looks.
    package enum Part: Int, Sendable, Comparable {
        /// It is for them to decide.
        case asked
        /// They may decide it as well.
        case mayDecide
        case others

        package static func < (left: Part, right: Part) -> Bool { left.rawValue < right.rawValue }
    }

    package let found: ApprovalCase
    package let part: Part
}

/// An approval with its document and account, as its page shows it.
package struct ApprovalSight: Sendable {
    package let found: ApprovalCase
    /// The document as the caller may see it; nil where there is none, or it is not theirs to see.
    package let document: DocumentRecord?
    package let fileName: String?
    package let pages: [PageFace]
    package let accounts: [PatientAccount]
}

extension ApprovalDesk {
    /// So many open approvals are on one page of the list.
    package static let openCountMax = 500
    /// So many approvals that are over are shown at once.
    package static let endedCountMax = 100
    private static let accountCountMax = 20

    /// A page of the open approvals within the caller's reach, the most urgent first; on it theirs to decide come first,
    /// then those that they may decide too.
    ///
    /// - Parameter page: from 0.
    package func open(for caller: Caller, page: Int = 0) async throws -> [ApprovalEntry] {
        let now = context.clock()
        return try await context.store.read { transaction in
            let records = try transaction.openApprovals(
                within: caller.reach, offset: page * ApprovalDesk.openCountMax, limit: ApprovalDesk.openCountMax)
            let decisions = try transaction.decisions(on: records.map(\.id))
            let house = try ApprovalHouse(context, in: transaction, at: now)
            let entries = try records.map { record in
                let found = try ApprovalCase(
                    record, decisions: decisions[record.id] ?? [], house: house, in: transaction)
                return ApprovalEntry(found: found, part: part(of: caller, in: found, at: now))
            }
            return entries.enumerated().sorted { ($0.element.part, $0.offset) < ($1.element.part, $1.offset) }
                .map(\.element)
        }
    }

    private func part(of caller: Caller, in found: ApprovalCase, at now: Date) -> ApprovalEntry.Part {
        let isOver = found.state.expiresAt.map { $0 <= now } ?? false
        guard caller.isPerson, !isOver,
            found.authority.answer(for: caller.name, on: found.state, at: now).warrant != nil
        else { return .others }
        return found.authority.isAsked(
            caller.name, on: found.state, climbed: found.record.climbedCount, at: now) ? .asked : .mayDecide
    }

    /// Pages of open approvals that are looked through for the next one: whoever has decided waits for it.
    private static let nextPagesMax = 4

    /// The approval that is for the caller to decide next; nil when none is among the most urgent.
    package func next(for caller: Caller) async throws -> String? {
        for page in 0..<ApprovalDesk.nextPagesMax {
            let entries = try await open(for: caller, page: page)
            if let first = entries.first(where: { $0.part == .asked }) { return first.found.record.id }
            guard entries.count == ApprovalDesk.openCountMax else { return nil }
        }
        return nil
    }

    /// The approvals that are over, the newest first.
    package func ended(for caller: Caller, before: String? = nil) async throws -> [Approval] {
        try await context.store.read {
            try $0.endedApprovals(within: caller.reach, before: before, limit: ApprovalDesk.endedCountMax)
        }
    }

    /// An approval with what speaks for it; the look is on record.
    package func look(at id: String, by caller: Caller) async throws -> ApprovalSight {
        let now = context.clock()
        return try await context.store.write { transaction in
            let found = try found(id, for: caller, in: transaction, at: now)
            try context.note("approval.viewed", of: found.record, by: caller.actor, in: transaction, at: now)
            guard let documentID = found.record.documentID, caller.permissions.contains(.viewDocuments),
                let record = try transaction.document(documentID, within: caller.reach)
            else { return ApprovalSight(found: found, document: nil, fileName: nil, pages: [], accounts: []) }
            try transaction.recordView(of: documentID, record.correlationID, by: caller, at: now)
            let seen = try Sight(context: context).seen(record, by: caller, in: transaction)
            let document = seen.record.document
            let matches = ([document.accountMatch] + document.claims.map(\.accountMatch)).compactMap {
                $0?.accountNumber
            }
            let accounts = try Set(matches).sorted().prefix(ApprovalDesk.accountCountMax).compactMap {
                try transaction.account($0)
            }
            return ApprovalSight(
                found: found, document: seen.record, fileName: try transaction.file(record.sha256)?.name,
                pages: try transaction.pageFaces(of: seen.record),
                accounts: seen.isPart ? [] : Array(accounts))
        }
    }
}
