import ArgumentParser
import Documents
import Foundation
import Governance
import Records
import Service

/// `mailroom recall`: what the cause of a wrong value released, held back and let go again.
struct RecallCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "recall",
        abstract: "Lists recalls and what the same cause released, holds it, releases it, has it reviewed again.",
        discussion: """
            A recall begins on the page of the document with the wrong value, or with POST /v1/recalls. What is ordered
            here the running service carries out, and it is on record as on the page Recalls.
            """,
        subcommands: [List.self, Show.self, Hold.self, Release.self, Review.self])

    /// What the audit calls who uses these commands.
    static let actor = "command line"

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Prints the recalls, the newest first.")

        @OptionGroup var location: StoreLocation

        @Option(help: "How many recalls.")
        var limit = 100

        func run() async throws {
            let limit = max(1, limit)
            let store = try await location.open()
            let (recalls, counts) = try await store.read { transaction in
                let recalls = try transaction.recalls(limit: limit)
                return (recalls, try transaction.recalledCounts(of: recalls.map(\.id)))
            }
            for recall in recalls {
                let counts = counts[recall.id] ?? [:]
                let found =
                    recall.status == .searching
                    ? "being looked for" : "\(max(0, counts.values.reduce(0, +) - 1)) others"
                print(
                    """
                    \(recall.id)  \(recall.madeAt.ISO8601Format())  \(recall.fieldPath)  \(found)  \
                    \(counts[.ordered] ?? 0) waiting, \(counts[.done] ?? 0) carried out, \
                    \(counts[.refused] ?? 0) not possible
                    """)
            }
            if recalls.isEmpty {
                Console.say("There are no recalls: one is begun at the wrong value, on its document's page.")
            }
            try await store.close()
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the documents that the same cause released, the likeliest first.",
            discussion: "No value is printed. That it was looked at is on record.")

        @OptionGroup var location: StoreLocation

        @Argument(help: "The recall's id, as 'mailroom recall list' prints it.")
        var id: String

        @Option(help: "How many documents to leave out, from the likeliest on.")
        var from = 0

        @Option(help: "How many documents.")
        var limit = 1000

        func run() async throws {
            let (id, from, limit) = (id, max(0, from), max(1, limit))
            let store = try await location.open()
            let found = try await RecallCommand.told {
                try await store.write {
                    try $0.lookAtRecall(id, offset: from, limit: limit, by: RecallCommand.actor, at: Date())
                }
            }
            for cause in found.recall.causes { print("\(cause.name): \(cause.count) others") }
            for entry in found.entries {
                let causes =
                    entry.listed.place == 0 ? "has the wrong value" : entry.listed.causes.joined(separator: ",")
                print(
                    """
                    \(entry.record.id)  \(entry.record.type)  \(entry.record.status.rawValue)\
                    \(entry.isHeld ? ", held" : "")  \(causes)  \(entry.listed.status.rawValue)\
                    \(entry.listed.detail.map { ": \($0)" } ?? "")
                    """)
            }
            let shown = found.entries.count
            if from + shown < found.count {
                Console.say("\(shown) of \(found.count) documents; go on with --from \(from + shown).")
            }
            try await store.close()
        }
    }

    struct Hold: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Holds documents of a recall: nothing more is sent of them.")

        @OptionGroup var order: RecallOrder

        func run() async throws { try await order.carryOut(.hold) }
    }

    struct Release: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Ends holds of documents of a recall.")

        @OptionGroup var order: RecallOrder

        func run() async throws { try await order.carryOut(.release) }
    }

    struct Review: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Has a person review documents of a recall again.")

        @OptionGroup var order: RecallOrder

        func run() async throws { try await order.carryOut(.review) }
    }

    /// What `work` gives; a refusal is told, and ends the command.
    static func told<Value>(_ work: () async throws -> Value) async throws -> Value {
        do {
            return try await work()
        } catch let error as ReviewError {
            Console.say(error.description)
            throw ExitCode.failure
        }
    }
}

/// Which documents of which recall an order is for, the same for every order.
struct RecallOrder: ParsableArguments {
    @OptionGroup var location: StoreLocation

    @Argument(help: "The recall's id, as 'mailroom recall list' prints it.")
    var id: String

    @Option(
        help: "All that have this cause in common: \(RecallCause.allCases.map(\.rawValue).joined(separator: ", ")).")
    var cause: RecallCause?

    @Option(help: "A document of the recall; may be given again.")
    var document: [String] = []

    func validate() throws {
        guard (cause == nil) != document.isEmpty else {
            throw ValidationError("Name either --cause or one --document or more.")
        }
    }

    func carryOut(_ action: RecallAction) async throws {
        let store = try await location.open()
        let (id, choice) = (id, cause.map { RecallChoice.cause($0.rawValue) } ?? .documents(document))
        let count = try await RecallCommand.told {
            try await store.write {
                try $0.orderRecall(action, choice, of: id, by: RecallCommand.actor, at: Date())
            }
        }
        print(count == 1 ? "It is ordered for one document." : "It is ordered for \(count) documents.")
        try await store.close()
    }
}

extension RecallCause: ExpressibleByArgument {}
