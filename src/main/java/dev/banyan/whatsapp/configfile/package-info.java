/// Reads, writes and watches `bots-config.json`, the file that mirrors an account's senders.
///
/// Owns no tables of its own. May call the core and the rooms up to `numbers`.
///
/// The database is right; the file follows. `ConfigMirror` writes the next file inside the transaction, fsyncs it, and
/// renames it after the commit. `FileStamps` notices an edited file before it is replaced: it is kept next to the new
/// one and offered for import. `ConfigImport` reads a file whole, plans, and plans again inside the transaction that
/// does it. Begin with `ConfigMirror` and `ConfigImport`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.configfile;
