package dev.banyan.platform.audit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Each act in plain words. `{key}` stands for a detail; a part in brackets is left out if its detail no longer exists.
public final class AuditWords {

    private static final Map<String, String> SENTENCES = new TreeMap<>(Map.ofEntries(
            Map.entry("AccessDenied", "Was refused access[, {times} times in a minute]"),
            // people and accounts
            Map.entry("AccountRegistered", "Registered the account[ “{username}”]"),
            Map.entry("OperatorCreated", "Became the operator of this server"),
            Map.entry("AccountDisabled", "Switched the account[ “{username}”] off"),
            Map.entry("AccountEnabled", "Switched the account[ “{username}”] on again"),
            Map.entry("AuditVerified", "Verified the audit"),
            Map.entry("LockOutLifted", "Lifted the lock-out[ of {name}]"),
            Map.entry("MailRetried", "Sent a mail of the outbox again"),
            Map.entry("MailDiscarded", "Discarded a mail of the outbox"),
            Map.entry("PasswordReset", "Gave a person a new password"),
            Map.entry("PasswordChosenByMail", "Chose a new password with a mailed code"),
            Map.entry("SecondFactorOn", "Switched two-step sign-in on[: {method}]"),
            Map.entry("SecondFactorOff", "Switched two-step sign-in off"),
            Map.entry("SecondFactorRequired", "Required two-step verification for members"),
            Map.entry("SecondFactorOptional", "Made two-step verification optional for members"),
            Map.entry("SecondFactorReset", "Reset the two-step sign-in of a person"),
            Map.entry("BackupCodesMade", "Made new backup codes"),
            Map.entry("PasskeyAdded", "Added a passkey[: {name}]"),
            Map.entry("PasskeyRenamed", "Renamed a passkey[ to {name}]"),
            Map.entry("PasskeyRemoved", "Removed a passkey[: {name}]"),
            Map.entry("PasswordChanged", "Changed the password"),
            Map.entry("EmailChangeRequested", "Asked for another e-mail"),
            Map.entry("EmailChangeCancelled", "Cancelled the change of the e-mail"),
            Map.entry("EmailChanged", "Changed the e-mail"),
            Map.entry("PhoneChanged", "Changed the phone number"),
            Map.entry("ProfileUpdated", "Changed the profile"),
            Map.entry("ContextSwitched", "Switched to the account[ “{username}”]"),
            Map.entry("ApiKeyCreated", "Made the API key[ “{name}”]"),
            Map.entry("ApiKeyUpdated", "Changed the API key[ “{name}”]"),
            Map.entry("ApiKeyDisabled", "Disabled the API key[ “{name}”]"),
            Map.entry("ApiKeyEnabled", "Made the API key[ “{name}”] active again"),
            Map.entry("ApiKeyDeleted", "Deleted the API key[ “{name}”]"),
            Map.entry("JobStarted", "Ran a job of the server by hand[: {name}]"),
            Map.entry("PersonInvited", "Invited[ {email} as {role}]"),
            Map.entry("InvitationAccepted", "Accepted the invitation[ of {email}]"),
            Map.entry("InvitationRejected", "Declined the invitation[ of {email}]"),
            Map.entry("InvitationWithdrawn", "Took back the invitation[ of {email}]"),
            Map.entry("PersonChanged", "Changed what somebody may do[: {email} is {role} for {scope}]"),
            Map.entry("PersonRemoved", "Ended the work[ of {email}] for the account"),
            Map.entry("PersonLeft", "Stopped working for the account[ as {email}]"),
            // sub-accounts
            Map.entry("SubAccountCreated", "Created the sub-account[ “{username}”]"),
            Map.entry("SubAccountUpdated", "Changed the sub-account[ “{username}”]"),
            Map.entry("SubAccountSuspended", "Suspended the sub-account[ “{username}”]"),
            Map.entry("SubAccountReactivated", "Made the sub-account[ “{username}”] active again"),
            Map.entry("SubAccountDeleted", "Deleted the sub-account[ “{username}”]"),
            Map.entry("SubAccountRestored", "Restored the sub-account[ “{username}”]"),
            Map.entry("SubAccountErased", "Erased the sub-account[ “{username}”] and all that was in it"),
            // plans
            Map.entry("PlanSet", "Set the plan[ to {tier}]"),
            Map.entry("PlanChanged", "Changed the plan[ to {tier}]"),
            Map.entry("SubscriptionStatusChanged", "Changed the subscription[ from {from} to {to}]"),
            Map.entry("SubAccountsChosen", "Chose which sub-accounts stay"),
            Map.entry("SubAccountsReadOnly", "Made sub-accounts read-only, because the plan has no room for them"),
            Map.entry("SubAccountsSuspended", "Suspended sub-accounts, because the plan has no room for them"),
            Map.entry("SubAccountsReactivated", "Made sub-accounts active again, as the plan has room for them"),
            // pages
            Map.entry("PageCreated", "Created the page[ “{slug}”]"),
            Map.entry("PageUpdated", "Changed the page[ “{slug}”]"),
            Map.entry("PageDeleted", "Deleted the page[ “{slug}”]"),
            Map.entry("PageCopied", "Copied a page[ to “{slug}”]"),
            Map.entry("PagesReordered", "Changed the order of the pages"),
            Map.entry("ContentRestored", "Brought back what was deleted[: the {kind} “{name}”]"),
            Map.entry("MessageButtonSaved", "Changed the “Message us” button of a page"),
            Map.entry("MessageButtonRemoved", "Took the “Message us” button off a page"),
            Map.entry(
                    "LinkGroupsUpdated",
                    "Changed groups of links[: {added} added, {updated} changed, {removed} removed]"),
            Map.entry("WeeklyReportChanged", "Switched the weekly report of visits on or off[: on is {on}]"),
            Map.entry("LinksUpdated", "Changed links[: {added} added, {updated} changed, {removed} removed]"),
            Map.entry("AppearanceUpdated", "Changed how a page looks[: {theme}]"),
            Map.entry(
                    "ShortLinksUpdated", "Changed short links[: {added} added, {updated} changed, {removed} removed]"),
            // projects and workspaces
            Map.entry("ProjectCreated", "Created the project[ “{name}”]"),
            Map.entry("ProjectUpdated", "Changed the project[ “{name}”]"),
            Map.entry("ProjectDeleted", "Deleted the project[ “{name}”]"),
            Map.entry("WorkspaceCreated", "Created the workspace[ “{name}”]"),
            Map.entry("WorkspaceUpdated", "Changed the workspace[ “{name}”]"),
            Map.entry("AssistantChanged", "Changed the assistant of a workspace"),
            Map.entry("WorkspaceBrandChanged", "Changed the look of the workspace[ “{name}”]"),
            Map.entry("WorkspaceLimitSet", "Set how many workspaces the account may have[: {limit}]"),
            Map.entry("WorkspaceUserSessionsEnded", "Signed a workspace user out everywhere"),
            Map.entry("WorkspaceDeleted", "Deleted the workspace[ “{name}”]"),
            Map.entry("WorkspaceUserAdded", "Added a user[, {username},] to a workspace"),
            Map.entry("WorkspaceUserRegistered", "Registered in a workspace[ as {username}]"),
            Map.entry("WorkspaceRegistrationApproved", "Approved the registration[ of {username}] in a workspace"),
            Map.entry("WorkspaceRegistrationRejected", "Rejected the registration[ of {username}] in a workspace"),
            Map.entry("WorkspaceUserUpdated", "Changed the profile of a workspace user[, now {username}]"),
            Map.entry("WorkspaceUserPasswordChanged", "Changed the password of a workspace user"),
            Map.entry("WorkspaceUserRoleChanged", "Changed the role of a workspace user[, {username}]"),
            Map.entry("WorkspaceUserRemoved", "Removed a user[, {username},] from a workspace"),
            Map.entry("WorkspaceUserInvited", "Invited[ {email}] to a workspace"),
            Map.entry("WorkspaceInvitationRevoked", "Took back an invitation[ of {email}]"),
            Map.entry("WorkspaceInvitationAccepted", "Came into a workspace by an invitation[, as {username}]"),
            Map.entry("WorkspacePasswordLinkSent", "Sent a link to a new password[ to {username}]"),
            Map.entry("WorkspaceUsersImported", "Took users into a workspace[: {added} added, {invited} invited]"),
            Map.entry("ConversationMovedIn", "Moved a conversation into a workspace[, {source}]"),
            Map.entry("WorkspaceExported", "Exported a workspace[, “{name}”][, with {more}]"),
            Map.entry("WorkspaceImported", "Imported a workspace[, “{name}”]"),
            Map.entry("WorkspaceNumberAdded", "Added a WhatsApp number to a workspace"),
            Map.entry("WorkspaceNumberRemoved", "Removed the WhatsApp number of a workspace"),
            Map.entry("CannedReplyCreated", "Created the saved reply[ “{name}”]"),
            Map.entry("CannedReplyUpdated", "Changed the saved reply[ “{name}”]"),
            Map.entry("CannedReplyDeleted", "Deleted the saved reply[ “{name}”]"),
            // numbers
            Map.entry("MasterAdded", "Added the master[ “{name}”]"),
            Map.entry("MasterRemoved", "Removed a master[ with {servants} servants]"),
            Map.entry("MasterTypeSet", "Changed the type of a master[ to {type}]"),
            Map.entry("ServantAdded", "Added the servant[ “{name}”]"),
            Map.entry("ServantMoved", "Moved a servant to another master"),
            Map.entry("ServantsMoved", "Moved all servants of a master[ to {to}]"),
            Map.entry("ServantRemoved", "Removed a servant"),
            Map.entry("SenderTuned", "Changed the settings of a number"),
            Map.entry("PoolTuned", "Changed the settings of a pool"),
            Map.entry("LinkingBegun", "Began to link a number"),
            Map.entry("LinkingCancelled", "Cancelled linking a number"),
            Map.entry("SenderLinked", "Linked a number[, {phone}]"),
            Map.entry("MessageResent", "Sent a message once more whose fate was unknown"),
            Map.entry("MessageGivenUp", "Gave up a message whose fate was unknown"),
            Map.entry("SenderUnlinked", "Unlinked a number"),
            Map.entry("ConfigImported", "Imported numbers[: {added} added, {changed} changed]")));

    private static final Pattern OPTIONAL = Pattern.compile("\\[([^\\]]*)\\]");
    private static final Pattern DETAIL = Pattern.compile("\\{([^}]*)\\}");

    private AuditWords() {}

    /// Returns all acts that have words, ordered by name.
    public static Set<String> actions() {
        return SENTENCES.keySet();
    }

    /// Returns the words for a kind of act, such as `Created the sub-account`.
    public static String of(String action) {
        return OPTIONAL.matcher(SENTENCES.getOrDefault(action, action)).replaceAll("");
    }

    /// Returns the words for one act, such as `Created the sub-account “harbour”`.
    ///
    /// @param details by their keys; empty if they were erased
    public static String sentence(String action, Map<String, String> details) {
        return OPTIONAL.matcher(SENTENCES.getOrDefault(action, action))
                .replaceAll(part ->
                        Matcher.quoteReplacement(filled(part.group(1), details).orElse("")));
    }

    private static Optional<String> filled(String part, Map<String, String> details) {
        boolean whole = DETAIL.matcher(part)
                .results()
                .allMatch(detail -> !details.getOrDefault(detail.group(1), "").isEmpty());
        return whole
                ? Optional.of(DETAIL.matcher(part)
                        .replaceAll(detail -> Matcher.quoteReplacement(details.getOrDefault(detail.group(1), ""))))
                : Optional.empty();
    }

    /// Returns the acts whose words contain a text, or whose name begins with it, ignoring case.
    public static Set<String> found(String text) {
        String part = text.toLowerCase(Locale.ROOT);
        return SENTENCES.keySet().stream()
                .filter(action -> action.toLowerCase(Locale.ROOT).startsWith(part)
                        || of(action).toLowerCase(Locale.ROOT).contains(part))
                .collect(Collectors.toSet());
    }
}
