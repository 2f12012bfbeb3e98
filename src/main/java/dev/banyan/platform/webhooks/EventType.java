package dev.banyan.platform.webhooks;

import module java.base;

/// A kind of event, such as `page.created`.
///
/// @param name the kind of thing, a dot, and what happened to it
/// @param description a full sentence
/// @param reading what a key must hold to hear it
/// @param data the fields of its data, and what they are
public record EventType(String name, String description, Reading reading, Map<String, String> data) {

    private record OfAct(Reading reading, List<String> acts) {}

    static final String TEST = "webhook.test";
    private static final String BY = "The username of the agent who did it";

    private static final String AD =
            "The ad or post that led the contact here: type, id, headline, url and click; missing for other messages";

    private static final String FILE =
            "The file that the contact sent: name, type, size, and url to fetch it with a key; missing if there is none";

    private static final Map<String, String> OF_ACT = Map.of(
            "id", "What it happened to: an id, or a name if there is no id",
            "account", "The id of the account that it belongs to",
            "act", "The act, as in the audit log",
            "details", "What the audit log says about the act; texts by their names");

    private static final Map<String, String> OF_TEST =
            Map.of("id", "The webhook", "account", "The id of the account that the webhook belongs to");

    private static final Map<String, String> OF_MESSAGE = Map.ofEntries(
            Map.entry("id", "The message: GET /api/whatsapp/messages/{id}"),
            Map.entry("account", "The id of the account"),
            Map.entry("master", "The pool"),
            Map.entry("sender", "The number that has it; missing until one was chosen"),
            Map.entry("to", "The contact’s number; null while WhatsApp hides it"),
            Map.entry("contact", "The contact: the number, or the id that WhatsApp tells instead"),
            Map.entry("state", "scheduled, queued, sending, sent, delivered, read, failed, uncertain or canceled"),
            Map.entry("error", "Why it failed, if it did"),
            Map.entry("origin", "phone if it was written on the phone; missing for messages that were sent from here"),
            Map.entry("test", "true if a key in test mode ordered it; missing for messages that are sent"));

    private static final Map<String, String> OF_RECEIVED = Map.ofEntries(
            Map.entry("id", "The message: GET /api/whatsapp/inbound lists it"),
            Map.entry("account", "The id of the account"),
            Map.entry("master", "The pool"),
            Map.entry("sender", "The number that the contact wrote to"),
            Map.entry("from", "The contact’s number; null while WhatsApp hides it"),
            Map.entry("contact", "The contact: the number, or the id that WhatsApp tells instead"),
            Map.entry("name", "The contact’s own name"),
            Map.entry("username", "What WhatsApp calls the contact without a number; missing if it doesn’t tell"),
            Map.entry("text", "What the contact wrote; empty if it is only a file"),
            Map.entry("ad", AD),
            Map.entry("file", FILE));

    private static final Map<String, String> OF_CONVERSATION = Map.of(
            "id", "The conversation",
            "account", "The id of the account that the workspace belongs to",
            "project", "The id of the project",
            "workspace", "The id of the workspace (sub-client)",
            "channel", "chat or whatsapp",
            "user", "The number of the user whose chat it is; missing on WhatsApp",
            "contact", "The contact’s number; missing in a chat");

    private static final Map<String, String> OF_VISIT = Map.of(
            "account", "The id of the account that was visited",
            "count", "How many visits these are; more than are listed if there were over 1,000 within half a second");

    private static final String OF_EACH =
            "country (a code such as AT), device (Phone, Tablet, Computer or Other), referrer"
                    + " (a host), source, medium and campaign (the UTM fields of the address), and scanned (true for a QR code)."
                    + " What is unknown is missing";

    /// What the audit log records, by the event that it is. Acts that are not here concern the server, or one person’s
    /// own security, and are nobody else’s business.
    private static final Map<String, OfAct> ACTS = Map.ofEntries(
            acts("account.created", Reading.BRANDS, "AccountRegistered", "SubAccountCreated"),
            acts(
                    "account.updated",
                    Reading.BRANDS,
                    "SubAccountUpdated",
                    "SubAccountRenamed",
                    "AccountRenamed",
                    "NavigationChanged",
                    "SecondFactorRequired",
                    "SecondFactorOptional"),
            acts("account.suspended", Reading.BRANDS, "SubAccountSuspended", "SubAccountsSuspended", "AccountDisabled"),
            acts(
                    "account.reactivated",
                    Reading.BRANDS,
                    "SubAccountReactivated",
                    "SubAccountsReactivated",
                    "AccountEnabled"),
            acts("account.read_only", Reading.BRANDS, "SubAccountsReadOnly"),
            acts("account.deleted", Reading.BRANDS, "SubAccountDeleted"),
            acts("account.restored", Reading.BRANDS, "SubAccountRestored"),
            acts("account.erased", Reading.BRANDS, "SubAccountErased"),
            acts("account.offered", Reading.PEOPLE, "BrandOffered"),
            acts("account.moved", Reading.PEOPLE, "BrandTransferred", "BrandTransferUndone", "BrandConverted"),
            acts("account.exported", Reading.PEOPLE, "AccountExported"),
            acts("account.imported", Reading.BRANDS, "SubAccountImported"),
            acts("account.support_begun", Reading.PEOPLE, "SupportBegun"),
            acts("account.support_ended", Reading.PEOPLE, "SupportEnded"),
            acts("account.plan_changed", Reading.SUBSCRIPTION, "PlanSet", "PlanChanged", "SubscriptionStatusChanged"),
            acts("account.member_invited", Reading.MEMBERS, "PersonInvited"),
            acts("account.member_added", Reading.MEMBERS, "InvitationAccepted", "MemberCreatedBySso"),
            acts("account.member_changed", Reading.MEMBERS, "PersonChanged"),
            acts("account.member_removed", Reading.MEMBERS, "PersonRemoved", "PersonLeft"),
            acts("page.created", Reading.PAGES, "PageCreated", "PageCopied"),
            acts(
                    "page.updated",
                    Reading.PAGES,
                    "PageUpdated",
                    "PagesReordered",
                    "AppearanceUpdated",
                    "AppearancePushed",
                    "MessageButtonSaved",
                    "MessageButtonRemoved"),
            acts("page.deleted", Reading.PAGES, "PageDeleted"),
            acts("page.restored", Reading.PAGES, "ContentRestored"),
            acts("domain.added", Reading.DOMAINS, "DomainAdded"),
            acts("domain.proved", Reading.DOMAINS, "DomainProved", "DomainIncluded"),
            acts("domain.switched_off", Reading.DOMAINS, "DomainSwitchedOff", "DomainLapsed"),
            acts("domain.removed", Reading.DOMAINS, "DomainRemoved"),
            acts("link.updated", Reading.LINKS, "LinksUpdated", "LinkGroupsUpdated"),
            acts("short_link.updated", Reading.SHORT_LINKS, "ShortLinksUpdated"),
            acts("project.created", Reading.PROJECTS, "ProjectCreated"),
            acts("project.updated", Reading.PROJECTS, "ProjectUpdated"),
            acts("project.deleted", Reading.PROJECTS, "ProjectDeleted"),
            acts("workspace.created", Reading.WORKSPACES, "WorkspaceCreated", "WorkspaceImported"),
            acts(
                    "workspace.updated",
                    Reading.WORKSPACES,
                    "WorkspaceUpdated",
                    "WorkspaceBrandChanged",
                    "WorkspaceTemplateApplied",
                    "AssistantChanged",
                    "WorkspaceNumberAdded",
                    "WorkspaceNumberRemoved",
                    "WorkspacePoolAttached",
                    "WorkspacePoolDetached"),
            acts("workspace.deleted", Reading.WORKSPACES, "WorkspaceDeleted"),
            acts("workspace.restored", Reading.WORKSPACES, "WorkspaceRestored"),
            acts("workspace.exported", Reading.WORKSPACES, "WorkspaceExported"),
            acts(
                    "workspace.user_added",
                    Reading.USERS,
                    "WorkspaceUserAdded",
                    "WorkspaceUserRegistered",
                    "WorkspaceRegistrationApproved",
                    "WorkspaceInvitationAccepted",
                    "WorkspaceUsersImported"),
            acts("workspace.user_invited", Reading.USERS, "WorkspaceUserInvited"),
            acts("workspace.user_updated", Reading.USERS, "WorkspaceUserUpdated", "WorkspaceUserRoleChanged"),
            acts("workspace.user_removed", Reading.USERS, "WorkspaceUserRemoved"),
            acts("conversation.moved", Reading.PEOPLE, "ConversationMovedIn"),
            acts("sender.added", Reading.NUMBERS, "MasterAdded", "ServantAdded"),
            acts("sender.linked", Reading.NUMBERS, "SenderLinked"),
            acts("sender.unlinked", Reading.NUMBERS, "SenderUnlinked"),
            acts(
                    "sender.updated",
                    Reading.NUMBERS,
                    "MasterTypeSet",
                    "ServantMoved",
                    "ServantsMoved",
                    "SenderTuned",
                    "SenderPlaced",
                    "SenderProxySet"),
            acts("sender.paused", Reading.NUMBERS, "SenderPaused"),
            acts("sender.resumed", Reading.NUMBERS, "SenderResumed"),
            acts("sender.removed", Reading.NUMBERS, "MasterRemoved", "ServantRemoved"),
            acts("pool.updated", Reading.POOLS, "PoolTuned", "FailoverConfigured", "SenderBrandSet"),
            acts("pool.paused", Reading.POOLS, "PoolPaused"),
            acts("pool.resumed", Reading.POOLS, "PoolResumed"),
            acts("pool.failed_over", Reading.POOLS, "FailedOver"),
            acts("pool.failed_back", Reading.POOLS, "FailedBack"),
            acts("pool.failover_refused", Reading.POOLS, "FailoverRefused"),
            acts("campaign.updated", Reading.CAMPAIGNS, "CampaignCreated", "CampaignChanged", "CampaignDeleted"),
            acts("campaign.started", Reading.CAMPAIGNS, "CampaignStarted", "CampaignResumed"),
            acts("campaign.stopped", Reading.CAMPAIGNS, "CampaignPaused", "CampaignCanceled"),
            acts("contact.opted_out", Reading.CONTACTS, "ContactOptedOut"),
            acts("contact.opted_in", Reading.CONTACTS, "ContactOptedIn"));

    private static final Map<String, String> BY_ACT = ACTS.entrySet().stream()
            .flatMap(type -> type.getValue().acts().stream().map(act -> Map.entry(act, type.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, EventType> ALL = Stream.concat(
                    ACTS.entrySet().stream()
                            .map(act -> new EventType(
                                    act.getKey(),
                                    sentence(act.getKey()),
                                    act.getValue().reading(),
                                    OF_ACT)),
                    Stream.of(ofConversations(), ofMessages(), ofVisits()).flatMap(Function.identity()))
            .collect(Collectors.toUnmodifiableMap(EventType::name, Function.identity()));

    private static Stream<EventType> ofConversations() {
        return Stream.of(
                new EventType(
                        "conversation.created",
                        "A conversation has its first message.",
                        Reading.PEOPLE,
                        OF_CONVERSATION),
                conversation(
                        "conversation.message_created",
                        "A message was written in a conversation, by either side.",
                        Map.of(
                                "message", "The message",
                                "position", "Its position in the conversation, from 1",
                                "author", "user, contact, assistant or agent",
                                "by", "The username of the agent who wrote it; missing for others",
                                "origin",
                                        "phone if it was written on the phone; api, campaign, pool or automatic if it was sent past the inbox; missing for messages that were written in it",
                                "text",
                                        "What it says; empty if it is only a file. Missing while a user writes with the assistant alone",
                                "files", "How many files it has",
                                "file", FILE,
                                "ad", AD)),
                conversation(
                        "conversation.assigned",
                        "A conversation was assigned, or is no longer assigned.",
                        Map.of("assignee", "A username; missing if it is no longer assigned", "by", BY)),
                conversation("conversation.closed", "A conversation was closed.", Map.of("by", BY)),
                conversation(
                        "conversation.reopened",
                        "A closed conversation is open again.",
                        Map.of("by", BY + "; missing if the customer’s message did")),
                conversation(
                        "conversation.handed_over",
                        "People answer in a conversation instead of the assistant.",
                        Map.of("by", "Who took it over; missing if the assistant asked for a person")));
    }

    private static EventType conversation(String name, String description, Map<String, String> more) {
        var data = new HashMap<>(OF_CONVERSATION);
        data.putAll(more);
        return new EventType(name, description, Reading.PEOPLE, Map.copyOf(data));
    }

    private static Stream<EventType> ofMessages() {
        return Stream.of(
                new EventType(TEST, "A test event, sent whatever the webhook listens to.", Reading.NOTHING, OF_TEST),
                new EventType("message.queued", "A message waits to be sent.", Reading.MESSAGES, OF_MESSAGE),
                new EventType("message.scheduled", "A message is to be sent later.", Reading.MESSAGES, OF_MESSAGE),
                new EventType(
                        "message.sending", "A message is being handed to a number.", Reading.MESSAGES, OF_MESSAGE),
                new EventType("message.sent", "A message was sent.", Reading.MESSAGES, OF_MESSAGE),
                new EventType("message.delivered", "A message has reached the contact.", Reading.MESSAGES, OF_MESSAGE),
                new EventType("message.read", "The contact has read a message.", Reading.MESSAGES, OF_MESSAGE),
                new EventType("message.failed", "A message could not be sent.", Reading.MESSAGES, OF_MESSAGE),
                new EventType(
                        "message.uncertain",
                        "It is not known whether a message was sent.",
                        Reading.MESSAGES,
                        OF_MESSAGE),
                new EventType(
                        "message.canceled", "A message was canceled before it was sent.", Reading.MESSAGES, OF_MESSAGE),
                new EventType("message.received", "A contact wrote to a number.", Reading.MESSAGES, OF_RECEIVED));
    }

    private static Stream<EventType> ofVisits() {
        return Stream.of(
                visits("page.viewed", "Visitors opened pages.", "page (its id)"),
                visits("link.clicked", "Visitors followed links of pages.", "page and link (their ids)"),
                visits(
                        "short_link.clicked",
                        "Visitors followed short links.",
                        "shortLink (its id), variant (which of its targets, if there are several)"));
    }

    private static EventType visits(String name, String description, String ofWhat) {
        var data = new HashMap<>(OF_VISIT);
        data.put("visits", "Up to 100 visits, each with at (its time), " + ofWhat + ", " + OF_EACH);
        return new EventType(
                name,
                description + " Up to 100 visits in one event, sent only to webhooks that list this type.",
                Reading.VISITS,
                Map.copyOf(data));
    }

    private static Map.Entry<String, OfAct> acts(String name, Reading reading, String... acts) {
        return Map.entry(name, new OfAct(reading, List.of(acts)));
    }

    /// Returns all, by their names.
    public static List<EventType> all() {
        return ALL.values().stream()
                .sorted(java.util.Comparator.comparing(EventType::name))
                .toList();
    }

    /// Returns the event that an act of the audit log is.
    static Optional<String> ofAct(String act) {
        return Optional.ofNullable(BY_ACT.get(act));
    }

    /// Returns the workspace that an act is about: its id is the target of what the audit log records about it.
    static Optional<String> workspace(String type, String target) {
        return type.startsWith("workspace.") || type.equals("conversation.moved")
                ? Optional.of(target)
                : Optional.empty();
    }

    static List<String> ofVisitors() {
        return all().stream()
                .filter(type -> type.reading == Reading.VISITS)
                .map(EventType::name)
                .toList();
    }

    static boolean isOfVisitors(String type) {
        EventType known = ALL.get(type);
        return known != null && known.reading == Reading.VISITS;
    }

    /// Returns whether an endpoint can ask for this: a type, all types of a kind (`page.*`), or all (`*`).
    static boolean isPattern(String pattern) {
        return pattern.equals("*")
                || ALL.containsKey(pattern)
                || pattern.endsWith(".*") && ALL.keySet().stream().anyMatch(name -> matches(pattern, name));
    }

    static boolean matches(String pattern, String type) {
        return pattern.equals(type)
                || !isOfVisitors(type)
                        && (pattern.equals("*")
                                || pattern.endsWith(".*")
                                        && type.startsWith(pattern.substring(0, pattern.length() - 1)));
    }

    /// Returns those of these patterns that a key with these permissions may hear. A pattern for several types becomes
    /// those of them that it may hear; `*` stays only for people.
    ///
    /// @param permissions empty for people, who may hear all
    static List<String> heard(List<String> patterns, Optional<Set<String>> permissions) {
        return permissions.isEmpty()
                ? patterns
                : patterns.stream()
                        .flatMap(pattern -> isHeard(pattern, permissions.get())
                                ? Stream.of(pattern)
                                : ALL.values().stream()
                                        .filter(type -> !pattern.equals("*")
                                                && !type.name.equals(TEST)
                                                && matches(pattern, type.name)
                                                && type.reading.isHeldBy(permissions.get()))
                                        .map(EventType::name)
                                        .sorted())
                        .distinct()
                        .toList();
    }

    /// Returns whether a key with these permissions may hear all that this pattern means, now and later.
    private static boolean isHeard(String pattern, Set<String> permissions) {
        List<EventType> meant = ALL.values().stream()
                .filter(type -> matches(pattern, type.name))
                .toList();
        return !pattern.equals("*")
                && !meant.isEmpty()
                && meant.stream().allMatch(type -> type.reading.isHeldBy(permissions));
    }

    /// Returns the types that a key with these permissions may not hear.
    static List<String> unheard(Set<String> permissions) {
        return ALL.values().stream()
                .filter(type -> !type.reading.isHeldBy(permissions))
                .map(EventType::name)
                .sorted()
                .toList();
    }

    private static String sentence(String name) {
        String[] parts = name.replace('_', ' ').split("\\.");
        String thing = Character.toUpperCase(parts[0].charAt(0)) + parts[0].substring(1);
        return thing + " " + parts[1] + ".";
    }
}
