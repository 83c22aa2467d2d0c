import Actions
import Documents
import Foundation
import Governance
import Records
import TestSupport
import Testing

/// Receivers that are killed, slow, hang, fail, lie and break off at random, and a sender that is killed with `kill -9`:
/// every action happens once at its receiver, none is lost, and of one document they happen in order.
///
/// `MAILROOM_CHAOS_SECONDS` makes it longer (`.ci/bench-actions`), `MAILROOM_CHAOS_SEED` makes it another.
@Suite(.timeLimit(.minutes(20)))
struct ActionChaosTests {
    @Test func everyActionHappensOnceAndInOrder() async throws {
        let environment = ProcessInfo.processInfo.environment
        let seconds = environment["MAILROOM_CHAOS_SECONDS"].flatMap(Double.init) ?? 15
        let seed = environment["MAILROOM_CHAOS_SEED"].flatMap(UInt64.init) ?? 7
        var house = try await ChaosHouse(seed: seed)
        defer { house.stop() }
        let figures = try await house.rage(seconds: seconds)
        try await house.calmDown()

        let deliveries = try await house.deliveries()
        #expect(deliveries.allSatisfy { $0.status == .delivered })
        for name in ChaosHouse.names {
            let taken = try house.taken(by: name)
            let planned = deliveries.filter { $0.action == name }
            #expect(taken.count == planned.count, "\(name) took another number than was planned")
            #expect(Set(taken.map(\.key)) == Set(planned.map(\.idempotencyKey)), "\(name): none lost, none invented")
            for (subject, own) in Dictionary(grouping: taken, by: \.subject) {
                #expect(own.map(\.event) == house.raised[subject], "\(name) heard of \(subject) in another order")
            }
        }
        // Of each event, the second step happened after the first.
        let first = Dictionary(try house.taken(by: "engine").map { ($0.event, $0.at) }) { one, _ in one }
        for second in try house.taken(by: "ledger") {
            #expect(second.at > first[second.event] ?? .infinity, "\(second.event): the steps were not in order")
        }
        let attempts = deliveries.reduce(0) { $0 + $1.leaseNumber }
        print(
            """
            Chaos of \(Int(seconds)) s, seed \(seed): \(house.raised.values.joined().count) events, \
            \(deliveries.count) actions, \(attempts) attempts; the sender was killed \(figures.senderKills) times, \
            receivers \(figures.receiverKills) times; lost 0, twice 0, out of order 0.
            """)
    }
}

/// A sender, two receivers and a store that all of them outlive.
private struct ChaosHouse {
    static let names = ["engine", "ledger"]

    struct Figures {
        var senderKills = 0
        var receiverKills = 0
    }

    struct Taken: Decodable {
        let key: String
        let at: Double
        let subject: String
        let event: String
    }

    private let root: TemporaryFolder
    private let store: Store
    private let rules: ActionRules
    private let ports: [String: Int]
    private var generator: SeededGenerator
    private var sender: ServeProcess?
    private var receivers: [String: ServerProcess] = [:]
    /// The events of each document, in order.
    private(set) var raised: [String: [String]] = [:]

    init(seed: UInt64) async throws {
        root = try TemporaryFolder()
        generator = SeededGenerator(seed: seed)
        let files = FileManager.default
        try files.createDirectory(at: root.url.appending(path: "inbox"), withIntermediateDirectories: true)
        try files.copyItem(at: packageFolder.appending(path: "Config"), to: root.url.appending(path: "Config"))
        try Data(Self.actions.utf8).write(to: root.url.appending(path: "Config/actions.yaml"))
        ports = Dictionary(uniqueKeysWithValues: Self.names.map { ($0, LoopbackPort.free()) })
        rules = try ActionRules.load(
            path: root.url.appending(path: "Config/actions.yaml").path, vocabulary: Vocabulary(types: [:]),
            environment: Self.environment(ports))
        store = try await Store.open(folder: root.url.appending(path: "store"))
        for name in Self.names { try startReceiver(name) }
        try startSender()
    }

    private static let actions = """
        webhooks:
          - name: engine
            url_from: {environment: ENGINE_URL}
            secret_from: {environment: CHAOS_SECRET}
            private_addresses: allow
            timeout_seconds: 1
            retry: &retry {attempts: 100, first_delay_seconds: 0.1, factor: 1.5, max_delay_seconds: 1,
                    first_pause_seconds: 0.3, max_pause_seconds: 1}
          - name: ledger
            url_from: {environment: LEDGER_URL}
            secret_from: {environment: CHAOS_SECRET}
            private_addresses: allow
            timeout_seconds: 1
            retry: *retry
        rules:
          - name: everything
            when: {event: org.mailroom.document.review_requested.v1}
            then: [engine, ledger]
        """

    private static func environment(_ ports: [String: Int]) -> [String: String] {
        [
            "ENGINE_URL": "http://127.0.0.1:\(ports["engine"] ?? 0)/",
            "LEDGER_URL": "http://127.0.0.1:\(ports["ledger"] ?? 0)/",
            "CHAOS_SECRET": "whsec_" + Data(repeating: 7, count: 32).base64EncodedString(),
        ]
    }

    private func log(of name: String) -> URL { root.url.appending(path: "\(name).log") }

    private mutating func startReceiver(_ name: String) throws {
        receivers[name] = try ServerProcess(
            URL(filePath: "/usr/bin/python3"),
            [
                packageFolder.appending(path: "Tests/ServiceTests/Crash/receiver.py").path, "\(ports[name] ?? 0)",
                log(of: name).path, "\(UInt32.random(in: 0...UInt32.max, using: &generator))",
            ], output: root.url.appending(path: "\(name).out"))
    }

    private mutating func startSender() throws {
        sender = try ServeProcess(
            [
                "--store", root.url.appending(path: "store").path, "--config",
                root.url.appending(path: "Config").path, "--inbox", root.url.appending(path: "inbox").path, "--port",
                "0",
            ], environment: Self.environment(ports), log: root.url.appending(path: "sender.log"))
    }

    /// Raises events and kills whoever is there, at random.
    mutating func rage(seconds: Double) async throws -> Figures {
        var figures = Figures()
        let end = ContinuousClock.now + .seconds(seconds)
        var nextKill = ContinuousClock.now + .seconds(4)
        while ContinuousClock.now < end {
            try await raise()
            if ContinuousClock.now >= nextKill {
                if Bool.random(using: &generator) {
                    try await sender?.killAtOnce()
                    try startSender()
                    figures.senderKills += 1
                } else if let name = Self.names.randomElement(using: &generator) {
                    receivers[name]?.kill()
                    try await Task.sleep(for: .milliseconds(Int.random(in: 0...1500, using: &generator)))
                    try startReceiver(name)
                    figures.receiverKills += 1
                }
                nextKill = ContinuousClock.now + .seconds(Double.random(in: 1...4, using: &generator))
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 20...150, using: &generator)))
        }
        return figures
    }

    private mutating func raise() async throws {
        let subject = "D\(Int.random(in: 1...12, using: &generator))"
        let (now, rules) = (Date(), rules)
        let document = Document(type: "payer_letter", typeConfidence: 0.99, pages: [1], disposition: .review)
        let event = MailroomEvent(
            id: Identifier.make(at: now), type: .documentReviewRequested, time: now,
            data: .document(DocumentEventData(documentID: subject, correlationID: "C", document: document)))
        try await store.write { _ = try $0.raise(event, rules: rules) }
        raised[subject, default: []].append(event.id)
    }

    /// Has the receivers do as they should, and waits up to three minutes until all is delivered.
    mutating func calmDown() async throws {
        try Data().write(to: root.url.appending(path: "calm"))
        for _ in 0..<900 {
            if sender?.isRunning != true { try startSender() }
            let counts = try await store.read { try $0.deliveryCounts() }
            if counts.allSatisfy({ $0.key == .delivered }) { return }
            try await Task.sleep(for: .milliseconds(200))
        }
        let counts = try await store.read { try $0.deliveryCounts() }
        throw NeverHappened(description: "Waited three minutes for the actions to end: \(counts)")
    }

    func deliveries() async throws -> [Delivery] { try await store.read { try $0.deliveries(limit: .max) } }

    func taken(by name: String) throws -> [Taken] {
        try String(contentsOf: log(of: name), encoding: .utf8).split(separator: "\n").map {
            try JSONDecoder().decode(Taken.self, from: Data($0.utf8))
        }
    }

    mutating func stop() {
        sender?.killNow()
        for receiver in receivers.values { receiver.kill() }
    }
}
