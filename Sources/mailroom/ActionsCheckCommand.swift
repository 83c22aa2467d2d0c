import Actions
import ArgumentParser

/// `mailroom actions check`: whether rules of actions can be used.
struct ActionsCheckCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Checks a file of rules as a whole and names the first thing that is wrong.",
        discussion: """
            Ends with status 0 when the file can be used and with 3 when it cannot. A connector that has no address, as its
            variable is not set here, is named: what calls it sends nothing; so is a ledger that
            is told what to post and not what to take back.
            """)

    @Argument(help: "The rules; Config/actions.yaml when none are named.", completion: .file(extensions: ["yaml"]))
    var file: String?

    func run() throws {
        let ground = try ActionsGround()
        let path = file ?? ground.path
        let rules = try ground.rules(path)
        let names = rules.connectors.keys.sorted()
        print(
            """
            \(path) can be used.
            SHA-256: \(rules.hash)
            Connectors: \(names.isEmpty ? "none" : names.joined(separator: ", ")).
            """)
        for sentence in rules.inactive.values.sorted() { print("\(sentence) (a warning)") }
        for warning in rules.warnings { print("\(warning) (a warning)") }
    }
}
