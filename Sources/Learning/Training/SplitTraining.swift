import Documents
import Understanding

/// Learns where documents begin, from streams put together of examples.
struct SplitTraining {
    let catalog: DocumentTypeCatalog
    let training: [Example]
    let calibration: [Example]
    let classifier: ClassifierModel
    let labels: LabelEvidence
    let noise: ReadingNoise

    func train(using generator: inout Dice) -> SplitModel {
        let prior = BoundaryPrior.calibration
        var model = SplitModel(
            firstPages: pageModel(["later", "first"], of: \.top, using: &generator) { index, _ in index == 0 },
            lastPages: pageModel(["earlier", "last"], of: \.bottom, using: &generator) { $0 == $1 - 1 },
            boundaries: prior)
        let splitter = Splitter(catalog: catalog, classifier: classifier, model: model)
        var facts: [[Double]] = []
        var answers: [Bool] = []
        for stream in ExampleStreams(examples: calibration, noise: noise).streams(using: &generator) {
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

    /// Whether a page is such a one or not, learned from every page of the examples.
    ///
    /// - Parameters:
    ///   - names: what the answers no and yes are called.
    ///   - isSo: the answer for a page, of its index in the document and the document's count of pages.
    private func pageModel(
        _ names: [String], of features: KeyPath<PageMarks, SparseFeatures>, using generator: inout Dice,
        isSo: (Int, Int) -> Bool
    ) -> LinearClassifier {
        var lessons: [(features: SparseFeatures, outcome: Int)] = []
        for example in training {
            for (index, page) in example.pages.enumerated() {
                let marks = PageMarks(PageText(page), labels: labels)
                guard !marks.isBlank else { continue }
                lessons.append((marks[keyPath: features], isSo(index, example.pages.count) ? 1 : 0))
            }
        }
        let no = Float(lessons.count { $0.outcome == 0 })
        let balance = min(10, Float(lessons.count) / max(1, no) - 1)
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
        return LinearClassifier(names: names, weights: trainer.hashed, biases: trainer.biases, temperature: 1)
    }
}
