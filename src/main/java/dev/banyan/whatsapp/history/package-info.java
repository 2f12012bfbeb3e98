/// Lists of messages and sender events, their figures and their retention.
///
/// Owns the tables `sender_hours`, `sender_ratings`, `portfolio_people`, `portfolio_counts`, `incoming_messages` and
/// `message_reactions`. May call the core and `changes`.
///
/// The narrowest filter leads along an index in its order; all others, and words, are checked on at most 10,000 rows
/// per page, and the page says where the next one continues. So a search costs the same however long the history is,
/// and sending pays for no word index. Begin with `MessageHistory`.
@org.jspecify.annotations.NullMarked
package dev.banyan.whatsapp.history;
