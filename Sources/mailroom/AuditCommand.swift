import ArgumentParser
import Foundation
import Records
import Service

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
            let life = try await location.open().read { try DocumentLife(of: id, in: $0) }
            guard !life.lines.isEmpty else {
                Console.say(
                    "Nothing in the audit chain is about \(id). The ids are on the workbench's document pages and in the API's answers."
                )
                throw ExitCode.failure
            }
            for line in life.lines { print(text(line)) }
        }

        private func text(_ line: LifeLine) -> String {
            let place = line.sequence.map { "#\($0)  " } ?? ""
            let details = line.details.isEmpty ? "" : "  (\(line.details.joined(separator: "; ")))"
            return "\(line.time.ISO8601Format())  \(line.actor)  \(line.sentence)  \(place)\(details)"
        }
    }
}
