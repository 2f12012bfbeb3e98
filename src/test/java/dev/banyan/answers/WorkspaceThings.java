package dev.banyan.answers;

import module java.base;
import dev.banyan.AcmesWorld;
import dev.banyan.TestWorld;
import dev.banyan.workspaces.Workspace;

/// What the routes of a workspace's own people name: its address, a conversation with the assistant, and a thread of
/// its inbox.
final class WorkspaceThings {

    private static final String CONVERSATION = "01900000-0000-7000-8000-0000000000f1";
    private static final String THREAD = "01900000-0000-7000-8000-0000000000f2";
    private static final String CONTACT = "01900000-0000-7000-8000-0000000000f3";
    private static final String REPLY = "01900000-0000-7000-8000-0000000000f4";

    private WorkspaceThings() {}

    static Map<String, String> of(AcmesWorld acmes) {
        TestWorld people = acmes.people();
        Workspace workspace = acmes.admin().workspace();
        String tenant = people.acme().account().toString();
        for (String table : List.of("inbox_threads", "messages")) {
            people.sql("DELETE FROM " + table + " WHERE conversation_id IN (?, ?)", CONVERSATION, THREAD);
        }
        people.sql("DELETE FROM conversations WHERE id IN (?, ?)", CONVERSATION, THREAD);
        people.sql("DELETE FROM contacts WHERE id = ?", CONTACT);
        people.sql("DELETE FROM canned_replies WHERE id = ?", REPLY);
        people.sql(
                "INSERT INTO conversations (id, tenant_id, sub_client_id, kind, user_id, title, message_count,"
                        + " created_at, updated_at) VALUES (?, ?, ?, 'assistant', ?, 'Hours', 0, 1, 1)",
                CONVERSATION,
                tenant,
                workspace.id().value(),
                acmes.admin().id());
        people.sql(
                "INSERT INTO contacts (id, tenant_id, sub_client_id, phone, name, created_at, updated_at)"
                        + " VALUES (?, ?, ?, '+971500000201', 'Amal', 1, 1)",
                CONTACT,
                tenant,
                workspace.id().value());
        people.sql(
                "INSERT INTO conversations (id, tenant_id, sub_client_id, kind, title, message_count, created_at,"
                        + " updated_at) VALUES (?, ?, ?, 'whatsapp', 'Amal', 1, 1, 1)",
                THREAD,
                tenant,
                workspace.id().value());
        people.sql(
                "INSERT INTO messages (id, tenant_id, sub_client_id, conversation_id, position, role, body, client_key,"
                        + " created_at) VALUES ('01900000-0000-7000-8000-0000000000f5', ?, ?, ?, 1, 'contact',"
                        + " 'Are you open?', 'key', 1)",
                tenant,
                workspace.id().value(),
                THREAD);
        people.sql(
                "INSERT INTO inbox_threads (conversation_id, tenant_id, sub_client_id, channel, contact_id, state,"
                        + " unread_count, last_text, last_role, last_message_at, created_at)"
                        + " VALUES (?, ?, ?, 'whatsapp', ?, 'open', 1, 'Are you open?', 'contact', 1, 1)",
                THREAD,
                tenant,
                workspace.id().value(),
                CONTACT);
        people.sql(
                "INSERT INTO canned_replies (id, tenant_id, sub_client_id, name, body, created_at, updated_at)"
                        + " VALUES (?, ?, ?, 'hours', 'We open at nine', 1, 2)",
                REPLY,
                tenant,
                workspace.id().value());
        return Map.ofEntries(
                Map.entry("shortPath", workspace.shortPath()),
                Map.entry("conversationId", CONVERSATION),
                Map.entry("threadId", THREAD),
                Map.entry("replyId", REPLY),
                Map.entry("attachmentId", "01900000-0000-7000-8000-0000000000f6"),
                Map.entry("fileId", "01900000-0000-7000-8000-0000000000f7"),
                Map.entry("username", people.north().username()),
                Map.entry("slug", "main"),
                Map.entry("id", "01900000-0000-7000-8000-0000000000f8"),
                Map.entry("list", "1"),
                Map.entry("event", "message"),
                Map.entry("key", "no-key"),
                Map.entry("token", "no-token"));
    }
}
