import Actions
import Documents
import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Reading
import Records
import Service
import Settings
import TestSupport
import Testing
import Understanding

/// The web server on a store of its own, with the installation's real configuration and model.
struct WebFixture {
    let folder: TemporaryFolder
    let context: ServiceContext
    let accounts: Accounts
    let server: WebServer

    static let webhook = [
        "MAILROOM_WEBHOOK_URL": "http://127.0.0.1:9/hook",
        "MAILROOM_WEBHOOK_SECRET": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    ]

    /// - Parameters:
    ///   - policyText: makes the policy of the installation's.
    ///   - rulesText: likewise the rules of actions.
    ///   - matrixText: likewise the approval matrix.
    init(
        limits: ReaderLimits = ReaderLimits(), settings: ServiceSettings = ServiceSettings(),
        policyText: (String) -> String = { $0 }, rulesText: (String) -> String = { $0 },
        matrixText: (String) -> String = { $0 },
        clock: @escaping @Sendable () -> Date = { Date() }
    ) async throws {
        folder = try TemporaryFolder()
        let config = packageFolder.appending(path: "Config")
        let catalog = try DocumentTypeCatalog(folder: config.appending(path: "document-types"))
        let vocabulary = Vocabulary(catalog)
        let store = try await Store.open(folder: folder.url)
        let own = folder.url
        func file(_ name: String, _ change: (String) -> String) throws -> String {
            let file = own.appending(path: name)
            try Data(change(String(contentsOf: config.appending(path: name), encoding: .utf8)).utf8).write(to: file)
            return file.path
        }
        let policy = try await GovernedShelf<Policy>(store: store, ground: vocabulary).inService(
            orFile: file("policy.yaml", policyText), at: clock())
        let matrix = try await GovernedShelf<ApprovalMatrix>(store: store, ground: policy.current).inService(
            orFile: file("approvals.yaml", matrixText), at: clock())
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        context = ServiceContext(
            settings: settings, store: store,
            readers: ReaderPool(
                executable: (try? mailroomExecutable()) ?? URL(filePath: "/nonexistent"), processCount: 1,
                limits: limits),
            readerLimits: limits,
            understander: Understander(
                catalog: catalog, model: try UnderstandingModel.load(from: packageFolder.appending(path: "Models"))),
            vocabulary: vocabulary, policy: policy,
            actionRules: try ActionRules(
                text: rulesText(
                    try String(contentsOf: config.appending(path: "actions.yaml"), encoding: .utf8)),
                path: "actions.yaml", vocabulary: vocabulary,
                kinds: KnownKinds(approvals: Set(matrix.current.kinds.map(\.name))), environment: WebFixture.webhook),
            approvalMatrix: matrix, denials: try DenialRules.load(config: config), clock: clock, logger: logger)
        accounts = try Accounts(store: store, policy: policy, settings: settings.sessions)
        server = WebServer(
            context: context, accounts: accounts,
            openID: try OpenIDSignIn(settings, environment: [LyingProvider.secretVariable: LyingProvider.secret]),
            metrics: PrometheusRegistry())
    }

    /// Runs `body` against the routes that the server has.
    func test<Value>(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        try await server.test(body)
    }

    /// The header of a new API key with this role.
    func keyHeader(_ role: Role = .service, name: String = "engine") async throws -> HTTPFields {
        [.authorization: "Bearer \(try await accounts.addKey(name: name, role: role, by: "test"))"]
    }
}

extension WebServer {
    /// Runs `body` against the routes that the server has.
    func test<Value>(_ body: @escaping @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return try await Application(router: try router(), logger: logger).test(.router, body)
    }
}

extension TestResponse {
    /// The body as text.
    var text: String { String(buffer: body) }

    /// The body as JSON.
    func json() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
    }
}

/// The name of a header that HTTPTypes has no constant for.
func header(_ name: String) throws -> HTTPField.Name {
    try #require(HTTPField.Name(name))
}
