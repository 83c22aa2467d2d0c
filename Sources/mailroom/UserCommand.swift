import ArgumentParser
import Foundation
import Glibc
import Governance
import Records
import Service
import Settings
import Understanding

/// `mailroom user`: the people who sign in.
struct UserCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user", abstract: "Adds people who sign in.", subcommands: [Add.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a person; the password is read from standard input, or asked for at a terminal.")

        @OptionGroup var location: StoreLocation

        @Argument(help: "The name to sign in with.")
        var name: String

        @Option(help: "What the person may do: policy.yaml says which permissions a role has.")
        var role: Role

        func run() async throws {
            guard let password = Self.password(for: name) else {
                throw ValidationError("Give the password on standard input.")
            }
            try await location.accounts().addUser(name: name, role: role, password: password, by: "command line")
            print("\(name) may sign in as \(role.rawValue).")
        }

        /// At a terminal the password is asked for and not shown.
        private static func password(for name: String) -> String? {
            guard isatty(STDIN_FILENO) == 1 else { return readLine() }
            return getpass("Password for \(name): ").map { String(cString: $0) }
        }
    }
}

/// `mailroom key`: the machines that call the HTTP interface.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Adds keys for machines.", subcommands: [Add.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Makes an API key and prints it; it is shown this once.")

        @OptionGroup var location: StoreLocation

        @Argument(help: "What the key is called in the audit chain.")
        var name: String

        @Option(help: "The role whose permissions the key has.")
        var role: Role = .service

        func run() async throws {
            print(try await location.accounts().addKey(name: name, role: role, by: "command line"))
        }
    }
}

extension Role: ExpressibleByArgument {}

extension StoreLocation {
    /// The accounts of the store, under the installation's policy.
    fileprivate func accounts() async throws -> Accounts {
        let config = try Installation.locate().config
        let catalog = try DocumentTypeCatalog(folder: config.appending(path: "document-types"))
        let policy = try Policy.load(
            path: config.appending(path: "policy.yaml").path, vocabulary: Vocabulary(catalog))
        return try Accounts(store: try await open(), policy: PolicyInService(policy))
    }
}
