import Foundation
import Glibc

/// A file that was moved out of a watched folder's sight and now belongs to one arrival.
///
/// The place is `.mailroom/ARRIVAL/NAME` inside the watched folder: on the same volume by construction, so that the
/// move is one atomic `rename` on every file system and two services cannot both have the file. It stays there until
/// the transaction that takes it in is committed; what a killed service left there is finished at the next start.
struct Claim: Hashable, Sendable {
    static let folderName = ".mailroom"

    let arrivalID: String
    let name: String
    /// The watched folder.
    let folder: String

    private var place: String { "\(folder)/\(Claim.folderName)/\(arrivalID)" }
    var path: String { "\(place)/\(name)" }
    private var original: String { "\(folder)/\(name)" }

    /// Moves the file out of the watched folder; nil when it is no longer there.
    static func make(of name: String, in folder: String, arrivalID: String) throws(ServiceError) -> Claim? {
        let claim = Claim(arrivalID: arrivalID, name: name, folder: folder)
        try makeFolder("\(folder)/\(folderName)")
        try makeFolder(claim.place)
        guard rename(claim.original, claim.path) == 0 else {
            let code = errno
            rmdir(claim.place)
            if code == ENOENT { return nil }
            throw ServiceError.system("move", claim.original, errno: code)
        }
        return claim
    }

    /// The claims that lie in a watched folder: a running one's own, or what a killed one left.
    static func all(in folder: String) throws(ServiceError) -> [Claim] {
        let place = "\(folder)/\(folderName)"
        guard try FileLook(path: place) != nil else { return [] }
        var claims: [Claim] = []
        for arrivalID in try FolderListing.names(in: place) {
            guard try FileLook(path: "\(place)/\(arrivalID)")?.kind == .folder else { continue }
            for name in try FolderListing.names(in: "\(place)/\(arrivalID)") {
                claims.append(Claim(arrivalID: arrivalID, name: name, folder: folder))
            }
            rmdir("\(place)/\(arrivalID)")
        }
        return claims
    }

    /// Puts the file back under its name; false when the name is taken by then, and the claim stays.
    ///
    /// `link` and `unlink` because they never replace a file. When both names exist after a crash, the next start
    /// finds the claim, and the file that has the same inode in the folder is the same file.
    func putBack() throws(ServiceError) -> Bool {
        guard link(path, original) == 0 else {
            if errno == EEXIST { return false }
            throw ServiceError.system("move back", path)
        }
        try discard()
        return true
    }

    /// Removes the claimed file; called when its bytes are in custody and recorded.
    func discard() throws(ServiceError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw ServiceError.system("remove", path) }
        rmdir(place)
    }

    private static func makeFolder(_ path: String) throws(ServiceError) {
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw ServiceError.system("make the folder", path) }
    }
}
