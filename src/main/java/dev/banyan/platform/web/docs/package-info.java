/// The documentation at `/docs`: the Markdown files of the repository's `docs` folder that are for people, packed with
/// the program, so that it's read without a network and fits the version that runs.
///
/// Owns no tables. May call `platform.web.page` and everything below it. Documents are read once, when someone first
/// asks, and so is each page drawn. A new document needs a line in `Documents`. Begin with `Documents`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.web.docs;
