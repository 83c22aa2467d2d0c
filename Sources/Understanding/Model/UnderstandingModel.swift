import Crypto
import Documents
package import Foundation

/// All that has been learned, in one file of `Models`.
package struct UnderstandingModel: Hashable, Sendable {
    package static let fileName = "understanding.json"

    /// The first 16 hexadecimal digits of the SHA-256 of the file: two models with one version are the same.
    package let version: String
    package let classifier: ClassifierModel
    package let split: SplitModel
    package let fields: FieldModel
    package let tables: TableModel
    /// What examples taught of the paper of types that the corpus does not draw, by type.
    package let conventions: [String: TypeConventions]

    package init(
        classifier: ClassifierModel, split: SplitModel, fields: FieldModel, tables: TableModel,
        conventions: [String: TypeConventions] = [:]
    )
        throws(UnderstandingError)
    {
        let content = Content(
            classifier: classifier, split: split, fields: fields, tables: tables,
            conventions: conventions.isEmpty ? nil : conventions)
        try self.init(content: content, bytes: try UnderstandingModel.encode(content))
    }

    private init(content: Content, bytes: Data) throws(UnderstandingError) {
        guard content.classifier.isSound, content.split.isSound, content.fields.isSound,
            content.tables.isSound
        else {
            throw UnderstandingError(
                .badModel,
                "The model's parts do not fit each other. Take the file of this version of Mailroom, or train."
            )
        }
        version = SHA256.hash(data: bytes).prefix(8).hexadecimal
        classifier = content.classifier
        split = content.split
        fields = content.fields
        tables = content.tables
        conventions = content.conventions ?? [:]
    }

    /// Reads the model of a folder.
    package static func load(from folder: URL) throws(UnderstandingError) -> UnderstandingModel {
        let file = folder.appending(path: fileName)
        let bytes: Data
        do {
            bytes = try Data(contentsOf: file)
        } catch {
            throw UnderstandingError(
                .noModel,
                "\(file.path) cannot be read. Train a model (`mailroom train`) or name the folder that has one."
            )
        }
        do {
            return try UnderstandingModel(
                content: JSONDecoder().decode(Content.self, from: bytes), bytes: bytes)
        } catch let error as UnderstandingError {
            throw error
        } catch {
            throw UnderstandingError(
                .badModel,
                """
                \(file.path) is no model of this version of Mailroom: another version made it, or it is damaged. Train it \
                anew (`mailroom train`, with the same --examples if it learned from any), or take the model that came with \
                this version.
                """
            )
        }
    }

    /// Writes the model into a folder, the same bytes for the same model.
    package func save(to folder: URL) throws(UnderstandingError) {
        let file = folder.appending(path: Self.fileName)
        let content = Content(
            classifier: classifier, split: split, fields: fields, tables: tables,
            conventions: conventions.isEmpty ? nil : conventions)
        let bytes = try UnderstandingModel.encode(content)
        do {
            try bytes.write(to: file, options: .atomic)
        } catch {
            throw UnderstandingError(
                .notSaved, "\(file.path) cannot be written: \(error). Check the folder's rights.")
        }
    }

    private struct Content: Codable {
        var classifier: ClassifierModel
        var split: SplitModel
        var fields: FieldModel
        var tables: TableModel
        var conventions: [String: TypeConventions]?
    }

    private static func encode(_ content: Content) throws(UnderstandingError) -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return try encoder.encode(content)
        } catch {
            throw UnderstandingError(
                .badModel, "The model holds a number that cannot be written: \(error).")
        }
    }
}
