import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// The style sheet, the scripts and the icon of the workbench, which are part of the program.
struct StaticFiles: Sendable {
    private static let files: [String: (mediaType: String, bytes: [UInt8])] = [
        "workbench.css": ("text/css; charset=utf-8", PackageResources.workbench_css),
        "submit.js": ("text/javascript; charset=utf-8", PackageResources.submit_js),
        "session.js": ("text/javascript; charset=utf-8", PackageResources.session_js),
        "review.js": ("text/javascript; charset=utf-8", PackageResources.review_js),
        "viewer.js": ("text/javascript; charset=utf-8", PackageResources.viewer_js),
        "draft.js": ("text/javascript; charset=utf-8", PackageResources.draft_js),
        "ink.js": ("text/javascript; charset=utf-8", PackageResources.ink_js),
        "rows.js": ("text/javascript; charset=utf-8", PackageResources.rows_js),
        "ahead.js": ("text/javascript; charset=utf-8", PackageResources.ahead_js),
        "together.js": ("text/javascript; charset=utf-8", PackageResources.together_js),
        "pages.js": ("text/javascript; charset=utf-8", PackageResources.pages_js),
        "reading.js": ("text/javascript; charset=utf-8", PackageResources.reading_js),
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
