import ArgumentParser
import Crypto
import Documents
import Foundation
import Governance
import Records
import Service

extension ImportCommand {
    /// `mailroom import contracts`: what payers agreed to allow.
    struct Contracts: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Takes payers' contracts, under which no line of a remittance should be allowed less.",
            discussion: """
                FILE holds comma-separated values; its first line names the columns, in any order: payer_name,
                procedure_code, allowed_amount (for one unit), effective_from; and, where it has them, modifier,
                effective_to, facility. It is taken whole, in the place of what was known of its payers, or, with a sentence
                for each wrong line, not at all.
                """)

        @OptionGroup var location: StoreLocation

        @Argument(help: "A file of comma-separated values.", completion: .file(extensions: ["csv"]))
        var file: String

        @Flag(help: "FILE has every contract: those of payers that it lacks are removed.")
        var replace = false

        func run() async throws {
            guard let bytes = try? Data(contentsOf: URL(filePath: file)) else {
                throw ValidationError(
                    "The contracts in \(file) cannot be read. Name a file that this user may read.")
            }
            let contracts: ContractFile
            do {
                contracts = try ContractFile(csv: bytes)
            } catch {
                throw ValidationError("\(file): \(error.description)")
            }
            let store = try await location.open()
            let report = try await ContractKeeper(store: store).take(
                contracts, sha256: SHA256.hash(data: bytes).hexadecimal, replacingAll: replace, by: "command line")
            try await store.close()
            print(
                """
                Rates taken: \(report.rates), of payers: \(report.payers), in place of former ones: \(report.replaced). \
                Rates in all: \(report.total).
                """)
        }
    }
}
