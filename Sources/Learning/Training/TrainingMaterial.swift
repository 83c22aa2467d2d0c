package import Understanding

/// All that a training learns from, fits confidence on and is judged by; no family of layouts serves two of these.
package struct TrainingMaterial: Sendable {
    /// Drawn documents, their words as drawn.
    package var drawn: [Example]
    /// Drawn documents that were really read, and what else is learned from as it was read.
    package var read: [Example]
    /// Documents to learn types from, and nothing else.
    package var fragments: [Example] = []
    package var calibration: [Example]
    package var evaluation: [Example]
    /// What reading does to words, as it was measured on `read`.
    package var noise: ReadingNoise

    package init(
        drawn: [Example], read: [Example], calibration: [Example], evaluation: [Example], noise: ReadingNoise
    ) {
        self.noise = noise
        self.drawn = drawn
        self.read = read
        self.calibration = calibration
        self.evaluation = evaluation
    }

    /// Adds examples from outside, a part to learn from and a part to fit confidence on.
    ///
    /// What they teach wins over the corpus: kinds of paper that it draws as `other` and that are what is taught are left
    /// out, and given back by name.
    package mutating func add(_ shares: ExampleShares, catalog: DocumentTypeCatalog, seed: UInt64) -> [String] {
        let alike = LookAlikes(catalog: catalog, seed: seed).kinds(among: drawn, taught: shares.learning)
        for part in [\Self.drawn, \.read, \.calibration, \.evaluation] {
            self[keyPath: part].removeAll { alike.contains($0.kind) }
        }
        read += shares.repeated(seed: seed, noise: noise)
        fragments += shares.fragments(seed: seed, noise: noise)
        calibration += shares.calibration
        return alike.sorted()
    }
}
