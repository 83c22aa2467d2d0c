package import Documents

/// What a document is of, and who stands for it as it is.
package struct DocumentOrigin: Codable, Hashable, Sendable {
    /// SHA-256 of the file that the document is in, 64 lower-case hexadecimal digits.
    package var fileSHA256: String
    package var versions: Versions
    /// The facility that the file came to; nil for none.
    package var facility: String?
    /// Who confirmed the document as it is; nil where policy accepted it unseen.
    package var confirmedBy: String?
    /// The event by which the document was last accepted, this one where it is of an acceptance; nil for none.
    package var acceptance: String?

    package init(
        fileSHA256: String, versions: Versions, facility: String? = nil, confirmedBy: String? = nil,
        acceptance: String? = nil
    ) {
        self.fileSHA256 = fileSHA256
        self.versions = versions
        self.facility = facility
        self.confirmedBy = confirmedBy
        self.acceptance = acceptance
    }

    private enum CodingKeys: String, CodingKey {
        case fileSHA256 = "file_sha256"
        case versions, facility
        case confirmedBy = "confirmed_by"
        case acceptance
    }
}
