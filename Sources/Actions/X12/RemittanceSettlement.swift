package import Documents

/// What one transaction set says of a payment's remittance: the first time, taken back, or taken back and told anew.
package struct RemittanceSettlement: Hashable, Sendable {
    /// What was sent and is taken back.
    package var reversed: Remittance?
    package var told: Remittance?
    /// What an earlier file kept back of later ones for the same document, because taking back owed more than it told.
    package var broughtForward: Money

    package init(reversed: Remittance?, told: Remittance?, broughtForward: Money = .zero) {
        self.reversed = reversed
        self.told = told
        self.broughtForward = broughtForward
    }

    /// The content of the transaction set, and the balance that it leaves to a later one; nil when there is nothing to
    /// tell.
    ///
    /// Claims that are taken back come first, each with the status 22 and every amount negated, then those told anew (TR3
    /// 005010X221A1, 1.10.2.8). A payment cannot be negative: what is owed is left as a forward balance, which the next
    /// transaction takes up (1.10.2.12).
    ///
    /// - Parameter reference: the number of a transaction that is no payment by itself (TRN02), and of its balance.
    package func remittance(reference: String) -> (content: Remittance, leftForward: Money)? {
        guard let head = told ?? reversed else { return nil }
        if reversed == nil, broughtForward == .zero { return (head, .zero) }
        var content = head
        content.claims = (reversed?.claims.map(\.reversed) ?? []) + (told?.claims ?? [])
        content.providerAdjustments = net(
            (reversed?.providerAdjustments.map(\.reversed) ?? []) + (told?.providerAdjustments ?? []))
        if broughtForward != .zero { content.providerAdjustments.append(balance(reference, broughtForward)) }
        let due = (told?.payment ?? .zero) - (reversed?.payment ?? .zero) - broughtForward
        content.payment = max(due, .zero)
        content.paymentNumber = reference
        let left = due < .zero ? -due : .zero
        if left != .zero { content.providerAdjustments.append(balance(reference, -left)) }
        return (content, left)
    }

    /// One adjustment for each reason and reference; what is taken back and told again is no change.
    private func net(_ adjustments: [ProviderAdjustment]) -> [ProviderAdjustment] {
        var net: [ProviderAdjustment] = []
        for adjustment in adjustments {
            if let same = net.firstIndex(where: {
                $0.reason == adjustment.reason && $0.reference == adjustment.reference
            }) {
                net[same].amount = net[same].amount + adjustment.amount
            } else {
                net.append(adjustment)
            }
        }
        return net.filter { $0.amount != .zero }
    }

    private func balance(_ reference: String, _ amount: Money) -> ProviderAdjustment {
        ProviderAdjustment(reason: ProviderAdjustment.forwardBalance, reference: reference, amount: amount)
    }
}

extension RemittanceClaim {
    /// The claim taken back: the amounts negated, the groups and reasons as they were.
    ///
    /// A claim that was a reversal is told again.
    var reversed: RemittanceClaim {
        var claim = self
        claim.status = status == .reversal ? .primary : .reversal
        claim.charge = -charge
        claim.paid = -paid
        claim.allowed = allowed.map { -$0 }
        claim.adjustments = adjustments.map(\.reversed)
        claim.lines = lines.map { line in
            var line = line
            line.charge = -line.charge
            line.paid = -line.paid
            line.allowed = line.allowed.map { -$0 }
            line.adjustments = line.adjustments.map(\.reversed)
            return line
        }
        return claim
    }
}

extension ClaimAdjustment {
    var reversed: ClaimAdjustment { ClaimAdjustment(group, reason, -amount) }
}

extension ProviderAdjustment {
    var reversed: ProviderAdjustment { ProviderAdjustment(reason: reason, reference: reference, amount: -amount) }
}
