import ArgumentParser
import Documents
import Foundation
import Governance
import Records
import Settings
import Understanding

/// `mailroom policy simulate`: what another policy would do with the mail that came.
struct PolicySimulateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Decides documents that were read already under another policy, and says what would change.",
        discussion: """
            Both policies decide on what the machine read, not on what people made of it. A document that nobody changed is
            what was read; of one under review or confirmed, what was read is kept; of one that was refused after somebody
            changed it, or settled by an older version of Mailroom, it is not known, and the document is left out and
            counted. Matches to accounts are those of then. What reviews teach of thresholds counts where a policy says
            so, not for --results. Nothing is written. Ends with status 3 when a policy cannot be used.
            """)

    @Argument(help: "The policy to try.", completion: .file(extensions: ["yaml"]))
    var file: String

    @Option(help: "The policy to compare with; that in service when none is named.")
    var against: String?

    @OptionGroup var location: StoreLocation

    @Option(help: "How many documents of the store, the last that came.")
    var last: Int = 500

    @Option(help: "A folder of results of 'mailroom process --out', in the place of a store.", completion: .directory)
    var results: String?

    @Flag(help: "Names every document whose way would change, not only the first 20.")
    var all = false

    func validate() throws {
        guard last > 0 else { throw ValidationError("--last should be 1 or more.") }
    }

    func run() async throws {
        let ground = try PolicyGround()
        let current = against ?? ground.path
        let policies = [try ground.policy(current), try ground.policy(file)]
        let differences = SettingsDifference.between(
            try String(contentsOfFile: current, encoding: .utf8), try String(contentsOfFile: file, encoding: .utf8))
        let documents: [ReadDocument]
        var cases = policies.map { PolicyCase($0) }
        if let results {
            documents = try ResultFolder(path: results).documents()
        } else {
            let store = try await location.open()
            documents = try await read(store)
            if policies.contains(where: { $0.thresholdRule == .learned }) {
                let model = try UnderstandingModel.load(from: ground.installation.models).version
                let outcomes = try await store.read { try $0.sampledOutcomes(model: model) }
                cases = policies.map { PolicyCase($0, learned: LearnedThresholds(outcomes, policy: $0)) }
            }
            try await store.close()
        }
        let simulation = PolicySimulation(documents, inService: cases[0], proposed: cases[1])
        print(
            SimulationReport(simulation, differences: differences, namedMax: all ? .max : 20), terminator: "")
    }

    private func read(_ store: Store) async throws -> [ReadDocument] {
        let decided = try await store.read { [last] in try $0.decidedDocuments(limit: last) }
        let known = decided.compactMap { decided in
            // What a person parted from another document the machine has not read as one.
            decided.document.flatMap { $0.evidence.contains { $0.code == "pages_chosen" } ? nil : $0 }.map {
                ReadDocument(
                    id: decided.id, sha256: decided.sha256, ordinal: decided.ordinal,
                    day: CalendarDate(
                        dayNumber: Int((decided.createdAt.timeIntervalSince1970 / 86_400).rounded(.down))),
                    document: $0, facility: decided.facility)
            }
        }
        if known.count < decided.count {
            print(
                "Left out, as what was read of them is not known any more: \(decided.count - known.count) of \(decided.count) documents.\n"
            )
        }
        return known
    }
}

/// The results that `mailroom process --out` wrote.
private struct ResultFolder {
    let path: String

    func documents() throws -> [ReadDocument] {
        let folder = URL(filePath: path)
        guard let files = try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
        else {
            throw ValidationError("There is no folder \(path). Name the one that 'mailroom process --out' wrote.")
        }
        let decoder = JSONDecoder()
        var skipped: [String] = []
        let documents = files.filter { $0.pathExtension == "json" }
            .sorted { $0.lastPathComponent < $1.lastPathComponent }.flatMap { file -> [ReadDocument] in
                guard let bytes = try? Data(contentsOf: file),
                    let result = try? decoder.decode(DocumentResult.self, from: bytes)
                else {
                    skipped.append(file.lastPathComponent)
                    return []
                }
                return result.documents.enumerated().map { index, document in
                    ReadDocument(
                        id: "\(file.lastPathComponent)#\(index + 1)", sha256: result.file.sha256, ordinal: index + 1,
                        day: nil, document: document)
                }
            }
        if !skipped.isEmpty { Console.say("Left out, as no results: \(skipped.joined(separator: ", ")).") }
        return documents
    }
}
