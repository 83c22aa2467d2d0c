import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Records

/// The people who sign in and the keys of machines, for those who manage them.
struct PeoplePages: Sendable {
    let context: ServiceContext
    let accounts: Accounts
    let pages: PageWriter

    /// So many people, and so many keys, are shown at once.
    private static let pageCount = 50

    private var desk: PeopleDesk { PeopleDesk(context: context, accounts: accounts) }

    func addRoutes(to group: RouterGroup<ServiceRequestContext>) {
        group.get("people") { try await list($0, context: $1) }
        group.post("people") { try await add($0, context: $1) }
        group.get("people/{id}") { _, context in try await show(context) }
        group.post("people/{id}") { try await change($0, context: $1) }
        group.post("keys") { try await addKey($0, context: $1) }
        group.post("keys/{id}/revoke") { try await revokeKey($0, context: $1) }
    }

    // MARK: Everybody

    private struct List {
        let people: [Person]
        let part: ListPart
        let keys: [Key]
        let keysPart: ListPart
        let hasNoKeys: Bool
        let roles: [RoleChoice]
        let keyRoles: [RoleChoice]
        let notice: String?
        let name: String
        let formToken: String

        struct Key {
            let id: String
            let name: String
            let role: String
            let madeAt: String
            let lastUse: String
            let revokedAt: String?
            let isGood: Bool
            let formToken: String
        }
    }

    private struct Person {
        let id: String
        let name: String
        let role: String
        let isDisabled: Bool
        let isActive: Bool
        let lockedUntil: String?
        let lastSignIn: String
        let sessionCount: Int
        let madeAt: String
        /// The queues and facilities that they are limited to, in words.
        let limits: String?

        init(_ summary: PersonSummary) {
            id = summary.user.id
            name = summary.user.name
            role = Role(rawValue: summary.user.role)?.title ?? summary.user.role
            isDisabled = summary.user.disabled
            isActive = !summary.user.disabled
            lockedUntil = summary.lockedUntil.map(PageTime.moment)
            lastSignIn = summary.lastSignIn.map(PageTime.minute) ?? "never"
            sessionCount = summary.sessionCount
            madeAt = PageTime.minute(summary.user.createdAt)
            let names = [summary.reach.queues, summary.reach.facilities].compactMap {
                $0?.sorted().joined(separator: ", ")
            }
            limits = names.isEmpty ? nil : names.joined(separator: "; ")
        }
    }

    private struct RoleChoice {
        let value: String
        let title: String
        let isChosen: Bool

        static func all(chosen: Role) -> [RoleChoice] {
            Role.allCases.map { RoleChoice(value: $0.rawValue, title: $0.title, isChosen: $0 == chosen) }
        }
    }

    private func list(
        _ request: Request, context: ServiceRequestContext, notice: String? = nil, name: String = "",
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        _ = try context.unlimitedCaller(having: .managePeople)
        let session = try context.signedIn()
        let (offset, keysOffset) = (request.listOffset(), request.listOffset("keys_from"))
        let found = try await desk.people(offset: offset, limit: PeoplePages.pageCount)
        let allKeys = try await desk.keys()
        let keys = allKeys.dropFirst(keysOffset).prefix(PeoplePages.pageCount).map { key, lastUse in
            List.Key(
                id: key.id, name: key.name, role: Role(rawValue: key.role)?.title ?? key.role,
                madeAt: PageTime.minute(key.createdAt), lastUse: lastUse.map(PageTime.minute) ?? "never",
                revokedAt: key.revokedAt.map(PageTime.minute), isGood: key.revokedAt == nil,
                formToken: session.formToken)
        }
        let content = List(
            people: found.people.map(Person.init),
            part: ListPart(
                of: "/people", offset: offset, shown: found.people.count, count: found.count,
                pageCount: PeoplePages.pageCount),
            keys: keys,
            keysPart: ListPart(
                of: "/people", key: "keys_from", offset: keysOffset, shown: keys.count, count: allKeys.count,
                pageCount: PeoplePages.pageCount),
            hasNoKeys: allKeys.isEmpty,
            roles: RoleChoice.all(chosen: .reviewer), keyRoles: RoleChoice.all(chosen: .service), notice: notice,
            name: name, formToken: session.formToken)
        return try pages.page(
            "people", content, title: "People and keys", session: session, section: .people, status: status)
    }

    private func add(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .managePeople)
        let form = try await context.form(request)
        let (name, role) = (form["name"], try PeoplePages.role(form))
        do {
            let password = try await desk.add(name: name, role: role, by: caller)
            return try secret(
                "password", password, title: "\(name) may sign in", of: "\(name), \(role.title)", context: context)
        } catch let error as AccountError {
            return try await list(
                request, context: context, notice: error.description, name: name, status: .unprocessableContent)
        }
    }

    private func addKey(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .managePeople)
        let form = try await context.form(request)
        let (name, role) = (form["name"], try PeoplePages.role(form))
        do {
            let secret = try await desk.addKey(name: name, role: role, by: caller)
            return try self.secret(
                "secret", secret, title: "The key \(name) is good", of: "\(name), \(role.title)", context: context)
        } catch let error as AccountError {
            return try await list(
                request, context: context, notice: error.description, status: .unprocessableContent)
        }
    }

    private func revokeKey(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .managePeople)
        _ = try await context.form(request)
        try await desk.revokeKey(try context.parameters.require("id"), by: caller)
        return .seeOther("/people")
    }

    private static func role(_ form: FormBody) throws -> Role {
        guard let role = Role(rawValue: form["role"]) else {
            throw Problem(.malformedRequest, "The form names no role that exists. Load the page again.")
        }
        return role
    }

    // MARK: One person

    private struct Detail {
        let person: Person
        let isOwn: Bool
        let isLocked: Bool
        let roles: [RoleChoice]
        let queues: [QueueChoice]
        let facilities: String
        let notice: String?
        let formToken: String
    }

    private struct QueueChoice {
        let name: String
        let title: String
        let isChosen: Bool
    }

    private func show(
        _ request: ServiceRequestContext, notice: String? = nil, status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        _ = try request.unlimitedCaller(having: .managePeople)
        let session = try request.signedIn()
        let summary = try await desk.person(try request.parameters.require("id"))
        let person = Person(summary)
        let content = Detail(
            person: person, isOwn: summary.user.id == session.userID, isLocked: summary.lockedUntil != nil,
            roles: RoleChoice.all(chosen: Role(rawValue: summary.user.role) ?? .reviewer),
            queues: context.policy.queues.map {
                QueueChoice(
                    name: $0.name, title: $0.title, isChosen: summary.reach.queues?.contains($0.name) == true)
            }, facilities: (summary.reach.facilities ?? []).sorted().joined(separator: " "), notice: notice,
            formToken: session.formToken)
        return try pages.page(
            "person", content, title: person.name, session: session, section: .people, status: status)
    }

    private func change(_ request: Request, context: ServiceRequestContext) async throws -> Response {
        let caller = try context.unlimitedCaller(having: .managePeople)
        let form = try await context.form(request)
        let id = try context.parameters.require("id")
        do {
            switch form["action"] {
            case "role": try await desk.change(.role(try PeoplePages.role(form)), of: id, by: caller)
            case "disable": try await desk.change(.disable, of: id, by: caller)
            case "enable": try await desk.change(.enable, of: id, by: caller)
            case "limit": try await desk.limit(id, to: PeoplePages.reach(form), by: caller)
            case "end_sessions": try await desk.endSessions(of: id, by: caller)
            case "unlock": try await desk.unlock(id, by: caller)
            case "password":
                let name = try await desk.person(id).user.name
                let password = try await desk.resetPassword(of: id, by: caller)
                return try secret(
                    "password", password, title: "\(name) has another password", of: name, context: context)
            default: throw Problem(.malformedRequest, "The form names no action. Use the buttons of the page.")
            }
            return .seeOther("/people/\(id)")
        } catch let error as GovernanceError where error.code == .peopleRefused {
            return try await show(context, notice: error.description, status: .conflict)
        } catch let error as AccountError {
            return try await show(context, notice: error.description, status: .unprocessableContent)
        }
    }

    private static func reach(_ form: FormBody) -> Reach {
        let queues = Set(form.fields.filter { $0.name == "queue" }.map(\.value))
        let facilities = Set(form["facilities"].split { ", \n".contains($0) }.map(String.init))
        return Reach(queues: queues.isEmpty ? nil : queues, facilities: facilities.isEmpty ? nil : facilities)
    }

    // MARK: What is shown once

    private struct Secret {
        let title: String
        let word: String
        let secret: String
        let owner: String
    }

    private func secret(
        _ word: String, _ secret: String, title: String, of owner: String, context: ServiceRequestContext
    ) throws -> Response {
        try pages.page(
            "secret", Secret(title: title, word: word, secret: secret, owner: owner), title: title,
            session: try context.signedIn(), section: .people)
    }
}
