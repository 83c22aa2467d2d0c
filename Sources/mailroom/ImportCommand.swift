import ArgumentParser
import Crypto
import Documents
import Foundation
import Records
import Service
import Understanding

/// `mailroom import`: what other systems of the hospital know.
struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Brings in what other systems of the hospital know.",
        subcommands: [AccountsOfBooks.self, Contracts.self])

    struct AccountsOfBooks: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "accounts",
            abstract: "Takes the hospital's accounts and claims, to which documents are matched.",
            discussion: """
                FILE holds comma-separated values; its first line names the columns, in any order: account_number,
                patient_name (or patient_last_name, patient_first_name), patient_birth_date, member_id, payer_name,
                payer_claim_number, service_start, service_end, charge_amount; the usual other names of these are known.
                Rows with one account number are the claims of one account, which replace what was known of it. A row
                that is not right gets a sentence on standard error; its account is left as it was, and the others are
                taken (status 2).
                The same file once more changes nothing.
                """)

        @OptionGroup var location: StoreLocation

        @Argument(help: "A file of comma-separated values.", completion: .file(extensions: ["csv"]))
        var file: String

        @Flag(
            help: "FILE has every open account: those that it lacks are closed. They still match, as mail comes late.")
        var replace = false

        @Flag(help: "With --replace: close the others even where they are most of the open accounts.")
        var force = false

        func validate() throws {
            guard replace || !force else { throw ValidationError("--force goes with --replace.") }
        }

        func run() async throws {
            let bytes = try AccountFile.bytes(at: file)
            let accounts = try AccountFile(csv: bytes)
            let store = try await location.open()
            let report = try await BookKeeper(store: store).take(
                accounts, sha256: SHA256.hash(data: bytes).hexadecimal, closingOthers: replace, forced: force,
                by: "command line")
            try await store.close()
            print(
                "\(report.added) accounts added, \(report.changed) changed, \(report.unchanged) unchanged, "
                    + "\(report.closed) closed; \(report.openCount) are open.")
            accounts.sayWhatIsLeftOut(of: file)
            if let notice = report.notice { Console.say(notice) }
            if report.refused > 0 { throw ExitCode.someFilesFailed }
        }
    }
}

extension AccountFile {
    /// The bytes of the file of accounts at `path`; throws a sentence that names it.
    static func bytes(at path: String) throws -> Data {
        let file = URL(filePath: path).resolvingSymlinksInPath()
        if let size = try? file.resourceValues(forKeys: [.fileSizeKey]).fileSize, size > byteCountMax { throw tooLarge }
        do {
            return try Data(contentsOf: file)
        } catch {
            throw ValidationError("The accounts in \(path) cannot be read. Name a file that this user may read.")
        }
    }

    /// Says on standard error which rows and columns were not taken.
    func sayWhatIsLeftOut(of path: String) {
        for refusal in refusals { Console.say("\(path), \(refusal.place): \(refusal.detail)") }
        if refusedCount > refusals.count {
            Console.say("\(path): \(refusedCount - refusals.count) more rows are refused.")
        }
        if !unusedColumns.isEmpty {
            Console.say("\(path): columns not used: \(unusedColumns.joined(separator: ", ")).")
        }
    }
}
