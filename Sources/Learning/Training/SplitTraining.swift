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
        let prior = BoundaryPrior.calibration
        var model = SplitModel(firstPages: firstPages(using: &generator), boundaries: prior)
        let splitter = Splitter(catalog: catalog, classifier: classifier, model: model)
        var facts: [[Double]] = []
        var answers: [Bool] = []
        for stream in ExampleStreams(examples: calibration).streams(using: &generator) {
            let starts = Set(stream.starts)
            let marks = stream.pages.map { PageMarks(PageText($0), labels: labels) }
            for (place, known) in splitter.facts(marks, starts: starts) {
                facts.append(known)
                answers.append(starts.contains(place))
            }
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
