/// The mail server of a workspace, and the look of its mails.
///
/// Owns the tables `workspace_mail_servers`. May call `access` and everything below it.
///
/// Mails say which workspace they come from (`Mails.sendFrom`); `WorkspaceMails` answers how they are sent, when they
/// are. Begin with `MailServers`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.mail;
