package import Foundation

/// What reading one file yields: the contract between the reader and everything after it.
///
/// The JSON is `document-result.schema.json`: keys in snake case, sorted, absent where nothing is on the page.
package struct DocumentResult: Codable, Hashable, Sendable {
    package var file: FileDescription
    package var pages: [Page]
    package var documents: [Document]
    package var versions: Versions

    package init(file: FileDescription, pages: [Page], documents: [Document], versions: Versions) {
        self.file = file
        self.pages = pages
        self.documents = documents
        self.versions = versions
    }
}

extension DocumentResult {
    /// The JSON of the result, the same bytes for the same result.
    package func json(pretty: Bool = false) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting =
            pretty ? [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted] : [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}

/// The file that was read.
package struct FileDescription: Codable, Hashable, Sendable {
    package var name: String
    /// SHA-256 of the bytes, 64 lower-case hexadecimal digits.
    package var sha256: String
    package var mediaType: String
    package var pageCount: Int
    /// Files that the file carries and that were not read; nil when it carries none.
    package var attachments: [Attachment]?

    package init(name: String, sha256: String, mediaType: String, pageCount: Int, attachments: [Attachment]? = nil) {
        self.name = name
        self.sha256 = sha256
        self.mediaType = mediaType
        self.pageCount = pageCount
        self.attachments = attachments
    }

    private enum CodingKeys: String, CodingKey {
        case name, sha256
        case mediaType = "media_type"
        case pageCount = "page_count"
        case attachments
    }
}

/// A file inside a file, such as a PDF's embedded files (ISO 32000-1, 7.11.4).
package struct Attachment: Codable, Hashable, Sendable {
    package var name: String
    /// Bytes, as the carrying file states them.
    package var size: Int

    package init(name: String, size: Int) {
        self.name = name
        self.size = size
    }
}

/// What made a result: repeat it with the same versions and the same bytes come out.
package struct Versions: Codable, Hashable, Sendable {
    package var model: String
    package var policy: String
    package var reader: String

    package init(model: String, policy: String, reader: String) {
        self.model = model
        self.policy = policy
        self.reader = reader
    }
}

/// One document of a file: a letter, a remittance, a form.
package struct Document: Hashable, Sendable {
    package var type: String
    package var subtype: String?
    package var typeConfidence: Confidence
    /// Its pages, from 1 within the file, in order.
    package var pages: [Int]
    /// The probability that it is these pages and no others; nil where nobody has stated one.
    package var pagesConfidence: Confidence?
    /// What speaks for its type and for its beginning where it does.
    package var evidence: [Reason]
    package var fields: Row
    package var claims: [Claim]
    package var lineItems: [Row]
    package var checks: [Check]
    package var disposition: Disposition
    package var reasons: [Reason]
    /// The account that it is about as a whole; nil where none matches, no books are held, or each claim has its own.
    package var accountMatch: AccountMatch?

    package init(
        type: String, subtype: String? = nil, typeConfidence: Confidence, pages: [Int],
        pagesConfidence: Confidence? = nil, evidence: [Reason] = [], fields: Row = [:], claims: [Claim] = [],
        lineItems: [Row] = [], checks: [Check] = [], disposition: Disposition = .review,
        reasons: [Reason] = [], accountMatch: AccountMatch? = nil
    ) {
        self.type = type
        self.subtype = subtype
        self.typeConfidence = typeConfidence
        self.pages = pages
        self.pagesConfidence = pagesConfidence
        self.evidence = evidence
        self.fields = fields
        self.claims = claims
        self.lineItems = lineItems
        self.checks = checks
        self.disposition = disposition
        self.reasons = reasons
        self.accountMatch = accountMatch
    }
}

extension Document {
    /// The accounts that it and its claims match, each once, in order.
    package var accountNumbers: [String] {
        let numbers = ([accountMatch] + claims.map(\.accountMatch)).compactMap { $0?.accountNumber }
        return numbers.enumerated().filter { !numbers[..<$0.offset].contains($0.element) }.map(\.element)
    }
}

extension Document: Codable {
    private enum CodingKeys: String, CodingKey {
        case type, subtype
        case typeConfidence = "type_confidence"
        case pages
        case pagesConfidence = "pages_confidence"
        case evidence, fields, claims
        case lineItems = "line_items"
        case checks, disposition, reasons
        case accountMatch = "account_match"
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            type: try container.decode(String.self, forKey: .type),
            subtype: try container.decodeIfPresent(String.self, forKey: .subtype),
            typeConfidence: try container.decode(Confidence.self, forKey: .typeConfidence),
            pages: try container.decode([Int].self, forKey: .pages),
            pagesConfidence: try container.decodeIfPresent(Confidence.self, forKey: .pagesConfidence),
            evidence: try container.decodeIfPresent([Reason].self, forKey: .evidence) ?? [],
            fields: try container.decode(Row.self, forKey: .fields),
            claims: try container.decodeIfPresent([Claim].self, forKey: .claims) ?? [],
            lineItems: try container.decodeIfPresent([Row].self, forKey: .lineItems) ?? [],
            checks: try container.decodeIfPresent([Check].self, forKey: .checks) ?? [],
            disposition: try container.decode(Disposition.self, forKey: .disposition),
            reasons: try container.decode([Reason].self, forKey: .reasons),
            accountMatch: try container.decodeIfPresent(AccountMatch.self, forKey: .accountMatch))
    }
}

/// One claim of an explanation of benefits; `fields` are the claim's own, `serviceLines` its lines.
package struct Claim: Hashable, Sendable {
    package var fields: Row
    package var serviceLines: [Row]
    /// The account that it is a claim of; nil where none matches or no books are held.
    package var accountMatch: AccountMatch?

    package init(fields: Row, serviceLines: [Row] = [], accountMatch: AccountMatch? = nil) {
        self.fields = fields
        self.serviceLines = serviceLines
        self.accountMatch = accountMatch
    }
}

extension Claim: Codable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
        static let serviceLines = Key(stringValue: "service_lines")
        static let accountMatch = Key(stringValue: "account_match")
        /// Whether a field stands under the key.
        var isField: Bool { ![Key.serviceLines, .accountMatch].contains { $0.stringValue == stringValue } }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        var fields: Row = [:]
        for key in container.allKeys where key.isField {
            fields[key.stringValue] = try container.decode(Leaf.self, forKey: key)
        }
        self.init(
            fields: fields, serviceLines: try container.decodeIfPresent([Row].self, forKey: .serviceLines) ?? [],
            accountMatch: try container.decodeIfPresent(AccountMatch.self, forKey: .accountMatch))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        for (name, leaf) in fields {
            try container.encode(leaf, forKey: Key(stringValue: name))
        }
        try container.encode(serviceLines, forKey: .serviceLines)
        try container.encodeIfPresent(accountMatch, forKey: .accountMatch)
    }
}

/// Whether policy trusts a document as it is.
package enum Disposition: String, Codable, Hashable, Sendable {
    case accept, review
}

/// The outcome of one rule over a document's values: a problem in a document is a value, not an error.
package struct Check: Codable, Hashable, Sendable {
    package var name: String
    package var passed: Bool
    /// The rule with the document's numbers in it, for a person.
    package var detail: String?
    /// Paths of the values that the rule is about (`claims[0].paid_amount`).
    package var fields: [String]?

    package init(name: String, passed: Bool, detail: String? = nil, fields: [String]? = nil) {
        self.name = name
        self.passed = passed
        self.detail = detail
        self.fields = fields
    }
}

/// Why a document goes where it goes: a code for machines, a sentence for people.
package struct Reason: Codable, Hashable, Sendable {
    package var code: String
    package var field: String?
    package var detail: String?

    package init(code: String, field: String? = nil, detail: String? = nil) {
        self.code = code
        self.field = field
        self.detail = detail
    }
}
