package dev.banyan.platform.webhooks;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A kind of event, such as `page.created`.
///
/// @param name the kind of thing, a dot, and what happened to it
/// @param description a full sentence
/// @param data the fields of its data, and what they are
public record EventType(String name, String description, Map<String, String> data) {

    static final String TEST = "webhook.test";
    private static final String BY = "The username of the agent who did it";

    private static final Map<String, String> OF_ACT = Map.of(
            "id", "What it happened to: an id, or a name if there is no id",
            "account", "The id of the account that it belongs to",
            "act", "The act, as in the audit log",
            "details", "What the audit log says about the act; texts by their names");

    private static final Map<String, String> OF_TEST =
            Map.of("id", "The webhook", "account", "The id of the account that the webhook belongs to");

    private static final Map<String, String> OF_MESSAGE = Map.of(
            "id", "The message: GET /api/whatsapp/messages/{id}",
            "account", "The id of the account",
            "master", "The pool",
            "sender", "The number that has it; missing until one was chosen",
            "to", "The contact’s number",
            "state", "queued, sending, sent, delivered, read, failed, uncertain or canceled",
            "error", "Why it failed, if it did");

    private static final Map<String, String> OF_RECEIVED = Map.of(
            "id", "The message: GET /api/whatsapp/inbound lists it",
            "account", "The id of the account",
            "master", "The pool",
            "sender", "The number that the contact wrote to",
            "from", "The contact’s number",
            "name", "The contact’s own name",
            "text", "What the contact wrote; empty if it is only a file",
            "file", "The file’s name and type, if there is one");

    private static final Map<String, String> OF_CONVERSATION = Map.of(
            "id", "The conversation",
            "account", "The id of the account that the workspace belongs to",
            "project", "The id of the project",
            "workspace", "The id of the workspace (sub-client)",
            "channel", "chat or whatsapp",
            "user", "The number of the user whose chat it is; missing on WhatsApp",
            "contact", "The contact’s number; missing in a chat");

    /// What the audit log records, by the event that it is. Acts that are not here concern the server, or one person’s
    /// own security, and are nobody else’s business.
    private static final Map<String, List<String>> ACTS = Map.ofEntries(
            acts("account.created", "AccountRegistered", "SubAccountCreated"),
            acts(
                    "account.updated",
                    "SubAccountUpdated",
                    "NavigationChanged",
                    "SecondFactorRequired",
                    "SecondFactorOptional"),
            acts("account.suspended", "SubAccountSuspended", "SubAccountsSuspended", "AccountDisabled"),
            acts("account.reactivated", "SubAccountReactivated", "SubAccountsReactivated", "AccountEnabled"),
            acts("account.read_only", "SubAccountsReadOnly"),
            acts("account.deleted", "SubAccountDeleted"),
            acts("account.restored", "SubAccountRestored"),
            acts("account.erased", "SubAccountErased"),
            acts("account.offered", "BrandOffered"),
            acts("account.moved", "BrandTransferred", "BrandTransferUndone", "BrandConverted"),
            acts("account.exported", "AccountExported"),
            acts("account.imported", "SubAccountImported"),
            acts("account.support_begun", "SupportBegun"),
            acts("account.support_ended", "SupportEnded"),
            acts("account.plan_changed", "PlanSet", "PlanChanged", "SubscriptionStatusChanged"),
            acts("account.member_invited", "PersonInvited"),
            acts("account.member_added", "InvitationAccepted", "MemberCreatedBySso"),
            acts("account.member_changed", "PersonChanged"),
            acts("account.member_removed", "PersonRemoved", "PersonLeft"),
            acts("page.created", "PageCreated", "PageCopied"),
            acts(
                    "page.updated",
                    "PageUpdated",
                    "PagesReordered",
                    "AppearanceUpdated",
                    "AppearancePushed",
                    "MessageButtonSaved",
                    "MessageButtonRemoved"),
            acts("page.deleted", "PageDeleted"),
            acts("page.restored", "ContentRestored"),
            acts("domain.added", "DomainAdded"),
            acts("domain.proved", "DomainProved"),
            acts("domain.switched_off", "DomainSwitchedOff"),
            acts("domain.removed", "DomainRemoved"),
            acts("link.updated", "LinksUpdated", "LinkGroupsUpdated"),
            acts("short_link.updated", "ShortLinksUpdated"),
            acts("project.created", "ProjectCreated"),
            acts("project.updated", "ProjectUpdated"),
            acts("project.deleted", "ProjectDeleted"),
            acts("workspace.created", "WorkspaceCreated", "WorkspaceImported"),
            acts(
                    "workspace.updated",
                    "WorkspaceUpdated",
                    "WorkspaceBrandChanged",
                    "WorkspaceTemplateApplied",
                    "AssistantChanged",
                    "WorkspaceNumberAdded",
                    "WorkspaceNumberRemoved",
                    "WorkspacePoolAttached",
                    "WorkspacePoolDetached"),
            acts("workspace.deleted", "WorkspaceDeleted"),
            acts("workspace.restored", "WorkspaceRestored"),
            acts("workspace.exported", "WorkspaceExported"),
            acts(
                    "workspace.user_added",
                    "WorkspaceUserAdded",
                    "WorkspaceUserRegistered",
                    "WorkspaceRegistrationApproved",
                    "WorkspaceInvitationAccepted",
                    "WorkspaceUsersImported"),
            acts("workspace.user_invited", "WorkspaceUserInvited"),
            acts("workspace.user_updated", "WorkspaceUserUpdated", "WorkspaceUserRoleChanged"),
            acts("workspace.user_removed", "WorkspaceUserRemoved"),
            acts("conversation.moved", "ConversationMovedIn"),
            acts("sender.added", "MasterAdded", "ServantAdded"),
            acts("sender.linked", "SenderLinked"),
            acts("sender.unlinked", "SenderUnlinked"),
            acts(
                    "sender.updated",
                    "MasterTypeSet",
                    "ServantMoved",
                    "ServantsMoved",
                    "SenderTuned",
                    "SenderPlaced",
                    "SenderProxySet"),
            acts("sender.paused", "SenderPaused"),
            acts("sender.resumed", "SenderResumed"),
            acts("sender.removed", "MasterRemoved", "ServantRemoved"),
            acts("pool.updated", "PoolTuned", "FailoverConfigured", "SenderBrandSet"),
            acts("pool.paused", "PoolPaused"),
            acts("pool.resumed", "PoolResumed"),
            acts("pool.failed_over", "FailedOver"),
            acts("pool.failed_back", "FailedBack"),
            acts("pool.failover_refused", "FailoverRefused"),
            acts("campaign.updated", "CampaignCreated", "CampaignChanged", "CampaignDeleted"),
            acts("campaign.started", "CampaignStarted", "CampaignResumed"),
            acts("campaign.stopped", "CampaignPaused", "CampaignCanceled"),
            acts("contact.opted_out", "ContactOptedOut"),
            acts("contact.opted_in", "ContactOptedIn"));

    private static final Map<String, String> BY_ACT = ACTS.entrySet().stream()
            .flatMap(type -> type.getValue().stream().map(act -> Map.entry(act, type.getKey())))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    private static final Map<String, EventType> ALL = Stream.concat(
                    ACTS.keySet().stream().map(name -> new EventType(name, sentence(name), OF_ACT)),
                    Stream.concat(ofConversations(), ofMessages()))
            .collect(Collectors.toUnmodifiableMap(EventType::name, Function.identity()));

    private static Stream<EventType> ofConversations() {
        return Stream.of(
                new EventType("conversation.created", "A conversation has its first message.", OF_CONVERSATION),
                conversation(
                        "conversation.message_created",
                        "A message was written in a conversation, by either side.",
                        Map.of(
                                "message", "The message",
                                "position", "Its position in the conversation, from 1",
                                "author", "user, contact, assistant or agent",
                                "by", "The username of the agent who wrote it; missing for others",
                                "text", "What it says; empty if it is only a file",
                                "files", "How many files it has")),
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
        return new EventType(name, description, Map.copyOf(data));
    }

    private static Stream<EventType> ofMessages() {
        return Stream.of(
                new EventType(TEST, "A test event, sent whatever the webhook listens to.", OF_TEST),
                new EventType("message.queued", "A message waits to be sent.", OF_MESSAGE),
                new EventType("message.scheduled", "A message is to be sent later.", OF_MESSAGE),
                new EventType("message.sending", "A message is being handed to a number.", OF_MESSAGE),
                new EventType("message.sent", "A message was sent.", OF_MESSAGE),
                new EventType("message.delivered", "A message has reached the contact.", OF_MESSAGE),
                new EventType("message.read", "The contact has read a message.", OF_MESSAGE),
                new EventType("message.failed", "A message could not be sent.", OF_MESSAGE),
                new EventType("message.uncertain", "It is not known whether a message was sent.", OF_MESSAGE),
                new EventType("message.canceled", "A message was canceled before it was sent.", OF_MESSAGE),
                new EventType("message.received", "A contact wrote to a number.", OF_RECEIVED));
    }

    private static Map.Entry<String, List<String>> acts(String name, String... acts) {
        return Map.entry(name, List.of(acts));
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

    /// Returns whether an endpoint can ask for this: a type, all types of a kind (`page.*`), or all (`*`).
    static boolean isPattern(String pattern) {
        return pattern.equals("*")
                || ALL.containsKey(pattern)
                || pattern.endsWith(".*") && ALL.keySet().stream().anyMatch(name -> matches(pattern, name));
    }

    static boolean matches(String pattern, String type) {
        return pattern.equals("*")
                || pattern.equals(type)
                || pattern.endsWith(".*") && type.startsWith(pattern.substring(0, pattern.length() - 1));
    }

    private static String sentence(String name) {
        String[] parts = name.replace('_', ' ').split("\\.");
        String thing = Character.toUpperCase(parts[0].charAt(0)) + parts[0].substring(1);
        return thing + " " + parts[1] + ".";
    }
}
