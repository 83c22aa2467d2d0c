import Foundation
import Governance
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import NIOCore
import Records
import Service
import Testing

/// Every route, tried by nobody, by each role at a browser, by each role's key, and by forms of other pages, against the
/// table below.
@Suite struct AuthorizationMatrixTests {
    /// Who may use a route.
    enum Rule: Hashable {
        /// Everybody who reaches the port.
        case everybody
        /// Everybody who signed in.
        case signedIn
        /// Who signed in and has one of these.
        case page([Permission])
        /// A key with one of these.
        case interface([Permission])
    }

    private static let policyViewers: [Permission] = [.proposePolicy, .confirmPolicy, .viewAudit]
    private static let matrixViewers: [Permission] = policyViewers + [.decideApprovals]
    private static let approvalViewers: [Permission] = [.decideApprovals, .requestApproval, .viewAudit]

    static let rules: [String: Rule] = [
        "GET /health": .everybody, "GET /metrics": .everybody, "GET /v1/openapi.json": .everybody,
        "GET /static/{name}": .everybody, "GET /sign-in": .everybody, "POST /sign-in": .everybody,
        "GET /sign-in/openid": .everybody, "GET /sign-in/openid/return": .everybody,

        "GET /": .signedIn, "GET /queues": .signedIn, "POST /sign-out": .signedIn,

        "GET /queues/{name}": .page([.reviewDocuments, .viewIntake]),
        "POST /queues/{name}/next": .page([.reviewDocuments]), "GET /queues/{name}/ahead": .page([.reviewDocuments]),
        "GET /tasks/{id}": .page([.reviewDocuments]), "POST /tasks/{id}": .page([.reviewDocuments]),
        "POST /tasks/{id}/take": .page([.reviewDocuments]), "POST /tasks/{id}/renew": .page([.reviewDocuments]),
        "POST /tasks/{id}/draft": .page([.reviewDocuments]), "POST /tasks/{id}/pages": .page([.reviewDocuments]),
        "POST /tasks/{id}/pages/{number}/turn": .page([.reviewDocuments]),
        "GET /tasks/{id}/reading": .page([.reviewDocuments]), "POST /tasks/{id}/keys/draft": .page([.reviewDocuments]),
        "POST /tasks/{id}/priority": .page([.overridePriority]),
        "GET /documents/{id}": .page([.viewDocuments]),
        "GET /documents/{id}/pages/{number}/image": .page([.viewDocuments]),
        "GET /documents/{id}/pages/{number}/words": .page([.viewDocuments]),
        "GET /layouts": .page([.manageLayouts]), "GET /layouts/{id}": .page([.manageLayouts]),
        "POST /layouts/{id}/forget": .page([.manageLayouts]), "GET /intake": .page([.viewIntake]),

        "POST /v1/documents": .interface([.submitDocuments]), "GET /v1/documents/{id}": .interface([.viewDocuments]),
        "GET /v1/documents/{id}/pages/{number}/image": .interface([.viewDocuments]),
        "POST /v1/classifications": .interface([.submitDocuments]), "POST /v1/accounts": .interface([.importAccounts]),
        "POST /v1/contracts": .interface([.importContracts]),
        "GET /actions": .page([.replayActions]), "POST /actions/replay": .page([.replayActions]),
        "POST /actions/{id}/replay": .page([.replayActions]), "POST /actions/{id}/dismiss": .page([.replayActions]),
        "GET /v1/actions": .interface([.replayActions]),
        "POST /v1/actions/{id}/replay": .interface([.replayActions]),
        "POST /v1/actions/{id}/dismiss": .interface([.replayActions]), "GET /v1/schemas/{id}": .everybody,
        "GET /v1/layouts": .interface([.manageLayouts]), "DELETE /v1/layouts/{id}": .interface([.manageLayouts]),

        "GET /sign-in/own": .signedIn, "GET /sign-in/back": .signedIn, "GET /session": .signedIn,
        "POST /sign-in/own/password": .signedIn, "POST /sign-in/own/sessions": .signedIn,
        "GET /people": .page([.managePeople]), "POST /people": .page([.managePeople]),
        "GET /people/{id}": .page([.managePeople]), "POST /people/{id}": .page([.managePeople]),
        "POST /keys": .page([.managePeople]), "POST /keys/{id}/revoke": .page([.managePeople]),
        "GET /policy": .page(policyViewers), "GET /policy/{hash}": .page(policyViewers),
        "POST /policy/{hash}": .page([.confirmPolicy, .proposePolicy]),
        "GET /policy/new": .page([.proposePolicy]), "POST /policy/new": .page([.proposePolicy]),
        "GET /v1/policies": .interface(policyViewers), "GET /v1/policies/{hash}": .interface(policyViewers),
        "POST /v1/policies": .interface([.proposePolicy]),
        // A machine proposes; people decide.
        "POST /v1/policies/{hash}/confirm": .interface([]), "POST /v1/policies/{hash}/refuse": .interface([]),
        "GET /approval-matrix": .page(matrixViewers), "GET /approval-matrix/{hash}": .page(matrixViewers),
        "POST /approval-matrix/{hash}": .page([.confirmPolicy, .proposePolicy]),
        "GET /approval-matrix/new": .page([.proposePolicy]), "POST /approval-matrix/new": .page([.proposePolicy]),
        "GET /v1/approval-matrices": .interface(matrixViewers),
        "GET /v1/approval-matrices/{hash}": .interface(matrixViewers),
        "POST /v1/approval-matrices": .interface([.proposePolicy]),
        "POST /v1/approval-matrices/{hash}/confirm": .interface([]),
        "POST /v1/approval-matrices/{hash}/refuse": .interface([]),
        "GET /documents/{id}/life": .page([.viewAudit]),
        "GET /v1/journals": .interface([.viewJournals]), "GET /v1/journals/{key}": .interface([.viewJournals]),

        "POST /tasks/{id}/keys": .page([.reviewDocuments]), "GET /checks/{id}": .page([.reviewDocuments]),
        "GET /quality": .page([.viewQuality]),

        "POST /tasks/{id}/send": .page([.reviewDocuments]), "POST /tasks/{id}/ask": .page([.reviewDocuments]),
        "POST /tasks/{id}/answer": .page([.reviewDocuments]), "POST /tasks/{id}/withdraw": .page([.reviewDocuments]),
        "POST /documents/{id}/notes": .page([.reviewDocuments]),
        "GET /v1/documents/{id}/notes": .interface([.viewDocuments]),
        "POST /v1/documents/{id}/notes": .interface([.reviewDocuments]),
        "POST /documents/{id}/recall": .page([.recallDocuments]), "GET /recalls": .page([.recallDocuments]),
        "GET /recalls/{id}": .page([.recallDocuments]), "POST /recalls/{id}/orders": .page([.recallDocuments]),
        "GET /v1/recalls": .interface([.recallDocuments]), "POST /v1/recalls": .interface([.recallDocuments]),
        "GET /anomalies": .page([.viewAnomalies]), "GET /contracts": .page([.viewAnomalies]),
        "GET /v1/anomalies": .interface([.viewAnomalies]), "GET /v1/contracts": .interface([.viewAnomalies]),
        "GET /denials": .page([.viewDenials]), "POST /denials/{id}/appeal": .page([.workDenials]),
        "GET /work": .page([.viewDenials]), "GET /work/{id}": .page([.viewDenials]),
        "GET /work/{id}/packet": .page([.viewDenials]), "POST /work/{id}": .page([.workDenials]),
        "GET /v1/denials": .interface([.viewDenials]), "GET /v1/work": .interface([.viewDenials]),
        "GET /v1/work/{id}": .interface([.viewDenials]),
        "GET /v1/recalls/{id}": .interface([.recallDocuments]),
        "POST /v1/recalls/{id}/orders": .interface([.recallDocuments]),
        "GET /v1/remittances": .interface([.viewRemittances]),
        "GET /v1/remittances/{id}/file": .interface([.viewRemittances]),

        "GET /approvals": .page(approvalViewers), "GET /approvals/{id}": .page(approvalViewers),
        "POST /approvals/{id}": .page([.decideApprovals, .requestApproval]),
        "GET /delegations": .page([.decideApprovals]), "POST /delegations": .page([.decideApprovals]),
        "POST /delegations/{id}/end": .page([.decideApprovals]),
        "GET /v1/delegations": .interface([.delegateApprovals]),
        "POST /v1/delegations": .interface([.delegateApprovals]),
        "DELETE /v1/delegations/{id}": .interface([.delegateApprovals]),
        "GET /v1/approvals": .interface(approvalViewers), "GET /v1/approvals/{id}": .interface(approvalViewers),
        "POST /v1/approvals": .interface([.requestApproval]),
        "POST /v1/approvals/{id}/change": .interface([.requestApproval]),
        "POST /v1/approvals/{id}/withdraw": .interface([.requestApproval]),
        // A machine asks; people decide.
        "POST /v1/approvals/{id}/approve": .interface([]), "POST /v1/approvals/{id}/refuse": .interface([]),
    ]

    @Test func theTableHasEveryRoute() async throws {
        let routes = try await House().fixture.server.router().routes.map { route in
            "\(route.method.rawValue) \(Self.written("\(route.path)"))"
        }
        #expect(Set(routes) == Set(Self.rules.keys))
        #expect(routes.count == Self.rules.count)
    }

    @Test func nobodyGetsPastTheDoor() async throws {
        let house = try await House()
        try await house.fixture.test { client in
            for trial in house.trials() {
                let (response, what) = (try await trial.send(client), "nobody, \(trial.name)")
                try expectHardened(response, what)
                switch trial.rule {
                case .everybody: #expect(response.status.code != 401, "\(what)")
                case .signedIn, .page:
                    #expect(response.status == .seeOther, "\(what)")
                    #expect(response.headers[.location]?.hasPrefix("/sign-in") == true, "\(what)")
                case .interface: #expect(response.status == .unauthorized, "\(what)")
                }
            }
        }
    }

    @Test(arguments: Role.allCases)
    func atABrowserEachRoleDoesWhatItMay(role: Role) async throws {
        let house = try await House()
        let permissions = house.fixture.context.policy.permissions(of: role)
        try await house.fixture.addUser("ana", role)
        try await house.fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            let token = try WorkbenchClient.value(of: "form_token", in: try await browser.get("/queues").text)
            for trial in house.trials() where trial.name != "POST /sign-out" {
                let what = "\(role) at a browser, \(trial.name)"
                let response = try await trial.send(client, cookie: browser.cookieHeader, formToken: token)
                try expectHardened(response, what)
                switch trial.rule {
                case .everybody, .signedIn: break
                case .page(let wanted):
                    #expect((response.status == .forbidden) == permissions.isDisjoint(with: wanted), "\(what)")
                    #expect(response.headers[.location]?.hasPrefix("/sign-in") != true, "\(what)")
                case .interface: #expect(response.status == .unauthorized, "\(what): a cookie is no key")
                }
            }
        }
    }

    @Test(arguments: Role.allCases)
    func withAKeyEachRoleDoesWhatItMay(role: Role) async throws {
        let house = try await House()
        let permissions = house.fixture.context.policy.permissions(of: role)
        let key = try await house.fixture.keyHeader(role)
        try await house.fixture.test { client in
            for trial in house.trials() {
                let what = "\(role) with a key, \(trial.name)"
                let response = try await trial.send(client, headers: key)
                try expectHardened(response, what)
                switch trial.rule {
                case .everybody: break
                case .signedIn, .page: #expect(response.status == .seeOther, "\(what): a key opens no page")
                case .interface(let wanted):
                    #expect((response.status == .forbidden) == permissions.isDisjoint(with: wanted), "\(what)")
                    #expect(response.status != .unauthorized, "\(what)")
                }
            }
        }
    }

    @Test func aFormOfAnotherPageOrSiteDoesNothing() async throws {
        let house = try await House()
        try await house.fixture.addUser("ana", .administrator)
        try await house.fixture.addUser("eve", .administrator)
        try await house.fixture.test { client in
            let (ana, eve) = (WorkbenchClient(client), WorkbenchClient(client))
            try await ana.signIn("ana")
            try await eve.signIn("eve")
            let own = try WorkbenchClient.value(of: "form_token", in: try await ana.get("/queues").text)
            let foreign = try WorkbenchClient.value(of: "form_token", in: try await eve.get("/queues").text)
            for trial in house.trials() where trial.method == .post && trial.isPage {
                for token in ["", foreign, own + "x"] {
                    let response = try await trial.send(client, cookie: ana.cookieHeader, formToken: token)
                    #expect(response.status == .forbidden, "\(trial.name), token '\(token)'")
                    try expectHardened(response, trial.name)
                }
                for (name, value) in [
                    ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Site", "same-site"),
                    ("Origin", "https://evil.example"),
                    ("Origin", "null"),
                ] {
                    let response = try await trial.send(
                        client, cookie: ana.cookieHeader, formToken: own, headers: [try header(name): value])
                    #expect(response.status == .forbidden, "\(trial.name), \(name): \(value)")
                }
            }
            #expect(try await ana.get("/queues").status == .ok)
            let tasks = try await house.fixture.context.store.read { try $0.tasks() }
            #expect(tasks.map(\.task.id) == [house.task.id] && tasks.map(\.task.version) == [house.task.version])
        }
    }

    @Test func aMethodThatNoRouteHasIsNotThere() async throws {
        let house = try await House()
        try await house.fixture.addUser("ana", .administrator)
        let key = try await house.fixture.keyHeader(.administrator)
        let known = Set(Self.rules.keys)
        try await house.fixture.test { client in
            let browser = WorkbenchClient(client)
            try await browser.signIn("ana")
            for trial in house.trials() {
                for method in [HTTPRequest.Method.get, .post, .put, .patch, .delete, .options, .trace]
                where !known.contains("\(method.rawValue) \(trial.path)") {
                    let response = try await client.execute(
                        uri: trial.uri, method: method,
                        headers: key.merging([.cookie: browser.cookieHeader]))
                    #expect(response.status == .notFound, "\(method.rawValue) \(trial.path)")
                    try expectHardened(response, "\(method.rawValue) \(trial.path)")
                }
            }
        }
    }

    private static func written(_ path: String) -> String {
        path.hasPrefix("/") ? path : "/" + path
    }
}

// MARK: - What is tried

extension AuthorizationMatrixTests {
    /// A store with one document in review, and an attempt at every route.
    struct House: Sendable {
        let fixture: WebFixture
        let document: DocumentRecord
        let task: ReviewTask

        init() async throws {
            fixture = try await WebFixture(settings: LyingProvider.settings(issuer: "http://127.0.0.1:9"))
            (document, task) = try await SampleLetter.seed(fixture.context)
        }

        func trials() -> [Trial] {
            AuthorizationMatrixTests.rules.sorted { $0.key < $1.key }.map { name, rule in
                let path = String(name.drop { $0 != " " }.dropFirst())
                let id = path.contains("tasks") ? task.id : path.contains("documents") ? document.id : "unknown"
                let uri = path.replacing("{id}", with: id).replacing("{number}", with: "1").replacing(
                    "{hash}", with: String(repeating: "0", count: 64)
                ).replacing(
                    "{name}", with: path.contains("static") ? "workbench.css" : "letters")
                return Trial(name: name, rule: rule, path: path, uri: uri)
            }
        }
    }

    struct Trial: Sendable {
        let name: String
        let rule: Rule
        let path: String
        let uri: String

        var method: HTTPRequest.Method { name.hasPrefix("GET") ? .get : name.hasPrefix("POST") ? .post : .delete }
        var isPage: Bool { if case .interface = rule { false } else { true } }

        func send(
            _ client: any TestClientProtocol, cookie: String? = nil, formToken: String? = nil,
            headers more: HTTPFields = [:]
        ) async throws -> TestResponse {
            var headers = more.merging(isPage ? [.accept: "text/html"] : [:])
            headers[.cookie] = cookie
            var body: String?
            if method == .post, isPage {
                headers[.contentType] = "application/x-www-form-urlencoded"
                body = "form_token=\(formToken ?? "")"
            }
            return try await client.execute(
                uri: uri, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
        }
    }
}

extension HTTPFields {
    func merging(_ others: HTTPFields) -> HTTPFields {
        others.reduce(into: self) { $0[$1.name] = $1.value }
    }
}
