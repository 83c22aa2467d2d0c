import Documents
import Settings

extension PolicyReader {
    mutating func doubleBlind(
        _ given: [String]?, of fields: [String: Vocabulary.FieldRule], at place: [String]
    ) -> Set<String> {
        var blind: Set<String> = []
        for (index, name) in (given ?? []).enumerated() {
            let here = place + ["\(index)"]
            guard requireField(name, in: fields, at: here) else { continue }
            guard let path = FieldPath(name), Document.canRequire(path), fields[name]?.repeats == false else {
                wrong(
                    at: here,
                    "'\(name)' cannot be keyed by two people. Name a field with one value of the document, its claims, service lines or line items."
                )
                continue
            }
            blind.insert(name)
        }
        return blind
    }

    /// Checks that in each queue to which documents with double-blind fields may go, somebody may settle differences.
    mutating func checkSettlers(
        of types: [String: TypePolicy], routes: [Route], queues: [ReviewQueue], permissions: [Role: Set<Permission>]
    ) {
        guard !file.isLeftOut(["roles"]) else { return }
        for (name, type) in types.sorted(by: { $0.key < $1.key }) where !type.doubleBlind.isEmpty {
            let routed = routes.filter { $0.type == nil || $0.type == name }.map(\.queue)
            var reached = Set(routed + [type.queue])
            for _ in queues { reached.formUnion(queues.filter { reached.contains($0.name) }.compactMap(\.escalateTo)) }
            let lacking = queues.first { queue in
                reached.contains(queue.name)
                    && !queue.roles.contains {
                        permissions[$0, default: []].isSuperset(of: [.reviewDocuments, .settleDifferences])
                    }
            }
            guard let lacking else { continue }
            wrong(
                at: ["types", name, "double_blind"],
                "Nobody who works the queue '\(lacking.name)' may settle a difference between two keys. Give one of its roles 'settle_differences'."
            )
        }
    }
}
