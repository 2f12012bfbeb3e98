/// Projects, workspaces, their users, conversations and inbox threads: the records, stores and events that the rooms
/// share.
///
/// Owns the tables `projects`, `sub_clients`, `workspace_old_pathnames`, `workspace_words`, `workspace_storage`,
/// `sub_client_users`, `workspace_sessions`, `conversations`, `conversation_words`, `messages`, `attachments`,
/// `inbox_threads` and `workspace_inboxes`. Calls `platform`, `accounts` and `whatsapp`.
///
/// Operations get a `WorkspaceActor`: a person of the project's side or a member of one workspace. Its kind is checked
/// before any id is compared, and `Access` looks it up again in the transaction that acts; `Right` is the table of what
/// each role may do. In a transaction the project is locked first, then the workspace, then its users. Messages of a
/// conversation have positions from 1 without gaps, and a client's own key makes a message that is sent twice one
/// message. Threads of the inbox are conversations with a row next to them (docs/decisions/0018). Begin with
/// `Workspace`, `WorkspaceActor` and `Access`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces;
