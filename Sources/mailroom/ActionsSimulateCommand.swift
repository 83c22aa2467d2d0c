import Actions
import ArgumentParser
import Foundation
import Records

/// `mailroom actions simulate`: what other rules would have made of what happened.
struct ActionsSimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Tries rules on the events of the last days and says what they would change.",
        discussion: "Nothing is sent and nothing is written: it counts which rule asks for which call how often.")

    @Argument(help: "The rules to try.", completion: .file(extensions: ["yaml"]))
    var file: String

    @Option(help: "The rules to compare with; Config/actions.yaml when none are named.")
    var against: String?

    @Option(help: "How many days of events.")
    var days = 30

    @Flag(help: "Prints JSON.")
    var json = false

    @OptionGroup var location: StoreLocation

    func validate() throws {
        guard (1...3660).contains(days) else { throw ValidationError("--days should be in 1…3660.") }
    }

    func run() async throws {
        let ground = try ActionsGround()
        var simulation = ActionsSimulation(
            inService: try ground.rules(against ?? ground.path), proposed: try ground.rules(file))
        let store = try await location.open()
        let start = Date(timeIntervalSinceNow: -86_400 * Double(days))
        var last = ""
        while true {
            let after = last
            let events = try await store.read { try $0.events(since: start, after: after, limit: 500) }
            guard let end = events.last else { break }
            for event in events { if let event = try MailroomEvent(event) { simulation.add(event) } }
            last = end.id
        }
        try await store.close()
        print(json ? try text(simulation) : words(simulation))
    }

    private struct Report: Encodable {
        let days: Int
        let events: Int
        let calls: [ActionsSimulation.Line]
    }

    private func text(_ simulation: ActionsSimulation) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(
            decoding: try encoder.encode(
                Report(days: days, events: simulation.eventCount, calls: simulation.lines)), as: UTF8.self)
    }

    private func words(_ simulation: ActionsSimulation) -> String {
        let changed = simulation.lines.filter { $0.before != $0.after }
        let head = "\(simulation.eventCount) events of the last \(days) days."
        guard !changed.isEmpty else { return "\(head) The rules would call for the same." }
        return
            ([head]
            + changed.map { line in
                let more = line.after - line.before
                return
                    "\(more > 0 ? "+" : "")\(more)  \(line.rule): \(line.action)  (\(line.before) now, \(line.after) then)"
            }).joined(separator: "\n")
    }
}
