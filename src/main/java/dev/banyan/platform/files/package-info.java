/// Files that people and contacts send: in the data folder, or in an S3 bucket that several servers share.
///
/// Owns the table `removed_files`. May call the core, `config`, `db` and `jobs`. Tables keep a file's path, such as
/// `incoming/…/…`; what is stored
/// under a path never changes. Begin with `FileStore`; `FolderFiles` and `S3Files` are the two places.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.files;
