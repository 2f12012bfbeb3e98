/// The pages on which people edit their pages, links and groups.
///
/// Owns no tables. May call all rooms of pages.
///
/// Each form calls the operation that the JSON route calls too (`Pages`, `Links`, `LinkBatch`). `EditorForms` reads
/// what was posted, `EditorAnswers` turns a result into the form again or a redirect. Begin with `PagesPageResource`
/// and `PageEditorPageResource`.
@org.jspecify.annotations.NullMarked
package dev.banyan.pages.editor;
