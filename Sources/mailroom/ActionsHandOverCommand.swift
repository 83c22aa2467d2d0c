import Actions
import ArgumentParser
import Foundation
import Records

/// `mailroom actions hand-over`: gives what is left of a renamed connector to the one of its new name.
struct ActionsHandOverCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hand-over", abstract: "Gives what is left of a connector that was renamed to its new name.",
        discussion: """
            For a connector that Config/actions.yaml has no longer: what waits or gave up, the payments of its 835 files and
            the journals that it posted go to another connector of the same kind, with the bytes and keys that they have. What
            had given up is sent by 'mailroom actions replay'.
            """)

    @Argument(help: "The name that the connector had.")
    var former: String

    @Argument(help: "The connector that took its place.")
    var name: String

    @OptionGroup var location: StoreLocation

    func run() async throws {
        let ground = try ActionsGround()
        let rules = try ground.rules(ground.path)
        let store = try await location.open()
        let (former, name, now) = (former, name, Date())
        do {
            let handed = try await store.write {
                try $0.handOverActions(from: former, to: name, rules: rules, by: ActionsCommand.actor, at: now)
            }
            print(
                """
                Deliveries: \(handed.deliveries). Payments: \(handed.payments). Journals: \(handed.journals). They are \
                those of '\(name)' now.
                """)
        } catch let error as RecordsError {
            Console.say(error.problem)
            throw ExitCode.failure
        }
        try await store.close()
    }
}
