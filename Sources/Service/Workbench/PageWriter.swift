import Foundation
import Governance
import HTTPTypes
import Hummingbird
import Mustache
import Records

/// Writes the pages of the workbench from their templates, which are part of the program.
struct PageWriter: Sendable {
    private let library: MustacheLibrary

    /// Reads every template once; throws when one is not Mustache.
    init() throws {
        var library = MustacheLibrary()
        for (name, bytes) in PageWriter.templates {
            try library.register(String(decoding: bytes, as: UTF8.self), named: name)
        }
        self.library = library
    }

    private static let templates: [(String, [UInt8])] = [
        ("layout", PackageResources.layout_mustache), ("sign-in", PackageResources.sign_in_mustache),
        ("signed-out", PackageResources.signed_out_mustache),
        ("problem", PackageResources.problem_mustache), ("queues", PackageResources.queues_mustache),
        ("queue", PackageResources.queue_mustache), ("task", PackageResources.task_mustache),
        ("document", PackageResources.document_mustache), ("intake", PackageResources.intake_mustache),
        ("viewer", PackageResources.viewer_mustache), ("input", PackageResources.input_mustache),
        ("table", PackageResources.table_mustache), ("field", PackageResources.field_mustache),
        ("priority", PackageResources.priority_mustache),
        ("values", PackageResources.values_mustache), ("others", PackageResources.others_mustache),
        ("pages", PackageResources.pages_mustache), ("part", PackageResources.part_mustache),
        ("talk", PackageResources.talk_mustache), ("together", PackageResources.together_mustache),
        ("notes", PackageResources.notes_mustache), ("questions", PackageResources.questions_mustache),
        ("recalls", PackageResources.recalls_mustache), ("recall", PackageResources.recall_mustache),
        ("layouts", PackageResources.layouts_mustache), ("learned-layout", PackageResources.learned_layout_mustache),
        ("governed", PackageResources.governed_mustache),
        ("governed-version", PackageResources.governed_version_mustache),
        ("governed-new", PackageResources.governed_new_mustache),
        ("governed-trial", PackageResources.governed_trial_mustache), ("people", PackageResources.people_mustache),
        ("person", PackageResources.person_mustache), ("secret", PackageResources.secret_mustache),
        ("own-sign-in", PackageResources.own_sign_in_mustache),
        ("signed-in", PackageResources.signed_in_mustache), ("life", PackageResources.life_mustache),
        ("keys", PackageResources.keys_mustache), ("check", PackageResources.check_mustache),
        ("quality", PackageResources.quality_mustache), ("actions", PackageResources.actions_mustache),
        ("approvals", PackageResources.approvals_mustache), ("approval", PackageResources.approval_mustache),
        ("delegations", PackageResources.delegations_mustache),
        ("denials", PackageResources.denials_mustache), ("work-list", PackageResources.work_list_mustache),
        ("work", PackageResources.work_mustache), ("anomaly", PackageResources.anomaly_mustache),
        ("unusual", PackageResources.unusual_mustache), ("anomalies", PackageResources.anomalies_mustache),
        ("contracts", PackageResources.contracts_mustache),
    ]

    /// The page that `template` makes of `content`, in the frame that all pages share.
    func page(
        _ template: String, _ content: some Sendable, title: String, session: SignedInSession?,
        section: PageFrame.Section? = nil, status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let frame = PageFrame(title: title, session: session, section: section, content: content)
        guard let text = library.render(frame, withTemplate: template) else {
            throw Problem(.unexpected, "The page cannot be written.")
        }
        return Response.text(text, mediaType: "text/html; charset=utf-8", status: status)
    }

    /// The part of a page that `template` makes of `content`.
    func fragment(_ template: String, _ content: some Sendable) throws -> String {
        guard let text = library.render(content, withTemplate: template) else {
            throw Problem(.unexpected, "A part of the page cannot be written.")
        }
        return text
    }

    /// A problem as a page; `requestID` is what the logs call the request.
    @Sendable func problem(_ problem: Problem, requestID: String) throws -> Response {
        let content = ProblemContent(
            title: problem.kind.title, detail: problem.detail, status: problem.status.code, requestID: requestID)
        var response = try page("problem", content, title: problem.kind.title, session: nil, status: problem.status)
        for (name, value) in problem.extraHeaders { response.headers[name] = value }
        return response
    }

    private struct ProblemContent {
        let title: String
        let detail: String
        let status: Int
        let requestID: String
    }
}

/// What every page has around its content.
struct PageFrame {
    /// The part of the workbench that the navigation marks.
    enum Section: String {
        case queues, approvals, denials, anomalies, intake, layouts, recalls, quality, policy, people, actions
    }

    let title: String
    let person: String?
    let role: String?
    let formToken: String?
    let inQueues: Bool
    let inIntake: Bool
    let inLayouts: Bool
    let mayViewIntake: Bool
    let mayManageLayouts: Bool
    let inPolicy: Bool
    let mayViewPolicy: Bool
    let inPeople: Bool
    let mayManagePeople: Bool
    let inQuality: Bool
    let mayViewQuality: Bool
    let inDenials: Bool
    let mayViewDenials: Bool
    let inAnomalies: Bool
    let mayViewAnomalies: Bool
    let inRecalls: Bool
    let inApprovals: Bool
    let mayViewApprovals: Bool
    let mayRecall: Bool
    let inActions: Bool
    let mayReplayActions: Bool
    let assetVersion: String
    let content: Any

    init(title: String, session: SignedInSession?, section: Section?, content: Any) {
        self.title = title
        person = session?.caller.name
        role = session?.caller.role.title
        formToken = session?.formToken
        inQueues = section == .queues
        inIntake = section == .intake
        mayViewIntake = session?.caller.permissions.contains(.viewIntake) == true
        inLayouts = section == .layouts
        let ofAll = session.map { $0.caller.reach.isLimited ? [] : $0.caller.permissions } ?? []
        mayManageLayouts = ofAll.contains(.manageLayouts)
        inDenials = section == .denials
        mayViewDenials = session?.caller.permissions.contains(.viewDenials) == true
        inAnomalies = section == .anomalies
        mayViewAnomalies = session?.caller.permissions.contains(.viewAnomalies) == true
        inRecalls = section == .recalls
        mayRecall = ofAll.contains(.recallDocuments)
        inActions = section == .actions
        mayReplayActions = ofAll.contains(.replayActions)
        inPolicy = section == .policy
        mayViewPolicy = session?.caller.permissions.isDisjoint(with: GovernedKind.policy.viewers) == false
        inPeople = section == .people
        mayManagePeople = ofAll.contains(.managePeople)
        inQuality = section == .quality
        mayViewQuality = ofAll.contains(.viewQuality)
        inApprovals = section == .approvals
        mayViewApprovals = session?.caller.permissions.isDisjoint(with: ApprovalPages.viewers) == false
        assetVersion = StaticFiles.version
        self.content = content
    }
}
