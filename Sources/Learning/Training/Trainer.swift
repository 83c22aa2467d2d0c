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

    /// Learns from `training`, of which half the pages are passed through reading noise; fits confidence on
    /// `calibration`, which must be of other families and is taken as it is.
    package func train(_ training: [Example], calibration: [Example]) throws -> UnderstandingModel {
        guard !training.isEmpty, !calibration.isEmpty else {
            throw LearningError(
                .noExamples, "There is nothing to learn from: training and calibration each need examples.")
        }
        var generator = Dice(seed: seed)
        let noise = ReadingNoise()
        let worn = training.map { example in
            var example = example
            if generator.chance(0.6) {
                example.pages = example.pages.map { noise.read($0, using: &generator) }
            }
            return example
        }
        progress("Learning types from \(worn.count) documents")
        let classifier = ClassifierTraining(training: worn, calibration: calibration).train(
            using: &generator)
        progress("Learning where documents begin")
        let split = SplitTraining(
            catalog: catalog, training: worn, calibration: calibration, classifier: classifier
        )
        .train(using: &generator)
        progress("Learning fields")
        let fields = FieldTraining(catalog: catalog, training: worn, calibration: calibration).train(
            using: &generator)
        progress("Fitting the confidence of tables")
        let tables = try TableTraining(catalog: catalog, calibration: calibration)
            .train(classifier: classifier, split: split, fields: fields)
        return try UnderstandingModel(
            classifier: classifier, split: split, fields: fields, tables: tables)
    }
}
