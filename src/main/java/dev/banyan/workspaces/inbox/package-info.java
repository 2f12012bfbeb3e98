/// The shared inbox: conversations with contacts on WhatsApp and handed-over chats, replies, assignment, saved replies.
///
/// Owns the tables `contacts`, `contact_words`, `thread_tags`, `note_mentions` and `canned_replies`. May call `chat`
/// and everything below it.
///
/// `InboxArrivals` files what arrives in the transaction in which `whatsapp` writes it down. Ids of contact and
/// conversation are functions of workspace and number, so two first messages at once make one contact. A reply is a
/// message and an order to `Outgoing` in one transaction (`InboxReplies`). Notes and lines about acts have positions
/// below zero, so a reader of the conversation from 1 upward never meets one. `InboxSocket` only says which thread is
/// different. Begin with `InboxArrivals`, `Inbox` and `InboxReplies`.
@org.jspecify.annotations.NullMarked
package dev.banyan.workspaces.inbox;
