import ArgumentParser
import Foundation
import Records

/// `mailroom audit`: the chain of everything that happened.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit", abstract: "Verifies the audit chain, or tells one document's life.",
        subcommands: [Verify.self, Show.self])

    struct Verify: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Proves that no entry was altered, removed or added out of turn.",
            discussion: "Ends with status 4 when the chain is broken, and names the first entry that does not hold.")

        @OptionGroup var location: StoreLocation

        func run() async throws {
            switch try await location.open().read({ try $0.verifyAudit() }) {
            case .intact(let count, let head):
                print("The audit chain is whole: \(count) entries, the last with the hash \(head).")
            case .broken(let sequence, let why):
                print("The audit chain is broken at entry \(sequence): \(why)")
                throw ExitCode.auditBroken
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints everything that happened to a document, in order.",
            discussion: "ID is a document's id, its file's SHA-256 or a correlation id.")

        @OptionGroup var location: StoreLocation

        @Argument(help: "A document's id, its file's SHA-256 or a correlation id.")
        var id: String

        func run() async throws {
            let id = id
            let entries = try await location.open().read { transaction in
                let correlation =
                    try transaction.document(id)?.correlationID ?? transaction.file(id)?.correlationID ?? id
                let life = try transaction.auditTrail(correlationID: correlation)
                return try life.isEmpty ? transaction.auditTrail(subject: id) : life
            }
            guard !entries.isEmpty else {
                Console.say(
                    "Nothing in the audit chain is about \(id). The ids are on the workbench's document pages and in the API's answers."
                )
                throw ExitCode.failure
            }
            for entry in entries { print(line(entry)) }
        }

        private func line(_ entry: AuditEntry) -> String {
            let detail = entry.detail.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "  ")
            return
                "\(entry.sequence)  \(entry.time.ISO8601Format())  \(entry.actor)  \(entry.action)  \(entry.subject)  \(detail)"
        }
    }
}
