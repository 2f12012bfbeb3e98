package dev.banyan.platform.web.json;

import module java.base;

/// Names operations for clients that are made from `/openapi.json`: a verb and what it is about, such as `listMasters`,
/// `pauseSender` and `getSubClientSso`. Names come from the paths, so a route is never named by hand unless its path
/// says too little. A name that was published stays: `OpenApiTest` compares all with a kept list.
final class OperationIds {

    /// Last words of a path that say what is done with what stands before them.
    private static final Set<String> ACTS = Set.of(
            ("approve cancel check confirm drill end give-up import link login logout move pause refuse register replay"
                            + " requeue resend restore resume rotate scan send simulate start sync test try")
                    .split(" "));

    /// Words that end like several things and are one.
    private static final Set<String> ONE = Set.of("metrics", "settings", "opt-out-settings", "address", "sso");

    /// Where the path says too little, or something else.
    private static final Map<String, String> SAID_BETTER = Map.ofEntries(
            Map.entry("POST /api/admin/2fatokensetup", "setUpSecondFactor"),
            Map.entry("POST /api/admin/DeleteSubAccount", "deleteSubAccountByPost"),
            Map.entry("POST /api/admin/apikeyscreate", "createApiKey"),
            Map.entry("DELETE /api/admin/apikeysdelete", "deleteApiKey"),
            Map.entry("GET /api/admin/apikeyslist", "listApiKeys"),
            Map.entry("PUT /api/admin/apikeysupdate", "updateApiKey"),
            Map.entry("GET /api/admin/search", "search"),
            Map.entry("GET /api/me", "getMe"),
            Map.entry("POST /api/projects/{projectId}/sub-clients/bulk", "createSubClients"),
            Map.entry("POST /api/projects/{projectId}/sub-clients/bulk/acts", "actOnSubClients"),
            Map.entry(
                    "GET /api/projects/{projectId}/sub-clients/{subClientId}/users/import", "listSubClientUserImports"),
            Map.entry("POST /api/public/2fatoken", "sendPublicSecondFactor"),
            Map.entry("POST /api/public/Login", "publicLogin"),
            Map.entry("POST /api/public/Logout", "publicLogout"),
            Map.entry("GET /api/public/l", "getPublicShortLink"),
            Map.entry("GET /api/siteadmin/listtimers", "listSiteTimers"),
            Map.entry("POST /api/siteadmin/runtimer", "runSiteTimer"),
            Map.entry("POST /api/sub-client/attachments", "uploadMemberAttachment"),
            Map.entry("DELETE /api/sub-client/inbox/threads/{threadId}/merge", "undoMemberInboxThreadMerge"),
            Map.entry("GET /api/sub-client/me", "getMember"),
            Map.entry("PUT /api/sub-client/me", "updateMember"),
            Map.entry("POST /api/sub-client/confirm/again", "resendMemberConfirmation"),
            Map.entry("POST /api/sub-client/forgot-password", "requestMemberPasswordLink"),
            Map.entry("POST /api/sub-client/invitation", "acceptMemberInvitation"),
            Map.entry("POST /api/sub-client/chat/send", "sendMemberChatMessage"),
            Map.entry("GET /api/sub-clients/lookup", "lookUpSubClient"),
            Map.entry("POST /api/whatsapp/pools/{masterId}/failover/back", "endPoolFailover"),
            Map.entry("GET /api/whatsapp/inbound", "listInboundMessages"),
            Map.entry("GET /api/whatsapp/inbound/{messageId}/file", "getInboundMessageFile"),
            Map.entry("GET /api/whatsapp/campaigns/{campaignId}/recipients.csv", "exportCampaignRecipients"),
            Map.entry("POST /api/whatsapp/campaigns/{campaignId}/recipients", "addCampaignRecipients"),
            Map.entry("POST /api/whatsapp/connections/{connectionId}/templates/files", "uploadConnectionTemplateFile"),
            Map.entry("POST /api/whatsapp/media", "uploadMedia"),
            Map.entry("POST /api/whatsapp/messages", "orderMessages"),
            Map.entry("POST /api/whatsapp/senders/bulk", "actOnSenders"));

    private OperationIds() {}

    static String of(String method, String path) {
        String better = SAID_BETTER.get(method + " " + path);
        if (better != null) {
            return better;
        }
        List<String> parts = List.of(path.substring("/api/".length()).split("/"));
        String last = parts.getLast();
        return parts.size() == 2 && last.matches("[A-Za-z]*[A-Z][A-Za-z]*")
                ? last.substring(0, 1).toLowerCase(Locale.ROOT) + last.substring(1) // a name of the contract
                : said(method, parts);
    }

    private static String said(String method, List<String> parts) {
        List<String> nouns = nouns(parts);
        String last = parts.getLast();
        if (method.equals("POST") && ACTS.contains(last)) {
            return camel(last) + String.join("", nouns.subList(0, nouns.size() - 1));
        }
        boolean areMany = last.endsWith("s") && !ONE.contains(last);
        return switch (method) {
                    case "GET" -> areMany ? "list" : "get";
                    case "POST" -> "create";
                    case "PUT" -> "update";
                    case "DELETE" -> "delete";
                    default -> throw new IllegalArgumentException(method);
                }
                + (method.equals("POST") && areMany
                        ? String.join("", nouns.subList(0, nouns.size() - 1)) + pascal(one(last))
                        : String.join("", nouns));
    }

    /// Returns what the path is about; what its first part has in common with many others is left out.
    private static List<String> nouns(List<String> parts) {
        var nouns = new ArrayList<String>();
        for (int i = 0; i < parts.size(); i++) {
            String part = parts.get(i);
            boolean isOne = i + 1 < parts.size() && isPlaceholder(parts.get(i + 1));
            boolean isCommon = i == 0
                    && (part.equals("admin") || part.equals("whatsapp") || part.equals("projects") && parts.size() > 2);
            if (!isPlaceholder(part) && !isCommon) {
                nouns.add(pascal(
                        switch (i == 0 ? part : "") {
                            case "sub-client" -> "member";
                            case "siteadmin" -> "site";
                            default -> isOne ? one(part) : part;
                        }));
            }
        }
        return nouns;
    }

    private static boolean isPlaceholder(String part) {
        return part.startsWith("{");
    }

    private static String one(String many) {
        if (ONE.contains(many) || !many.endsWith("s")) {
            return many;
        }
        return many.endsWith("ies")
                ? many.substring(0, many.length() - "ies".length()) + "y"
                : many.substring(0, many.length() - 1);
    }

    private static String pascal(String part) {
        return Arrays.stream(part.split("[-.]"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
    }

    private static String camel(String part) {
        String all = pascal(part);
        return all.substring(0, 1).toLowerCase(Locale.ROOT) + all.substring(1);
    }
}
