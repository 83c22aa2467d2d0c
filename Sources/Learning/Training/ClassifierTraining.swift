import Documents
import Understanding

/// Learns types, subtypes and the guard against strangers.
struct ClassifierTraining {
    static let bits = 16
    let labels: LabelEvidence
    let training: [Example]
    /// Examples of other families, to fit temperatures by.
    let calibration: [Example]

    func train(using generator: inout Dice) -> ClassifierModel {
        let features = training.map { pages($0) }
        let glances = training.map { glance($0, using: &generator) }
        let held = calibration.map { pages($0) }
        let names = Set(training.map(\.truth.type)).sorted()
        var types = model(
            names: names, features: features, glances: glances,
            outcomes: training.map { names.firstIndex(of: $0.truth.type) },
            pagesToo: true, wordless: 0.2, epochs: 6, using: &generator)
        types.temperature = temperature(
            types, features: held, outcomes: calibration.map { names.firstIndex(of: $0.truth.type) })
        var subtypes: [String: LinearClassifier] = [:]
        for type in names {
            let known = Set(training.filter { $0.truth.type == type }.compactMap(\.truth.subtype))
                .sorted()
            guard known.count > 1 else { continue }
            func outcome(_ example: Example) -> Int? {
                example.truth.type == type
                    ? example.truth.subtype.flatMap { known.firstIndex(of: $0) } : nil
            }
            var model = model(
                names: known, features: features, glances: glances, outcomes: training.map(outcome),
                pagesToo: false, wordless: 0, epochs: 8, using: &generator)
            model.temperature = temperature(model, features: held, outcomes: calibration.map(outcome))
            subtypes[type] = model
        }
        return ClassifierModel(
            types: types, strangers: strangers(types, features: features, held: held), subtypes: subtypes)
    }

    private func pages(_ example: Example) -> [PageFeatures] {
        example.pages.map { PageFeatures(PageText($0), labels: labels) }
    }

    /// The upper part of an example's first page, about as far as a quick classification reads at first; nil where that
    /// would read the page to its end.
    private func glance(_ example: Example, using generator: inout Dice) -> PageFeatures? {
        guard var page = example.pages.first else { return nil }
        var letterCount = 250 + generator.below(180)
        let words = page.words.sorted { $0.box.top < $1.box.top }
        guard words.reduce(0, { $0 + $1.text.count }) > letterCount * 4 / 3 else { return nil }
        let end = words.first { word in
            letterCount -= word.text.count
            return letterCount < 0
        }
        guard let end else { return nil }
        page.words.removeAll { $0.box.midY > end.box.bottom }
        page.checkboxes = []
        return PageFeatures(PageText(page), labels: labels)
    }

    /// - Parameter wordless: how often a document is shown by what its labels announce alone: words tell the layouts that
    ///   were learned from so well that labels, which tell others too, would hardly be heard.
    private func model(
        names: [String], features: [[PageFeatures]], glances: [PageFeatures?], outcomes: [Int?], pagesToo: Bool,
        wordless: Double, epochs: Int, using generator: inout Dice
    ) -> LinearClassifier {
        var lessons: [(features: SparseFeatures, outcome: Int)] = []
        for ((pages, glance), outcome) in zip(zip(features, glances), outcomes) {
            guard let outcome else { continue }
            lessons.append((TypeFeatures.of(pages), outcome))
            if let glance { lessons.append((TypeFeatures.of([glance]), outcome)) }
            if pagesToo, pages.count > 1 { lessons += pages.map { (TypeFeatures.of([$0]), outcome) } }
        }
        var counts = [Float](repeating: 0, count: names.count)
        for lesson in lessons { counts[lesson.outcome] += 1 }
        let mean = Float(lessons.count) / Float(names.count)
        var trainer = LinearTrainer(bits: Self.bits, outcomes: names.count, rate: 0.08)
        for _ in 0..<epochs {
            lessons = generator.shuffled(lessons)
            for lesson in lessons {
                let weight = min(4, (mean / max(1, counts[lesson.outcome])).squareRoot())
                let isWordless = generator.chance(wordless)
                trainer.learn(
                    isWordless ? lesson.features.facts : lesson.features, outcome: lesson.outcome,
                    dropped: isWordless ? 0.1 : 0.4, weight: weight, using: &generator)
            }
        }
        return LinearClassifier(
            names: names, weights: trainer.hashed, biases: trainer.biases, temperature: 1)
    }

    /// The temperature, from 1 up, at which the held-back examples are likeliest: drawn paper is easier than real, and
    /// to be surer than training was would promise what real paper does not keep.
    private func temperature(_ model: LinearClassifier, features: [[PageFeatures]], outcomes: [Int?])
        -> Float
    {
        let answers = zip(features, outcomes).compactMap { pages, outcome in
            outcome.map { (model.logits(TypeFeatures.of(pages)).map(Double.init), $0) }
        }
        guard !answers.isEmpty else { return 1 }
        var best = (loss: Double.infinity, temperature: 1.0)
        for step in 0...16 {
            let temperature = Probability.power(1.15, step)
            let loss = answers.reduce(0.0) { sum, answer in
                sum
                    - Probability.logarithm(
                        LinearClassifier.softmax(answer.0.map { $0 / temperature })[answer.1])
            }
            if loss < best.loss { best = (loss, temperature) }
        }
        return Float(best.temperature)
    }

    /// The words of our types, and the curve fitted on held-back paper: what is ours, what is none of ours.
    private func strangers(
        _ types: LinearClassifier, features: [[PageFeatures]], held: [[PageFeatures]]
    ) -> StrangerGuard {
        var counts: [UInt64: Int] = [:]
        for (example, pages) in zip(training, features)
        where example.truth.type != DocumentTypeCatalog.otherName {
            for word in Set(pages.flatMap(\.words)) { counts[word, default: 0] += 1 }
        }
        let known = counts.filter { $0.value > 2 }.map(\.key).sorted()
        let prior = Calibration(bias: -4, weights: [8, -0.3, 0])
        var result = StrangerGuard(known: known, bits: 19, calibration: prior)
        var facts: [[Double]] = []
        var answers: [Bool] = []
        for (example, pages) in zip(calibration, held) {
            let logits = types.logits(TypeFeatures.of(pages))
            let isOther = example.truth.type == DocumentTypeCatalog.otherName
            let saysOther =
                types.names[logits.indices.max { logits[$0] < logits[$1] } ?? 0]
                == DocumentTypeCatalog.otherName
            if isOther && saysOther { continue }
            facts.append(result.facts(of: pages, logits: logits, names: types.names))
            answers.append(isOther)
        }
        result.calibration = CalibrationTrainer(pull: 1).fit(facts, answers, prior: prior)
        return result
    }
}
