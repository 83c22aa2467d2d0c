import Crypto
import Documents
package import Foundation
package import Settings

/// The types of document in force: every file of `Config/document-types`, checked as a whole.
package struct DocumentTypeCatalog: Sendable {
    /// The type of whatever is none of the others.
    package static let otherName = "other"

    /// The types in the order of their names.
    package let types: [DocumentType]
    /// SHA-256 over the files' names and bytes, 64 lower-case hexadecimal digits.
    package let hash: String
    private let places: [String: Int]

    /// Reads every `.yaml` file of `folder`.
    ///
    /// Throws the first rule broken with file and line: a key or kind that is unknown, a name taken twice, a field
    /// that no label announces, a check of a field that the type does not have.
    package init(folder: URL) throws(SettingsError) {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
            .filter { $0.hasSuffix(".yaml") }.sorted()
        guard !names.isEmpty else {
            throw SettingsError(
                file: folder.path,
                problem: "The folder holds no type of document. Put a .yaml file for each into it.")
        }
        var types: [DocumentType] = []
        var digest = SHA256()
        for name in names {
            let path = folder.appending(path: name).path
            let file = try SettingsFile(path: path, as: DocumentType.self)
            try DocumentTypeRules(file: file).check(fileName: String(name.dropLast(5)))
            types.append(file.content)
            digest.update(data: Data("\(name)\n".utf8))
            digest.update(data: file.bytes)
        }
        guard types.contains(where: { $0.name == Self.otherName }) else {
            throw SettingsError(
                file: folder.path,
                problem: "The type 'other', for what is none of the types, is missing. Add other.yaml.")
        }
        self.init(types: types, hash: digest.finalize().hexadecimal)
    }

    /// A catalog of types made in memory; they are not checked.
    package init(types: [DocumentType], hash: String) {
        self.types = types.sorted { $0.name < $1.name }
        self.hash = hash
        places = Dictionary(
            self.types.enumerated().map { ($0.element.name, $0.offset) },
            uniquingKeysWith: { first, _ in first })
    }

    /// What examples taught of the types' paper, by type.
    package var conventions: [String: TypeConventions] {
        Dictionary(uniqueKeysWithValues: types.compactMap { type in type.conventions.map { (type.name, $0) } })
    }

    /// The same types, on paper that is printed as `conventions` say, by type.
    package func following(_ conventions: [String: TypeConventions]) -> DocumentTypeCatalog {
        DocumentTypeCatalog(
            types: types.map { type in
                var type = type
                type.conventions = conventions[type.name]
                return type
            }, hash: hash)
    }

    package subscript(name: String) -> DocumentType? {
        places[name].map { types[$0] }
    }
}
