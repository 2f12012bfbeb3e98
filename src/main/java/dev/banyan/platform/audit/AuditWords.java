package dev.banyan.platform.audit;

import module java.base;

/// Each act in plain words. `{key}` stands for a detail; a part in brackets is left out if its detail no longer exists.
public final class AuditWords {

    private static final Map<String, String> SENTENCES = new TreeMap<>(Map.<String, String>ofEntries(
            Map.entry("AccessDenied", "Was denied access[, {times} times in a minute]"),
            // people and accounts
            Map.entry("AccountRegistered", "Registered the account[ “{username}”]"),
            Map.entry("OperatorCreated", "Became the operator of this server"),
            Map.entry("AccountDisabled", "Disabled the account[ “{username}”]"),
            Map.entry("AccountEnabled", "Enabled the account[ “{username}”]"),
            Map.entry("AuditVerified", "Verified the audit log"),
            Map.entry("BackupPlanChanged", "Changed when and where this server writes backups[: {location}]"),
            Map.entry("BackupStarted", "Started a backup of this server[ to {location}]"),
            Map.entry("BackupDownloaded", "Downloaded a backup of this server[: {name}]"),
            Map.entry("LockOutLifted", "Unlocked[ {name}]"),
            Map.entry("ServerMailChanged", "Changed the mail server of this server"),
            Map.entry("ServerMailRemoved", "Removed the mail server of this server"),
            Map.entry("MailRetried", "Resent an email from the outbox"),
            Map.entry("MailDiscarded", "Discarded an email in the outbox"),
            Map.entry("PasswordReset", "Set a new password for a person"),
            Map.entry("PasswordChosenByMail", "Reset the password with an emailed code"),
            Map.entry("SecondFactorOn", "Turned on two-step verification[: {method}]"),
            Map.entry("SecondFactorOff", "Turned off two-step verification[: {method}]"),
            Map.entry("SecondFactorRequired", "Required two-step verification for members"),
            Map.entry("SecondFactorOptional", "Made two-step verification optional for members"),
            Map.entry("SecondFactorReset", "Reset two-step verification for a person"),
            Map.entry("BackupCodesMade", "Created new backup codes"),
            Map.entry("PasskeyAdded", "Added a passkey[: {name}]"),
            Map.entry("PasskeyRenamed", "Renamed a passkey[ to {name}]"),
            Map.entry("PasskeyRemoved", "Removed a passkey[: {name}]"),
            Map.entry("PasswordChanged", "Changed the password"),
            Map.entry("EmailChangeRequested", "Requested an email change"),
            Map.entry("EmailChangeCancelled", "Canceled the email change"),
            Map.entry("EmailChanged", "Changed the email"),
            Map.entry("PhoneChanged", "Changed the phone number"),
            Map.entry("ProfileUpdated", "Changed the profile"),
            Map.entry("AccountRenamed", "Changed the username of the account[ from “{former}”][ to “{username}”]"),
            Map.entry("NavigationChanged", "Changed the navigation[: hides {hidden}]"),
            Map.entry("ContextSwitched", "Switched to the account[ “{username}”]"),
            Map.entry("ApiKeyCreated", "Created the API key[ “{name}”]"),
            Map.entry("ApiKeyUpdated", "Changed the API key[ “{name}”]"),
            Map.entry("ApiKeyDisabled", "Disabled the API key[ “{name}”]"),
            Map.entry("ApiKeyEnabled", "Enabled the API key[ “{name}”]"),
            Map.entry("WebhookAdded", "Added a webhook[ for {host}]"),
            Map.entry("WebhookNarrowed", "Took events from the webhook[ for {host}] that its API key can’t read"),
            Map.entry("WebhookChanged", "Changed the webhook[ for {host}]"),
            Map.entry("WebhookDeleted", "Deleted the webhook[ for {host}]"),
            Map.entry("WebhookSecretChanged", "Changed the secret of the webhook[ for {host}]"),
            Map.entry("WebhookReplayed", "Sent events again to the webhook[ for {host}]"),
            Map.entry("WebhookSwitchedOff", "Turned off the webhook[ for {host}][: {reason}]"),
            Map.entry("DomainAdded", "Added the domain[ {host}]"),
            Map.entry("DomainProved", "Saw the proof of the domain[ {host}]"),
            Map.entry("DomainLapsed", "Turned off the domain[ {host}], which the plan no longer includes"),
            Map.entry("DomainIncluded", "Turned on the domain[ {host}], which the plan includes again"),
            Map.entry("DomainSwitchedOff", "Turned off the domain[ {host}], because its proof was gone"),
            Map.entry("DomainRemoved", "Removed the domain[ {host}]"),
            Map.entry("AccountExportRequested", "Requested an export[ of “{username}”]"),
            Map.entry("AccountExported", "Finished an export[ of “{username}”]"),
            Map.entry("AccountExportDownloaded", "Downloaded an export[ of “{username}”]"),
            Map.entry("AccountExportDeleted", "Deleted an export[ of “{username}”]"),
            Map.entry("SubAccountImported", "Imported the brand[ “{username}”]"),
            Map.entry("ApiKeyDeleted", "Deleted the API key[ “{name}”]"),
            Map.entry("JobStarted", "Started a server job[: {name}]"),
            Map.entry("PasswordLinkCreated", "Created a password reset link[ for {email}]"),
            Map.entry("ConfirmationLinkCreated", "Created an email confirmation link[ for {email}]"),
            Map.entry("NameChanged", "Changed their name"),
            Map.entry("PersonPictureChanged", "Changed their picture"),
            Map.entry("PersonInvited", "Invited[ {email} as {role}]"),
            Map.entry("InvitationAccepted", "Accepted the invitation[ for {email}]"),
            Map.entry("InvitationRejected", "Declined the invitation[ for {email}]"),
            Map.entry("InvitationWithdrawn", "Revoked the invitation[ for {email}]"),
            Map.entry("PersonChanged", "Changed a member's role[: {email} is {role} for {scope}]"),
            Map.entry(
                    "MemberTakenOver",
                    "Recognized[ {email}] at a sign-in[ with {provider}], and ended what let them in before"),
            Map.entry("MemberUnlinked", "Cut the link of a member[, {email},] to single sign-on"),
            Map.entry("MemberSsoChanged", "Set up single sign-on for members[ with {provider}]"),
            Map.entry("MemberSsoRemoved", "Removed single sign-on for members[ with {provider}]"),
            Map.entry(
                    "MemberCreatedBySso",
                    "Added the member[ {email}] at the first sign-in[ with {provider}][, as {role}]"),
            Map.entry("MemberSignInEnded", "Signed a member out, as the sign-in provider no longer lets them in"),
            Map.entry("PersonRemoved", "Removed the member[ {email}]"),
            Map.entry("PersonLeft", "Left the account[ as {email}]"),
            // brands
            Map.entry("SubAccountCreated", "Created the brand[ “{username}”]"),
            Map.entry("SubAccountUpdated", "Changed the brand[ “{username}”]"),
            Map.entry("SubAccountRenamed", "Changed the username of the brand[ from “{former}”][ to “{username}”]"),
            Map.entry("SubAccountSuspended", "Suspended the brand[ “{username}”]"),
            Map.entry("SubAccountReactivated", "Reactivated the brand[ “{username}”]"),
            Map.entry("SubAccountDeleted", "Deleted the brand[ “{username}”]"),
            Map.entry("SubAccountRestored", "Restored the brand[ “{username}”]"),
            Map.entry("SupportAsked", "Asked for support access[: {reason}]"),
            Map.entry("SupportAllowed", "Allowed support access[ until {until}]"),
            Map.entry("SupportWithdrawn", "Withdrew the consent to support access"),
            Map.entry("SupportBegun", "Began support access[: {reason}]"),
            Map.entry("SupportEnded", "Ended support access[ ({by})]"),
            Map.entry("BrandOffered", "Offered the brand[ “{username}”][ to {to}]"),
            Map.entry("BrandOfferCanceled", "Canceled the offer of the brand[ “{username}”]"),
            Map.entry("BrandOfferDeclined", "Declined the offer of the brand[ “{username}”]"),
            Map.entry("BrandTransferred", "Transferred the brand[ “{username}”][ from @{from}]"),
            Map.entry("BrandTransferUndone", "Undid the transfer of the brand[ “{username}”]"),
            Map.entry("BrandConverted", "Made the brand[ “{username}”] an independent account"),
            Map.entry("SubAccountErased", "Erased the brand[ “{username}”] and everything in it"),
            Map.entry(
                    "AppearancePushed", "Applied the look[ {theme}][ of “{from}”][ in place of {replaced}] to a page"),
            Map.entry("BrandTemplateSaved", "Saved the template[ “{name}”][ from the brand “{from}”]"),
            Map.entry("BrandTemplateRenamed", "Renamed a template[ to “{name}”]"),
            Map.entry("BrandTemplateDeleted", "Deleted the template[ “{name}”]"),
            // plans
            Map.entry("PlanSet", "Set the plan[ to {tier}]"),
            Map.entry("PlanChanged", "Changed the plan[ to {tier}]"),
            Map.entry("SubscriptionStatusChanged", "Changed the subscription[ from {from} to {to}]"),
            Map.entry("SubAccountsChosen", "Chose which brands to keep"),
            Map.entry("SubAccountsReadOnly", "Made brands read-only, because the plan has no room for them"),
            Map.entry("SubAccountsSuspended", "Suspended brands, because the plan has no room for them"),
            Map.entry("SubAccountsReactivated", "Reactivated brands, because the plan has room for them again"),
            // pages
            Map.entry("PageCreated", "Created the page[ “{slug}”]"),
            Map.entry("PageUpdated", "Changed the page[ “{slug}”]"),
            Map.entry("PageDeleted", "Deleted the page[ “{slug}”]"),
            Map.entry("PageCopied", "Copied a page[ to “{slug}”]"),
            Map.entry("PagesReordered", "Reordered the pages"),
            Map.entry("ContentRestored", "Restored deleted content[: the {kind} “{name}”]"),
            Map.entry("MessageButtonSaved", "Changed the “Message us” button of a page"),
            Map.entry("MessageButtonRemoved", "Removed the “Message us” button from a page"),
            Map.entry(
                    "LinkGroupsUpdated", "Changed link groups[: {added} added, {updated} changed, {removed} removed]"),
            Map.entry("WeeklyReportChanged", "Turned the weekly report on or off[: on is {on}]"),
            Map.entry("LinksUpdated", "Changed links[: {added} added, {updated} changed, {removed} removed]"),
            Map.entry("AppearanceUpdated", "Changed the appearance of a page[: {theme}]"),
            Map.entry(
                    "ShortLinksUpdated", "Changed short links[: {added} added, {updated} changed, {removed} removed]"),
            // projects and workspaces
            Map.entry("ProjectCreated", "Created the project[ “{name}”]"),
            Map.entry("ProjectUpdated", "Changed the project[ “{name}”]"),
            Map.entry("ProjectDeleted", "Deleted the project[ “{name}”]"),
            Map.entry("WorkspaceCreated", "Created the workspace[ “{name}”]"),
            Map.entry("WorkspaceEntered", "Entered the workspace[ “{name}”] from its project"),
            Map.entry("WorkspaceUpdated", "Changed the workspace[ “{name}”]"),
            Map.entry("AssistantChanged", "Changed the assistant of a workspace"),
            Map.entry("WorkspaceBrandChanged", "Changed the branding of the workspace[ “{name}”]"),
            Map.entry("WorkspaceTemplateApplied", "Applied the settings[ of “{template}”] to the workspace[ “{name}”]"),
            Map.entry("WorkspaceRestored", "Restored the deleted workspace[ “{name}”]"),
            Map.entry("WorkspaceErased", "Erased a deleted workspace for good"),
            Map.entry("WorkspaceLimitSet", "Set the workspace limit of the account[: {limit}]"),
            Map.entry("WorkspaceUserSessionsEnded", "Signed out a workspace user everywhere"),
            Map.entry("WorkspaceDeleted", "Deleted the workspace[ “{name}”]"),
            Map.entry("WorkspaceUserAdded", "Added a user[, {username},] to a workspace"),
            Map.entry("WorkspaceUserRegistered", "Registered in a workspace[ as {username}]"),
            Map.entry("WorkspaceRegistrationApproved", "Approved the registration[ of {username}] in a workspace"),
            Map.entry("WorkspaceRegistrationRejected", "Rejected the registration[ of {username}] in a workspace"),
            Map.entry("WorkspaceUserUpdated", "Changed the profile of a workspace user[, now {username}]"),
            Map.entry("WorkspaceUserPasswordChanged", "Changed the password of a workspace user"),
            Map.entry("WorkspaceSsoChanged", "Set up single sign-on of a workspace[ with {provider}]"),
            Map.entry(
                    "WorkspaceSsoClosed",
                    "Switched off new users of a workspace, since anyone can have an account[ at {provider}]"),
            Map.entry("WorkspaceSsoRemoved", "Removed single sign-on of a workspace[ with {provider}]"),
            Map.entry(
                    "WorkspaceUserCreatedBySso",
                    "Created the user[ “{username}”] at the first sign-in[ with {provider}]"),
            Map.entry(
                    "WorkspaceUserTakenOver",
                    "Recognized the user[ “{username}”] at a sign-in[ with {provider}], and ended what let them in before"),
            Map.entry("WorkspaceUserUnlinked", "Cut the link of a user[, {email},] to single sign-on"),
            Map.entry("WorkspaceUserLinked", "Recognized the user[ “{username}”] at a sign-in[ with {provider}]"),
            Map.entry(
                    "WorkspaceSignInEnded",
                    "Signed a user out of a workspace, as the sign-in provider no longer lets them in"),
            Map.entry("WorkspaceUserRoleChanged", "Changed the role of a workspace user[, {username}]"),
            Map.entry("WorkspaceUserRemoved", "Removed a user[, {username},] from a workspace"),
            Map.entry("WorkspaceUserInvited", "Invited[ {email}] to a workspace"),
            Map.entry("WorkspaceInvitationRevoked", "Revoked a workspace invitation[ for {email}]"),
            Map.entry("WorkspaceInvitationAccepted", "Accepted a workspace invitation[ as {username}]"),
            Map.entry("WorkspacePasswordLinkSent", "Sent a password reset link[ to {username}]"),
            Map.entry("WorkspaceUsersImported", "Imported users into a workspace[: {added} added, {invited} invited]"),
            Map.entry("ConversationMovedIn", "Moved a conversation into a workspace[, {source}]"),
            Map.entry("WorkspaceExported", "Exported a workspace[, “{name}”][, with {more}]"),
            Map.entry("WorkspaceImported", "Imported a workspace[, “{name}”]"),
            Map.entry("WorkspaceNumberAdded", "Added a WhatsApp number to a workspace"),
            Map.entry("WorkspacePoolAttached", "Attached a pool[, {client},] to a workspace"),
            Map.entry("WorkspacePoolDetached", "Detached a pool[, {client},] from a workspace"),
            Map.entry("WorkspaceNumberRemoved", "Removed the WhatsApp number of a workspace"),
            Map.entry("WorkspaceKeyCreated", "Created the API key[ “{name}”] of a workspace"),
            Map.entry("WorkspaceKeyDeleted", "Deleted the API key[ “{name}”] of a workspace"),
            Map.entry("WorkspaceTemplateSet", "Made a workspace {template}[, “{name}”]"),
            Map.entry("WorkspaceUsageLimitsSet", "Set the usage limits of a workspace[, “{name}”]"),
            Map.entry("WorkspaceMailServerChanged", "Changed the mail server of a workspace[ to {host}]"),
            Map.entry("WorkspaceMailServerRemoved", "Removed the mail server of a workspace[, {host}]"),
            Map.entry("WorkspaceMailServerFailing", "The mail server of a workspace failed[: {error}]"),
            Map.entry("WorkspaceUserSignedIn", "Signed in to a workspace[ as {username}]"),
            Map.entry("WorkspaceSignInFailed", "Tried to sign in with a wrong password[, {times} times in a minute]"),
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
            Map.entry("SenderBrandSet", "Changed the brand of a pool"),
            Map.entry("FailoverConfigured", "Changed the failover settings of a pool[ to {policy}]"),
            Map.entry("FailedOver", "Failed a pool over[ to {other}]"),
            Map.entry("FailedBack", "Moved everything back to a failed-over pool"),
            Map.entry("FailoverRefused", "Refused the failover of a pool"),
            Map.entry("CampaignCreated", "Created the campaign[ “{name}”]"),
            Map.entry("CampaignChanged", "Changed the campaign[ “{name}”]"),
            Map.entry("TemplateCreated", "Submitted the template[ “{name}”] to WhatsApp[ in {language}]"),
            Map.entry("TemplateChanged", "Changed the template[ “{name}”][ in {language}]"),
            Map.entry("TemplateDeleted", "Deleted the template[ “{name}”][ in {language}]"),
            Map.entry("TemplateTested", "Sent a test message of the template[ “{name}”]"),
            Map.entry("CampaignTested", "Sent a test message of the campaign[ “{name}”]"),
            Map.entry("CampaignStarted", "Started the campaign[ “{name}”]"),
            Map.entry("CampaignPaused", "Paused the campaign[ “{name}”][. {note}]"),
            Map.entry("CampaignResumed", "Resumed the campaign[ “{name}”]"),
            Map.entry("CampaignCanceled", "Canceled the campaign[ “{name}”]"),
            Map.entry("CampaignDeleted", "Deleted the campaign[ “{name}”]"),
            Map.entry("ContactOptedOut", "Opted a contact out of campaigns"),
            Map.entry("ContactOptedIn", "Opted a contact in to campaigns again"),
            Map.entry("OptOutsConfigured", "Changed the opt-out words and answers"),
            Map.entry("AlertsConfigured", "Changed the alerts about numbers"),
            Map.entry("AlertMailsChanged", "Changed their alert emails"),
            Map.entry("PoolTuned", "Changed the settings of a pool"),
            Map.entry("LinkingBegun", "Started linking a number"),
            Map.entry("LinkingCancelled", "Canceled linking a number"),
            Map.entry("SenderLinked", "Linked a number[, {phone}]"),
            Map.entry("MessageResent", "Resent a message"),
            Map.entry("MessageCanceled", "Canceled a message"),
            Map.entry("MessageGivenUp", "Gave up on a message with unknown delivery"),
            Map.entry("MessagesResent", "Resent messages[: {messages}]"),
            Map.entry("MessagesCanceled", "Canceled messages[: {messages}]"),
            Map.entry("MessagesGivenUp", "Gave up on messages with unknown delivery[: {messages}]"),
            Map.entry("ConnectionAdded", "Added a connection[: {name}]"),
            Map.entry("ConnectionChanged", "Changed a connection[: {name}]"),
            Map.entry("ConnectionRemoved", "Removed a connection[: {name}]"),
            Map.entry("SenderPlaced", "Moved a number to another connection"),
            Map.entry("ProxyAdded", "Added a proxy[: {name}]"),
            Map.entry("ProxyChanged", "Changed a proxy[: {name}]"),
            Map.entry("ProxyDeleted", "Deleted a proxy[: {name}]"),
            Map.entry("SenderProxySet", "Chose the proxy of a number[: {proxy}]"),
            Map.entry("SenderPaused", "Paused a number[: {mode}]"),
            Map.entry("SenderResumed", "Resumed a number"),
            Map.entry("PoolPaused", "Paused a pool[: {mode}]"),
            Map.entry("PoolResumed", "Resumed a pool"),
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
