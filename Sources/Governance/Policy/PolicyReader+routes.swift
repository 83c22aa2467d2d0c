import Documents
import Settings

extension PolicyReader {
    private static let dollarsRange = 0.0...1_000_000_000.0

    mutating func routes(types: [String: TypePolicy], queues: [ReviewQueue]) -> [Route] {
        var routes: [Route] = []
        for (index, given) in (content.routes ?? []).enumerated() {
            let place = ["routes", "\(index)"]
            let problemCount = problems.count
            let route = route(given, types: types, queues: queues, at: place)
            // What is wrong in itself is not compared with the rules before it.
            if problems.count == problemCount, let earlier = routes.firstIndex(where: { $0.covers(route) }) {
                warn(
                    at: place,
                    "This route can never match: route \(earlier + 1) takes all that it would. Move it up, or remove it."
                )
            }
            routes.append(route)
        }
        return routes
    }

    private mutating func route(
        _ given: PolicyFile.Route, types: [String: TypePolicy], queues: [ReviewQueue], at place: [String]
    ) -> Route {
        let queue = needed(given.queue, at: place + ["queue"])
        if let queue { requireQueue(queue, in: queues, at: place + ["queue"]) }
        if let type = given.type, vocabulary.types[type] == nil {
            wrong(
                at: place + ["type"],
                "The document type '\(type)' is not known. Known are \(PolicyReader.list(vocabulary.types.keys)).")
        } else {
            checkSubtypes(given, at: place)
            checkFields(given, types: types, at: place)
        }
        let least = amount(given.amountAtLeast, at: place + ["amount_at_least"])
        let most = amount(given.amountAtMost, at: place + ["amount_at_most"])
        if let least, let most, least > most {
            wrong(
                at: place + ["amount_at_least"],
                "'amount_at_least' is more than 'amount_at_most': no document has both. Swap them.")
        }
        let reasons = given.reasons?.enumerated().compactMap { index, word -> ReasonCode? in
            known(word, at: place + ["reasons", "\(index)"], what: "reason")
        }
        return Route(
            queue: queue ?? "", type: given.type, subtypes: given.subtypes.map(Set.init),
            payers: given.payers.map { Set($0.map(Route.folded)) },
            reasons: reasons.map { Set($0.map(\.rawValue)) }, amountAtLeast: least, amountAtMost: most,
            facilities: given.facilities.map(Set.init))
    }

    private mutating func checkSubtypes(_ given: PolicyFile.Route, at place: [String]) {
        guard let subtypes = given.subtypes else { return }
        let known = given.type.map { vocabulary.subtypes[$0] ?? [] } ?? Set(vocabulary.subtypes.values.joined())
        for (index, subtype) in subtypes.enumerated() where !known.contains(subtype) {
            wrong(
                at: place + ["subtypes", "\(index)"],
                "The subtype '\(subtype)' is not known\(given.type.map { " of '\($0)'" } ?? ""). Known are \(PolicyReader.list(known))."
            )
        }
    }

    /// A condition on what documents of the type do not have would never hold.
    private mutating func checkFields(_ given: PolicyFile.Route, types: [String: TypePolicy], at place: [String]) {
        let meant = given.type.map { [$0] } ?? Array(vocabulary.types.keys)
        if given.payers != nil, !meant.contains(where: { vocabulary.types[$0]?[Route.payerField] != nil }) {
            wrong(
                at: place + ["payers"],
                "Documents of the type '\(given.type ?? "")' have no field '\(Route.payerField)'. Remove the condition."
            )
        }
        if given.amountAtLeast ?? given.amountAtMost != nil,
            !meant.contains(where: { types[$0]?.amountAtStake.isEmpty == false })
        {
            wrong(
                at: place + [given.amountAtLeast == nil ? "amount_at_most" : "amount_at_least"],
                "No amount is at stake there: name the field under types, \(given.type ?? "the type"), 'amount_at_stake'."
            )
        }
    }

    private mutating func amount(_ dollars: Double?, at place: [String]) -> Money? {
        dollars.map {
            let checked = number($0, at: place, in: PolicyReader.dollarsRange, default: $0)
            return Money(cents: Int64((min(max(checked, 0), 1e12) * 100).rounded()))
        }
    }
}
