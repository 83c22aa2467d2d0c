package import Documents

extension Transaction {
    /// Records a file in custody; false when the same bytes are recorded already, which then stay as they are.
    @discardableResult
    package func takeFile(_ file: CustodyFile) throws -> Bool {
        try execute(
            """
            INSERT INTO files (\(CustodyFile.columns))
            VALUES (\(file.sha256), \(file.name), \(file.mediaType), \(file.size), \(file.pageCount), \(file.status),
                \(file.detail), \(file.correlationID), \(file.takenAt), \(file.facility))
            ON CONFLICT (sha256) DO NOTHING
            """) == 1
    }

    package func file(_ sha256: String) throws -> CustodyFile? {
        try first("SELECT \(CustodyFile.columns) FROM files WHERE sha256 = \(sha256)")
    }

    /// Files in custody, the latest first.
    package func files(status: FileStatus? = nil, limit: Int = 100) throws -> [CustodyFile] {
        let condition: SQLStatement = status.map { "status = \($0)" } ?? SQLStatement.all([])
        return try all(
            """
            SELECT \(CustodyFile.columns) FROM files WHERE \(condition) ORDER BY taken_at DESC, sha256 LIMIT \(limit)
            """)
    }

    /// How many files have each status.
    package func fileCounts() throws -> [FileStatus: Int] {
        try counts("SELECT status AS word, COUNT(*) AS number FROM files GROUP BY status")
    }

    /// Notes how far a file has come; a nil page count leaves the known one.
    ///
    /// Throws `notFound`.
    package func setFileStatus(
        _ sha256: String, _ status: FileStatus, pageCount: Int? = nil, detail: String? = nil
    ) throws {
        let changed = try execute(
            """
            UPDATE files SET status = \(status), page_count = COALESCE(\(pageCount), page_count), detail = \(detail)
            WHERE sha256 = \(sha256)
            """)
        guard changed == 1 else { throw RecordsError(.notFound, "No file with SHA-256 \(sha256) is in custody.") }
    }

    /// Keeps what was read on a page, in place of an earlier reading; what people said of the page stays.
    package func savePage(of sha256: String, _ page: StoredPage) throws {
        try execute(
            """
            INSERT INTO pages
                (sha256, number, reading, image_media_type, image_scale, read_turn, image_hash)
            VALUES (\(sha256), \(page.reading.page.number), \(try jsonText(page.reading)), \(page.imageMediaType),
                \(page.imageScale), \(page.handling.readTurn), \(page.reading.imageHash))
            ON CONFLICT (sha256, number) DO UPDATE SET reading = excluded.reading,
                image_media_type = excluded.image_media_type, image_scale = excluded.image_scale,
                read_turn = excluded.read_turn, image_hash = excluded.image_hash
            """)
    }

    /// The pages of a file, in order.
    package func pages(of sha256: String) throws -> [StoredPage] {
        try all(
            "SELECT \(StoredPage.columns) FROM pages WHERE sha256 = \(sha256) ORDER BY number")
    }

    /// One page of a file, from 1.
    package func page(of sha256: String, number: Int) throws -> StoredPage? {
        try first(
            """
            SELECT \(StoredPage.columns) FROM pages
            WHERE sha256 = \(sha256) AND number = \(number)
            """)
    }

    /// What was read on pages of a file, in the order asked for.
    package func readings(_ numbers: [Int], of sha256: String) throws -> [PageReading] {
        try numbers.compactMap { try page(of: sha256, number: $0)?.reading }
    }

    /// What people said of each page of a file, in order.
    package func pageHandlings(of sha256: String) throws -> [PageHandling] {
        try all("SELECT \(PageHandling.columns) FROM pages WHERE sha256 = \(sha256) ORDER BY number")
    }

    /// What people said of one page of a file, from 1.
    package func pageHandling(of sha256: String, number: Int) throws -> PageHandling? {
        try first("SELECT \(PageHandling.columns) FROM pages WHERE sha256 = \(sha256) AND number = \(number)")
    }

    /// Notes who set a page aside, nil for nobody, and how it is turned.
    ///
    /// Throws `notFound`.
    package func setHandling(_ handling: PageHandling, of sha256: String) throws {
        let changed = try execute(
            """
            UPDATE pages SET set_aside_by = \(handling.setAsideBy), turn = \(handling.turn)
            WHERE sha256 = \(sha256) AND number = \(handling.number)
            """)
        guard changed == 1 else {
            throw RecordsError(.notFound, "The file \(sha256) has no page \(handling.number).")
        }
    }
}
