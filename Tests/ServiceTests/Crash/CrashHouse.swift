import Foundation
import Records
import TestSupport

/// Folders, settings and a listener for a service that is killed again and again.
struct CrashHouse {
    /// Everything that the store holds when all is done.
    struct Ends {
        var arrivals: [Arrival]
        var unaccounted: Int
        var files: [CustodyFile]
        var documents: [DocumentRecord]
        var tasks: [ReviewTask]
        /// By document.
        var deliveries: [String: [Delivery]]
        var audit: AuditVerdict
        var trail: [AuditEntry]
    }

    let listener: WebhookListener
    private let root: TemporaryFolder

    var inbox: URL { root.url.appending(path: "inbox") }
    var elsewhere: URL { root.url.appending(path: "elsewhere") }
    private var store: URL { root.url.appending(path: "store") }
    private var config: URL { root.url.appending(path: "Config") }
    private var log: URL { root.url.appending(path: "log") }

    init() async throws {
        root = try TemporaryFolder()
        listener = try await WebhookListener(status: 200)
        let files = FileManager.default
        for folder in [inbox, elsewhere] { try files.createDirectory(at: folder, withIntermediateDirectories: true) }
        try files.copyItem(at: packageFolder.appending(path: "Config"), to: config)
        for (name, text) in ["service": Self.service, "policy": Self.policy, "actions": Self.actions] {
            try Data(text.utf8).write(to: config.appending(path: "\(name).yaml"))
        }
    }

    func serve() throws -> ServeProcess {
        try ServeProcess(
            ["--store", store.path, "--config", config.path, "--inbox", inbox.path, "--port", "0"],
            environment: [
                "MAILROOM_WEBHOOK_URL": "http://127.0.0.1:\(listener.port)/",
                "MAILROOM_WEBHOOK_SECRET": "whsec_" + Data(repeating: 7, count: 32).base64EncodedString(),
            ], log: log)
    }

    var lastWords: String {
        String(((try? String(contentsOf: log, encoding: .utf8)) ?? "").suffix(2000))
    }

    /// Waits, up to five minutes, until the ledger has every file's verdict and no work is left.
    func settle(_ bag: [Mail]) async throws {
        let store = try await Store.open(folder: store)
        for _ in 0..<1500 {
            let isDone = try await store.read { transaction in
                let arrivals = try transaction.arrivalCounts()
                let steps = try transaction.stepCounts().values.flatMap { $0 }.filter { $0.key != .done }
                let deliveries = try transaction.deliveryCounts().filter { $0.key != .delivered }
                return arrivals.values.reduce(0, +) >= bag.count && arrivals[.waiting] == nil && steps.isEmpty
                    && deliveries.isEmpty
            }
            if isDone { return try await store.close() }
            try await Task.sleep(for: .milliseconds(200))
        }
        let state = try await store.read {
            "\(try $0.arrivalCounts()) \(try $0.stepCounts()) \(try $0.deliveryCounts())"
        }
        throw NeverHappened(description: "Waited five minutes for the work to end: \(state) \(lastWords)")
    }

    func ends() async throws -> Ends {
        let store = try await Store.open(folder: store)
        let ends = try await store.read { transaction in
            let documents = try transaction.documents(limit: .max)
            let arrivals = try transaction.arrivals(limit: .max)
            let files = try transaction.files(limit: .max)
            var deliveries: [String: [Delivery]] = [:]
            for document in documents {
                deliveries[document.id] = try transaction.events(subject: document.id)
                    .flatMap { try transaction.deliveries(ofEvent: $0.id) }
            }
            let subjects = arrivals.map(\.id) + files.map(\.sha256) + documents.map(\.id)
            return Ends(
                arrivals: arrivals, unaccounted: try transaction.unaccountedCount(waitingSince: .distantFuture),
                files: files, documents: documents.sorted { $0.ordinal < $1.ordinal },
                tasks: try transaction.tasks(limit: .max).map(\.task), deliveries: deliveries,
                audit: try transaction.verifyAudit(),
                trail: try subjects.flatMap { try transaction.auditTrail(subject: $0) })
        }
        try await store.close()
        return ends
    }

    private static let service = """
        intake:
          quiet_seconds: 0.5
          sweep_seconds: 1
          patience_seconds: 20
        pipeline:
          lease_seconds: 3
          reader_count: 2
        """

    private static let policy = """
        type_confidence: 0
        default_queue: general
        queues:
          - name: general
            title: General
            roles: [reviewer]
        types:
          payer_letter:
            review: when_type_is_doubtful
          other:
            review: always
        roles:
          reviewer: [review_documents]
        """

    private static let actions = """
        webhooks:
          - name: engine
            url_from: {environment: MAILROOM_WEBHOOK_URL}
            secret_from: {environment: MAILROOM_WEBHOOK_SECRET}
            private_addresses: allow
            timeout_seconds: 2
            retry: {first_delay_seconds: 0.5}
        rules:
          - name: accepted documents
            when: {event: org.mailroom.document.accepted.v1}
            then: [engine]
        """
}
