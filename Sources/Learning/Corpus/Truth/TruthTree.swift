import Documents

/// A value as it was printed: what a document result says of it.
struct PrintedValue: Hashable, Sendable {
    var tag: Tag
    var text: String
    /// The page of its document, from 0.
    var page: Int
    /// In points of the page.
    var box: Box

    /// The field of the contract, `page` counted from 1 within the file.
    ///
    /// Throws when the printed text is not a value of its kind: then the drawing is wrong.
    func field(firstPage: Int, pixelsPerPoint: Double) throws(LearningError) -> Field {
        guard let value = tag.value ?? tag.kind.normalize(text).map(FieldValue.text) else {
            throw LearningError(.badDrawing, "\"\(text)\" was drawn for \(tag.path), but is not of kind \(tag.kind).")
        }
        return Field(
            value: value, text: text, confidence: 1.0, page: firstPage + page, box: box.scaled(by: pixelsPerPoint),
            derivedFrom: tag.derivedFrom)
    }
}

/// Collects the values that are printed on a document; the first printing of a value is the one that counts.
struct TruthRecord: Sendable {
    private(set) var values: [String: PrintedValue] = [:]
    private var printings: [String: Int] = [:]

    mutating func note(_ span: Span, text: String, page: Int, box: Box) {
        for tag in span.tags {
            if var known = values[tag.path] {
                guard span.printing != 0, printings[tag.path] == span.printing, known.page == page else { continue }
                known.text += " " + text
                known.box = known.box.union(box)
                values[tag.path] = known
            } else {
                values[tag.path] = PrintedValue(tag: tag, text: text, page: page, box: box)
                printings[tag.path] = span.printing
            }
        }
    }
}

/// The tree of fields and rows that paths such as `claims[0].paid_amount` describe.
struct TruthTree {
    private var field: Field?
    private var names: [String: TruthTree] = [:]
    private var items: [Int: TruthTree] = [:]

    init(_ values: some Sequence<PrintedValue>, firstPage: Int, pixelsPerPoint: Double) throws(LearningError) {
        for value in values {
            let field = try value.field(firstPage: firstPage, pixelsPerPoint: pixelsPerPoint)
            insert(field, at: TruthTree.steps(value.tag.path)[...])
        }
    }

    private init() {}

    var fields: Row {
        var row = leaves
        row["claims"] = nil
        row["line_items"] = nil
        return row
    }

    var claims: [Claim] {
        (names["claims"]?.orderedItems ?? []).map { claim in
            var row = claim.leaves
            row["service_lines"] = nil
            return Claim(fields: row, serviceLines: claim.rows("service_lines"))
        }
    }

    var lineItems: [Row] { rows("line_items") }

    private enum Step {
        case name(String)
        case item(Int)
    }

    private static func steps(_ path: String) -> [Step] {
        path.split(whereSeparator: { ".[]".contains($0) }).map { part in
            Int(part).map(Step.item) ?? .name(String(part))
        }
    }

    private mutating func insert(_ field: Field, at steps: ArraySlice<Step>) {
        switch steps.first {
        case .none: self.field = field
        case .name(let name): names[name, default: TruthTree()].insert(field, at: steps.dropFirst())
        case .item(let index): items[index, default: TruthTree()].insert(field, at: steps.dropFirst())
        }
    }

    private var orderedItems: [TruthTree] { items.sorted { $0.key < $1.key }.map(\.value) }
    private func rows(_ name: String) -> [Row] { names[name]?.orderedItems.map(\.leaves) ?? [] }
    private var leaves: Row { names.compactMapValues(\.leaf) }

    private var leaf: Leaf? {
        if let field { return .one(field) }
        let children = orderedItems
        if children.isEmpty { return nil }
        let fields = children.compactMap(\.field)
        if fields.count == children.count { return .many(fields) }
        return .groups(children.map { child in child.names.compactMapValues(\.field) }.filter { !$0.isEmpty })
    }
}

extension Box {
    func scaled(by factor: Double) -> Box {
        Box(left: left * factor, top: top * factor, right: right * factor, bottom: bottom * factor)
    }

    func moved(x: Double, y: Double) -> Box {
        Box(left: left + x, top: top + y, right: right + x, bottom: bottom + y)
    }

    func grown(by margin: Double) -> Box {
        Box(left: left - margin, top: top - margin, right: right + margin, bottom: bottom + margin)
    }
}
