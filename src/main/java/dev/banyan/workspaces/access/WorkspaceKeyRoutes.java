package dev.banyan.workspaces.access;

import module java.base;

/// The routes that programs can use with a key of a workspace, and the permission that each needs. A key opens no route
/// that isn't here.
public final class WorkspaceKeyRoutes {

    private static final String IN_WORKSPACE = "/api/projects/{projectId}/sub-clients/{subClientId}";
    private static final String OF_MEMBERS = "/api/sub-client";

    private static final Map<String, KeyPermission> ROUTES = routes();

    private WorkspaceKeyRoutes() {}

    private static Map<String, KeyPermission> routes() {
        var routes = new TreeMap<String, KeyPermission>();
        put(routes, KeyPermission.USERS, IN_WORKSPACE, """
                GET /users
                POST /users
                DELETE /users/{userId}
                PUT /users/{userId}/role
                GET /invitations
                POST /invitations
                DELETE /invitations
                GET /registrations
                POST /registrations/{registrationId}/approve
                DELETE /registrations/{registrationId}
                """);
        put(routes, KeyPermission.CONVERSATIONS, OF_MEMBERS, """
                GET /conversations
                GET /conversations/{conversationId}
                PUT /conversations/{conversationId}
                DELETE /conversations/{conversationId}
                GET /conversations/{conversationId}/messages
                GET /chat/messages
                POST /chat/send
                POST /attachments
                GET /attachments/{attachmentId}
                DELETE /attachments/{attachmentId}
                """);
        put(routes, KeyPermission.INBOX, OF_MEMBERS, """
                GET /inbox/threads
                GET /inbox/threads/{threadId}
                PUT /inbox/threads/{threadId}
                DELETE /inbox/threads/{threadId}/merge
                GET /inbox/canned-replies
                POST /inbox/canned-replies
                PUT /inbox/canned-replies/{replyId}
                DELETE /inbox/canned-replies/{replyId}
                """);
        put(routes, KeyPermission.MESSAGES, OF_MEMBERS, """
                POST /inbox/threads
                GET /inbox/threads/{threadId}/messages
                GET /inbox/threads/{threadId}/files/{fileId}
                POST /inbox/threads/{threadId}/messages
                """);
        put(routes, KeyPermission.CONTACTS, OF_MEMBERS, """
                GET /inbox/contacts
                """);
        return Map.copyOf(routes);
    }

    private static void put(Map<String, KeyPermission> routes, KeyPermission permission, String below, String lines) {
        lines.lines().forEach(line -> routes.put(line.replaceFirst(" ", " " + below), permission));
    }

    public static Map<String, KeyPermission> all() {
        return ROUTES;
    }

    /// @param route method and path as the resource declares them
    /// @return empty if keys can't use the route
    static Optional<KeyPermission> permission(String route) {
        return Optional.ofNullable(ROUTES.get(route));
    }
}
