/// What reads, as `DocumentResult.versions.reader` names it; a change of it may change what is read.
package let readerVersion = "1"
