import Foundation
package import Governance
package import Logging
package import Records
package import Understanding

/// The layouts that the store remembers, kept ready for reading documents.
///
/// What another process learned or forgot is taken up at the next look: one number is asked for, and what changed since.
package actor LayoutKeeper {
    /// What is remembered at one moment.
    package struct Layouts: Sendable {
        /// The number of the latest change in it.
        package let change: Int
        package let memories: LayoutMemories
    }

    private let store: Store
    private let policy: InService<Policy>
    private let logger: Logger
    private var change = 0
    private var known: [String: LayoutMemory] = [:]
    private var memories = LayoutMemories()

    package init(store: Store, policy: InService<Policy>, logger: Logger) {
        self.store = store
        self.policy = policy
        self.logger = logger
    }

    /// What is remembered now; no memories where policy has layouts not learned.
    package func current() async throws -> Layouts {
        let seen = change
        let (number, changed) = try await store.read { transaction in
            let number = try transaction.layoutChange()
            return (number, number == seen ? [] : try transaction.layouts(changedSince: seen))
        }
        guard policy.current.learnsLayouts else { return Layouts(change: number, memories: LayoutMemories()) }
        // While this waited for the store, another caller may have taken up more.
        if number > change {
            for record in changed { known[record.id] = record.forgotten == nil ? memory(of: record) : nil }
            memories = LayoutMemories(Array(known.values))
            change = number
        }
        return Layouts(change: change, memories: memories)
    }

    private func memory(of record: LayoutRecord) -> LayoutMemory? {
        let memory = record.layout
        if memory == nil {
            logger.warning(
                "A layout in the store is of another version and not used: forget it.",
                metadata: ["layout.id": "\(record.id)"])
        }
        return memory
    }
}

extension LayoutRecord {
    /// The memory that the record holds; nil when it is of another version of the program.
    package var layout: LayoutMemory? {
        guard let memory = try? JSONDecoder().decode(LayoutMemory.self, from: Data(memory.utf8)), memory.isSound else {
            return nil
        }
        return memory
    }

    init(_ memory: LayoutMemory, at now: Date, change: Int) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        self.init(
            id: memory.id, type: memory.type, memory: String(decoding: try encoder.encode(memory), as: UTF8.self),
            learnedAt: now, change: change)
    }
}

extension ServiceContext {
    /// What reads documents by the layouts in `layouts`.
    func understander(knowing layouts: LayoutKeeper.Layouts) -> Understander {
        var taught = understander
        taught.memories = layouts.memories
        return taught
    }

    /// What reads documents by the layouts that are remembered now.
    func taughtUnderstander() async throws -> Understander { understander(knowing: try await layouts.current()) }
}
