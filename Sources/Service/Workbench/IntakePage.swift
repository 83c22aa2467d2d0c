import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records
import Understanding

/// The receipt ledger: every file that ever arrived, and what became of it.
struct IntakePage: Sendable {
    static let arrivalCountMax = 100
    private static let missingCountMax = 20

    let context: ServiceContext
    let pages: PageWriter

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("intake") { try await show($0, context: $1) }
    }

    private struct Content {
        let counts: [Count]
        let unaccounted: Int
        let isAccounted: Bool
        /// Those that nobody answers for, each with what is known.
        let missing: [Missing]
        let moreMissing: Int?
        let arrivals: [Entry]
        let isEmpty: Bool
        /// The address of the page with older arrivals.
        let older: String?

        struct Count {
            let verdict: String
            let number: Int
            let isChosen: Bool
            let address: String
        }

        struct Entry {
            let seenAt: String
            let source: String
            let facility: String?
            let name: String
            let size: String
            let verdict: String
            let detail: String
            let documents: [DocumentLink]
        }

        struct Missing {
            let seenAt: String
            let source: String
            let name: String
            let sentence: String
        }

        struct DocumentLink {
            let id: String
            let title: String
            let status: String
            let statusWords: String
        }
    }

    private func show(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.caller(having: .viewIntake)
        let verdict = request.uri.queryParameters["verdict"].flatMap { ArrivalVerdict(rawValue: String($0)) }
        let before = request.uri.queryParameters["before"].map(String.init)
        let deadline = self.context.arrivalDeadline
        let content = try await self.context.store.read { transaction -> Content in
            let arrivals = try transaction.arrivals(
                verdict: verdict, before: before, within: caller.reach, limit: IntakePage.arrivalCountMax)
            let unaccounted = try transaction.unaccountedCount(waitingSince: deadline, within: caller.reach)
            return Content(
                counts: counts(try transaction.arrivalCounts(within: caller.reach), chosen: verdict),
                unaccounted: unaccounted,
                isAccounted: unaccounted == 0,
                missing: try missing(since: deadline, within: caller.reach, in: transaction),
                moreMissing: unaccounted > IntakePage.missingCountMax ? unaccounted - IntakePage.missingCountMax : nil,
                arrivals: try arrivals.map { try entry($0, for: caller, in: transaction) },
                isEmpty: arrivals.isEmpty, older: older(arrivals, verdict: verdict))
        }
        return try pages.page(
            "intake", content, title: "Intake", session: try context.signedIn(), section: .intake)
    }

    private func missing(
        since deadline: Date, within reach: Reach, in transaction: Transaction
    ) throws -> [Content.Missing] {
        try transaction.unaccountedArrivals(
            waitingSince: deadline, within: reach, limit: IntakePage.missingCountMax
        ).map { arrival in
            Content.Missing(
                seenAt: PageTime.moment(arrival.firstSeenAt), source: arrival.source, name: arrival.name,
                sentence: arrival.verdict == .waiting
                    ? arrival.detail ?? "It waits for longer than it should. Look at the folder and the service's log."
                    : "It was taken, and its bytes are not in custody. Restore the store, or put the file in once more."
            )
        }
    }

    private func counts(_ counts: [ArrivalVerdict: Int], chosen: ArrivalVerdict?) -> [Content.Count] {
        let all = Content.Count(
            verdict: "all", number: counts.values.reduce(0, +), isChosen: chosen == nil, address: "/intake")
        return [all]
            + ArrivalVerdict.allCases.map { verdict in
                Content.Count(
                    verdict: verdict.rawValue, number: counts[verdict] ?? 0, isChosen: chosen == verdict,
                    address: "/intake?verdict=\(verdict.rawValue)")
            }
    }

    private func older(_ arrivals: [Arrival], verdict: ArrivalVerdict?) -> String? {
        guard arrivals.count == IntakePage.arrivalCountMax, let last = arrivals.last else { return nil }
        return "/intake?before=\(last.id)" + (verdict.map { "&verdict=\($0.rawValue)" } ?? "")
    }

    private func entry(_ arrival: Arrival, for caller: Caller, in transaction: Transaction) throws -> Content.Entry {
        let file = try arrival.sha256.flatMap { try transaction.file($0, within: caller.reach) }
        let mayView = file != nil && caller.permissions.contains(.viewDocuments)
        let records =
            mayView ? try arrival.sha256.map { try transaction.documents(of: $0, within: caller.reach) } ?? [] : []
        // The same bytes may have come to another facility before: how they were called there is its own.
        let isElsewhere = file == nil && arrival.verdict == .duplicate && caller.reach.isLimited
        let links = records.map { record in
            Content.DocumentLink(
                id: record.id,
                title: DocumentTitles(record.type, catalog: context.understander.catalog).title,
                status: record.status.rawValue, statusWords: record.status.rawValue.replacing("_", with: " "))
        }
        return Content.Entry(
            seenAt: PageTime.moment(arrival.firstSeenAt), source: arrival.source, facility: arrival.facility,
            name: arrival.name,
            size: arrival.size.map(PageTime.size) ?? "", verdict: arrival.verdict.rawValue,
            detail: isElsewhere
                ? "The same bytes came before, to where you do not look."
                : arrival.detail ?? IntakePage.sentence(arrival, file: file), documents: links)
    }

    private static func sentence(_ arrival: Arrival, file: CustodyFile?) -> String {
        switch (arrival.verdict, file?.status) {
        case (.waiting, _): "Waits until its writer is done."
        case (.vanished, _): "It went away before it was whole."
        case (_, .taken?): "In custody, to be read."
        case (_, .read?): "Its pages are read, to be understood."
        case (_, .quarantined?): file?.detail ?? "It cannot be read."
        default: ""
        }
    }
}
