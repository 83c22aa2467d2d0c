import Documents
import Understanding

/// Learns which column of a table holds which value, from the columns of tables whose values are known.
struct ColumnTraining {
    static let bits = 18
    let catalog: DocumentTypeCatalog
    let training: [Example]

    /// Heads are taken away from so many tables, and from so many columns of the others: reading loses them so.
    private static let tableLostShare = 0.12
    private static let columnLostShare = 0.08
    /// A column holds a value that stands in at least so many of its cells; between the two nobody can say.
    private static let shareMin = 0.5
    private static let shareNone = 0.2

    private struct Pair {
        var places: [Int]
        var isTrue: Bool
    }

    func train(using generator: inout Dice) -> ColumnModel {
        var trainer = LinearTrainer(bits: Self.bits, outcomes: 1, rate: 0.06)
        var pairs: [Pair] = []
        for example in training {
            guard let type = catalog[example.truth.type], type.claims != nil || !type.lineItems.isEmpty else {
                continue
            }
            let truth = CellTruth(example.truth)
            var lostTables: [Int: Bool] = [:]
            let lesson = ColumnLesson(example.pages, as: type) { table, _ in
                let isLost = lostTables[table] ?? generator.chance(Self.tableLostShare)
                lostTables[table] = isLost
                return generator.chance(Self.columnLostShare) || isLost
            }
            for column in lesson.columns {
                for offer in column.offers {
                    guard let isTrue = isTrue(offer, of: column, by: truth) else { continue }
                    pairs.append(Pair(places: trainer.places(offer.hashes), isTrue: isTrue))
                }
            }
        }
        for _ in 0..<4 {
            pairs = generator.shuffled(pairs)
            for pair in pairs {
                trainer.learn(pair.places.filter { _ in !generator.chance(0.2) }, isTrue: pair.isTrue, weight: 1)
            }
        }
        return ColumnModel(weights: trainer.hashed)
    }

    /// Whether a column holds what is offered; nil where its cells do not agree.
    private func isTrue(_ offer: ColumnLesson.Offer, of column: ColumnLesson.Column, by truth: CellTruth) -> Bool? {
        func share(_ cells: [ColumnLesson.Place]) -> Double {
            Double(cells.count { truth.holds($0, offer.name, isOfClaim: offer.isOfClaim) })
                / Double(max(1, cells.count))
        }
        // What only a claim has stands where its lines are summed up.
        let found = max(share(column.cells), offer.isOfClaim ? share(column.totals) : 0)
        return found >= Self.shareMin ? true : found <= Self.shareNone ? false : nil
    }
}

/// Where the values of tables stand.
private struct CellTruth {
    private struct Value {
        var box: Box
        var name: String
        var isOfClaim: Bool
    }

    private var values: [Int: [Value]] = [:]

    init(_ document: Document) {
        for claim in document.claims {
            add(claim.fields, isOfClaim: true)
            for line in claim.serviceLines { add(line, isOfClaim: false) }
        }
        for item in document.lineItems { add(item, isOfClaim: false) }
    }

    private mutating func add(_ row: Row, isOfClaim: Bool) {
        for (name, leaf) in row {
            let fields: [Field] =
                if case .groups(let groups) = leaf {
                    groups.flatMap { $0.sorted { $0.key < $1.key }.map(\.value) }
                } else {
                    leaf.fields
                }
            for field in fields {
                guard let page = field.page, let box = field.box else { continue }
                values[page, default: []].append(Value(box: box, name: name, isOfClaim: isOfClaim))
            }
        }
    }

    /// Whether a value of the name covers a good part of the cell.
    func holds(_ cell: ColumnLesson.Place, _ name: String, isOfClaim: Bool) -> Bool {
        (values[cell.page] ?? []).contains { value in
            value.name == name && value.isOfClaim == isOfClaim
                && value.box.overlapArea(cell.box)
                    > 0.3 * min(cell.box.width * cell.box.height, value.box.width * value.box.height)
        }
    }
}
