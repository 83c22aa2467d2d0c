import ArgumentParser
import Foundation
import Governance
import Records
import Service

/// `mailroom approvals simulate`: who could have decided the approvals of the past under another matrix.
struct ApprovalsSimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Says who could have decided the approvals of the past under another matrix.",
        discussion: """
            For each approval that was asked for: who could have decided it, how many people it would have taken, whether
            it would have gone to others first, and whether nobody could have. People have the roles of today, delegations
            do not count, and whoever had a hand in an approval is left out as ever. Nothing is written. Ends with status 3
            when a matrix cannot be used.
            """)

    @Argument(help: "The matrix to try.", completion: .file(extensions: ["yaml"]))
    var file: String

    @Option(help: "The matrix to compare with; that in service in the store when none is named.")
    var against: String?

    @OptionGroup var location: StoreLocation

    @Option(help: "How many approvals, the last that were asked for.")
    var last: Int = 1000

    @Flag(help: "Names every approval for which something would change, not only the first 20.")
    var all = false

    @Flag(help: "Prints every approval with its verdicts as JSON.")
    var json = false

    func validate() throws {
        guard last > 0 else { throw ValidationError("--last should be 1 or more.") }
    }

    /// The matrix to compare with.
    private func current(_ ground: PolicyGround, _ store: Store, _ policy: Policy) async throws -> ApprovalMatrix {
        if let against { return try ground.matrix(against, policy: policy) }
        let shelf = GovernedShelf<ApprovalMatrix>(store: store, ground: policy)
        return try await shelf.kept()?.value ?? ground.matrix(ground.approvalsPath, policy: policy)
    }

    func run() async throws {
        let ground = try PolicyGround()
        let store = try await location.open()
        let (text, name) = try await ground.inService(in: store)
        let policy = try ground.policy(text, name: name)
        let proposed = try ground.matrix(file, policy: policy)
        let current = try await current(ground, store, policy)
        let (approvals, people) = try await store.read { [last] transaction in
            (try PastApproval.last(last, in: transaction), try Approver.everybody(in: transaction, policy: policy))
        }
        try await store.close()
        let simulation = ApprovalSimulation(approvals, inService: current, proposed: proposed, people: people)
        guard json else {
            print(simulation.report(namedMax: all ? .max : 20, rest: "; --all names them"), terminator: "")
            return
        }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        print(String(decoding: try encoder.encode(simulation), as: UTF8.self))
    }
}
