package import Documents
package import Understanding

extension WrittenTruth {
    /// The documents of a file, checked against the types in force and against its pages as read; numbers of pages are
    /// the file's, boxes in the frames of `pages`, values in normal form.
    ///
    /// Throws what is wrong first, with its place and what to do: a type, subtype or field that is unknown, a value that
    /// is not of its field's kind, a page that the file does not have or that two documents claim.
    package func documents(on pages: [PageReading], catalog: DocumentTypeCatalog) throws(LearningError) -> [Document] {
        guard !result.documents.isEmpty else {
            throw LearningError(
                .badExample, "'documents' is empty. Write what the file holds, if only the type 'other'.")
        }
        guard !pages.isEmpty else {
            throw LearningError(.badExample, "The file has no page that its truth could be on. Leave it out.")
        }
        var documents: [Document] = []
        var claimed: Set<Int> = []
        for (index, paper) in result.documents.enumerated() {
            let numbers = try numbers(of: paper, at: "documents[\(index)]", on: pages)
            if let twice = numbers.first(where: claimed.contains) {
                throw LearningError(
                    .badExample, "Page \(twice) belongs to two documents. Give each page to one of them.")
            }
            claimed.formUnion(numbers)
            let reader = PaperReader(
                place: "documents[\(index)]", pages: pages, sizes: result.pages ?? [], catalog: catalog)
            documents.append(try reader.document(paper, numbers: numbers))
        }
        return documents
    }

    private func numbers(of paper: Paper, at place: String, on pages: [PageReading]) throws(LearningError) -> [Int] {
        guard let numbers = paper.pages else {
            guard result.documents.count == 1 else {
                throw LearningError(
                    .badExample,
                    "\(place) does not name its 'pages', which a file of several documents needs. Add them.")
            }
            let inked = pages.filter { !$0.page.blank }.map(\.page.number)
            return inked.isEmpty ? pages.map(\.page.number) : inked
        }
        if let number = numbers.first(where: { !(1...pages.count).contains($0) }) {
            throw LearningError(
                .badExample, "\(place).pages names page \(number), but the file has \(pages.count). Pages count from 1."
            )
        }
        guard !numbers.isEmpty else {
            throw LearningError(.badExample, "\(place).pages is empty. Name its pages, from 1.")
        }
        return Set(numbers).sorted()
    }
}

/// Makes one written paper a document of its type.
private struct PaperReader {
    let place: String
    let pages: [PageReading]
    let sizes: [WrittenTruth.SheetSize]
    let catalog: DocumentTypeCatalog

    func document(_ paper: WrittenTruth.Paper, numbers: [Int]) throws(LearningError) -> Document {
        guard let type = catalog[paper.type] else {
            throw LearningError(
                .badExample,
                "\(place).type '\(paper.type)' is none of the types \(list(catalog.types.map(\.name))). Put \(paper.type).yaml into Config/document-types, or correct it."
            )
        }
        if let subtype = paper.subtype, !type.subtypes.contains(where: { $0.name == subtype }) {
            throw LearningError(
                .badExample,
                "\(place).subtype '\(subtype)' is none of \(type.name)'s (\(list(type.subtypes.map(\.name)))). Correct it or leave it out."
            )
        }
        var document = Document(
            type: type.name, subtype: paper.subtype, typeConfidence: 1.0, pages: numbers, disposition: .accept,
            accountMatch: paper.accountMatch)
        document.fields = try row(paper.fields ?? [:], type.fields, type, at: "\(place).fields")
        for (index, claim) in (paper.claims ?? []).enumerated() {
            let here = "\(place).claims[\(index)]"
            var lines: [Row] = []
            for (number, line) in claim.serviceLines.enumerated() {
                lines.append(
                    try row(line, type.claims?.serviceLines ?? [], type, at: "\(here).service_lines[\(number)]"))
            }
            document.claims.append(
                Claim(
                    fields: try row(claim.fields, type.claims?.fields ?? [], type, at: here), serviceLines: lines,
                    accountMatch: claim.accountMatch))
        }
        for (index, item) in (paper.lineItems ?? []).enumerated() {
            document.lineItems.append(try row(item, type.lineItems, type, at: "\(place).line_items[\(index)]"))
        }
        return document
    }

    private func list(_ names: [String]) -> String { names.isEmpty ? "none" : names.joined(separator: ", ") }

    private func row(
        _ written: [String: WrittenLeaf], _ definitions: [FieldDefinition], _ type: DocumentType, at place: String
    ) throws(LearningError) -> Row {
        var row: Row = [:]
        for (name, leaf) in written.sorted(by: { $0.key < $1.key }) {
            guard let definition = definitions.first(where: { $0.name == name }) else {
                throw LearningError(
                    .badExample,
                    "\(place).\(name) is no field of \(type.name). Add it to \(type.name).yaml or leave it out.")
            }
            row[name] = try self.leaf(leaf, definition, type, at: "\(place).\(name)")
        }
        return row
    }

    private func leaf(
        _ leaf: WrittenLeaf, _ definition: FieldDefinition, _ type: DocumentType, at place: String
    ) throws(LearningError) -> Leaf? {
        switch leaf {
        case .groups(let groups):
            var rows: [[String: Field]] = []
            for group in groups {
                var fields: [String: Field] = [:]
                for (name, written) in group.sorted(by: { $0.key < $1.key }) {
                    guard let part = definition.parts.first(where: { $0.name == name }) else {
                        throw LearningError(.badExample, "\(place) has no part '\(name)'. Correct it or leave it out.")
                    }
                    fields[name] = try field(written, part, at: "\(place).\(name)")
                }
                if !fields.isEmpty { rows.append(fields) }
            }
            return rows.isEmpty ? nil : .groups(rows)
        case .one(let written):
            guard let field = try field(written, definition, at: place) else { return nil }
            return definition.repeats ? .many([field]) : .one(field)
        case .many(let written):
            var fields: [Field] = []
            for one in written {
                if let field = try field(one, definition, at: place) { fields.append(field) }
            }
            guard let first = fields.first else { return nil }
            guard definition.repeats || fields.count == 1 else {
                throw LearningError(
                    .badExample,
                    "\(place) has \(fields.count) values, but a document has one at most. Keep one, or say 'repeats: true' in \(type.name).yaml."
                )
            }
            return definition.repeats ? .many(fields) : .one(first)
        }
    }

    private func field(_ written: WrittenField, _ definition: FieldDefinition, at place: String) throws(LearningError)
        -> Field?
    {
        guard let given = written.value else { return nil }
        guard definition.parts.isEmpty else {
            throw LearningError(
                .badExample,
                "\(place) is made of parts (\(list(definition.parts.map(\.name)))). Write an object of them.")
        }
        if definition.kind == .choice, !definition.options.contains(where: { $0.name == given }) {
            throw LearningError(
                .badExample, "\(place) '\(given)' is none of \(list(definition.options.map(\.name))). Correct it.")
        }
        guard let normal = definition.kind.normalize(given) else {
            throw LearningError(
                .badExample,
                "\(place) '\(given)' is no \(definition.kind.rawValue.replacing("_", with: " ")). Correct it or leave it out."
            )
        }
        if let page = written.page, !(1...pages.count).contains(page) {
            throw LearningError(
                .badExample, "\(place) is on page \(page), but the file has \(pages.count). Pages count from 1.")
        }
        return Field(
            value: definition.kind == .boolean ? .boolean(normal == "true") : .text(normal), text: written.text,
            confidence: 1.0, page: written.page, box: written.page.flatMap { box(written.box, page: $0) },
            derivedFrom: written.derivedFrom)
    }

    /// The box in the frame of the page as read; nil when the truth does not say of how many pixels its page was, or when
    /// the page was read in another shape.
    private func box(_ box: Box?, page: Int) -> Box? {
        guard let box, let size = sizes.first(where: { $0.number == page }), let width = size.width, width > 0,
            let height = size.height, height > 0
        else { return nil }
        let read = pages[page - 1].page
        let (across, down) = (read.width / width, read.height / height)
        guard abs(across / down - 1) < 0.05 else { return nil }
        return Box(
            left: box.left * across, top: box.top * down, right: box.right * across, bottom: box.bottom * down)
    }
}
