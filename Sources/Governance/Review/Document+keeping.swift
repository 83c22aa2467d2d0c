package import Documents

extension Document {
    /// The document, as it was read anew, with the values of `former` that a person stands for in the place of what was
    /// read there.
    ///
    /// Such a value has confidence 1 and its ink on a page of this document; one without ink, which a person typed, is kept
    /// where `withoutInk` says so. Rows of tables are known again by their ink, one that a person typed by its values, of
    /// which none may be another. A value of a field that the type does not
    /// have, or has in another form, is dropped.
    package func keeping(
        valuesOf former: Document, withoutInk: Bool, vocabulary: Vocabulary
    ) -> Document {
        var keeper = ValueKeeper(document: self, former: former)
        for located in former.locatedFields where located.field.confidence.tenThousandths == 10_000 {
            let rule = vocabulary.rule(of: located.path, in: type)
            guard let rule, rule.kind == vocabulary.rule(of: located.path, in: former.type)?.kind,
                (located.path.steps.last?.index != nil) == rule.repeats
            else { continue }
            let hasInk = located.field.page != nil && located.field.box != nil
            guard hasInk ? located.field.page.map(pages.contains) == true : withoutInk else { continue }
            keeper.keep(located)
        }
        return keeper.document
    }
}

/// Puts values of a former reading of a document into a new one.
private struct ValueKeeper {
    var document: Document
    let former: Document
    /// Where the rows and the values of lists of the former reading stand in the new one, as far as they were asked for.
    private var rows: [FieldPath: Int] = [:]
    /// The places of the new reading that those are, which are no other's.
    private var taken: Set<FieldPath> = []

    init(document: Document, former: Document) {
        self.document = document
        self.former = former
    }

    mutating func keep(_ located: LocatedField) {
        var steps: [FieldPath.Step] = []
        for (depth, step) in located.path.steps.enumerated() {
            guard step.index != nil else {
                steps.append(step)
                continue
            }
            let row = FieldPath(Array(located.path.steps[...depth]))
            let index = rows[row] ?? place(of: row, under: steps, named: step.name)
            rows[row] = index
            steps.append(FieldPath.Step(step.name, index))
            taken.insert(FieldPath(steps))
        }
        _ = document.put(located.field, at: FieldPath(steps))
    }

    /// The place, in the list `name` of the new reading, with the most of the ink of the former `row`, or, where none has
    /// any, with its values; one past the end when there is none.
    private func place(of row: FieldPath, under steps: [FieldPath.Step], named name: String) -> Int {
        let fields = former.locatedFields.filter { $0.path.isWithin(row) }
        var found: [Int: [LocatedField]] = [:]
        for candidate in document.locatedFields where candidate.path.steps.starts(with: steps) {
            guard candidate.path.steps.count > steps.count, candidate.path.steps[steps.count].name == name,
                let index = candidate.path.steps[steps.count].index
            else { continue }
            found[index, default: []].append(candidate)
        }
        let free = found.filter { index, _ in !taken.contains(FieldPath(steps + [FieldPath.Step(name, index)])) }
        func best(_ score: ([LocatedField]) -> Int) -> Int? {
            free.mapValues(score).filter { $0.value > 0 }.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
        }
        return best { candidates in fields.count { field in candidates.contains(where: field.hasInk(of:)) } }
            ?? best { candidates in fields.agreement(with: candidates) } ?? (found.keys.max() ?? -1) + 1
    }
}

extension [LocatedField] {
    /// How many values both rows have, of those that a person typed without ink; 0 when one is another.
    fileprivate func agreement(with row: [LocatedField]) -> Int {
        var count = 0
        for own in self where own.field.box == nil {
            let same = row.filter { $0.path.definition == own.path.definition }
            guard !same.isEmpty else { continue }
            guard same.contains(where: { $0.field.value == own.field.value }) else { return 0 }
            count += 1
        }
        return count
    }
}

extension LocatedField {
    /// Whether both are read from the same ink.
    fileprivate func hasInk(of other: LocatedField) -> Bool {
        guard let page = field.page, let box = field.box, let otherPage = other.field.page,
            let otherBox = other.field.box
        else { return false }
        let smaller = min(box.width * box.height, otherBox.width * otherBox.height)
        return page == otherPage && box.overlapArea(otherBox) > smaller / 2
    }
}
