import Foundation

/// Where an endpoint may be: its rule for addresses, applied to what its host's name was found to mean.
struct AddressRule {
    private let isEncrypted: Bool
    private let privateAddresses: Webhook.PrivateAddresses

    init(_ endpoint: Endpoint) {
        isEncrypted = endpoint.url.scheme?.lowercased() == "https"
        privateAddresses = endpoint.privateAddresses
    }

    /// The sentence that says why it may not be called; nil when each of `addresses` may be.
    func problem(host: String, addresses: [IPAddress]) -> String? {
        for address in addresses {
            switch (address.reach, privateAddresses, isEncrypted) {
            case (.forbidden, _, _):
                return "'\(host)' is \(address), an address that no webhook may call."
            case (.local, .deny, _):
                return "'\(host)' is \(address), inside this network. Set private_addresses: allow if it belongs there."
            case (.global, _, false):
                return "'\(host)' is \(address), on the internet: patients' data goes there by https only."
            case (.local, .allow, _), (.global, _, true):
                continue
            }
        }
        return nil
    }
}
