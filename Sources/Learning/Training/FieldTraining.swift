import Documents
import Understanding

/// Learns which candidate is which field: the hashed surroundings first, then trees over all facts, then calibration.
struct FieldTraining {
    static let bits = 19
    let catalog: DocumentTypeCatalog
    let training: [Example]
    let calibration: [Example]

    func train(using generator: inout Dice) -> FieldModel {
        let lessons = training.filter { catalog[$0.truth.type]?.fields.isEmpty == false }
        let folds = fold(lessons)
        let halves = (0..<2).map { half in
            neighbourhoods(zip(lessons, folds).filter { $0.1 != half }.map(\.0), using: &generator)
        }
        let trees = trees(lessons, folds: folds, halves: halves, using: &generator)
        let whole = neighbourhoods(lessons, using: &generator)
        var model = FieldModel(
            neighbourhoods: whole.hashed, trees: trees,
            calibrations: Array(repeating: Self.prior, count: FieldLesson.shapeCount))
        fitConfidence(of: &model)
        return model
    }

    /// Fits how sure answers are on the documents that training never saw.
    func fitConfidence(of model: inout FieldModel) {
        calibrate(&model)
        model.trust = trust(model)
    }

    private static let prior = Calibration(bias: -0.3, weights: [0.9, 0.15, -0.6, -0.3])

    /// Two parts of whole families.
    private func fold(_ lessons: [Example]) -> [Int] {
        let families = Set(lessons.map(\.family)).sorted()
        let halves = Dictionary(uniqueKeysWithValues: families.enumerated().map { ($1, $0 % 2) })
        return lessons.map { halves[$0.family] ?? 0 }
    }

    // MARK: Surroundings

    private struct Pair {
        var choice: Int32
        var key: UInt64
        var isTrue: Bool
    }

    /// Learns the weights of hashed surroundings from every true pair and a share of the false ones.
    private func neighbourhoods(_ lessons: [Example], using generator: inout Dice)
        -> LinearTrainer
    {
        var hashes: [[UInt64]] = []
        var pairs: [Pair] = []
        for example in lessons {
            guard let type = catalog[example.truth.type] else { continue }
            let truth = TruthIndex(example.truth)
            for group in FieldLesson(example.pages, as: type).groups {
                let first = hashes.count
                hashes += group.choices.map(\.hashes)
                for subject in group.subjects {
                    for (index, choice) in group.choices.enumerated() {
                        let verdict = truth.verdict(choice, for: subject)
                        guard verdict != .unclear, verdict == .right || generator.chance(0.25) else { continue }
                        pairs.append(
                            Pair(choice: Int32(first + index), key: subject.key, isTrue: verdict == .right))
                    }
                }
            }
        }
        var trainer = LinearTrainer(bits: Self.bits, outcomes: 1, rate: 0.06)
        for _ in 0..<3 {
            pairs = generator.shuffled(pairs)
            for pair in pairs {
                let places = trainer.places(hashes[Int(pair.choice)], key: pair.key).filter { _ in
                    !generator.chance(0.3)
                }
                trainer.learn(places, isTrue: pair.isTrue, weight: pair.isTrue ? 1 : 2)
            }
        }
        return trainer
    }

    // MARK: Trees

    private func trees(
        _ lessons: [Example], folds: [Int], halves: [LinearTrainer],
        using generator: inout Dice
    ) -> TreeEnsemble {
        var rows: [Float] = []
        var answers: [Bool] = []
        var weights: [Float] = []
        for (example, fold) in zip(lessons, folds) {
            guard let type = catalog[example.truth.type] else { continue }
            let truth = TruthIndex(example.truth)
            for group in FieldLesson(example.pages, as: type).groups {
                for (number, subject) in group.subjects.enumerated() {
                    let trainer = halves[fold]
                    let learned = group.choices.map {
                        trainer.score(trainer.places($0.hashes, key: subject.key))
                    }
                    let order = learned.indices.sorted { (learned[$1], $0) < (learned[$0], $1) }
                    let top = Set(order.prefix(6))
                    for (index, row) in group.rows(subject: number, learned: learned).enumerated() {
                        let verdict = truth.verdict(group.choices[index], for: subject)
                        let isKept = verdict == .right || top.contains(index)
                        guard verdict != .unclear, isKept || generator.chance(0.12) else { continue }
                        rows += row
                        answers.append(verdict == .right)
                        weights.append(isKept ? 1 : 4)
                    }
                }
            }
        }
        return TreeTrainer().train(
            rows: rows, answers: answers, weights: weights, featureCount: FieldLesson.featureCount)
    }

    // MARK: Calibration

    /// Fits, for each shape, when the best answer is right on documents that training never saw.
    ///
    /// Fields of types that only examples teach have curves of their own: their values are found in other ways, and more
    /// or less surely, than those of drawn paper.
    private func calibrate(_ model: inout FieldModel) {
        var own: [String: (shape: Int, facts: [[Double]], answers: [Bool])] = [:]
        var facts = [[[Double]]](repeating: [], count: FieldLesson.shapeCount)
        var answers = [[Bool]](repeating: [], count: FieldLesson.shapeCount)
        for example in calibration {
            guard let type = catalog[example.truth.type], !type.fields.isEmpty else { continue }
            let truth = TruthIndex(example.truth)
            for answer in FieldLesson(example.pages, as: type).answers(model) {
                if type.conventions != nil {
                    let name = FieldModel.name(of: answer.subject.name, type: type.name)
                    own[name, default: (answer.shape, [], [])].facts.append(answer.facts)
                    own[name]?.answers.append(truth.isRight(answer))
                    continue
                }
                facts[answer.shape].append(answer.facts)
                answers[answer.shape].append(truth.isRight(answer))
            }
        }
        let all = CalibrationTrainer().fit(
            facts.flatMap { $0 }, answers.flatMap { $0 }, prior: Self.prior)
        let calibrations = (0..<FieldLesson.shapeCount).map { shape in
            CalibrationTrainer(pull: 20).fit(facts[shape], answers[shape], prior: all)
        }
        model.calibrations = calibrations
        guard !own.isEmpty else { return }
        model.ownCalibrations = own.mapValues { field in
            CalibrationTrainer(pull: 4).fit(field.facts, field.answers, prior: calibrations[field.shape])
        }
    }

    /// Fewer answers than this do not say what of their ink tells the wrong ones.
    private static let trustCountMin = 400

    /// Learns how sure an answer is that is likely enough to be said, on the same documents.
    private func trust(_ model: FieldModel) -> FieldTrust? {
        var rows: [[Double]] = []
        var answers: [Bool] = []
        for example in calibration {
            guard let type = catalog[example.truth.type], type.conventions == nil, !type.fields.isEmpty else {
                continue
            }
            let truth = TruthIndex(example.truth)
            for answer in FieldLesson(example.pages, as: type).answers(model) where answer.isSaid {
                rows.append(answer.trustFacts)
                answers.append(truth.isRight(answer))
            }
        }
        guard answers.count >= Self.trustCountMin else { return nil }
        let trees = TreeTrainer(depth: 3, treeCount: 80, rate: 0.06, childMin: 1).train(
            rows: rows.joined().map { Float($0) }, answers: answers, weights: answers.map { _ in 1 },
            featureCount: FieldLesson.trustFactCount)
        var believed = [Double](repeating: 0, count: FieldLesson.trustFactCount)
        believed[FieldLesson.statedFact] = 1
        return FieldTrust(
            curve: CalibrationTrainer(pull: 3).fit(rows, answers, prior: Calibration(bias: 0, weights: believed)),
            trees: trees)
    }
}
