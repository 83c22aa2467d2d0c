/// What a payer agreed to allow for one unit of a procedure.
package struct ContractRate: Sendable, Hashable {
    package var payerName: String
    /// CPT or HCPCS code, in capitals.
    package var procedureCode: String
    /// The modifier that the rate is for; nil for lines without one that changes payment.
    package var modifier: String?
    /// The facility that the rate is for; nil for all.
    package var facility: String?
    package var effectiveFrom: CalendarDate
    /// The last day on which it holds; nil while no end is known.
    package var effectiveTo: CalendarDate?
    package var allowedAmount: Money

    package init(
        payerName: String, procedureCode: String, modifier: String? = nil, facility: String? = nil,
        effectiveFrom: CalendarDate, effectiveTo: CalendarDate? = nil, allowedAmount: Money
    ) {
        self.payerName = payerName
        self.procedureCode = procedureCode
        self.modifier = modifier
        self.facility = facility
        self.effectiveFrom = effectiveFrom
        self.effectiveTo = effectiveTo
        self.allowedAmount = allowedAmount
    }

    package func holds(on day: CalendarDate) -> Bool {
        effectiveFrom <= day && effectiveTo.map { day <= $0 } ?? true
    }
}
