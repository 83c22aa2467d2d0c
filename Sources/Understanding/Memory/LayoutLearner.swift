import Documents

/// Learns a layout from a confirmed document: what is new is remembered, what was remembered is borne out or contradicted.
struct LayoutLearner {
    let document: Document
    let text: DocumentText

    /// The memory after the document, made anew when there was none.
    func learned(_ recall: LayoutRecall?) -> LayoutMemory {
        var memory =
            recall?.memory
            ?? LayoutMemory(
                id: "", type: document.type, subtype: document.subtype, confirmationCount: 0, words: [], fields: [:],
                columns: [])
        memory.subtype = document.subtype ?? memory.subtype
        memory.confirmationCount += 1
        learnWords(&memory, alignment: recall?.alignment)
        for target in text.lexicon.targets where target.scope != .line && target.shape != nil {
            learn(target, in: &memory, recall: recall)
        }
        learnColumns(&memory, recall: recall)
        guard memory.id.isEmpty else { return memory }
        return LayoutMemory(
            id: id(of: memory), type: memory.type, subtype: memory.subtype,
            confirmationCount: memory.confirmationCount, words: memory.words, fields: memory.fields,
            columns: memory.columns)
    }

    private func id(of memory: LayoutMemory) -> String {
        var hash = StableHash(seed: 90)
        hash.combine(memory.type.utf8)
        for word in memory.words {
            hash.combine(word.text.utf8)
            hash.combine(word.x.bitPattern)
            hash.combine(word.y.bitPattern)
        }
        let digits = String(hash.value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    // MARK: Words

    /// Words outside all values; a word that is missed more often than it is seen is not the layout's.
    private func learnWords(_ memory: inout LayoutMemory, alignment: LayoutAlignment?) {
        guard let first = text.pages.first else { return }
        guard let alignment else {
            let values = boxes(on: first.number)
            memory.words = Array(
                LayoutFingerprint.words(of: first) { !isValue(first.tokens[$0].box, values) }
                    .prefix(LayoutMemory.wordCountMax))
            return
        }
        for (index, isFound) in alignment.isFound.enumerated() {
            if isFound { memory.words[index].seenCount += 1 } else { memory.words[index].missedCount += 1 }
        }
        memory.words.removeAll { $0.missedCount > $0.seenCount }
    }

    /// Where the confirmed values stand on a page, tables included.
    private func boxes(on page: Int) -> [Box] {
        let rows =
            [document.fields] + document.claims.flatMap { [$0.fields] + $0.serviceLines } + document.lineItems
        return rows.flatMap { row in
            row.values.flatMap(\.fields).compactMap { $0.page == page ? $0.box : nil }
        }
    }

    private func isValue(_ box: Box, _ values: [Box]) -> Bool {
        let area = max(1, box.width * box.height)
        return values.contains { $0.overlapArea(box) > 0.4 * area }
    }

    // MARK: Fields

    private func learn(_ target: LabelLexicon.Target, in memory: inout LayoutMemory, recall: LayoutRecall?) {
        let path = LayoutMemory.path(target)
        var field = memory.fields[path] ?? RememberedField()
        let truth = confirmed(target)
        judge(&field, target: target, truth: truth, recall: recall)
        if truth.isEmpty { field.absentCount += 1 } else { field.presentCount += 1 }
        if target.definition.namesSender {
            let names = truth.map(\.value.description)
            field.names = (field.names.filter { !names.contains($0) } + names).suffix(RememberedField.namesMax)
        }
        for known in truth.prefix(RememberedField.surroundingsMax).compactMap({
            surroundings(of: $0, target, alignment: recall?.alignment)
        }) {
            field.surroundings.removeAll { $0.isSame(as: known) }
            field.surroundings = (field.surroundings + [known]).suffix(RememberedField.surroundingsMax)
        }
        memory.fields[path] = field
    }

    /// The field's values in the confirmed document.
    private func confirmed(_ target: LabelLexicon.Target) -> [Field] {
        let rows = target.scope == .claim ? document.claims.map(\.fields) : [document.fields]
        return rows.flatMap { $0[target.definition.name]?.fields ?? [] }
    }

    /// Whether the memory would have led to a confirmed value.
    private func judge(
        _ field: inout RememberedField, target: LabelLexicon.Target, truth: [Field], recall: LayoutRecall?
    ) {
        guard let recall, field.presentCount > 0, let shape = target.shape else { return }
        let candidates = text.candidates[shape.rawValue]
        let places = recall.places(
            of: field, candidates: candidates, surroundings: recall.surroundings(of: candidates, on: text.pages),
            on: text.pages)
        let led = zip(candidates, places).filter { ($0.1 ?? 0) > MemoryEvidence.surePlace }.map(\.0)
        guard !led.isEmpty else { return }
        let isRight = led.contains { candidate in
            truth.contains { known in
                known.value.description == candidate.value
                    || known.page == text.pages[candidate.page].number
                        && known.box.map { $0.overlapArea(candidate.box) > 0 } == true
            }
        }
        if isRight { field.rightCount += 1 } else { field.wrongCount += 1 }
    }

    private func surroundings(
        of value: Field, _ target: LabelLexicon.Target, alignment: LayoutAlignment?
    ) -> Surroundings? {
        guard let box = value.box, let pageIndex = text.pages.firstIndex(where: { $0.number == value.page }) else {
            return nil
        }
        let page = text.pages[pageIndex]
        let covered = page.tokens.indices.filter { index in
            let token = page.tokens[index].box
            return box.overlapArea(token) > 0.4 * max(1, token.width * token.height)
        }
        // A value of several lines is found by its first.
        guard let first = covered.first else { return nil }
        let line = covered.filter { page.tokens[$0].row == page.tokens[first].row }
        guard let last = line.last else { return nil }
        let values = boxes(on: page.number)
        var surroundings = Surroundings(
            of: first..<last + 1, on: page, isFirst: pageIndex == 0 && target.scope == .document
        ) { !isValue(page.tokens[$0].box, values) }
        if let alignment { surroundings.place = surroundings.place.flatMap(alignment.origin) }
        return surroundings
    }

    // MARK: Columns

    /// The columns of the tables as named by the confirmed values that stand in them.
    private func learnColumns(_ memory: inout LayoutMemory, recall: LayoutRecall?) {
        let runs: [(columns: [TableColumn], tables: [Table])] =
            document.claims.isEmpty
            ? LineItemReader.tables(of: text).map { ($0.columns, [$0]) }
            : ClaimTables.runs(of: text).map { ($0.columns, $0.tables) }
        let values = tableValues
        // A column that goes on over tables and pages is judged once a document.
        var judged: [(known: RememberedColumn, isRight: Bool)] = []
        for (columns, tables) in runs {
            guard let first = tables.first else { continue }
            let width = text.pages[first.page].width
            for column in columns {
                let (name, count) = confirmedName(of: column, tables: tables, among: values)
                guard count > 0 else { continue }
                if let known = recall?.column(column, width: width) {
                    if !judged.contains(where: { $0.known == known }) { judged.append((known, known.name == name)) }
                    if known.name == name { continue }
                }
                func origin(_ x: Double) -> Double { recall?.alignment.origin(x / width) ?? x / width }
                let made = RememberedColumn(
                    name: name, kind: column.kind.rawValue,
                    head: column.head.map { String(decoding: $0, as: UTF8.self) }, left: origin(column.left),
                    right: origin(column.right))
                guard !memory.columns.contains(where: { $0.isSame(as: made) }) else { continue }
                memory.columns = (memory.columns + [made]).suffix(RememberedColumn.countMax)
            }
        }
        for (known, isRight) in judged {
            guard let place = memory.columns.firstIndex(of: known) else { continue }
            if isRight { memory.columns[place].rightCount += 1 } else { memory.columns[place].wrongCount += 1 }
        }
        memory.columns.removeAll { $0.wrongCount > $0.rightCount }
    }

    /// The path of the values that most of a column's cells are, nil when they are none; and how many cells there are.
    private func confirmedName(
        of column: TableColumn, tables: [Table], among values: [(path: String, field: Field)]
    ) -> (String?, cellCount: Int) {
        var votes: [String?: Int] = [:]
        for table in tables {
            let page = text.pages[table.page].number
            for cell in table.serviceLines.joined() where cell.kind == column.kind && column.overlap(cell.box) > 0 {
                let area = max(1, cell.box.width * cell.box.height)
                let own = values.first { value in
                    value.field.page == page && (value.field.box?.overlapArea(cell.box) ?? 0) > 0.4 * area
                }
                // A claim's number or name is confirmed where it stands first, and printed on each of its lines.
                let printed = text.pages[table.page].text(cell.tokens)
                let again =
                    own == nil ? values.first { $0.path.hasPrefix("claims.") && $0.field.value == .text(printed) } : nil
                votes[(own ?? again)?.path, default: 0] += 1
            }
        }
        let best = votes.max { ($0.value, $1.key ?? "") < ($1.value, $0.key ?? "") }
        return (best?.key, votes.values.reduce(0, +))
    }

    /// The confirmed values of tables with their paths.
    private var tableValues: [(path: String, field: Field)] {
        func paths(_ row: Row, _ scope: String) -> [(path: String, field: Field)] {
            row.sorted { $0.key < $1.key }.flatMap { name, leaf in leaf.fields.map { ("\(scope).\(name)", $0) } }
        }
        return document.claims.flatMap { claim in
            claim.serviceLines.flatMap { paths($0, "lines") } + paths(claim.fields, "claims")
        } + document.lineItems.flatMap { paths($0, "lines") }
    }
}
