package dev.banyan.platform.web.json;

import module java.base;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/// Adds the failures that routes share to `/openapi.json`: what the guards answer, derived from the path and the
/// parameters of a route.
///
/// A resource describes its success and the failures that are specific to it; its own text for a status wins. A path
/// with a new guard gets its rules here.
final class CommonResponses {

    private static final String PROJECTS = "/api/projects";
    private static final String SUB_CLIENT = PROJECTS + "/{projectId}/sub-clients/{subClientId}";
    private static final String WHATSAPP = "/api/whatsapp";
    private static final String WORKSPACE = "/api/sub-client";

    /// For each status, the first matching rule wins.
    private static final List<Rule> RULES = List.of(
            new Rule("400", "A field is invalid", Route::takesBody),
            new Rule("400", "A parameter is invalid", below(WHATSAPP).and(Route::isList)),
            new Rule("400", "limit or after is invalid", below(PROJECTS).and(Route::isList)),
            new Rule("401", "Unauthorized", below("/api", "admin", "siteadmin", "me")),
            new Rule("401", "Not authenticated", below("/api", "projects", "inboxes", "whatsapp", "confirm")),
            new Rule(
                    "401",
                    "Not authenticated",
                    below(
                            WORKSPACE,
                            "attachments",
                            "chat",
                            "conversations",
                            "inbox",
                            "logout",
                            "me",
                            "password",
                            "proof")),
            new Rule("403", "Insufficient permissions", below("/api/siteadmin")),
            new Rule("403", "A user of a sub-client", below(WHATSAPP, "media", "messages", "simulator")),
            new Rule(
                    "403",
                    "A sub-account, or a user of a sub-client",
                    below(
                            WHATSAPP,
                            "campaigns",
                            "connections",
                            "inbound",
                            "masters",
                            "opt-out-settings",
                            "opt-outs",
                            "pools",
                            "proxies",
                            "senders",
                            "servants")),
            new Rule(
                    "403",
                    "A user of the sub-client who is not an admin",
                    below(WHATSAPP, "client", "qr").or(below(SUB_CLIENT, "assistant"))),
            new Rule(
                    "403",
                    "Not an admin of the sub-client",
                    below(SUB_CLIENT, "api-keys", "audit", "invitations", "registrations", "sso", "users")),
            new Rule("403", "A user of the sub-client", below(SUB_CLIENT, "webhooks")),
            new Rule("403", "Not an agent or admin of the workspace", below(WORKSPACE, "inbox")),
            new Rule("404", "Project not found", of("projectId")),
            new Rule("404", "Sub-client not found", of("subClientId")),
            new Rule("404", "Sub-client or user not found", of("userId")),
            new Rule("404", "Sub-client or registration not found", of("registrationId")),
            new Rule("404", "Sub-client or webhook not found", of("webhookId")),
            new Rule("404", "Sub-client or API key not found", of("keyId")),
            new Rule("404", "Conversation not found", of("conversationId").or(below(WORKSPACE, "chat"))),
            new Rule("404", "Not found in this workspace", of("threadId").or(of("replyId"))),
            new Rule("404", "File not found", of("attachmentId").or(of("mediaId"))),
            new Rule("404", "Master account not found", of("masterId")),
            new Rule("404", "Servant account not found", of("servantId")),
            new Rule("404", "Account not found", of("senderId")),
            new Rule("404", "Proxy not found", of("proxyId")),
            new Rule("404", "Message not found", of("messageId")),
            new Rule("404", "Campaign not found", of("campaignId")),
            new Rule("429", "Too many requests", below("/api", "confirm", "login", "register")),
            new Rule(
                    "429",
                    "Too many requests",
                    below("/api/public", "Login", "PasswordReset", "RefreshToken", "Signup")),
            new Rule(
                    "429",
                    "Too many requests",
                    below(
                            WORKSPACE,
                            "confirm/again",
                            "forgot-password",
                            "invitation",
                            "login",
                            "password",
                            "proof",
                            "register")));

    private record Rule(String status, String description, Predicate<Route> applies) {}

    private record Route(String path, Operation operation) {

        boolean takesBody() {
            return operation.getRequestBody() != null;
        }

        /// Whether it returns a list in parts, as [Paging] reads them.
        boolean isList() {
            return operation.getParameters() != null
                    && operation.getParameters().stream().anyMatch(parameter -> "limit".equals(parameter.getName()));
        }
    }

    private CommonResponses() {}

    /// Adds the responses that a route does not describe itself, and sorts all of them by status.
    static void addTo(String path, Operation operation) {
        var route = new Route(path, operation);
        Map<String, APIResponse> responses =
                new TreeMap<>(operation.getResponses().getAPIResponses());
        RULES.stream()
                .filter(rule -> rule.applies().test(route))
                .forEach(rule -> responses.computeIfAbsent(
                        rule.status(), _ -> OASFactory.createAPIResponse().description(rule.description())));
        operation.getResponses().setAPIResponses(responses);
    }

    /// Whether a guard asks for a session: one of the rules above says what it answers without one. A 401 that a route
    /// describes itself, such as that of a wrong password, says nothing about sessions.
    static boolean needsSession(String path, Operation operation) {
        var route = new Route(path, operation);
        return RULES.stream()
                .anyMatch(rule -> rule.status().equals("401") && rule.applies().test(route));
    }

    /// Matches a path and everything below it.
    private static Predicate<Route> below(String path) {
        return route -> (route.path() + "/").startsWith(path + "/");
    }

    private static Predicate<Route> below(String path, String first, String... others) {
        return Stream.of(others).map(name -> below(path + "/" + name)).reduce(below(path + "/" + first), Predicate::or);
    }

    /// Matches routes whose last path parameter is this one.
    private static Predicate<Route> of(String parameter) {
        return route ->
                route.path().startsWith("{" + parameter + "}", route.path().lastIndexOf('{'));
    }
}
