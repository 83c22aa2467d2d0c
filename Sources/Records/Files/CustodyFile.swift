package import Documents
package import Foundation

/// How far a file in custody has come.
package enum FileStatus: String, Sendable, CaseIterable, SQLConvertible {
    /// In custody, not read yet.
    case taken
    /// Its pages are in the store.
    case read
    /// Its documents are in the store.
    case understood
    /// It cannot be read; the detail says why.
    case quarantined
}

/// A file in custody: its bytes lie in `Originals` under the same SHA-256.
package struct CustodyFile: Sendable, Hashable {
    package var sha256: String
    package var name: String
    package var mediaType: String
    /// Bytes.
    package var size: Int64
    /// Nil until it is read.
    package var pageCount: Int?
    package var status: FileStatus
    /// The status as a sentence for a person, where there is something to say.
    package var detail: String?
    package var correlationID: String
    package var takenAt: Date
    /// The facility that it came to first; nil when nobody said.
    package var facility: String?

    package init(
        sha256: String, name: String, mediaType: String, size: Int64, pageCount: Int? = nil,
        status: FileStatus = .taken, detail: String? = nil, correlationID: String, takenAt: Date,
        facility: String? = nil
    ) {
        self.sha256 = sha256
        self.name = name
        self.mediaType = mediaType
        self.size = size
        self.pageCount = pageCount
        self.status = status
        self.detail = detail
        self.correlationID = correlationID
        self.takenAt = takenAt
        self.facility = facility
    }
}

/// What the store keeps of one page of a file; the image itself lies in `Originals`.
package struct StoredPage: Sendable, Hashable {
    package var reading: PageReading
    /// Image pixels for one pixel of the page.
    package var imageScale: Double
    /// What people said of the page.
    package var handling: PageHandling

    package init(
        reading: PageReading, imageMediaType: String? = nil, imageScale: Double = 1, handling: PageHandling? = nil
    ) {
        self.reading = reading
        self.imageScale = imageScale
        self.handling = handling ?? PageHandling(number: reading.page.number, imageMediaType: imageMediaType)
    }

    /// Nil when the page has no image.
    package var imageMediaType: String? { handling.imageMediaType }
}

/// What people said of a page, without what was read on it.
package struct PageHandling: Sendable, Hashable {
    /// From 1 within the file.
    package var number: Int
    /// Nil when the page has no image.
    package var imageMediaType: String?
    /// Who said that the page is no part of any document; nil when nobody did.
    package var setAsideBy: String?
    /// Degrees clockwise by which people want to see its image turned: 0, 90, 180 or 270.
    package var turn: Int
    /// Degrees clockwise by which a person had the original turned before it was read; nil where the reader chose.
    package var readTurn: Int?

    package init(
        number: Int, imageMediaType: String? = nil, setAsideBy: String? = nil, turn: Int = 0, readTurn: Int? = nil
    ) {
        self.number = number
        self.imageMediaType = imageMediaType
        self.setAsideBy = setAsideBy
        self.turn = turn
        self.readTurn = readTurn
    }
}

extension CustodyFile: SQLRecord {
    static let columns: SQLStatement =
        "sha256, name, media_type, size, page_count, status, detail, correlation_id, taken_at, facility"

    init(row: SQLRow) throws {
        self.init(
            sha256: try row["sha256"], name: try row["name"], mediaType: try row["media_type"],
            size: try row["size"], pageCount: try row["page_count"], status: try row["status"],
            detail: try row["detail"], correlationID: try row["correlation_id"], takenAt: try row["taken_at"],
            facility: try row["facility"])
    }
}

extension StoredPage: SQLRecord {
    static let columns: SQLStatement = "reading, image_scale, \(PageHandling.columns)"

    init(row: SQLRow) throws {
        self.init(
            reading: try row.json("reading"), imageScale: try row["image_scale"], handling: try PageHandling(row: row))
    }
}

extension PageHandling: SQLRecord {
    static let columns: SQLStatement = "number, image_media_type, set_aside_by, turn, read_turn"

    init(row: SQLRow) throws {
        self.init(
            number: try row["number"], imageMediaType: try row["image_media_type"], setAsideBy: try row["set_aside_by"],
            turn: try row["turn"], readTurn: try row["read_turn"])
    }
}
