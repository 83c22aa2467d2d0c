import Documents
import Understanding

/// Learns which column is which, and fits the confidence of what is read from tables on documents that training never saw.
struct TableTraining {
    let catalog: DocumentTypeCatalog
    let training: [Example]
    let calibration: [Example]

    private static let prior = Calibration(bias: -2, weights: [2.2, 1.2, 1.0, 0.8])

    /// The curve through what the prior says and how often it is right.
    func train(classifier: ClassifierModel, split: SplitModel, fields: FieldModel, using generator: inout Dice) throws
        -> TableModel
    {
        let columns = ColumnTraining(catalog: catalog, training: training).train(using: &generator)
        let model = try UnderstandingModel(
            classifier: classifier, split: split, fields: fields,
            tables: TableModel(columns: columns, cells: Self.prior))
        let understander = Understander(catalog: catalog, model: model)
        var facts: [[Double]] = []
        var answers: [Bool] = []
        for example in calibration {
            guard let type = catalog[example.truth.type], type.claims != nil || !type.lineItems.isEmpty
            else { continue }
            let found = understander.read(example.pages, as: type.name)
            for (truth, read) in RowMatch.pairs(
                example.truth.claims.flatMap(\.serviceLines), found.claims.flatMap(\.serviceLines))
                + RowMatch.pairs(example.truth.lineItems, found.lineItems)
            {
                for (name, leaf) in read.sorted(by: { $0.key < $1.key }) {
                    guard case .one(let field) = leaf else { continue }
                    facts.append([Probability.logit(field.confidence.probability)])
                    answers.append(truth?[name]?.fields.first?.value == field.value)
                }
            }
        }
        let curve = CalibrationTrainer(pull: 5).fit(
            facts, answers, prior: Calibration(bias: 0, weights: [1]))
        let slope = curve.weights[0]
        return TableModel(
            columns: columns,
            cells: Calibration(
                bias: curve.bias + slope * Self.prior.bias, weights: Self.prior.weights.map { slope * $0 }))
    }
}
