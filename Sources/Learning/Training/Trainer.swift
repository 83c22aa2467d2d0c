import Documents
package import Understanding

/// Trains every model of understanding from examples, the same from the same seed and examples.
package struct Trainer {
    package var catalog: DocumentTypeCatalog
    package var seed: UInt64
    /// Told what is being learned, for a person who waits.
    package var progress: (String) -> Void

    package init(
        catalog: DocumentTypeCatalog, seed: UInt64, progress: @escaping (String) -> Void = { _ in }
    ) {
        self.catalog = catalog
        self.seed = seed
        self.progress = progress
    }

    /// Learns types, where documents begin, fields and confidence.
    ///
    /// - Parameters:
    ///   - drawn: documents with their words as drawn; more than half of them are passed through reading noise.
    ///   - read: documents that were really read.
    ///   - fragments: documents to learn types from, and nothing else.
    ///   - calibration: really read documents of other families, to fit confidence on.
    ///   - noise: what reading does to words.
    package func train(
        drawn: [Example], read: [Example], fragments: [Example] = [], calibration: [Example],
        noise: ReadingNoise
    ) throws -> UnderstandingModel {
        guard !drawn.isEmpty, !calibration.isEmpty else {
            throw LearningError(
                .noExamples, "There is nothing to learn from: training and calibration each need examples.")
        }
        var generator = Dice(seed: seed)
        let training =
            drawn.map { example in
                var example = example
                if generator.chance(0.6) { example.pages = example.pages.map { noise.read($0, using: &generator) } }
                return example
            } + read
        func runOver(_ examples: [Example]) -> [Example] {
            examples.map { generator.chance(0.35) ? PageCut().cut($0, using: &generator) ?? $0 : $0 }
        }
        let continued = (training: runOver(training), calibration: runOver(calibration))
        let labels = LabelEvidence(catalog)
        progress("Learning types from \(training.count + fragments.count) documents")
        let classifier = ClassifierTraining(
            labels: labels, training: continued.training + fragments, calibration: continued.calibration
        ).train(using: &generator)
        progress("Learning where documents begin")
        let split = SplitTraining(
            catalog: catalog, training: continued.training, calibration: continued.calibration,
            classifier: classifier, labels: labels, noise: noise
        ).train(using: &generator)
        progress("Learning fields")
        let fields = FieldTraining(catalog: catalog, training: training, calibration: calibration).train(
            using: &generator)
        progress("Learning the columns of tables")
        let tables = try TableTraining(catalog: catalog, training: training, calibration: calibration)
            .train(classifier: classifier, split: split, fields: fields, using: &generator)
        return try UnderstandingModel(
            classifier: classifier, split: split, fields: fields, tables: tables, conventions: catalog.conventions)
    }

    /// The model with its confidence in fields fitted anew and nothing else: where what is read of a page was mended since
    /// it was trained, confidence says too little of what is right now.
    ///
    /// - Parameter calibration: really read documents that the model never saw.
    package func refitted(_ model: UnderstandingModel, calibration: [Example]) throws -> UnderstandingModel {
        var fields = model.fields
        FieldTraining(catalog: catalog, training: [], calibration: calibration).fitConfidence(of: &fields)
        return try UnderstandingModel(
            classifier: model.classifier, split: model.split, fields: fields, tables: model.tables,
            conventions: model.conventions)
    }
}
