import Actions
import ArgumentParser
import Foundation
import Records

/// `mailroom actions replay`: sends again what gave up.
struct ActionsReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay", abstract: "Sends a delivery again, or all that gave up of one connector.",
        discussion: """
            The running service sends it, with the same idempotency key and bytes. What was never written, as its connector
            could not send it, is written by Config/actions.yaml as it is now. What is held, or was recalled since, is not
            sent.
            """)

    @Argument(help: "The delivery's id, as the page Actions and GET /v1/actions have it.")
    var id: String?

    @Option(help: "Sends again all that gave up of this connector.")
    var connector: String?

    @OptionGroup var location: StoreLocation

    func validate() throws {
        guard (id == nil) != (connector == nil) else {
            throw ValidationError("Name either a delivery or --connector.")
        }
    }

    func run() async throws {
        let store = try await location.open()
        let (id, connector, now) = (id, connector, Date())
        let ground = try ActionsGround()
        let rules = try ground.rules(ground.path)
        do {
            let count = try await store.write { transaction in
                if let id {
                    try transaction.replayAction(id, rules: rules, by: ActionsCommand.actor, at: now)
                    return 1
                }
                return try transaction.replayParked(
                    of: connector ?? "", rules: rules, limit: .max, by: ActionsCommand.actor, at: now)
            }
            print(count == 1 ? "One delivery is sent again." : "\(count) deliveries are sent again.")
        } catch let error as RecordsError {
            Console.say(error.problem)
            throw ExitCode.failure
        }
        try await store.close()
    }
}

/// `mailroom actions dismiss`: gives a delivery up for good.
struct ActionsDismissCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dismiss", abstract: "Gives a delivery up for good, so that what it held back is sent.")

    @Argument(help: "The delivery's id, as the page Actions and GET /v1/actions have it.")
    var id: String

    @Option(help: "Why, for the audit chain: name no patient.")
    var reason: String

    @OptionGroup var location: StoreLocation

    func run() async throws {
        let store = try await location.open()
        let (id, reason, now) = (id, reason, Date())
        do {
            try await store.write {
                try $0.dismissAction(id, because: reason, by: ActionsCommand.actor, at: now)
            }
            print("It is dismissed.")
        } catch let error as RecordsError {
            Console.say(error.problem)
            throw ExitCode.failure
        }
        try await store.close()
    }
}
