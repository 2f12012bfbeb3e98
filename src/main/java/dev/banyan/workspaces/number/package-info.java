/// The WhatsApp number of a workspace: linking it, its messages, `/api/whatsapp/client|qr|ws`.
///
/// May call the core, `access` and `users`. Begin with `WhatsAppClientResource`.
@NullMarked
package dev.banyan.workspaces.number;

import org.jspecify.annotations.NullMarked;
