import Governance
import HTTPTypes
package import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle

/// The HTTP server: interface, workbench, health and metrics on one address.
package struct WebServer: ServiceLifecycle.Service {
    private let context: ServiceContext
    private let accounts: Accounts
    private let openID: OpenIDSignIn?
    private let metrics: PrometheusRegistry
    private let onListening: @Sendable (Int) async -> Void

    /// - Parameters:
    ///   - openID: nil when people sign in with passwords alone.
    ///   - metrics: what the whole process counts into.
    ///   - onListening: called once with the port, which the system chose when the settings say 0.
    package init(
        context: ServiceContext, accounts: Accounts, openID: OpenIDSignIn? = nil, metrics: PrometheusRegistry,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) {
        self.context = context
        self.accounts = accounts
        self.openID = openID
        self.metrics = metrics
        self.onListening = onListening
    }

    /// Listens until the service is told to stop, and then until the requests in hand are answered.
    package func run() async throws {
        let listen = context.settings.listen
        let application = Application(
            router: try router(),
            configuration: .init(address: .hostname(listen.host, port: listen.port)),
            onServerRunning: { channel in
                let port = channel.localAddress?.port ?? listen.port
                context.logger.info(
                    "http.listening", metadata: ["http.host": "\(listen.host)", "http.port": "\(port)"])
                await onListening(port)
            }, logger: context.logger)
        try await application.run()
    }

    /// Every route with its middleware; the tests call the same.
    package func router() throws -> Router<ServiceRequestContext> {
        let pages = try PageWriter()
        let router = Router(context: ServiceRequestContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestRecordMiddleware(metrics: metrics))
        router.add(middleware: SecurityHeadersMiddleware(isBehindTLS: context.settings.isBehindTLS))
        router.add(middleware: ProblemMiddleware(page: pages.problem))
        HealthController(context: context, metrics: metrics).addRoutes(to: router)
        OpenAPIController().addRoutes(to: router)
        SchemasController().addRoutes(to: router)
        let interface = router.group("v1").add(middleware: KeyMiddleware(accounts: accounts))
        DocumentsController(context: context).addRoutes(to: interface)
        ClassificationsController(context: context).addRoutes(to: interface)
        AccountsController(context: context).addRoutes(to: interface)
        ContractsController(context: context).addRoutes(to: interface)
        AnomaliesController(context: context).addRoutes(to: interface)
        NotesController(context: context).addRoutes(to: interface)
        RecallsController(context: context).addRoutes(to: interface)
        RemittancesController(context: context).addRoutes(to: interface)
        DenialsController(context: context).addRoutes(to: interface)
        LayoutsController(context: context).addRoutes(to: interface)
        GovernedController<Policy>(context: context).addRoutes(to: interface)
        GovernedController<ApprovalMatrix>(context: context).addRoutes(to: interface)
        JournalsController(context: context).addRoutes(to: interface)
        ApprovalsController(context: context).addRoutes(to: interface)
        DelegationsController(context: context).addRoutes(to: interface)
        ActionsController(context: context).addRoutes(to: interface)
        Workbench(context: context, accounts: accounts, pages: pages, openID: openID).addRoutes(to: router)
        return router
    }
}
