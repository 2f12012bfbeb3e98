/// What the HTML pages share: the frame, forms and their errors, assets, QR codes, error pages.
///
/// Owns no tables. May call `platform.web` and everything below it. A page is a record, checked against its template at
/// build time. The sentences that follow an act are one table (`Toasts`); the address carries only a word. Rooms ask
/// with `Confirmation` before they remove something. Begin with `PageFrame` and `Html`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.web.page;
