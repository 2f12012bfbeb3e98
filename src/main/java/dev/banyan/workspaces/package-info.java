/// Projects, workspaces, workspace users and sessions, conversations, the assistant, `/api/whatsapp/client|qr|ws`.
///
/// Owns the tables `projects`, `workspace_limits`, `sub_clients`, `workspace_old_pathnames`, `sub_client_users`,
/// `workspace_sessions`, `workspace_user_networks`, `workspace_words`, `workspace_storage`, `workspace_invitations`,
/// `workspace_registrations`, `conversations`, `conversation_words`, `messages`, `attachments`, `removed_files`,
/// `contacts`, `inbox_threads`, `thread_tags`, `canned_replies`, `assistants`, `assistant_rules`, `assistant_usage`,
/// `moved_items` and `move_steps`. Calls `platform`, `accounts` and `whatsapp`.
@NullMarked
package dev.banyan.workspaces;

import org.jspecify.annotations.NullMarked;
