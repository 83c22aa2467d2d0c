package import Documents

/// How what was found on sheets of marks compares with what was drawn there.
package struct MarkScore: Sendable {
    /// Counts of one kind of mark.
    package struct Tally: Hashable, Sendable {
        /// Marks drawn.
        package var wanted = 0
        /// Marks that the reader gave.
        package var found = 0
        /// Marks given as they were drawn.
        package var right = 0

        package var precision: Double { found == 0 ? 1 : Double(right) / Double(found) }
        package var recall: Double { wanted == 0 ? 1 : Double(right) / Double(wanted) }
    }

    /// By the name of the kind.
    package private(set) var tallies: [String: Tally] = [:]
    /// What went wrong, a line each.
    package private(set) var mistakes: [String] = []
    /// The confidences of states that were given to squares, and whether each was right.
    package private(set) var confidences: [(stated: Double, isRight: Bool)] = []
    package private(set) var sheetCount = 0

    package init() {}

    /// Marks of the kind that was drawn least.
    package var fewestWanted: Int { tallies.values.map(\.wanted).filter { $0 > 0 }.min() ?? 0 }

    /// Compares one sheet with its reading.
    ///
    /// - Parameter name: names the sheet among the mistakes.
    package mutating func add(_ sheet: MarkSheet, read reading: PageReading, name: String) {
        sheetCount += 1
        let truth = sheet.truth.scaled(by: reading.page.width / sheet.truth.page.width)
        switch sheet.kind {
        case .checkboxes: addCheckboxes(truth.checkboxes, reading.checkboxes, name)
        case .barcodes: addBarcodes(truth.page.barcodes, reading.page.barcodes, name)
        case .signatures: addSignatures(truth.page.signatures, reading.page.signatures, name)
        case .blank: addBlank(truth.page.blank, reading.page.blank, name)
        case .orientation:
            let isRight = truth.page.rotation == reading.page.rotation
            count("orientation", wanted: 1, found: 1, right: isRight ? 1 : 0)
            if !isRight { note("\(name): turned by \(reading.page.rotation), not \(truth.page.rotation)") }
        case .combs: addWords("comb", truth.words, reading.words, name)
        case .inverse: addWords("inverse word", truth.words, reading.words, name)
        case .handwriting: addHandwriting(truth.words, reading.words, name)
        }
    }

    private mutating func count(_ kind: String, wanted: Int = 0, found: Int = 0, right: Int = 0) {
        tallies[kind, default: Tally()].wanted += wanted
        tallies[kind, default: Tally()].found += found
        tallies[kind, default: Tally()].right += right
    }

    private mutating func note(_ mistake: String) { mistakes.append(mistake) }

    private mutating func addCheckboxes(_ wanted: [Checkbox], _ found: [Checkbox], _ name: String) {
        var left = found
        for square in wanted {
            let match = left.indices.max { left[$0].box.likeness(square.box) < left[$1].box.likeness(square.box) }
            let box = match.flatMap { left[$0].box.likeness(square.box) > 0.4 ? left.remove(at: $0) : nil }
            let isRight = box?.state == square.state
            count("checkbox", wanted: 1, found: box == nil ? 0 : 1, right: box == nil ? 0 : 1)
            count("checkbox \(square.state)", wanted: 1, right: isRight ? 1 : 0)
            if let box {
                count("checkbox \(box.state)", found: 1)
                confidences.append((box.confidence.probability, isRight))
            }
            if !isRight {
                note("\(name): \(square.state) at \(square.box) read \(box?.state.rawValue ?? "not at all")")
            }
        }
        for box in left {
            count("checkbox", found: 1)
            count("checkbox \(box.state)", found: 1)
            note("\(name): no checkbox at \(box.box), given as \(box.state)")
        }
    }

    private mutating func addBarcodes(_ wanted: [Barcode], _ found: [Barcode], _ name: String) {
        var left = found
        for code in wanted {
            let match = left.firstIndex {
                $0.format == code.format && $0.value == code.value && $0.box.overlapArea(code.box) > 0
            }
            if let match { left.remove(at: match) }
            let isFound = match != nil
            count(code.format.rawValue, wanted: 1, found: isFound ? 1 : 0, right: isFound ? 1 : 0)
            if !isFound { note("\(name): \(code.format) \(code.value) at \(code.box) not read") }
        }
        for code in left {
            count(code.format.rawValue, found: 1)
            note("\(name): no \(code.format) \(code.value) at \(code.box)")
        }
    }

    private mutating func addSignatures(_ wanted: [Signature], _ found: [Signature], _ name: String) {
        var left = found
        for signature in wanted {
            let match = left.firstIndex { $0.box.overlapShare(signature.box) > 0.3 }
            if let match { left.remove(at: match) }
            count("signature", wanted: 1, found: match == nil ? 0 : 1, right: match == nil ? 0 : 1)
            if match == nil { note("\(name): signature at \(signature.box) not seen") }
        }
        for signature in left {
            count("signature", found: 1)
            note("\(name): no signature at \(signature.box)")
        }
    }

    private mutating func addBlank(_ wanted: Bool, _ found: Bool, _ name: String) {
        count("blank page", wanted: wanted ? 1 : 0, found: found ? 1 : 0, right: wanted && found ? 1 : 0)
        count("page with little", wanted: wanted ? 0 : 1, found: found ? 0 : 1, right: wanted || found ? 0 : 1)
        if wanted != found { note("\(name): \(wanted ? "blank, but not said so" : "not blank, but said to be")") }
    }

    private mutating func addWords(_ kind: String, _ wanted: [Word], _ found: [Word], _ name: String) {
        for word in wanted {
            let there = found.filter { $0.box.overlapShare(word.box) > 0.5 }
            let isRight = there.contains { $0.text == word.text }
            count(kind, wanted: 1, found: there.count, right: isRight ? 1 : 0)
            if !isRight { note("\(name): \(word.text) read \(there.map(\.text))") }
        }
    }

    /// Words that were not read at all say nothing of how they were written.
    private mutating func addHandwriting(_ wanted: [Word], _ found: [Word], _ name: String) {
        for word in wanted {
            let best = found.max { $0.box.overlapArea(word.box) < $1.box.overlapArea(word.box) }
            guard let best, best.box.overlapShare(word.box) > 0.5 else { continue }
            let (drawn, read) = (word.handwritten == true, best.handwritten == true)
            count("handwritten word", wanted: drawn ? 1 : 0, found: read ? 1 : 0, right: drawn && read ? 1 : 0)
            if drawn != read { note("\(name): \(word.text) is \(drawn ? "written" : "printed")") }
        }
    }
}

extension Box {
    fileprivate var area: Double { width * height }

    /// What both cover of what either covers.
    fileprivate func likeness(_ other: Box) -> Double {
        let both = overlapArea(other)
        return both / max(1, area + other.area - both)
    }

    /// What both cover of the smaller one.
    fileprivate func overlapShare(_ other: Box) -> Double { overlapArea(other) / max(1, min(area, other.area)) }
}
