import HTTPTypes

extension HTTPField.Name {
    /// The id by which logs and problems name the request.
    static let requestID = known("X-Request-ID")
    /// The id that a file gets on arrival and every record, call and log entry about it carries.
    static let correlationID = known("X-Correlation-ID")
    /// The key by which a repeated request is told from a new one (draft-ietf-httpapi-idempotency-key-header).
    static let idempotencyKey = known("Idempotency-Key")
    /// The facility that a file handed in is for.
    static let mailroomFacility = known("Mailroom-Facility")
    /// RFC 7240.
    static let prefer = known("Prefer")
    static let preferenceApplied = known("Preference-Applied")
    static let referrerPolicy = known("Referrer-Policy")
    static let permissionsPolicy = known("Permissions-Policy")
    static let crossOriginOpenerPolicy = known("Cross-Origin-Opener-Policy")
    /// From where a browser sends a request (W3C Fetch Metadata).
    static let secFetchSite = known("Sec-Fetch-Site")
    /// Where a browser goes on to from a page, and when (HTML, 4.2.4.6).
    static let refresh = known("Refresh")
    /// What a browser is to forget (W3C Clear Site Data).
    static let clearSiteData = known("Clear-Site-Data")

    private static func known(_ name: String) -> HTTPField.Name {
        guard let field = HTTPField.Name(name) else { preconditionFailure("\(name) is no header name") }
        return field
    }
}
