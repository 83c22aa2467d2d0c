import Settings

extension PolicyReader {
    private static let serviceLevelHoursRange = 0.1...1000.0

    mutating func queues(permissions: [Role: Set<Permission>]) -> [ReviewQueue] {
        var queues: [ReviewQueue] = []
        for (index, given) in (needed(content.queues, at: ["queues"]) ?? []).enumerated() {
            let place = ["queues", "\(index)"]
            let name = needed(given.name, at: place + ["name"])
            let title = needed(given.title, at: place + ["title"])
            let roles = needed(given.roles, at: place + ["roles"])
            guard let name else { continue }
            checkName(name, at: place + ["name"], among: queues)
            let level = given.serviceLevelHours.map {
                number(
                    $0, at: place + ["service_level_hours"], in: PolicyReader.serviceLevelHoursRange, default: $0)
            }
            if level == nil, given.escalateTo != nil {
                wrong(
                    at: place + ["escalate_to"],
                    "The queue '\(name)' has no 'service_level_hours' to be broken. Add it, or remove 'escalate_to'.")
            }
            queues.append(
                ReviewQueue(
                    name: name, title: title ?? name,
                    roles: workers(roles ?? [], of: name, permissions: permissions, at: place + ["roles"]),
                    serviceLevelHours: level, escalateTo: given.escalateTo))
        }
        for (index, given) in (content.queues ?? []).enumerated() {
            let place = ["queues", "\(index)", "escalate_to"]
            guard let target = given.escalateTo else { continue }
            requireQueue(target, in: queues, at: place)
            if target == given.name {
                wrong(at: place, "The queue '\(target)' escalates to itself. Name another queue.")
            }
        }
        return queues
    }

    private mutating func checkName(_ name: String, at place: [String], among queues: [ReviewQueue]) {
        if name.wholeMatch(of: /[a-z][a-z0-9_]*/) == nil {
            wrong(
                at: place,
                "'\(name)' cannot name a queue. Use lower-case letters, digits and '_', a letter first.")
        }
        if queues.contains(where: { $0.name == name }) {
            wrong(at: place, "The queue '\(name)' is there twice. Rename one.")
        }
    }

    private mutating func workers(
        _ names: [String], of queue: String, permissions: [Role: Set<Permission>], at place: [String]
    ) -> Set<Role> {
        let roles = names.enumerated().map { number, name -> Role? in
            known(name, at: place + ["\(number)"], what: "role")
        }
        // An unknown role, and a list that is not there or no list, are reported already.
        if !roles.contains(nil), !names.isEmpty || !file.isLeftOut(place), !file.isLeftOut(["roles"]),
            !roles.contains(where: { role in role.map { permissions[$0]?.contains(.reviewDocuments) == true } ?? false }
            )
        {
            wrong(
                at: place,
                "Nobody can work the queue '\(queue)': none of its roles has the permission 'review_documents'.")
        }
        return Set(roles.compactMap { $0 })
    }
}
