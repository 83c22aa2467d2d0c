import Foundation

/// What a file that is dropped is called: the message's key, so that the same message is the same file.
enum DropName {
    /// The name; signs that a file system or a shell could misunderstand become `_`, and a key that says no form is JSON.
    static func file(for key: String) -> String {
        let safe = key.map { character in
            character.isASCII && (character.isLetter || character.isNumber || "._-".contains(character))
                ? character : "_"
        }
        let name = String(safe).drop { $0 == "." || $0 == "-" }
        return name.contains(".") ? String(name) : "\(name).json"
    }

    /// The name that the file has until it is whole.
    static func unfinished(_ name: String) -> String { ".\(name).part" }
}
