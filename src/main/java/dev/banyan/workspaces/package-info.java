/// Projects, workspaces, workspace users and sessions, conversations, the assistant, `/api/whatsapp/client|qr|ws`.
///
/// Owns the tables `projects`, `workspace_limits`, `sub_clients`, `workspace_old_pathnames`, `sub_client_users`,
/// `workspace_sessions`, `conversations` and `messages`. Calls `platform`, `accounts` and `whatsapp`.
@NullMarked
package dev.banyan.workspaces;

import org.jspecify.annotations.NullMarked;
