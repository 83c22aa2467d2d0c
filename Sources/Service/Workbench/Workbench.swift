import Foundation
import Governance
import Hummingbird

/// The pages for people: sign-in, queues, tasks, documents, approvals, the intake ledger, learned layouts, quality,
/// policy, people.
struct Workbench: Sendable {
    let context: ServiceContext
    let accounts: Accounts
    let pages: PageWriter
    let openID: OpenIDSignIn?

    func addRoutes(to router: Router<ServiceRequestContext>) {
        StaticFiles().addRoutes(to: router)
        let own = router.group().add(middleware: OwnFormsMiddleware(settings: context.settings))
        let signIn = SignInController(context: context, accounts: accounts, pages: pages, openID: openID)
        signIn.addRoutes(to: own)
        let signedIn = own.group().add(
            middleware: SessionMiddleware(
                accounts: accounts, cookies: BrowserCookies(context.settings), clock: context.clock))
        signedIn.get("/") { _, _ in Response.seeOther("/queues") }
        signIn.addSessionRoutes(to: signedIn)
        QueuePages(context: context, pages: pages).addRoutes(to: signedIn)
        let tasks = TaskPages(context: context, pages: pages)
        tasks.addRoutes(to: signedIn)
        TogetherPages(context: context, tasks: tasks).addRoutes(to: signedIn)
        PriorityPages(context: context).addRoutes(to: signedIn)
        TaskDrafts(context: context, pages: pages).addRoutes(to: signedIn)
        QueueAhead(context: context).addRoutes(to: signedIn)
        DocumentPages(context: context, pages: pages).addRoutes(to: signedIn)
        RecallPages(context: context, pages: pages).addRoutes(to: signedIn)
        ApprovalPages(context: context, pages: pages).addRoutes(to: signedIn)
        DelegationPages(context: context, pages: pages).addRoutes(to: signedIn)
        DenialPages(context: context, pages: pages).addRoutes(to: signedIn)
        AnomalyPages(context: context, pages: pages).addRoutes(to: signedIn)
        ContractPages(context: context, pages: pages).addRoutes(to: signedIn)
        WorkPages(context: context, pages: pages).addRoutes(to: signedIn)
        LayoutPages(context: context, pages: pages).addRoutes(to: signedIn)
        CheckPages(context: context, pages: pages).addRoutes(to: signedIn)
        QualityPage(context: context, pages: pages).addRoutes(to: signedIn)
        IntakePage(context: context, pages: pages).addRoutes(to: signedIn)
        LifePage(context: context, pages: pages).addRoutes(to: signedIn)
        ActionPages(context: context, pages: pages).addRoutes(to: signedIn)
        GovernedPages<Policy>(context: context, pages: pages).addRoutes(to: signedIn)
        GovernedPages<ApprovalMatrix>(context: context, pages: pages).addRoutes(to: signedIn)
        PeoplePages(context: context, accounts: accounts, pages: pages).addRoutes(to: signedIn)
        OwnSignInPage(context: context, accounts: accounts, pages: pages).addRoutes(to: signedIn)
    }
}
