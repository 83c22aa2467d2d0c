import Governance
import Records

extension Caller {
    /// The facility that a file handed in by the caller is for: the one that they named, else their only one.
    ///
    /// Throws a problem when it is another than theirs, or they have several and named none.
    func facility(named given: String?) throws -> String? {
        if let given, !FacilityName.isProper(given) {
            throw Problem(.malformedRequest, "'Mailroom-Facility' is no name of a facility: \(FacilityName.rule)")
        }
        guard let own = reach.facilities, !reach.includes(facility: given) else { return given }
        if given == nil, own.count == 1 { return own.first }
        let names = own.sorted().joined(separator: ", ")
        throw given == nil
            ? Problem(.malformedRequest, "Name the file's facility in the header 'Mailroom-Facility': one of \(names).")
            : Problem(.notAllowed, "The key hands in files for \(names) alone. Name one of these, or use another key.")
    }
}

extension Caller {
    /// Throws a problem when the caller is limited to some queues or facilities.
    func refuseLimited() throws {
        guard reach.isLimited else { return }
        throw Problem(
            .notAllowed,
            "This concerns all queues and facilities, and you are limited to some. Ask somebody who is not.")
    }
}

extension ServiceRequestContext {
    /// The caller, when they have the permission and no limit: for what is of all queues and facilities.
    func unlimitedCaller(having permission: Permission) throws -> Caller {
        let caller = try caller(having: permission)
        try caller.refuseLimited()
        return caller
    }
}

extension Policy {
    /// Whether the caller may take tasks from the queue: their role works it, and they are not limited to others.
    func mayWork(_ queue: String, by caller: Caller) -> Bool {
        mayWork(queue, role: caller.role) && caller.reach.includes(queue: queue)
    }
}
