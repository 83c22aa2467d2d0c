import Documents
import Understanding

/// Learns where documents begin, from streams put together of examples.
struct SplitTraining {
    let catalog: DocumentTypeCatalog
    let training: [Example]
    let calibration: [Example]
    let classifier: ClassifierModel
    let labels: LabelEvidence

    func train(using generator: inout Dice) -> SplitModel {
        let prior = Calibration(
            bias: 0.3, weights: [4.5, 3, -3, -3, 2, -0.5, -1.5, -0.6, 0.4, 0.6, 0.8, 0.6, 0.6, 0.3])
        var model = SplitModel(firstPages: firstPages(using: &generator), boundaries: prior)
        let splitter = Splitter(catalog: catalog, classifier: classifier, model: model)
        var facts: [[Double]] = []
        var answers: [Bool] = []
        let marks = calibration.map { $0.pages.map { PageMarks(PageText($0), labels: labels) }.filter { !$0.isBlank } }
        for (own, pages) in zip(calibration, marks).map({ ($0, $1) }) where !pages.isEmpty {
            for (previous, next) in zip(pages, pages.dropFirst()) {
                facts.append(splitter.facts(previous, next, separated: generator.chance(0.03)))
                answers.append(false)
            }
            let likely = generator.chance(0.5)
            let same = zip(calibration, marks).filter {
                $0.0.truth.type == own.truth.type && $0.0.family != own.family
            }
            let following = likely ? same.map(\.1) : marks
            guard !following.isEmpty, let last = pages.last,
                let first = following[generator.below(following.count)].first
            else { continue }
            facts.append(splitter.facts(last, first, separated: generator.chance(0.15)))
            answers.append(true)
        }
        model.boundaries = CalibrationTrainer(pull: 6).fit(facts, answers, prior: prior)
        return model
    }

    /// A page is a document's first, or it is not: learned from the upper third of every page.
    private func firstPages(using generator: inout Dice) -> LinearClassifier {
        var lessons: [(features: SparseFeatures, outcome: Int)] = []
        for example in training {
            for (index, page) in example.pages.enumerated() {
                let marks = PageMarks(PageText(page), labels: labels)
                if !marks.isBlank { lessons.append((marks.top, index == 0 ? 1 : 0)) }
            }
        }
        let later = Float(lessons.count { $0.outcome == 0 })
        let balance = min(10, Float(lessons.count) / max(1, later) - 1)
        var trainer = LinearTrainer(bits: 14, outcomes: 2, rate: 0.08)
        for _ in 0..<4 {
            lessons = generator.shuffled(lessons)
            for lesson in lessons {
                trainer.learn(
                    lesson.features, outcome: lesson.outcome, dropped: 0.4,
                    weight: lesson.outcome == 0 ? max(1, balance) : 1,
                    using: &generator)
            }
        }
        return LinearClassifier(
            names: ["later", "first"], weights: trainer.hashed, biases: trainer.biases, temperature: 1)
    }
}
