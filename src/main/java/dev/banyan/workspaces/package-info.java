/// Projects, workspaces, workspace users and sessions, conversations, the assistant.
///
/// May call `platform`, `accounts` and `whatsapp`. Arrives with the next issue: nothing lives here yet.
@NullMarked
package dev.banyan.workspaces;

import org.jspecify.annotations.NullMarked;
