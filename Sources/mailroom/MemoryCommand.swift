import ArgumentParser
import Understanding

/// `mailroom memory`: what the layouts hold that confirmed documents taught.
struct MemoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "memory", abstract: "Shows what is remembered of layouts, and forgets it.",
        subcommands: [Show.self, Forget.self])

    struct Show: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Shows what each memory holds.")

        @Argument(help: "The folder of memories.", completion: .directory)
        var folder: String

        func run() throws {
            let memories = try MemoryFolder(folder).memories().memories
            print(
                memories.isEmpty
                    ? "\(folder) holds no memory. `mailroom learn FILE TRUTH.json --memory \(folder)` makes one."
                    : memories.map(\.description).joined(separator: "\n\n"))
        }
    }

    struct Forget: ParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forgets a layout.")

        @Argument(help: "The folder of memories.", completion: .directory)
        var folder: String

        @Argument(help: "The memory, as `mailroom memory show` names it.")
        var id: String

        func run() throws {
            let folder = MemoryFolder(folder)
            var memories = try folder.memories()
            guard let memory = memories.forget(id) else {
                throw ValidationError(
                    "\(self.folder) holds no memory \(id). `mailroom memory show \(self.folder)` lists those that it holds."
                )
            }
            try folder.remove(memory)
            print("Forgotten: the layout of \(memory.type) with \(memory.confirmationCount) confirmations.")
        }
    }
}
