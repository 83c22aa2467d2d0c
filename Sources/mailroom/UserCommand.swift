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
        commandName: "user", abstract: "Adds people who sign in, and limits them.", subcommands: [Add.self, Limit.self])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Adds a person; the password is read from standard input, or asked for at a terminal.")

        @OptionGroup var location: StoreLocation

        @Argument(help: "The name to sign in with.")
        var name: String

        @Option(help: "What the person may do: policy.yaml says which permissions a role has.")
        var role: Role

        @OptionGroup var limits: Limits

        func run() async throws {
            guard let password = Self.password(for: name) else {
                throw ValidationError("Give the password on standard input.")
            }
            try await location.accounts().addUser(
                name: name, role: role, password: password, reach: limits.reach, by: "command line")
            print("\(name) may sign in as \(role.rawValue).")
        }

        /// At a terminal the password is asked for and not shown.
        private static func password(for name: String) -> String? {
            guard isatty(STDIN_FILENO) == 1 else { return readLine() }
            return getpass("Password for \(name): ").map { String(cString: $0) }
        }
    }
}

extension UserCommand {
    struct Limit: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract:
                "Limits a person to queues and facilities, from their next click on; with neither named, takes limits away.",
            discussion: "A limited person neither sees nor takes what is of other queues and facilities.")

        @OptionGroup var location: StoreLocation

        @Argument(help: "The name that the person signs in with.")
        var name: String

        @OptionGroup var limits: Limits

        func run() async throws {
            try await location.accounts().limit(userNamed: name, to: limits.reach, by: "command line")
            print("\(name) sees and takes \(limits.words).")
        }
    }
}

/// The queues and facilities that somebody is limited to, the same for every command that limits.
struct Limits: ParsableArguments {
    @Option(help: "A review queue that they are limited to; may be given again. None: all queues.")
    var queue: [String] = []

    @Option(help: "A facility that they are limited to; may be given again. None: all facilities.")
    var facility: [String] = []

    var reach: Reach {
        Reach(
            queues: queue.isEmpty ? nil : Set(queue), facilities: facility.isEmpty ? nil : Set(facility))
    }

    var words: String {
        func words(_ names: [String], _ kind: String) -> String {
            names.isEmpty ? "all \(kind)" : "the \(kind) \(names.joined(separator: ", "))"
        }
        return "\(words(queue, "queues")) of \(words(facility, "facilities"))"
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

        @Option(help: "A facility that the key is limited to; may be given again. None: all facilities.")
        var facility: [String] = []

        func run() async throws {
            let reach = Reach(facilities: facility.isEmpty ? nil : Set(facility))
            print(try await location.accounts().addKey(name: name, role: role, reach: reach, by: "command line"))
        }
    }
}

extension Role: ExpressibleByArgument {}

extension StoreLocation {
    /// The accounts of the store, under the policy in service there.
    fileprivate func accounts() async throws -> Accounts {
        let ground = try PolicyGround()
        let store = try await open()
        let (text, name) = try await ground.inService(in: store)
        return try Accounts(store: store, policy: InService(try ground.policy(text, name: name)))
    }
}
