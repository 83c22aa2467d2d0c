import Documents
import Foundation
import Governance
package import Records
package import Understanding

/// What is remembered of one layout, with what taught it and what goes by it.
package struct LearnedLayout: Sendable {
    package let record: LayoutRecord
    /// Nil when another version of the program learned it: it is not used.
    package let memory: LayoutMemory?
    /// The latest documents that taught it, the latest first.
    package let lessons: [LayoutLesson]
    /// How many documents were read by it.
    package let useCount: Int
}

/// Where people see the layouts that confirmed documents taught, and undo them.
package struct LayoutDesk: Sendable {
    /// So many layouts are listed, those that changed last.
    package static let layoutCountMax = 200
    /// So many of the documents that taught a layout are named.
    static let lessonCountMax = 20
    /// So many characters of a reason are kept.
    static let reasonCharactersMax = 500

    let context: ServiceContext

    package init(context: ServiceContext) { self.context = context.holdingPolicy() }

    /// The layouts that are remembered, those that changed last first.
    package func layouts() async throws -> [LearnedLayout] {
        try await context.store.read { transaction in
            let records = try transaction.layouts(limit: LayoutDesk.layoutCountMax)
            let uses = try transaction.layoutUseCounts(of: records.map(\.id))
            return try records.map { try LearnedLayout($0, useCount: uses[$0.id] ?? 0, in: transaction) }
        }
    }

    /// What is remembered of the layout `id`; the look is on record, for it may show words of patients' paper.
    ///
    /// Throws `ReviewError` with `notFound`.
    package func look(at id: String, by caller: Caller) async throws -> LearnedLayout {
        let now = context.clock()
        return try await context.store.write { transaction in
            let record = try LayoutDesk.remembered(id, in: transaction)
            try transaction.audit(
                actor: caller.actor, action: "layout.viewed", subject: id, correlationID: Identifier.make(at: now),
                at: now)
            let count = try transaction.layoutUseCounts(of: [id])[id] ?? 0
            return try LearnedLayout(record, useCount: count, in: transaction)
        }
    }

    /// Forgets a layout; the documents that were read by it and still wait, untouched, are understood again without it.
    ///
    /// Throws `ReviewError` with `notFound` or `noReason`.
    package func forget(_ id: String, because given: String, by caller: Caller) async throws {
        let reason = String(given.trimmingCharacters(in: .whitespacesAndNewlines).prefix(Self.reasonCharactersMax))
        guard !reason.isEmpty else {
            throw ReviewError(.noReason, "Say why the layout is to be forgotten: whoever asks later reads it.")
        }
        let now = context.clock()
        try await context.store.write { transaction in
            let record = try LayoutDesk.remembered(id, in: transaction)
            let change = try transaction.beginLayoutChange()
            try transaction.forgetLayout(id, .init(at: now, by: caller.actor, because: reason), change: change)
            let correlationID = Identifier.make(at: now)
            try transaction.audit(
                actor: caller.actor, action: "layout.forgotten", subject: id,
                detail: ["reason": reason, "type": record.type, "policy": context.policy.hash],
                correlationID: correlationID, at: now)
            try transaction.enqueueFollowing(id, correlationID: correlationID, at: now)
        }
        context.bell.ring()
    }

    private static func remembered(_ id: String, in transaction: Transaction) throws -> LayoutRecord {
        guard let record = try transaction.layout(id), record.forgotten == nil else {
            throw ReviewError(.notFound, "No such layout is remembered. Choose one from the list of layouts.")
        }
        return record
    }
}

extension LearnedLayout {
    fileprivate init(_ record: LayoutRecord, useCount: Int, in transaction: Transaction) throws {
        self.record = record
        self.useCount = useCount
        memory = record.layout
        lessons = try transaction.lessons(of: record.id, limit: LayoutDesk.lessonCountMax)
    }
}

extension String {
    /// The name that the screen has for an actor: `maria` for `user:maria`.
    var actorName: String { replacing("user:", with: "", maxReplacements: 1) }
}
