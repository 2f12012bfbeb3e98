/// Conversations with customers on WhatsApp: threads, replies, assignment, saved replies.
///
/// May call `chat` and everything below it. Begin with `Inbox`.
@NullMarked
package dev.banyan.workspaces.inbox;

import org.jspecify.annotations.NullMarked;
