import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records
import Understanding

/// The layouts that confirmed documents taught, what each holds, and the way to forget it.
struct LayoutPages: Sendable {
    let context: ServiceContext
    let pages: PageWriter

    private var desk: LayoutDesk { LayoutDesk(context: context) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("layouts") { _, context in try await list(context) }
        group.get("layouts/{id}") { _, context in try await show(context) }
        group.post("layouts/{id}/forget") { try await forget($0, context: $1) }
    }

    // MARK: All layouts

    private struct List {
        let layouts: [Entry]
        let isEmpty: Bool
        let isOff: Bool
        let layoutCountMax: Int
        let isCut: Bool
    }

    /// One layout, as a row of the list and as the head of its page.
    private struct Entry {
        let id: String
        let typeTitle: String
        let subtypeTitle: String?
        let sender: String?
        let confirmations: String
        let useCount: Int
        let strength: String
        let changedAt: String
        let teachers: [Teacher]
        let moreTeachers: Int?

        struct Teacher {
            let documentID: String
            let fileName: String
            let by: String
            let at: String
        }
    }

    private static let teacherCountMax = 3

    private func list(_ request: ServiceRequestContext) async throws -> Response {
        _ = try request.unlimitedCaller(having: .manageLayouts)
        let layouts = try await desk.layouts()
        let content = List(
            layouts: layouts.map { entry($0, teacherCountMax: LayoutPages.teacherCountMax) }, isEmpty: layouts.isEmpty,
            isOff: !context.policy.learnsLayouts, layoutCountMax: LayoutDesk.layoutCountMax,
            isCut: layouts.count == LayoutDesk.layoutCountMax)
        return try pages.page(
            "layouts", content, title: "Learned layouts", session: try request.signedIn(), section: .layouts)
    }

    private func entry(_ layout: LearnedLayout, teacherCountMax: Int) -> Entry {
        let titles = DocumentTitles(layout.record.type, catalog: context.understander.catalog)
        let count = layout.memory?.confirmationCount ?? 0
        let teachers = layout.lessons.prefix(teacherCountMax).map { lesson in
            Entry.Teacher(
                documentID: lesson.documentID, fileName: lesson.fileName, by: lesson.by.actorName,
                at: PageTime.minute(lesson.at))
        }
        return Entry(
            id: layout.record.id, typeTitle: titles.title, subtypeTitle: titles.subtypeTitle(layout.memory?.subtype),
            sender: layout.memory?.senderName,
            confirmations: layout.memory == nil
                ? "of another version: not used" : count == 1 ? "once" : "\(count) times",
            useCount: layout.useCount, strength: layout.memory.map { "\(Int(($0.strength * 100).rounded()))%" } ?? "",
            changedAt: PageTime.minute(layout.lessons.first?.at ?? layout.record.learnedAt),
            teachers: Array(teachers), moreTeachers: count > teachers.count ? count - teachers.count : nil)
    }

    // MARK: One layout

    private struct Detail {
        let layout: Entry
        let holdings: [Holding]
        let isEmpty: Bool
        let notice: String?
        let formToken: String

        struct Holding {
            let title: String
            let place: String
            let wrong: String
        }
    }

    private func show(_ request: ServiceRequestContext) async throws -> Response {
        try await page(of: try request.parameters.require("id"), request)
    }

    private func page(
        of id: String, _ request: ServiceRequestContext, notice: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let caller = try request.unlimitedCaller(having: .manageLayouts)
        let session = try request.signedIn()
        do {
            let layout = try await desk.look(at: id, by: caller)
            let entry = entry(layout, teacherCountMax: LayoutDesk.lessonCountMax)
            let titles = DocumentTitles(layout.record.type, catalog: context.understander.catalog)
            let holdings = (layout.memory?.holdings ?? []).map { holding in
                Detail.Holding(
                    title: titles.title(of: holding.path) + (holding.isColumn ? " (column)" : ""), place: holding.place,
                    wrong: holding.wrongCount > 0 ? "\(holding.wrongCount)" : "")
            }
            let content = Detail(
                layout: entry, holdings: holdings, isEmpty: holdings.isEmpty, notice: notice,
                formToken: session.formToken)
            return try pages.page(
                "learned-layout", content, title: "Layout of \(entry.typeTitle)", session: session, section: .layouts,
                status: status)
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }

    private func forget(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .manageLayouts)
        let form = try await context.form(request)
        let id = try context.parameters.require("id")
        do {
            try await desk.forget(id, because: form["reason"], by: caller)
            return .seeOther("/layouts")
        } catch let error as ReviewError where error.code == .noReason {
            return try await page(of: id, context, notice: error.description, status: .unprocessableContent)
        } catch let error as ReviewError {
            throw Problem(error)
        }
    }
}
