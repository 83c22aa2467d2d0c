package import Documents
import Foundation

/// A file of mail as it was written, with its truth.
package struct LabelledFile: Sendable {
    /// The file's name with its ending; it says nothing of what is inside.
    package let name: String
    package let wear: WearLevel
    package let split: CorpusSplit
    /// The families of its documents, in their order.
    package let families: [String]
    package let truth: DocumentResult
    /// The pages as drawn, upright and straight.
    package let readings: [PageReading]
}
