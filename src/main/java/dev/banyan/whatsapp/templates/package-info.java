/// The templates of a connection's business: listed, read again, previewed, sent as a test, submitted, changed and
/// deleted.
///
/// Owns no tables: templates are kept by WhatsApp, and read through `GatewayTemplates` in `drivers`. May call the core
/// and the rooms up to `drivers`. Begin with `Templates` and `TemplateChanges`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.templates;
