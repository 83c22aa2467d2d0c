import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The style sheet, the scripts and the icon of the workbench, which are part of the program.
struct StaticFiles: Sendable {
    /// The scripts of a task's page in the order in which they need each other: one file, so that the next document is there
    /// sooner.
    private static let task = [
        PackageResources.viewer_js, PackageResources.session_js, PackageResources.review_js, PackageResources.draft_js,
        PackageResources.submit_js, PackageResources.rows_js, PackageResources.ink_js, PackageResources.ahead_js,
        PackageResources.together_js, PackageResources.pages_js, PackageResources.reading_js,
    ].flatMap { $0 + Array("\n".utf8) }

    private static let files: [String: (mediaType: String, bytes: [UInt8])] = [
        "workbench.css": ("text/css; charset=utf-8", PackageResources.workbench_css),
        "task.js": ("text/javascript; charset=utf-8", task),
        "session.js": ("text/javascript; charset=utf-8", PackageResources.session_js),
        "viewer.js": ("text/javascript; charset=utf-8", PackageResources.viewer_js),
        "pages.js": ("text/javascript; charset=utf-8", PackageResources.pages_js),
        "governed.js": ("text/javascript; charset=utf-8", PackageResources.governed_js),
        "approvals.js": ("text/javascript; charset=utf-8", PackageResources.approvals_js),
        "key-draft.js": ("text/javascript; charset=utf-8", PackageResources.key_draft_js),
        "keys.js": ("text/javascript; charset=utf-8", PackageResources.keys_js),
        "icon.svg": ("image/svg+xml", PackageResources.icon_svg),
    ]

    /// Changes when a file does; pages put it into the files' addresses, so that browsers may keep them.
    static let version = String(
        SecretText.digest(
            files.sorted { $0.key < $1.key }.reduce(into: Data()) { $0.append(contentsOf: $1.value.bytes) }
        ).prefix(12))

    func addRoutes(to router: Router<ServiceRequestContext>) {
        router.get("static/{name}") { _, context in
            guard let file = StaticFiles.files[try context.parameters.require("name")] else {
                throw Problem(.notFound, "The workbench has no such file.")
            }
            return Response(
                status: .ok,
                headers: [.contentType: file.mediaType, .cacheControl: "public, max-age=31536000, immutable"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: file.bytes)))
        }
    }
}
