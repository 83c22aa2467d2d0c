package import Documents

extension Document {
    /// The document, as it was read anew, with the values of `former` that a person stands for in the place of what was
    /// read there.
    ///
    /// Such a value has confidence 1 and its ink on a page of this document; one without ink, which a person typed, is kept
    /// where `withoutInk` says so. Rows of tables are known again by their ink. A value of a field that the type does not
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
    /// Where the rows of the former reading stand in the new one, as far as they were asked for.
    private var rows: [FieldPath: Int] = [:]

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
            let isLeaf = depth == located.path.steps.count - 1
            let index = rows[row] ?? place(of: row, under: steps, named: step.name)
            if !isLeaf { rows[row] = index }
            steps.append(FieldPath.Step(step.name, index))
        }
        _ = document.put(located.field, at: FieldPath(steps))
    }

    /// The place, in the list `name` of the new reading, with the most of the ink or the values of the former `row`; one
    /// past the end when none has any.
    private func place(of row: FieldPath, under steps: [FieldPath.Step], named name: String) -> Int {
        let fields = former.locatedFields.filter { $0.path.isWithin(row) }
        var scores: [Int: Int] = [:]
        for candidate in document.locatedFields where candidate.path.steps.starts(with: steps) {
            guard candidate.path.steps.count > steps.count, candidate.path.steps[steps.count].name == name,
                let index = candidate.path.steps[steps.count].index
            else { continue }
            scores[index, default: 0] += fields.count { $0.isLike(candidate) }
        }
        let best = scores.max { ($0.value, $1.key) < ($1.value, $0.key) }
        guard let best, best.value > 0 else { return (scores.keys.max() ?? -1) + 1 }
        return best.key
    }
}

extension LocatedField {
    /// Whether both are read from the same ink, or, where one has none, are the same value of the same field.
    fileprivate func isLike(_ other: LocatedField) -> Bool {
        guard let page = field.page, let box = field.box, let otherPage = other.field.page,
            let otherBox = other.field.box
        else { return path.definition == other.path.definition && field.value == other.field.value }
        let smaller = min(box.width * box.height, otherBox.width * otherBox.height)
        return page == otherPage && box.overlapArea(otherBox) > smaller / 2
    }
}
