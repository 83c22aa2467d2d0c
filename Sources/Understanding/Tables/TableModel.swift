/// What has been learned about values read from tables.
package struct TableModel: Codable, Hashable, Sendable {
    /// From a cell's facts (`TableFacts`) to the probability that it is right.
    package var cells: Calibration

    package init(cells: Calibration) { self.cells = cells }

    var isSound: Bool { cells.weights.count == TableModel.factCount }

    /// Likeness of the column's head, reading confidence, share of the line's columns that are known, and whether
    /// the line's arithmetic holds (1), fails (-1) or cannot be told (0).
    package static let factCount = 4
}
