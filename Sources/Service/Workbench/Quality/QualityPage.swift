import Foundation
import Governance
import Hummingbird
import Records
import Understanding

/// How well people and the machine read: known-answer checks by reviewer, the audit sample by type and field.
struct QualityPage: Sendable {
    let context: ServiceContext
    let pages: PageWriter

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("quality") { _, context in try await show(context) }
    }

    private struct Content {
        let people: [Person]
        let hasNoPeople: Bool
        let types: [TypeErrors]
        let hasNoTypes: Bool
        let model: String
        /// The share of tasks in per cent; nil where policy gives no checks.
        let share: String?

        struct Person {
            let name: String
            let given: Int
            let caught: Int
            let missed: Int
            let unanswered: Int
            /// The share that was caught of those that were answered.
            let shareCaught: String
        }

        struct TypeErrors {
            let title: String
            let documents: Int
            let wrong: Int
            let share: String
            let fields: [FieldErrors]
        }

        struct FieldErrors {
            let title: String
            let documents: Int
            let wrong: Int
            let share: String
        }
    }

    private func show(_ request: ServiceRequestContext) async throws -> Response {
        _ = try request.unlimitedCaller(having: .viewQuality)
        let model = context.understander.model.version
        let (counts, errors) = try await context.store.read { transaction in
            (try transaction.checkCounts(), try transaction.sampledErrors(model: model))
        }
        let (people, types) = (people(counts), types(errors))
        let share = context.policy.knownAnswers.share
        let content = Content(
            people: people, hasNoPeople: people.isEmpty, types: types, hasNoTypes: types.isEmpty, model: model,
            share: share > 0 ? String(format: "%g", share * 100) : nil)
        return try pages.page("quality", content, title: "Quality", session: try request.signedIn(), section: .quality)
    }

    private func people(_ counts: [String: [CheckOutcome: Int]]) -> [Content.Person] {
        counts.sorted { $0.key < $1.key }.map { actor, outcomes in
            let (caught, missed) = (outcomes[.caught] ?? 0, outcomes[.missed] ?? 0)
            let unanswered = outcomes[.unanswered] ?? 0
            return Content.Person(
                name: actor.actorName, given: caught + missed + unanswered, caught: caught, missed: missed,
                unanswered: unanswered, shareCaught: ShareInterval(count: caught, of: caught + missed).description)
        }
    }

    private func types(_ errors: [SampledError]) -> [Content.TypeErrors] {
        func share(_ error: SampledError) -> String {
            ShareInterval(count: error.wrongCount, of: error.documentCount).description
        }
        return errors.filter { $0.field == nil }.map { type in
            let titles = DocumentTitles(type.type, catalog: context.understander.catalog)
            let fields = errors.compactMap { error -> Content.FieldErrors? in
                guard error.type == type.type, let field = error.field else { return nil }
                let title = context.vocabulary.types[type.type]?[field]?.title ?? titles.title(of: field)
                return Content.FieldErrors(
                    title: title, documents: error.documentCount, wrong: error.wrongCount, share: share(error))
            }
            return Content.TypeErrors(
                title: titles.title, documents: type.documentCount, wrong: type.wrongCount, share: share(type),
                fields: fields)
        }
    }
}
