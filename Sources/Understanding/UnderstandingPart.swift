/// A part of understanding that may be left out of a trained model's work, to see what it brings.
package enum UnderstandingPart: String, CaseIterable, Sendable {
    /// What is learned of the words around a value. The trees that weigh it with labels and shapes were trained beside it.
    case neighbourhood
    /// What sums say: of the names of columns, of a line's cells, of where a document ends.
    case arithmetic
}
