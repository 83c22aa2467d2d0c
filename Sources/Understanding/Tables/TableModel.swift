/// What has been learned about values read from tables.
package struct TableModel: Codable, Hashable, Sendable {
    /// Which column holds which value.
    package var columns: ColumnModel
    /// From a cell's facts (`TableFacts`) to the probability that it is right.
    package var cells: Calibration

    package init(columns: ColumnModel, cells: Calibration) {
        self.columns = columns
        self.cells = cells
    }

    var isSound: Bool { columns.isSound && cells.weights.count == TableModel.factCount }

    /// How far the column holds the value and nothing else, reading confidence, share of the line's columns that are known, and whether
    /// the line's arithmetic holds (1), fails (-1) or cannot be told (0).
    package static let factCount = 4

    /// By how much a value of a line that adds up is surer than one of a line that does not, in log-odds.
    var gainOfSums: Double { 2 * (cells.weights.last ?? 0) }
}
