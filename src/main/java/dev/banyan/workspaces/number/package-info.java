/// The WhatsApp number of a workspace: linking it, its messages, `/api/whatsapp/client|qr|ws`.
///
/// Owns no tables: the id of the number is in the row of the workspace. May call `administration` and everything below
/// it; it needs the core and `access`.
///
/// Numbers may be removed where nothing knows of workspaces, on the board or in the console: `RemovedNumberListener`
/// then clears the row. `NumberHistory` leaves out what is said in inboxes, which belongs to the members. A
/// subscription of `NumberSocket` is of a workspace and not of its number, so it survives a change of number. Begin
/// with `WhatsAppClientResource`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.number;
