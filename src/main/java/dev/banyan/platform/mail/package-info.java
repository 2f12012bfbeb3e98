/// Outgoing mail: a row of the transaction that causes it, sent afterwards by a job.
///
/// Owns the tables `mails` and `server_mail`. May call the core and the rooms up to `audit`. So no mail is lost, and
/// none is sent for a
/// change that did not happen. `MailMask` removes whatever opens a door before operators see a mail. Begin with
/// `Mails`.
@org.jspecify.annotations.NullMarked
package dev.banyan.platform.mail;
