import Actions
import ArgumentParser
import Documents
import Foundation
import Records
import Service

/// `mailroom remittances`: the 835 files that were written of accepted remittances.
struct RemittancesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remittances", abstract: "Lists, writes and checks 835 files.",
        subcommands: [List.self, Write.self, Check.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Prints the payments of which papers are missing, then the files, the newest first.")

        @OptionGroup var location: StoreLocation

        @Option(help: "How many files.")
        var limit = 100

        func run() async throws {
            let limit = max(1, limit)
            let store = try await location.open()
            for papers in try await store.read({ try $0.waitingPapers() }) {
                if let first = papers.first, let problem = first.detail { print("\(first.sender) waits  \(problem)") }
            }
            for batch in try await store.read({ try $0.remittanceBatches(limit: limit) }) {
                let payment = Money(cents: Int64(batch.paymentCents))
                print(
                    """
                    \(batch.id)  \(batch.madeAt.ISO8601Format())  \(batch.fileName)  \(batch.payer)  \
                    \(batch.setCount) payments, \(payment)  \(batch.delivery?.rawValue ?? "kept")
                    """)
            }
        }
    }

    struct Write: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Writes a file's exact bytes.",
            discussion: "That it was written is on record for each document that it tells of.")

        @OptionGroup var location: StoreLocation

        @Argument(help: "The file's id, as 'mailroom remittances list' prints it.")
        var id: String

        @Option(help: "Where to write it: a file that is not there yet.", completion: .file())
        var out: String

        func run() async throws {
            let id = id
            let store = try await location.open()
            let found = try await store.write { transaction in
                try transaction.remittanceFile(id, seenBy: "command line", at: Date())
            }
            guard let found else {
                throw ValidationError("There is no remittance file \(id). 'mailroom remittances list' prints the ids.")
            }
            do {
                try found.bytes.write(to: URL(filePath: out), options: .withoutOverwriting)
            } catch {
                throw ValidationError(
                    "\(out) cannot be written: name a file that is not there yet, in a folder that is.")
            }
            try await store.close()
        }
    }

    struct Check: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Says whether any 835 file adds up: lines, claims, payment, counts and control numbers.",
            discussion: "Ends with status 2 when it does not, and prints each thing that does not hold.")

        @Argument(help: "An 835 file, of whoever wrote it.", completion: .file())
        var file: String

        func run() throws {
            guard let bytes = try? Data(contentsOf: URL(filePath: file)) else {
                throw ValidationError("\(file) cannot be read. Name a file that this user may read.")
            }
            let findings = RemittanceBalancer.findings(in: bytes)
            guard !findings.isEmpty else {
                print("\(file) adds up.")
                return
            }
            for finding in findings { Console.say("\(file): \(finding)") }
            throw ExitCode.someFilesFailed
        }
    }
}
